import { ok } from '../../ports/failure.ts';
import type { LoginAttempts, LoginBook } from '../../ports/login-book.ts';

/** A book that ends with the process, for programs that keep nothing. */
export function loginMemory(): LoginBook {
  const counted = new Map<string, LoginAttempts>();
  return {
    read: async (login) => ok(counted.get(login)),
    write: async (login, attempts) => {
      if (attempts === undefined) counted.delete(login);
      else counted.set(login, attempts);
      return ok(undefined);
    },
    releaseOf: () => 'start the program again',
  };
}
