/** A login. Replaced, never changed. */
export interface User {
  readonly username: string;
  readonly password: string;
  /** Billing accounts it may work on. */
  readonly accounts: readonly string[];
  /** Failed log-ins since the last good one. */
  readonly failedLogins: number;
  /** Only support, that is the admin face, unlocks (fact sheet 3). */
  readonly isLocked: boolean;
}

/** How a log-in ended. */
export type LoginOutcome = 'welcome' | 'refused' | 'locked';

/** The logins. */
export interface Users {
  find(username: string): User | undefined;
  put(user: User): void;
  /**
   * Judges a log-in and counts it. The failure that reaches the limit locks the user, after which even the right
   * password is refused.
   */
  attempt(username: string, password: string): LoginOutcome;
  list(): readonly User[];
}

export function createUsers(failedLoginsToLock: number, users: readonly User[] = []): Users {
  const byName = new Map(users.map((user) => [user.username, user]));
  const put = (user: User) => void byName.set(user.username, user);
  return {
    find: (username) => byName.get(username),
    put,
    attempt(username, password) {
      const user = byName.get(username);
      if (user === undefined) return 'refused';
      if (user.isLocked) return 'locked';
      const isWelcome = user.password === password;
      const failedLogins = isWelcome ? 0 : user.failedLogins + 1;
      put({ ...user, failedLogins, isLocked: failedLogins >= failedLoginsToLock });
      return isWelcome ? 'welcome' : 'refused';
    },
    list: () => [...byName.values()],
  };
}
