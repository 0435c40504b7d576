import type { Random } from '../random.ts';

/** An access token and what it stands for. */
export interface Token {
  readonly token: string;
  readonly email: string;
  readonly scopes: readonly string[];
  readonly expiresAtMs: number;
}

/** The tokens issued. */
export interface Tokens {
  issue(email: string, scopes: readonly string[], expiresAtMs: number): Token;
  /** The token if it is still good. */
  valid(token: string, nowMs: number): Token | undefined;
  /** Every token issued so far is stale from now on. */
  expireAll(): void;
  list(): readonly Token[];
  restore(tokens: readonly Token[]): void;
}

export function createTokens(random: Random): Tokens {
  let issued = new Map<string, Token>();
  return {
    issue(email, scopes, expiresAtMs) {
      const token = { token: `simulated.${random.hex(48)}`, email, scopes, expiresAtMs };
      issued.set(token.token, token);
      return token;
    },
    valid(text, nowMs) {
      const token = issued.get(text);
      return token !== undefined && nowMs < token.expiresAtMs ? token : undefined;
    },
    expireAll: () => issued.clear(),
    list: () => [...issued.values()],
    restore(tokens) {
      issued = new Map(tokens.map((token) => [token.token, token]));
    },
  };
}
