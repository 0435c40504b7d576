/** A number in [0, 1), given in so that schedules stay pure. */
export type Random = () => number;

export interface Backoff {
  readonly firstMs: number;
  readonly longestMs: number;
}

/** For calls that failed: 1 s to 5 min. ASSUMED: no vendor publishes a figure. */
export const CALL_BACKOFF: Backoff = { firstMs: 1_000, longestMs: 300_000 };

/** For an account whose credentials were refused: a person has to act, so hardly ever. ASSUMED. */
export const CREDENTIALS_BACKOFF: Backoff = { firstMs: 30_000, longestMs: 900_000 };

/** For asking after an operation: 2 s to 60 s (android-reseller fact sheet 2.4, ASSUMED there). */
const POLL_BACKOFF: Backoff = { firstMs: 2_000, longestMs: 60_000 };

/** The wait before attempt `attempts + 1`: doubling, capped, and jittered to between one half and the whole. */
export function backoffMs(backoff: Backoff, attempts: number, random: Random): number {
  const exponent = Math.min(Math.max(attempts - 1, 0), 30);
  const whole = Math.min(backoff.firstMs * 2 ** exponent, backoff.longestMs);
  return Math.round(whole / 2 + (whole / 2) * random());
}

/** No retry comes sooner, whatever the other side asks: `Retry-After: 0` is no leave to hammer. ASSUMED. */
const SHORTEST_RETRY_MS = 500;

/** The wait before a failed call is tried again: what the other side asked for, else the backoff. */
export function retryMs(
  askedMs: number | undefined,
  backoff: Backoff,
  attempts: number,
  random: Random,
): number {
  return Math.max(askedMs ?? backoffMs(backoff, attempts, random), SHORTEST_RETRY_MS);
}

/** Polls wait without jitter at first, so that a quick operation is seen quickly. */
export function pollDelayMs(polls: number): number {
  return Math.min(POLL_BACKOFF.firstMs * 1.5 ** Math.max(polls, 0), POLL_BACKOFF.longestMs);
}

const DAY_MS = 24 * 3_600_000;

/** How many requests a vendor scope may send. */
export interface RequestRates {
  readonly requestsPerSecond: number;
  readonly requestsPerDay: number;
}

/** The interval between two complete looks, stretched so that they take at most half of the quota, by second and by day. */
export function stretchedMs(intervalMs: number, callsPerLook: number, rates: RequestRates): number {
  const { requestsPerSecond, requestsPerDay } = rates;
  const bySecondMs = (callsPerLook / (requestsPerSecond / 2)) * 1_000;
  const byDayMs = (callsPerLook / (requestsPerDay / 2)) * DAY_MS;
  return Math.ceil(Math.max(intervalMs, bySecondMs, byDayMs));
}

/** An interval as a floor, up to a tenth longer, so that many accounts do not look at the same moment. */
export function jitteredMs(intervalMs: number, random: Random): number {
  return Math.round(intervalMs * (1 + random() / 10));
}
