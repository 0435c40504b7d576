import { describe, expect, test } from 'vitest';
import { type QuotaLimits, type RequestQuota, requestQuota } from '../../src/http/quota.ts';
import { type ManualClock, manualClock } from './manual-clock.ts';

const HOUR_MS = 3_600_000;

function quota(over: Partial<QuotaLimits> = {}): { quota: RequestQuota; clock: ManualClock } {
  const clock = manualClock();
  const limits = { requestsPerSecond: 8, requestsPerDay: 100_000, concurrentRequests: 1_000, ...over };
  return { quota: requestQuota(limits, clock), clock };
}

/** Takes until refused; answers how many it got. */
function drain(from: RequestQuota): number {
  for (let taken = 0; ; taken += 1) {
    const permit = from.take();
    if (!permit.ok) return taken;
    permit.value.release();
  }
}

describe('requests per second', () => {
  test('one second’s worth may go at once, then they go at the rate', () => {
    const { quota: q, clock } = quota();
    expect(drain(q)).toBe(8);
    expect(q.take()).toMatchObject({ failure: { kind: 'throttled', code: 'RATE_LIMIT', retryAfterMs: 125 } });
    clock.advance(124);
    expect(drain(q)).toBe(0);
    clock.advance(1);
    expect(drain(q)).toBe(1);
    clock.advance(60_000);
    expect(drain(q)).toBe(8);
  });

  test('waiting as long as told always suffices, at any rate', () => {
    for (const requestsPerSecond of [0.3, 0.5, 1, 3, 7, 8, 9.9]) {
      const { quota: q, clock } = quota({ requestsPerSecond });
      drain(q);
      for (let i = 0; i < 50; i += 1) {
        expect(q.availableAt()).toBeGreaterThan(clock.monotonic());
        clock.advance(q.availableAt() - clock.monotonic());
        expect(drain(q), `${requestsPerSecond} a second`).toBe(1);
      }
    }
  });
});

describe('requests per day', () => {
  test('no 24 hours ever hold more than the limit, wherever they begin', () => {
    const { quota: q, clock } = quota({ requestsPerDay: 100, requestsPerSecond: 1_000 });
    const sentAt: number[] = [];
    for (let minute = 0; minute < 5 * 24 * 60; minute += 7) {
      for (let i = drain(q); i > 0; i -= 1) sentAt.push(clock.monotonic());
      clock.advance(7 * 60_000);
    }
    expect(sentAt.length).toBeGreaterThan(300);
    for (const start of sentAt) {
      expect(sentAt.filter((at) => at >= start && at < start + 24 * HOUR_MS).length).toBeLessThanOrEqual(100);
    }
  });

  test('a spent day says when it is over', () => {
    const { quota: q, clock } = quota({ requestsPerDay: 2 });
    drain(q);
    expect(q.take()).toMatchObject({
      failure: { kind: 'throttled', code: 'DAY_QUOTA', retryAfterMs: 25 * HOUR_MS },
    });
    expect(q.snapshot()).toMatchObject({ dayRemaining: 0 });
    clock.advance(25 * HOUR_MS);
    expect(drain(q)).toBe(2);
  });
});

describe('what the vendor asks for', () => {
  test('a pause stops everything until it is over, and a shorter one does not shorten it', () => {
    const { quota: q, clock } = quota();
    q.pause(30_000);
    q.pause(1_000);
    expect(q.take()).toMatchObject({ failure: { code: 'VENDOR_PAUSE', retryAfterMs: 30_000 } });
    expect(q.snapshot()).toMatchObject({ retryAfterMs: 30_000 });
    clock.advance(30_000);
    expect(q.snapshot()).not.toHaveProperty('retryAfterMs');
    expect(q.take()).toMatchObject({ ok: true });
  });
});

describe('requests under way', () => {
  test('are bounded, and a permit given back twice counts once', () => {
    const { quota: q } = quota({ concurrentRequests: 2 });
    const first = q.take();
    q.take();
    expect(q.take()).toMatchObject({ failure: { kind: 'throttled', code: 'BUSY' } });
    if (first.ok) {
      first.value.release();
      first.value.release();
    }
    expect(q.take()).toMatchObject({ ok: true });
    expect(q.take()).toMatchObject({ failure: { code: 'BUSY' } });
  });
});
