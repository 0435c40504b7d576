import { ok } from '../../ports/failure.ts';
import type { LoginAttempts, LoginBook } from '../../ports/login-book.ts';
import { LOGIN } from './records.ts';
import { type SharedRecords, type SharedRecordsDeps, sharedRecords } from './shared-records.ts';

/** The key of the only entry. */
const ATTEMPTS = 'attempts';

/**
 * Attempts to log in as a VendorRecord for each login, read anew each time: log-ins are rare, and a person who removes
 * the record need not start anything. A login is a scope of its own, so that accounts that share it share its count.
 */
export function createLoginBook(deps: SharedRecordsDeps, accountKey: string): LoginBook {
  const known = new Map<string, SharedRecords>();

  function records(login: string): SharedRecords {
    const own =
      known.get(login) ?? sharedRecords(deps, accountKey, { scope: `login ${login}`, scopeHash: login });
    known.set(login, own);
    return own;
  }

  return {
    async read(login, signal) {
      const groups = await records(login).load(signal);
      if (!groups.ok) return groups;
      const entry = groups.value.find(({ keys }) => keys.includes(ATTEMPTS));
      return ok(entry?.value as LoginAttempts | undefined);
    },
    write: (login, attempts, signal) =>
      records(login).keep(LOGIN, [{ key: ATTEMPTS, value: attempts }], signal),
    releaseOf: (login) =>
      `delete VendorRecord vrec-${login}-${LOGIN} in namespace ${records(login).namespace()}`,
  };
}
