import { randomBytes } from 'node:crypto';
import type { Clock } from '../ports/clock.ts';
import { createTurns } from './turns.ts';

/** The one place where time and chance come from the machine. */
export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  sleep,
  turn: createTurns(),
};

export const systemRandom = (): number => Math.random();

/** Unique for all time: the moment, so that names sort by age, and 48 bits of chance. `[a-z0-9-]`, 22 characters. */
export function newRequestKey(): string {
  return `${Date.now().toString(36)}-${randomBytes(6).toString('hex')}`;
}

function sleep(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const timer = setTimeout(end, ms);
    function end(): void {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    }
    signal.addEventListener('abort', end);
  });
}
