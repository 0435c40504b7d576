import type { Random } from './random.ts';

/** An access token, what it stands for, and until when. */
export interface Token<Grant> {
  readonly token: string;
  readonly grant: Grant;
  readonly expiresAtMs: number;
}

/** The tokens issued. */
export interface Tokens<Grant> {
  issue(grant: Grant, expiresAtMs: number): Token<Grant>;
  /** The token, perhaps expired; undefined if it was never issued. */
  find(token: string): Token<Grant> | undefined;
  /** Every token issued so far is stale from now on. */
  expireAll(): void;
  list(): readonly Token<Grant>[];
  restore(tokens: readonly Token<Grant>[]): void;
}

export function createTokens<Grant>(random: Random): Tokens<Grant> {
  let issued = new Map<string, Token<Grant>>();
  const keep = (tokens: readonly Token<Grant>[]) => {
    issued = new Map(tokens.map((token) => [token.token, token]));
  };
  return {
    issue(grant, expiresAtMs) {
      const token = { token: `simulated.${random.hex(48)}`, grant, expiresAtMs };
      issued.set(token.token, token);
      return token;
    },
    find: (token) => issued.get(token),
    expireAll: () => keep([...issued.values()].map((token) => ({ ...token, expiresAtMs: 0 }))),
    list: () => [...issued.values()],
    restore: keep,
  };
}
