import { setImmediate as wentRound } from 'node:timers/promises';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { requestQuota } from '../../src/http/quota.ts';
import type { DayBook, DayReservation } from '../../src/ports/day-book.ts';
import { failed, ok } from '../../src/ports/failure.ts';
import { type ManualClock, manualClock } from './manual-clock.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const LIMITS = { requestsPerSecond: 8, requestsPerDay: 100, concurrentRequests: 1_000 };

interface DurableBook extends DayBook {
  readonly hours: Map<number, number>;
  readonly reservations: DayReservation[];
  failing: boolean;
  /** Resolves what is being reserved; undefined: at once. */
  gate: Promise<void> | undefined;
}

/** A book that survives every process. */
function durableBook(clock: ManualClock): DurableBook {
  const hours = new Map<number, number>();
  const add = (hour: number, requests: number): void =>
    void hours.set(hour, (hours.get(hour) ?? 0) + requests);
  const book: DurableBook = {
    hours,
    reservations: [],
    failing: false,
    gate: undefined,
    nowMs: () => clock.now(),
    read: async () => ok([...hours].map(([hour, requests]) => ({ hour, requests }))),
    reserve: async (reservation) => {
      await book.gate;
      if (book.failing) return failed({ kind: 'conflict', code: 'Gone', message: 'it is gone' });
      book.reservations.push(reservation);
      const { hour, requests, unused } = reservation;
      add(hour, requests);
      if (unused !== undefined) add(unused.hour, -unused.requests);
      return ok(undefined);
    },
  };
  return book;
}

async function take(quota: ReturnType<typeof requestQuota>): Promise<boolean> {
  const permit = await quota.take();
  if (permit.ok) permit.value.release();
  return permit.ok;
}

describe('the day over restarts', () => {
  test('no 24 hours hold more than the limit, however often the process is killed', async () => {
    const step = fc.oneof(
      {
        weight: 6,
        arbitrary: fc.record({ is: fc.constant('send' as const), n: fc.integer({ min: 1, max: 9 }) }),
      },
      {
        weight: 4,
        arbitrary: fc.record({ is: fc.constant('wait' as const), n: fc.integer({ min: 1, max: 180 }) }),
      },
      { weight: 2, arbitrary: fc.record({ is: fc.constant('kill' as const), n: fc.constant(0) }) },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 40, maxLength: 200 }), async (steps) => {
        const clock = manualClock();
        const book = durableBook(clock);
        let quota = requestQuota({ ...LIMITS, requestsPerDay: 30 }, clock, book);
        const sentAt: number[] = [];
        for (const { is, n } of steps) {
          if (is === 'kill') quota = requestQuota({ ...LIMITS, requestsPerDay: 30 }, clock, book);
          if (is === 'wait') clock.advance(n * 60_000);
          const requests = is === 'send' ? n : 0;
          for (let i = 0; i < requests; i += 1) {
            clock.advance(200);
            if (await take(quota)) sentAt.push(clock.now());
          }
          const recorded = [...book.hours.values()].reduce((sum, requests) => sum + requests, 0);
          expect(recorded).toBeGreaterThanOrEqual(sentAt.length);
        }
        for (const start of sentAt) {
          const within = sentAt.filter((at) => at >= start && at < start + DAY_MS);
          expect(within.length).toBeLessThanOrEqual(30);
        }
      }),
      { numRuns: 60 },
    );
  });

  test('each hour is recorded with at least what was sent in it', async () => {
    const clock = manualClock();
    const book = durableBook(clock);
    const quota = requestQuota(LIMITS, clock, book);
    const sent = new Map<number, number>();
    for (let minute = 0; minute < 600; minute += 17) {
      const hour = Math.floor(clock.now() / HOUR_MS);
      for (let i = 0; i < 2; i += 1) {
        expect(await take(quota)).toBe(true);
        sent.set(hour, (sent.get(hour) ?? 0) + 1);
        expect(book.hours.get(hour)).toBeGreaterThanOrEqual(sent.get(hour) ?? 0);
      }
      clock.advance(17 * 60_000);
    }
    const recorded = [...book.hours.values()].reduce((sum, requests) => sum + requests, 0);
    const all = [...sent.values()].reduce((sum, requests) => sum + requests, 0);
    expect(recorded - all).toBeLessThanOrEqual(8);
  });

  test('what was left of an hour is given back with the next block', async () => {
    const clock = manualClock();
    const book = durableBook(clock);
    const quota = requestQuota(LIMITS, clock, book);
    for (let hour = 0; hour < 20; hour += 1) {
      expect(await take(quota)).toBe(true);
      clock.advance(HOUR_MS);
    }
    const recorded = [...book.hours.values()].reduce((sum, requests) => sum + requests, 0);
    expect(recorded).toBeLessThanOrEqual(20 + 3);
  });

  test('what a killed process had reserved is spent, and that is not much more than it sent', async () => {
    for (const sent of [1, 2, 3, 5, 12, 13, 53, 110, 1_000]) {
      const clock = manualClock();
      const book = durableBook(clock);
      const limits = { ...LIMITS, requestsPerDay: 100_000 };
      const first = requestQuota(limits, clock, book);
      for (let i = 0; i < sent; i += 1) {
        clock.advance(125);
        expect(await take(first)).toBe(true);
      }
      const second = requestQuota(limits, clock, book);
      expect(await take(second)).toBe(true);
      const spent = 100_000 - (second.snapshot()?.dayRemaining ?? 0) - 1;
      expect(spent).toBeGreaterThanOrEqual(sent);
      expect(spent - sent, `${sent} sent`).toBeLessThanOrEqual(1.5 * sent + 4);
    }
  });

  test('what is left is not told before it is known', async () => {
    const clock = manualClock();
    const book = durableBook(clock);
    book.hours.set(Math.floor(clock.now() / HOUR_MS), 60);
    const quota = requestQuota(LIMITS, clock, book);
    expect(quota.snapshot()).toBeUndefined();
    while (quota.snapshot() === undefined) await Promise.resolve();
    expect(quota.snapshot()).toMatchObject({ dayRemaining: 40 });
    expect(book.reservations).toEqual([]);
  });

  test('a process that finds the day spent sends nothing before it is over', async () => {
    const clock = manualClock();
    const book = durableBook(clock);
    book.hours.set(Math.floor(clock.now() / HOUR_MS), 100);
    const quota = requestQuota(LIMITS, clock, book);
    expect(await quota.take()).toMatchObject({ failure: { kind: 'throttled', code: 'DAY_QUOTA' } });
    const waitMs = quota.availableAt() - clock.monotonic();
    expect(waitMs).toBeGreaterThan(DAY_MS - HOUR_MS);
    expect(waitMs).toBeLessThanOrEqual(DAY_MS + HOUR_MS);
    clock.advance(waitMs);
    expect(await take(quota)).toBe(true);
  });
});

