import { createTurns } from '../../src/cli/turns.ts';
import type { Clock } from '../../src/ports/clock.ts';

/** The real time, for suites that run against servers with a time of their own. */
export function createSystemClock(): Clock {
  return {
    now: () => Date.now(),
    monotonic: () => performance.now(),
    sleep(ms, signal) {
      if (signal.aborted) return Promise.resolve();
      const { promise, resolve } = Promise.withResolvers<void>();
      const wake = (): void => {
        clearTimeout(timer);
        signal.removeEventListener('abort', wake);
        resolve();
      };
      const timer = setTimeout(wake, ms);
      signal.addEventListener('abort', wake, { once: true });
      return promise;
    },
    turn: createTurns(),
  };
}
