import { CALL_BACKOFF, CREDENTIALS_BACKOFF, type Random, retryMs } from '../domain/schedule.ts';
import type { Failure } from '../ports/failure.ts';

/**
 * What holds up every call of an account: refused credentials, an exhausted quota. One item's failure is never
 * trouble, and calls that were under way together and failed together count as one refusal.
 */
export interface Trouble {
  /** Takes a failed call in. Answers whether the account is in trouble anew. */
  failed(failure: Failure): boolean;
  /** A call got through: whatever it was is over. Answers whether there was something. */
  passed(): boolean;
  /** Credentials or endpoint are new: nothing of before counts. */
  forget(): void;
  /** The trouble, until a call gets through. */
  current(): Failure | undefined;
  /** No vendor call starts before this, monotonic ms. */
  untilMs(): number;
}

/** Whether a failure says something of the account rather than of what was asked. */
export function concernsAccount({ kind }: Failure): boolean {
  return kind === 'unauthorized' || kind === 'throttled';
}

export function createTrouble(nowMs: () => number, random: Random): Trouble {
  let failure: Failure | undefined;
  let attempts = 0;
  let untilMs = 0;

  function forget(): void {
    failure = undefined;
    attempts = 0;
    untilMs = 0;
  }

  return {
    failed: (next) => {
      if (!concernsAccount(next)) return false;
      if (untilMs > nowMs()) {
        // Calls that were under way together: the longest wait asked for holds.
        untilMs = Math.max(untilMs, nowMs() + (next.retryAfterMs ?? 0));
        return false;
      }
      attempts += 1;
      const backoff = next.kind === 'unauthorized' ? CREDENTIALS_BACKOFF : CALL_BACKOFF;
      untilMs = nowMs() + retryMs(next.retryAfterMs, backoff, attempts, random);
      failure = next;
      return true;
    },
    passed: () => {
      const was = failure !== undefined;
      // A call that had left before the refusal came back says nothing about it.
      if (was && untilMs <= nowMs()) forget();
      return was && failure === undefined;
    },
    forget,
    current: () => failure,
    untilMs: () => untilMs,
  };
}
