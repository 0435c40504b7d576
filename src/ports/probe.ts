import type { Result } from './failure.ts';

/** A Netflix promotion that the operator may offer, in the vendor's words. */
export interface Promotion {
  readonly code: string;
  readonly name?: string;
  readonly description?: string;
  /** First day it can be used, as the vendor writes it. */
  readonly effectiveFrom?: string;
  /** Last day, as the vendor writes it; absent: it does not expire. */
  readonly expiresOn?: string;
}

/** What a vendor tells of an account as a whole. */
export interface AccountFacts {
  /** Every promotion the operator may use; absent where the vendor has no such thing. */
  readonly promotions?: readonly Promotion[];
}

/**
 * One read that every working login can make and that changes nothing: it shows that the vendor answers. Vendors with
 * a list of companies need none, since that list shows it.
 */
export interface Probe {
  look(signal: AbortSignal): Promise<Result<AccountFacts>>;
}
