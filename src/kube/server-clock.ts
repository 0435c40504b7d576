import type { Clock } from '../ports/clock.ts';

/** The time of the API server, as its answers tell it. What all processes must agree on is counted by it. */
export interface ServerClock {
  /** An answer carried this Date, and has just arrived; wall time in milliseconds. */
  heard(dateMs: number): void;
  /** Wall time in milliseconds; before the first answer that of this machine. */
  now(): number;
}

/** An answer so much older than what was reckoned means that the server's clock was set back, in milliseconds. ASSUMED. */
const SET_BACK_MS = 10_000;

/**
 * Goes on from the last Date with the monotonic clock, so that this machine's wall clock may say what it likes. A Date
 * is cut to seconds and some way old when it arrives: the true time is never before it, so the latest reckoning that
 * any Date led to stands.
 */
export function createServerClock(clock: Clock): ServerClock {
  let aheadMs: number | undefined;
  return {
    heard: (dateMs) => {
      const heardMs = dateMs - clock.monotonic();
      if (aheadMs === undefined || heardMs > aheadMs || heardMs < aheadMs - SET_BACK_MS) aheadMs = heardMs;
    },
    now: () => (aheadMs === undefined ? clock.now() : aheadMs + clock.monotonic()),
  };
}
