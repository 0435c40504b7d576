import type { Result } from './failure.ts';

/** A vendor scope's allowance of requests, shared by everything that talks to that scope. */
export interface Quota {
  /**
   * Monotonic time in ms from which one more request may be sent, `ahead` others (0 unless told) being about to go
   * first; in the past when one may go now. What waits in `within` goes first in any case.
   */
  availableAt(ahead?: number): number;
  /**
   * Makes a request that goes on with what another one began: it waits for its turn of this second, since failing would
   * begin the whole anew and spend the same again. Fails like any request when more than this second is spent (the day,
   * the vendor's patience), and with `ABORTED` when the signal aborts.
   */
  within<T>(request: () => Promise<Result<T>>, signal: AbortSignal): Promise<Result<T>>;
  /**
   * What is left, for status. `windowRemaining` counts requests of the current second. Undefined as long as it is not
   * known what earlier processes sent.
   */
  snapshot(): QuotaSnapshot | undefined;
}

export interface QuotaSnapshot {
  readonly windowRemaining: number;
  readonly dayRemaining: number;
  /** How long the vendor asked us to stay away, in ms from now; absent when it did not. */
  readonly retryAfterMs?: number;
}

/** Codes of failures by which our own limits say that there is nothing left for now: waiting, and no trouble with the vendor. */
export const OWN_LIMITS: ReadonlySet<string> = new Set(['RATE_LIMIT', 'DAY_QUOTA', 'BUSY']);
