import { describe, expect, test } from 'vitest';
import { type QuotaLimits, type RequestQuota, requestQuota } from '../../src/http/quota.ts';
import { ok } from '../../src/ports/failure.ts';
import { type ManualClock, manualClock } from './manual-clock.ts';

const HOUR_MS = 3_600_000;
const { signal } = new AbortController();

function quota(over: Partial<QuotaLimits> = {}): { quota: RequestQuota; clock: ManualClock } {
  const clock = manualClock();
  const limits = { requestsPerSecond: 8, requestsPerDay: 100_000, concurrentRequests: 1_000, ...over };
  return { quota: requestQuota(limits, clock), clock };
}

/** Takes until refused; answers how many it got. */
async function drain(from: RequestQuota): Promise<number> {
  for (let taken = 0; ; taken += 1) {
    const permit = await from.take();
    if (!permit.ok) return taken;
    permit.value.release();
  }
}

describe('requests per second', () => {
  test('one second’s worth may go at once, then they go at the rate', async () => {
    const { quota: q, clock } = quota();
    expect(await drain(q)).toBe(8);
    expect(await q.take()).toMatchObject({
      failure: { kind: 'throttled', code: 'RATE_LIMIT', retryAfterMs: 125 },
    });
    clock.advance(124);
    expect(await drain(q)).toBe(0);
    clock.advance(1);
    expect(await drain(q)).toBe(1);
    clock.advance(60_000);
    expect(await drain(q)).toBe(8);
  });

  test('waiting as long as told always suffices, at any rate', async () => {
    for (const requestsPerSecond of [0.3, 0.5, 1, 3, 7, 8, 9.9]) {
      const { quota: q, clock } = quota({ requestsPerSecond });
      await drain(q);
      for (let i = 0; i < 50; i += 1) {
        expect(q.availableAt()).toBeGreaterThan(clock.monotonic());
        clock.advance(q.availableAt() - clock.monotonic());
        expect(await drain(q), `${requestsPerSecond} a second`).toBe(1);
      }
    }
  });
});

describe('requests per day', () => {
  test('no 24 hours ever hold more than the limit, wherever they begin', async () => {
    const { quota: q, clock } = quota({ requestsPerDay: 100, requestsPerSecond: 1_000 });
    const sentAt: number[] = [];
    for (let minute = 0; minute < 5 * 24 * 60; minute += 7) {
      for (let i = await drain(q); i > 0; i -= 1) sentAt.push(clock.monotonic());
      clock.advance(7 * 60_000);
    }
    expect(sentAt.length).toBeGreaterThan(300);
    for (const start of sentAt) {
      expect(sentAt.filter((at) => at >= start && at < start + 24 * HOUR_MS).length).toBeLessThanOrEqual(100);
    }
  });

  test('a spent day says when it is over', async () => {
    const { quota: q, clock } = quota({ requestsPerDay: 2 });
    await drain(q);
    expect(await q.take()).toMatchObject({
      failure: { kind: 'throttled', code: 'DAY_QUOTA', retryAfterMs: 25 * HOUR_MS },
    });
    expect(q.snapshot()).toMatchObject({ dayRemaining: 0 });
    clock.advance(25 * HOUR_MS);
    expect(await drain(q)).toBe(2);
  });
});

describe('what the vendor asks for', () => {
  test('a pause stops everything until it is over, and a shorter one does not shorten it', async () => {
    const { quota: q, clock } = quota();
    q.pause(30_000);
    q.pause(1_000);
    expect(await q.take()).toMatchObject({ failure: { code: 'VENDOR_PAUSE', retryAfterMs: 30_000 } });
    expect(q.snapshot()).toMatchObject({ retryAfterMs: 30_000 });
    clock.advance(30_000);
    expect(q.snapshot()).not.toHaveProperty('retryAfterMs');
    expect(await q.take()).toMatchObject({ ok: true });
  });
});

describe('a request that goes on with what another one began', () => {
  /** Time passes only where somebody waits for it. */
  function waiting(over: Partial<QuotaLimits> = {}) {
    const { quota: q, clock } = quota({ requestsPerSecond: 1, ...over });
    clock.sleep = (ms) => Promise.resolve(clock.advance(ms));
    const request = async () => {
      const permit = await q.take();
      if (permit.ok) permit.value.release();
      return permit.ok ? ok(clock.monotonic()) : permit;
    };
    return { q, clock, request };
  }

  test('waits for its turn of this second, and never for longer than that', async () => {
    const { q, clock, request } = waiting();
    await drain(q);
    expect(await q.within(request, signal)).toEqual(ok(1_000));
    q.pause(60_000);
    expect(await q.within(request, signal)).toMatchObject({ failure: { code: 'VENDOR_PAUSE' } });
    expect(clock.monotonic()).toBe(1_000);
  });

  test('goes before requests that can still be put off', async () => {
    const { q, clock, request } = waiting();
    await drain(q);
    let seenMs = 0;
    clock.sleep = (ms) => {
      seenMs = q.availableAt();
      return Promise.resolve(clock.advance(ms));
    };
    await q.within(request, signal);
    expect(seenMs).toBe(2_000);
    expect(q.availableAt()).toBe(2_000);
  });

  test('ends when it is called off', async () => {
    const { q, request } = waiting();
    expect(await q.within(request, AbortSignal.abort())).toMatchObject({ failure: { code: 'ABORTED' } });
    expect(q.snapshot()).toMatchObject({ windowRemaining: 1 });
  });
});

test('requests that are about to go count as gone for those that come after them', () => {
  const { quota: q, clock } = quota({ requestsPerSecond: 2 });
  expect(q.availableAt(1)).toBeLessThanOrEqual(clock.monotonic());
  expect(q.availableAt(2)).toBe(500);
});

describe('requests under way', () => {
  test('are bounded, and a permit given back twice counts once', async () => {
    const { quota: q } = quota({ concurrentRequests: 2 });
    const first = await q.take();
    await q.take();
    expect(await q.take()).toMatchObject({ failure: { kind: 'throttled', code: 'BUSY' } });
    if (first.ok) {
      first.value.release();
      first.value.release();
    }
    expect(await q.take()).toMatchObject({ ok: true });
    expect(await q.take()).toMatchObject({ failure: { code: 'BUSY' } });
  });
});
