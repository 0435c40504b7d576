import { describe, expect, test } from 'vitest';
import type { VendorAccountStatus } from '../../../src/api/vendor-account.generated.ts';
import { createQuotaTeller } from '../../../src/controllers/vendor-account/status.ts';
import type { AccountSummary } from '../../../src/engine/account.ts';
import { createTestClock } from '../../support/clock.ts';

const NOTHING = { base: 0, spent: 0, allowed: 0, requested: 0 };
const QUIET: AccountSummary = {
  connected: true,
  writes: true,
  started: true,
  contact: 'open',
  health: {},
  facts: {},
  plannedItems: 0,
  writtenItems: {},
  openOperations: 0,
  waitingActions: 0,
  resyncIntervalMs: 17_280_000,
  pendingCalls: 0,
  quota: { windowRemaining: 8, dayRemaining: 99_000 },
  guard: { destructive: NOTHING, creations: NOTHING, irreversible: NOTHING },
};
const BUSY: AccountSummary = { ...QUIET, waitingActions: 5_000, pendingCalls: 80, finishInMs: 10_000 };

function teller() {
  const clock = createTestClock();
  const tell = createQuotaTeller(clock);
  let status: VendorAccountStatus | undefined;
  return {
    clock,
    tell: (summary: AccountSummary): VendorAccountStatus => {
      status = { ...status, ...tell('fleet/google', status, summary) };
      return status;
    },
  };
}

describe('what the status says of the quota', () => {
  test('is what is left of it, and the resync interval that is really in force', () => {
    expect(teller().tell(QUIET).quota).toEqual({
      windowRemaining: 8,
      dayRemaining: 99_000,
      effectiveResyncInterval: '4h48m',
    });
  });

  test('names until when the vendor asked to be left alone', () => {
    const { clock, tell } = teller();
    const paused = { ...QUIET, quota: { windowRemaining: 0, dayRemaining: 1, retryAfterMs: 30_000 } };
    const { retryAfter } = tell(paused).quota ?? {};
    expect(Date.parse(retryAfter ?? '')).toBe(Math.floor((clock.now() + 30_000) / 1_000) * 1_000);
  });

  test('is written at most every 30 s, since it changes with every call', async () => {
    const { clock, tell } = teller();
    tell(QUIET);
    const later = { ...QUIET, quota: { windowRemaining: 1, dayRemaining: 98_000 } };
    await clock.advance(29_000);
    expect(tell(later).quota?.dayRemaining).toBe(99_000);
    await clock.advance(1_000);
    expect(tell(later).quota?.dayRemaining).toBe(98_000);
  });
});

describe('a new process', () => {
  test('lets stand what was said of the quota until it knows what earlier ones sent', () => {
    const before = { quota: { windowRemaining: 8, dayRemaining: 12, effectiveResyncInterval: '1h' } };
    const tell = createQuotaTeller(createTestClock());
    const { quota: _, ...unknown } = QUIET;
    expect(tell('fleet/google', before, unknown).quota).toEqual(before.quota);
    expect(tell('fleet/google', before, QUIET).quota?.dayRemaining).toBe(99_000);
    expect(tell('fleet/other', before, { ...unknown, connected: false }).quota).toBeUndefined();
  });
});

describe('what the status says of work that is left', () => {
  test('is how many calls it takes and when it would be done', () => {
    const { clock, tell } = teller();
    const { pending } = tell(BUSY);
    expect(pending).toMatchObject({ actions: 5_000, operations: 0, estimatedVendorCalls: 80 });
    const finish = Math.floor((clock.now() + 10_000) / 1_000) * 1_000;
    expect(Date.parse(pending?.estimatedFinishAt ?? '')).toBe(finish);
  });

  test('has no estimate when there is nothing to do, and no end when the quota of the day does not suffice', () => {
    expect(teller().tell(QUIET).pending).toEqual({ actions: 0, operations: 0 });
    const { finishInMs: _, ...endless } = BUSY;
    expect(teller().tell(endless).pending).toEqual({
      actions: 5_000,
      operations: 0,
      estimatedVendorCalls: 80,
    });
  });

  test('counts at once, and estimates at once only when work begins or ends', async () => {
    const { clock, tell } = teller();
    tell(QUIET);
    expect(tell(BUSY).pending?.estimatedVendorCalls).toBe(80);
    await clock.advance(1_000);
    const less = { ...BUSY, waitingActions: 4_000, pendingCalls: 60 };
    expect(tell(less).pending).toMatchObject({ actions: 4_000, estimatedVendorCalls: 80 });
    expect(tell(QUIET).pending).toEqual({ actions: 0, operations: 0 });
  });
});
