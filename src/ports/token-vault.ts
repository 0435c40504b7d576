import type { TokenSecret } from '../domain/subscription/facts.ts';

/** What a creation yielded, once. `value` is a credential: it goes into its Secret and nowhere else. */
export interface IssuedToken {
  readonly subscriptionNumber: string;
  readonly value: string;
  readonly expiresAtMs?: number;
}

/** Where one-time tokens go as soon as their reply is read. */
export interface TokenVault {
  /**
   * Takes a token over and tries to write it into its Secret. Answers after that one attempt, however it ended: a
   * token that could not be written is kept in memory and written when its subscription's store asks for it.
   */
  deposit(secret: TokenSecret, token: IssuedToken, signal: AbortSignal): Promise<void>;
}
