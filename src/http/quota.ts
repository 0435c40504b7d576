import type { Clock } from '../ports/clock.ts';
import type { DayBook } from '../ports/day-book.ts';
import { type Failure, failed, ok, type Result } from '../ports/failure.ts';
import { OWN_LIMITS, type Quota } from '../ports/quota.ts';
import { recordedDay } from './recorded-day.ts';
import { tokenBucket } from './token-bucket.ts';

export interface QuotaLimits {
  /** More than 0; a fraction is allowed. */
  readonly requestsPerSecond: number;
  /** At least 1. */
  readonly requestsPerDay: number;
  /** At least 1. */
  readonly concurrentRequests: number;
}

/** Leave to send one request. Given back when its reply, or its loss, is known. */
interface Permit {
  release(): void;
}

/** The allowance of one vendor scope, and the meter of who spends it. What the day spent is known to the next one. */
export interface RequestQuota extends Quota {
  /**
   * Takes leave for one request, or fails with `throttled` and the time to wait, for which it never waits itself. It
   * waits only until the request is counted where a restart finds it; `transient` when that cannot be.
   */
  take(): Promise<Result<Permit>>;
  /** Sends nothing for `ms` milliseconds, because the vendor said so. The longest of several pauses holds. */
  pause(ms: number): void;
}

/** How soon to ask again when all connections are busy; nobody knows when one becomes free. ASSUMED. */
const BUSY_RETRY_MS = 100;

/** A longer wait is not one for the requests of this second. ASSUMED. */
const LONGEST_TURN_MS = 10_000;

/** Why no request may go before a time, monotonic ms. */
interface Obstacle {
  readonly untilMs: number;
  readonly code: string;
  readonly message: string;
}

function throttled({ untilMs, code, message }: Obstacle, nowMs: number): Failure {
  return { kind: 'throttled', code, message, retryAfterMs: untilMs - nowMs };
}

const CALLED_OFF: Failure = { kind: 'transient', code: 'ABORTED', message: 'the request was called off' };

/** Without a book, the count of the day ends with the process. */
export function requestQuota(limits: QuotaLimits, clock: Clock, book?: DayBook): RequestQuota {
  const second = tokenBucket(limits.requestsPerSecond, clock.monotonic());
  const day = recordedDay(limits, clock, book);
  // So that it can be told soon; what fails is tried again before the first request.
  void day.open();
  let pausedUntilMs = Number.NEGATIVE_INFINITY;
  let running = 0;
  /** Requests in `within`, or waiting to be counted, that have not gone yet. */
  let inTurn = 0;

  /** What holds the next request up longest, when so many others go before it. */
  function obstacle(nowMs: number, ahead: number): Obstacle {
    const busy = running + ahead >= limits.concurrentRequests;
    const obstacles = [
      { untilMs: pausedUntilMs, code: 'VENDOR_PAUSE', message: 'the vendor asked us to wait' },
      { untilMs: day.availableAt(nowMs), code: 'DAY_QUOTA', message: 'the requests of this day are spent' },
      {
        untilMs: second.availableAt(nowMs, 1 + ahead),
        code: 'RATE_LIMIT',
        message: 'the requests of this second are spent',
      },
      {
        untilMs: busy ? nowMs + BUSY_RETRY_MS : nowMs,
        code: 'BUSY',
        message: 'as many requests as allowed are under way',
      },
    ];
    return obstacles.reduce((longest, next) => (next.untilMs > longest.untilMs ? next : longest));
  }

  function permitAt(nowMs: number): Permit {
    second.take(nowMs);
    running += 1;
    let held = true;
    return {
      release() {
        if (held) running -= 1;
        held = false;
      },
    };
  }

  /** Waits until one request may go; answers why none may for longer than a turn takes. */
  async function turn(signal: AbortSignal): Promise<Failure | undefined> {
    for (;;) {
      if (signal.aborted) return CALLED_OFF;
      const nowMs = clock.monotonic();
      const next = obstacle(nowMs, 0);
      if (next.untilMs <= nowMs) return undefined;
      if (next.untilMs - nowMs > LONGEST_TURN_MS) return throttled(next, nowMs);
      await clock.sleep(next.untilMs - nowMs, signal);
    }
  }

  return {
    availableAt: (ahead = 0) => obstacle(clock.monotonic(), ahead + inTurn).untilMs,
    async within(request, signal) {
      for (;;) {
        inTurn += 1;
        const refusal = await turn(signal).finally(() => {
          inTurn -= 1;
        });
        if (refusal !== undefined) return failed(refusal);
        const result = await request();
        if (result.ok || !OWN_LIMITS.has(result.failure.code)) return result;
        // Somebody else took what there was.
      }
    },
    snapshot() {
      if (!day.isOpen()) return undefined;
      const nowMs = clock.monotonic();
      return {
        windowRemaining: second.remaining(nowMs),
        dayRemaining: day.remaining(nowMs),
        ...(pausedUntilMs > nowMs ? { retryAfterMs: pausedUntilMs - nowMs } : {}),
      };
    },
    async take() {
      const opened = await day.open();
      if (!opened.ok) return opened;
      for (;;) {
        // Looked at in the moment in which it goes: while it waited to be counted the vendor may have asked us to wait.
        const nowMs = clock.monotonic();
        const next = obstacle(nowMs, 0);
        if (next.untilMs > nowMs) return failed(throttled(next, nowMs));
        if (day.count()) return ok(permitAt(nowMs));
        inTurn += 1;
        const recorded = await day.record().finally(() => {
          inTurn -= 1;
        });
        if (!recorded.ok) return recorded;
      }
    },
    pause(ms) {
      pausedUntilMs = Math.max(pausedUntilMs, clock.monotonic() + ms);
    },
  };
}
