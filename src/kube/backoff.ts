/** How waits between attempts grow. */
export interface BackoffPolicy {
  /** The most to wait after the first failure, in milliseconds. */
  readonly baseMs: number;
  /** No wait is longer, in milliseconds. */
  readonly maxMs: number;
}

/**
 * How long to wait after `failures` failures in a row, in milliseconds.
 *
 * Doubles with every failure up to the maximum; the upper half is drawn from `random` (0 up to 1),
 * so that many clients that failed together do not come back together.
 */
export function backoffMs(policy: BackoffPolicy, failures: number, random: number): number {
  // 2^30 is beyond any maximum; the cap keeps a long outage from reaching Infinity.
  const doublings = Math.min(Math.max(failures - 1, 0), 30);
  const ceilingMs = Math.min(policy.maxMs, policy.baseMs * 2 ** doublings);
  return Math.round((ceilingMs * (1 + random)) / 2);
}
