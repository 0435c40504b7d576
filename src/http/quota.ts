import type { Clock } from '../ports/clock.ts';
import { failed, ok, type Result } from '../ports/failure.ts';
import type { Quota } from '../ports/quota.ts';
import { dayWindow } from './day-window.ts';
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

/** The allowance of one vendor scope, and the meter of who spends it. Lives as long as the process. */
export interface RequestQuota extends Quota {
  /** Takes leave for one request, or fails with `throttled` and the time to wait. Never waits itself. */
  take(): Result<Permit>;
  /** Sends nothing for `ms` milliseconds, because the vendor said so. The longest of several pauses holds. */
  pause(ms: number): void;
}

/** How soon to ask again when all connections are busy; nobody knows when one becomes free. ASSUMED. */
const BUSY_RETRY_MS = 100;

export function requestQuota(limits: QuotaLimits, clock: Clock): RequestQuota {
  const second = tokenBucket(limits.requestsPerSecond, clock.monotonic());
  const day = dayWindow(limits.requestsPerDay);
  let pausedUntilMs = Number.NEGATIVE_INFINITY;
  let running = 0;

  /** What holds the next request up longest. */
  function obstacle(nowMs: number): {
    readonly untilMs: number;
    readonly code: string;
    readonly message: string;
  } {
    const busy = running >= limits.concurrentRequests;
    const obstacles = [
      { untilMs: pausedUntilMs, code: 'VENDOR_PAUSE', message: 'the vendor asked us to wait' },
      { untilMs: day.availableAt(nowMs), code: 'DAY_QUOTA', message: 'the requests of this day are spent' },
      {
        untilMs: second.availableAt(nowMs),
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

  return {
    availableAt: () => obstacle(clock.monotonic()).untilMs,
    snapshot() {
      const nowMs = clock.monotonic();
      return {
        windowRemaining: second.remaining(nowMs),
        dayRemaining: day.remaining(nowMs),
        ...(pausedUntilMs > nowMs ? { retryAfterMs: pausedUntilMs - nowMs } : {}),
      };
    },
    take() {
      const nowMs = clock.monotonic();
      const { untilMs, code, message } = obstacle(nowMs);
      if (untilMs > nowMs) {
        return failed({ kind: 'throttled', code, message, retryAfterMs: untilMs - nowMs });
      }
      second.take(nowMs);
      day.count(nowMs);
      running += 1;
      let held = true;
      return ok({
        release() {
          if (held) running -= 1;
          held = false;
        },
      });
    },
    pause(ms) {
      pausedUntilMs = Math.max(pausedUntilMs, clock.monotonic() + ms);
    },
  };
}
