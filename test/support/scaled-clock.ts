import type { Clock } from '../../src/ports/clock.ts';
import { createSystemClock } from './system-clock.ts';

/**
 * Real time, `speed` times as fast. Processes that are given the same `epochMs` (a moment of real time) read the
 * same wall clock; waits of minutes pass in seconds.
 */
export function createScaledClock(speed: number, epochMs: number): Clock {
  const real = createSystemClock();
  return {
    now: () => epochMs + (real.now() - epochMs) * speed,
    monotonic: () => real.monotonic() * speed,
    sleep: (ms, signal) => real.sleep(ms / speed, signal),
    turn: () => real.turn(),
  };
}
