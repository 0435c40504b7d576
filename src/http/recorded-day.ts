import type { Clock } from '../ports/clock.ts';
import type { DayBook, HourOfRequests } from '../ports/day-book.ts';
import { type Failure, failed, ok, type Result } from '../ports/failure.ts';
import { dayWindow, endOfHourMs, hourOf } from './day-window.ts';

/** The requests of the last 24 hours, those of earlier processes with them. */
export interface RecordedDay {
  remaining(nowMs: number): number;
  /** When one more fits; in the past when it fits now. */
  availableAt(nowMs: number): number;
  /** Makes what earlier processes sent known. `transient`: nothing may be sent. */
  open(): Promise<Result<unknown>>;
  /** Whether it is known; until then they seem to have sent nothing. */
  isOpen(): boolean;
  /** Counts a request that is sent now. False when it must not be: that it may have been sent has to be durable first. */
  count(): boolean;
  /** Makes durable that some more may have been sent. `transient`: they must not be. */
  record(): Promise<Result<unknown>>;
}

/** A process that has just begun may end at once, and leaves little unsent then. ASSUMED: a look takes about as many. */
const FIRST_BLOCK = 4;
/** From this size on the next block is recorded when a quarter of one is left; before, only when it is needed. ASSUMED. */
const AHEAD_BLOCK = 32;
/** A block that was spent in less is followed by a larger one: recording once in that time is often enough. */
const SOON_MS = 60_000;
/** A block that lasted longer is followed by a smaller one. ASSUMED. */
const LATE_MS = 600_000;

/**
 * Requests are recorded in blocks, each before the first of it is sent, so a process that is killed has recorded too
 * many and never too few:
 *
 * ```
 *   recorded  ├── block ──┼────── block ──────┤
 *   sent      ──────────────────────────►     ╷ little of a block is left: the next one is recorded
 * ```
 *
 * A block belongs to the hour in which it was recorded. What is left of it when that is over is given back with the
 * first block of the hour in which something is sent again.
 */
export function recordedDay(
  limits: { readonly requestsPerSecond: number; readonly requestsPerDay: number },
  clock: Clock,
  book: DayBook | undefined,
): RecordedDay {
  return book === undefined ? unrecordedDay(limits.requestsPerDay, clock) : inBlocks(limits, clock, book);
}

/** Without a book there is nothing before, and nothing after. */
function unrecordedDay(limit: number, clock: Clock): RecordedDay {
  const window = dayWindow(limit);
  return {
    remaining: (nowMs) => window.remaining(nowMs),
    availableAt: (nowMs) => window.availableAt(nowMs),
    open: async () => ok(undefined),
    isOpen: () => true,
    count() {
      window.count(clock.monotonic());
      return true;
    },
    record: async () => ok(undefined),
  };
}

function inBlocks(
  limits: { readonly requestsPerSecond: number; readonly requestsPerDay: number },
  clock: Clock,
  book: DayBook,
): RecordedDay {
  const window = dayWindow(limits.requestsPerDay);
  const largestBlock = Math.max(FIRST_BLOCK, Math.ceil((limits.requestsPerSecond * SOON_MS) / 1_000));
  // Who asked first may leave while others still wait. The book has a deadline of its own.
  const { signal } = new AbortController();
  let isOpen = false;
  let opening: Promise<Result<unknown>> | undefined;
  let recording: Promise<Result<unknown>> | undefined;
  let block = FIRST_BLOCK;
  let recordedAtMs: number | undefined;
  /** What may still be sent of what is recorded, and in which hour. */
  let room: HourOfRequests = { hour: Number.NEGATIVE_INFINITY, requests: 0 };

  const currentHour = (): number => hourOf(book.nowMs());
  const roomNow = (): number => (room.hour === currentHour() ? room.requests : 0);

  async function read(): Promise<Result<unknown>> {
    const earlier = await book.read(signal);
    if (!earlier.ok) return failed(uncounted(earlier.failure));
    const nowMs = clock.monotonic();
    const aheadMs = book.nowMs() - nowMs;
    for (const { hour, requests } of earlier.value) {
      // At the end of its hour: that way it is forgotten late rather than early.
      window.add(Math.min(nowMs, endOfHourMs(hour) - aheadMs), requests);
    }
    isOpen = true;
    return ok(undefined);
  }

  function nextBlock(nowMs: number): number {
    if (recordedAtMs === undefined) return FIRST_BLOCK;
    const lastedMs = nowMs - recordedAtMs;
    if (lastedMs < SOON_MS) return Math.min(largestBlock, block * 2);
    return lastedMs > LATE_MS ? Math.max(FIRST_BLOCK, Math.ceil(block / 2)) : block;
  }

  async function reserve(): Promise<Result<unknown>> {
    const nowMs = clock.monotonic();
    const hour = currentHour();
    const requests = nextBlock(nowMs);
    const unused = room.hour !== hour && room.requests > 0 ? { unused: room } : {};
    // From here on nothing is sent of what is given back.
    if (room.hour !== hour) room = { hour, requests: 0 };
    const kept = await book.reserve({ hour, requests, ...unused }, signal);
    if (!kept.ok) return failed(uncounted(kept.failure));
    block = requests;
    recordedAtMs = nowMs;
    room = { hour, requests: room.requests + requests };
    return kept;
  }

  function record(): Promise<Result<unknown>> {
    recording ??= reserve().finally(() => {
      recording = undefined;
    });
    return recording;
  }

  return {
    remaining: (nowMs) => window.remaining(nowMs),
    availableAt: (nowMs) => window.availableAt(nowMs),
    isOpen: () => isOpen,
    async open() {
      if (isOpen) return ok(undefined);
      opening ??= read().finally(() => {
        opening = undefined;
      });
      return opening;
    },
    count() {
      if (roomNow() === 0) return false;
      window.count(clock.monotonic());
      room = { ...room, requests: room.requests - 1 };
      if (block >= AHEAD_BLOCK && room.requests <= block / 4) void record();
      return true;
    },
    record,
  };
}

function uncounted({ code, message }: Failure): Failure {
  return { kind: 'transient', code, message: `nothing is sent before it can be counted: ${message}` };
}
