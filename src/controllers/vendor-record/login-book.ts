import { ok, type Result } from '../../ports/failure.ts';
import type { LoginAttempts, LoginBook } from '../../ports/login-book.ts';
import type { Records } from '../../ports/records.ts';
import { LOGIN, type RecordPlace } from './records.ts';

interface BookDeps {
  /** Which VendorAccount the records of a scope name, as `namespace/name`. */
  readonly recordedOwner: (scopeHash: string, signal: AbortSignal) => Promise<Result<string | undefined>>;
  readonly openRecords: (place: RecordPlace) => Records;
}

/** The key of the only entry. */
const ATTEMPTS = 'attempts';

/**
 * Attempts to log in as a VendorRecord for each login, read anew each time: log-ins are rare, and a person who removes
 * the record need not start anything. A login is a scope of its own, so that accounts that share it share its count.
 */
export function createLoginBook({ recordedOwner, openRecords }: BookDeps, accountKey: string): LoginBook {
  /** The account that used a login first: its records stand there, whichever accounts use it now. */
  const owners = new Map<string, string>();

  function placeOf(login: string): Pick<RecordPlace, 'namespace' | 'accountName'> {
    const [namespace = '', accountName = ''] = (owners.get(login) ?? accountKey).split('/');
    return { namespace, accountName };
  }

  function records(login: string): Records {
    return openRecords({ ...placeOf(login), scope: `login ${login}`, scopeHash: login });
  }

  return {
    async read(login, signal) {
      const owner = await recordedOwner(login, signal);
      if (!owner.ok) return owner;
      owners.delete(login);
      if (owner.value === undefined) return ok(undefined);
      owners.set(login, owner.value);
      const groups = await records(login).load(signal);
      if (!groups.ok) return groups;
      const entry = groups.value.find(({ keys }) => keys.includes(ATTEMPTS));
      return ok(entry?.value as LoginAttempts | undefined);
    },
    write: (login, attempts, signal) =>
      records(login).keep(LOGIN, [{ key: ATTEMPTS, value: attempts }], signal),
    releaseOf: (login) =>
      `delete VendorRecord vrec-${login}-${LOGIN} in namespace ${placeOf(login).namespace}`,
  };
}
