/** A vendor scope's allowance of requests, shared by everything that talks to that scope. */
export interface Quota {
  /** Monotonic time in ms from which one more request may be sent; in the past when one may go now. */
  availableAt(): number;
  /** What is left, for status. `windowRemaining` counts requests of the current second. */
  snapshot(): QuotaSnapshot;
}

export interface QuotaSnapshot {
  readonly windowRemaining: number;
  readonly dayRemaining: number;
  /** How long the vendor asked us to stay away, in ms from now; absent when it did not. */
  readonly retryAfterMs?: number;
}

/** Codes of failures by which our own limits say that there is nothing left for now: waiting, and no trouble with the vendor. */
export const OWN_LIMITS: ReadonlySet<string> = new Set(['RATE_LIMIT', 'DAY_QUOTA', 'BUSY']);
