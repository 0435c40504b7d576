/**
 * What calls may cost that are made again because they failed: a share of the day's requests, spread over the day, so
 * that no error loop (a list that is never whole, an operation that never ends, a write that is lost over and over)
 * takes the quota away from what people ask for.
 */
export interface RetryBudget {
  /**
   * How long until a retry may go that would go in `inMs`, in ms, and counts the vendor calls that it takes. Never
   * less than `inMs`.
   */
  bookMs(inMs: number, calls: number): number;
}

const DAY_MS = 24 * 3_600_000;
/** The share of a day's requests that retries may take. ASSUMED. */
const SHARE = 1 / 4;
/** How much may be taken ahead at once: an outage that ends is caught up with at full speed. ASSUMED. */
const AHEAD_MS = 3_600_000;

/** A schedule in which each booked call takes its part of the day, and a retry waits once that is too far ahead. */
export function createRetryBudget(deps: { requestsPerDay(): number; nowMs(): number }): RetryBudget {
  let bookedUntilMs = Number.NEGATIVE_INFINITY;
  return {
    bookMs: (inMs, calls) => {
      if (calls === 0) return inMs;
      const nowMs = deps.nowMs();
      const waitMs = Math.max(inMs, bookedUntilMs - AHEAD_MS - nowMs);
      const perCallMs = DAY_MS / Math.max(1, deps.requestsPerDay() * SHARE);
      bookedUntilMs = Math.max(bookedUntilMs, nowMs) + calls * perCallMs;
      return waitMs;
    },
  };
}
