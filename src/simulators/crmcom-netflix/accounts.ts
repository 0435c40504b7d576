/** Somebody who can log in: a user with a password, or a Web API key. */
export interface Account {
  /** `usr` in its tokens. For a key, a name of its own: what the vendor writes there is not published. ASSUMED. */
  readonly name: string;
  /** The password of a user; the key itself of a key. */
  readonly secret: string;
  readonly kind: 'user' | 'webApiKey';
  readonly organisation: string;
  /** Unit ids it may act for; the first is the default. */
  readonly units: readonly string[];
  /** The operator it belongs to: promotions, subscriptions and charges are that operator's. */
  readonly operatorId: string;
  /** No more logins; its tokens have ended. */
  readonly disabled: boolean;
}

/** Who can log in. */
export interface Accounts {
  put(account: Account): void;
  named(name: string): Account | undefined;
  /** The enabled user with these credentials. */
  user(organisation: string, username: string, password: string): Account | undefined;
  /** The enabled key. */
  key(key: string): Account | undefined;
  list(): readonly Account[];
  restore(accounts: readonly Account[]): void;
}

export function createAccounts(): Accounts {
  let accounts = new Map<string, Account>();
  return {
    put: (account) => accounts.set(account.name, account),
    named: (name) => accounts.get(name),
    user(organisation, username, password) {
      const account = accounts.get(username);
      const fits =
        account?.kind === 'user' && account.organisation === organisation && account.secret === password;
      return fits && !account.disabled ? account : undefined;
    },
    key: (key) =>
      [...accounts.values()].find(
        ({ kind, secret, disabled }) => kind === 'webApiKey' && secret === key && !disabled,
      ),
    list: () => [...accounts.values()],
    restore(saved) {
      accounts = new Map(saved.map((account) => [account.name, account]));
    },
  };
}