describe('the cost of it', () => {
  test('is a write a minute at the full rate', async () => {
    const clock = manualClock();
    const book = durableBook(clock);
    const quota = requestQuota({ ...LIMITS, requestsPerDay: 100_000 }, clock, book);
    for (let i = 0; i < 8 * 60 * 30; i += 1) {
      clock.advance(125);
      expect(await take(quota)).toBe(true);
    }
    // Seven to grow to a minute's worth.
    expect(book.reservations.length).toBeLessThanOrEqual(30 + 7 + 1);
  });

  test('is nothing while nothing is sent', async () => {
    const clock = manualClock();
    const book = durableBook(clock);
    const quota = requestQuota(LIMITS, clock, book);
    await take(quota);
    const before = book.reservations.length;
    for (let hour = 0; hour < 48; hour += 1) {
      clock.advance(HOUR_MS);
      quota.availableAt();
      quota.snapshot();
    }
    expect(book.reservations.length).toBe(before);
  });
});

describe('a request that cannot be counted', () => {
  test('is not sent, and does not stay under way', async () => {
    const clock = manualClock();
    const book = durableBook(clock);
    book.failing = true;
    const quota = requestQuota({ ...LIMITS, concurrentRequests: 1 }, clock, book);
    expect(await quota.take()).toMatchObject({ failure: { kind: 'transient', code: 'Gone' } });
    book.failing = false;
    expect(await take(quota)).toBe(true);
  });

  test('waits until it is durable that it may have been sent', async () => {
    const clock = manualClock();
    const book = durableBook(clock);
    const { promise, resolve } = Promise.withResolvers<void>();
    book.gate = promise;
    const quota = requestQuota(LIMITS, clock, book);
    let taken = 0;
    const all = Promise.all(Array.from({ length: 6 }, async () => (await take(quota)) && (taken += 1)));
    for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
    expect(taken).toBe(0);
    resolve();
    await all;
    expect(taken).toBe(6);
    expect([...book.hours.values()].reduce((sum, requests) => sum + requests, 0)).toBeGreaterThanOrEqual(6);
  });
});

describe('a request that waited to be counted', () => {
  test('goes within the rate of the moment in which it goes, not of the one in which it asked', async () => {
    const clock = manualClock();
    const book = durableBook(clock);
    const gate = Promise.withResolvers<void>();
    book.gate = gate.promise;
    const quota = requestQuota({ ...LIMITS, requestsPerSecond: 1 }, clock, book);
    const asked: ReturnType<typeof quota.take>[] = [];
    for (let second = 0; second < 3; second += 1) {
      asked.push(quota.take());
      await wentRound();
      clock.advance(1_000);
    }
    gate.resolve();
    const permits = await Promise.all(asked);
    expect(permits.filter(({ ok: isGiven }) => isGiven)).toHaveLength(1);
    // What was not sent is not counted either.
    expect(quota.snapshot()?.dayRemaining).toBe(LIMITS.requestsPerDay - 1);
  });

  test('does not go when the vendor asked us to wait meanwhile', async () => {
    const clock = manualClock();
    const book = durableBook(clock);
    const gate = Promise.withResolvers<void>();
    book.gate = gate.promise;
    const quota = requestQuota(LIMITS, clock, book);
    const asked = quota.take();
    await wentRound();
    quota.pause(30_000);
    gate.resolve();
    expect(await asked).toMatchObject({ failure: { kind: 'throttled', code: 'VENDOR_PAUSE' } });
  });
});
