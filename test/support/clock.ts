import { setImmediate as turn } from 'node:timers/promises';
import type { Clock } from '../../src/ports/clock.ts';

/** A clock that stands still until a test moves it. */
export interface TestClock extends Clock {
  /** Moves both clocks on; sleeps that end on the way end in order, and what they start may sleep again. */
  advance(ms: number): Promise<void>;
  /** The wall clock jumps (it may go back); no sleep ends by it. */
  jumpWall(ms: number): void;
  /** Remaining milliseconds of every sleep, shortest first. */
  sleeping(): readonly number[];
}

interface Sleeper {
  readonly endsAtMs: number;
  readonly wake: () => void;
}

/** Starts at the given wall time; the monotonic clock starts at zero. */
export function createTestClock(startMs = Date.parse('2026-01-01T00:00:00Z')): TestClock {
  let elapsedMs = 0;
  let wallOffsetMs = startMs;
  let sleepers: Sleeper[] = [];

  function next(untilMs: number): Sleeper | undefined {
    const due = sleepers.filter((sleeper) => sleeper.endsAtMs <= untilMs);
    return due.toSorted((a, b) => a.endsAtMs - b.endsAtMs)[0];
  }

  return {
    now: () => wallOffsetMs + elapsedMs,
    monotonic: () => elapsedMs,
    sleep(ms, signal) {
      if (signal.aborted) return Promise.resolve();
      const { promise, resolve } = Promise.withResolvers<void>();
      const sleeper: Sleeper = {
        endsAtMs: elapsedMs + Math.max(0, ms),
        wake() {
          sleepers = sleepers.filter((other) => other !== sleeper);
          signal.removeEventListener('abort', sleeper.wake);
          resolve();
        },
      };
      sleepers.push(sleeper);
      signal.addEventListener('abort', sleeper.wake, { once: true });
      return promise;
    },
    turn: () => Promise.resolve(),
    async advance(ms) {
      const untilMs = elapsedMs + ms;
      await turn();
      for (let sleeper = next(untilMs); sleeper !== undefined; sleeper = next(untilMs)) {
        elapsedMs = Math.max(elapsedMs, sleeper.endsAtMs);
        sleeper.wake();
        await turn();
      }
      elapsedMs = untilMs;
    },
    jumpWall(ms) {
      wallOffsetMs += ms;
    },
    sleeping: () => sleepers.map((sleeper) => sleeper.endsAtMs - elapsedMs).toSorted((a, b) => a - b),
  };
}

/** Waits, in real time, until the condition holds: for what a server or a socket has yet to do. */
export async function until(condition: () => boolean, what: string): Promise<void> {
  const endsAt = performance.now() + 10_000;
  while (!condition()) {
    if (performance.now() > endsAt) throw new Error(`waited ten seconds for: ${what}`);
    await turn();
  }
}

/** Waits until something sleeps for at least `leastMs` and at most `mostMs`, then lets exactly that pass. */
export async function passPause(clock: TestClock, leastMs: number, mostMs: number): Promise<number> {
  const find = (): number | undefined => clock.sleeping().find((ms) => ms >= leastMs && ms <= mostMs);
  await until(() => find() !== undefined, `a pause of ${leastMs} to ${mostMs} ms`);
  const ms = find() as number;
  await clock.advance(ms);
  return ms;
}
