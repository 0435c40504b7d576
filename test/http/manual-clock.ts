import type { Clock } from '../../src/ports/clock.ts';

export interface ManualClock extends Clock {
  advance(ms: number): void;
}

/** A clock that stands still until it is told to move. Nobody sleeps by it. */
export function manualClock(startMs = Date.UTC(2026, 0, 1)): ManualClock {
  let elapsedMs = 0;
  return {
    now: () => startMs + elapsedMs,
    monotonic: () => elapsedMs,
    sleep: () => Promise.resolve(),
    turn: () => Promise.resolve(),
    advance(ms) {
      elapsedMs += ms;
    },
  };
}
