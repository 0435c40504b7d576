import type { Clock } from '../ports/clock.ts';

/** Why a deadline aborted, as the signal's reason. */
export class DeadlineExceeded extends Error {
  override readonly name = 'DeadlineExceeded';
}

/** A signal that aborts with an outer one, or when its time is up. */
export interface Deadline {
  readonly signal: AbortSignal;
  /** The whole time starts again: something was heard. */
  extend(): void;
  /** Ends the timer and lets go of the outer signal. To be called once the work is over, however it ended. */
  clear(): void;
}

/** Starts a deadline of `afterMs` milliseconds; the signal's reason is then a DeadlineExceeded. */
export function startDeadline(clock: Clock, afterMs: number, outer: AbortSignal): Deadline {
  const inner = new AbortController();
  const cleared = new AbortController();
  let endsAtMs = clock.monotonic() + afterMs;

  const forward = (): void => inner.abort(outer.reason);
  outer.addEventListener('abort', forward, { once: true });
  if (outer.aborted) forward();

  async function wait(): Promise<void> {
    for (let leftMs = afterMs; leftMs > 0 && !cleared.signal.aborted; leftMs = endsAtMs - clock.monotonic()) {
      await clock.sleep(leftMs, cleared.signal);
    }
    if (!cleared.signal.aborted) inner.abort(new DeadlineExceeded());
  }
  void wait();

  return {
    signal: inner.signal,
    extend() {
      endsAtMs = clock.monotonic() + afterMs;
    },
    clear() {
      // The outer signal usually lives as long as the process: a listener left on it would too.
      outer.removeEventListener('abort', forward);
      cleared.abort();
    },
  };
}
