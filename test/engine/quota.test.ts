import { describe, expect, test } from 'vitest';
import { stretchedMs } from '../../src/domain/schedule.ts';
import { createRetryBudget } from '../../src/engine/retry-budget.ts';
import { createWorld, device, devices, keyOf, running, type World } from './world.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** Vendor calls since this time. */
function callsSince(world: World, fromMs: number): number {
  return world.vendor.calls.filter(({ atMs }) => atMs >= fromMs).length;
}

describe('one quota', () => {
  /** Sets of many customers are due, and one request goes each second. */
  async function busyWithDrift(concurrentRequests = 1): Promise<World> {
    const world = createWorld();
    world.start({ concurrentRequests });
    for (let n = 0; n < 40; n += 1) {
      world.vendor.put(device(n), `company-${n}`);
      world.claim(`claim-${n}`, [device(n)], { companyId: `company-${n}` });
    }
    await running(world, 60_000);
    world.vendor.calls.length = 0;
    // Every request from now on takes a second of it.
    let open = 0;
    world.vendor.requestEveryMs = 1_000;
    world.vendor.fault = () => {
      open += 1;
      world.vendor.quotaAvailableAtMs = world.clock.monotonic() + 1_000;
      return undefined;
    };
    for (let n = 0; n < 40; n += 1) world.account.devices.lookAgain(`company-${n}`);
    await world.advance(5_000);
    expect(open).toBeGreaterThan(2);
    return world;
  }

  // With room for more requests a write is prepared while looks could go: they must not take what it waits for.
  test.each([1, 4])(
    'goes to what a person edits before looks that are only due, %i at a time',
    async (concurrent) => {
      const world = await busyWithDrift(concurrent);
      world.claim('edited', [device(100)], { companyId: 'company-0' });
      await world.advance(12_000);
      const firstWrite = world.vendor.calls.findIndex(({ is }) => is === 'write');
      expect(firstWrite).toBeGreaterThan(0);
      expect(firstWrite).toBeLessThan(20);
      await world.advance(60_000);
      const polled = world.vendor.calls.findIndex(({ is }) => is === 'poll');
      const looks = world.vendor.calls.filter(({ is }) => is === 'page').length;
      // What the vendor is at work on is asked after before the looks go on.
      expect(polled).toBeLessThan(firstWrite + 6);
      expect(looks).toBeGreaterThan(30);
    },
  );

  test('tells how many calls are left to be made, and how long they take', async () => {
    const world = await busyWithDrift();
    const { pendingCalls } = world.account.summary();
    expect(pendingCalls).toBeGreaterThan(20);
    await world.advance(120_000);
    expect(world.account.summary()).toMatchObject({ pendingCalls: 0 });
    expect(world.account.summary()).not.toHaveProperty('finishInMs');
  });
});

describe('complete looks', () => {
  test.each([
    { why: 'few pages', calls: 10, rates: [8, 100_000], hours: 1 },
    { why: 'a million devices, by the day', calls: 10_000, rates: [8, 100_000], hours: 4.8 },
    { why: 'a slow vendor, by the second', calls: 3_600, rates: [1, 1e9], hours: 2 },
  ])('come as often as half the quota allows: $why', ({ calls, rates, hours }) => {
    const [requestsPerSecond = 0, requestsPerDay = 0] = rates;
    expect(stretchedMs(HOUR_MS, calls, { requestsPerSecond, requestsPerDay }) / HOUR_MS).toBeCloseTo(hours);
  });

  test('take at most half of each day, and the account says how often they come', async () => {
    const world = createWorld({ pageSize: 1 });
    for (const one of devices(0, 100)) world.vendor.put(one, 'acme');
    world.start({ requestsPerDay: 1_000 });
    world.claim('a', devices(0, 100));
    await running(world, HOUR_MS);
    expect(world.account.summary().resyncIntervalMs).toBeGreaterThan(4 * HOUR_MS);
    const fromMs = world.clock.monotonic();
    await world.advance(4 * DAY_MS);
    expect(callsSince(world, fromMs)).toBeGreaterThan(400);
    expect(callsSince(world, fromMs)).toBeLessThanOrEqual(4 * 500 + 100);
  });
});

/** What goes wrong all day long, on a quota of 2,000 calls a day: retries get 500, and an hour's worth ahead. */
describe('an error loop never burns the day’s quota:', () => {
  // Looks that are only due would only blur it.
  const DAY = { requestsPerDay: 2_000, resyncIntervalMs: 10 * DAY_MS };
  const MOST = 500 * (25 / 24) + 120;

  async function aDayOf(world: World): Promise<number> {
    const fromMs = world.clock.monotonic();
    await world.advance(DAY_MS);
    return callsSince(world, fromMs);
  }

  /** After all that, what a person asks for goes at once. */
  async function stillServes(world: World): Promise<void> {
    world.vendor.fault = () => undefined;
    world.vendor.bend = (page) => page;
    world.vendor.refuse = () => undefined;
    world.vendor.calls.length = 0;
    world.claim('edited', [device(900)], { companyId: 'globex' });
    await world.advance(30_000);
    expect(world.states('edited')).toEqual({ claimed: 1 });
  }

  test('a long list whose total changes under every read', async () => {
    const world = createWorld({ pageSize: 1 });
    for (const one of devices(0, 60)) world.vendor.put(one, 'acme');
    world.vendor.bend = (page, { cursor }) => (cursor === '59' ? { ...page, total: 61 } : page);
    world.start(DAY);
    world.claim('a', devices(0, 60));
    await running(world, 1_000);
    expect(await aDayOf(world)).toBeLessThanOrEqual(MOST);
    await stillServes(world);
  });

  test('a hundred customers whose lists cannot be read', async () => {
    const world = createWorld({ canReadItems: false });
    world.vendor.fault = (call) =>
      call.is === 'page'
        ? { is: 'fails', failure: { kind: 'transient', code: 'HTTP_503', message: 'the vendor failed' } }
        : undefined;
    world.start(DAY);
    for (let n = 0; n < 100; n += 1) world.claim(`c${n}`, [device(n)], { companyId: `company-${n}` });
    await running(world, 1_000);
    expect(await aDayOf(world)).toBeLessThanOrEqual(MOST);
    await stillServes(world);
  });

  test('operations that never end', async () => {
    const world = createWorld({ pollsUntilDone: Number.POSITIVE_INFINITY });
    world.start(DAY);
    for (let n = 0; n < 20; n += 1) world.claim(`c${n}`, [device(n)], { companyId: `company-${n}` });
    await running(world, 1_000);
    // Each may be asked after for a while like any other.
    expect(await aDayOf(world)).toBeLessThanOrEqual(MOST + 20 * 26);
  });

  test('writes that are lost on the way, over and over', async () => {
    const world = createWorld({ pageSize: 1, canReadItems: false });
    for (const one of devices(500, 20)) world.vendor.put(one, 'acme');
    world.vendor.fault = (call) => (call.is === 'write' ? { is: 'lostOnTheWay' } : undefined);
    world.start(DAY);
    world.claim('a', devices(0, 3));
    await running(world, 1_000);
    expect(await aDayOf(world)).toBeLessThanOrEqual(2 * MOST);
    await stillServes(world);
  });

  test('devices that fail for passing reasons', async () => {
    const world = createWorld();
    world.vendor.refuse = () => ({ code: 'INTERNAL_SERVER_ERROR', message: 'try again', kind: 'passing' });
    world.start(DAY);
    for (let n = 0; n < 20; n += 1) world.claim(`c${n}`, devices(10 * n, 5), { companyId: `company-${n}` });
    await running(world, 1_000);
    expect(await aDayOf(world)).toBeLessThanOrEqual(2 * MOST);
    await stillServes(world);
  });
});

test('a look that a person asks for does not wait until a failed one is due', async () => {
  const world = createWorld();
  world.vendor.fault = (call) =>
    call.is === 'page'
      ? { is: 'fails', failure: { kind: 'transient', code: 'HTTP_503', message: 'the vendor failed' } }
      : undefined;
  world.start({ requestsPerDay: 100 });
  world.claim('a', [device(0)]);
  await running(world, 6 * HOUR_MS);
  world.vendor.fault = () => undefined;
  world.vendor.calls.length = 0;
  world.account.devices.lookAgain('acme');
  await world.advance(10_000);
  expect(world.states('a')).toEqual({ claimed: 1 });
});

describe('the budget of retries', () => {
  test('leaves a retry alone as long as there are few, and then spreads them over the day', () => {
    let nowMs = 0;
    const budget = createRetryBudget({ requestsPerDay: () => 2_400, nowMs: () => nowMs });
    // 600 a day are 25 an hour, and one hour may be taken ahead.
    for (let call = 0; call < 25; call += 1) expect(budget.bookMs(1_000, 1)).toBe(1_000);
    budget.bookMs(1_000, 1);
    expect(budget.bookMs(1_000, 1)).toBeCloseTo(HOUR_MS / 25, -1);
    nowMs += 10 * HOUR_MS;
    expect(budget.bookMs(1_000, 1)).toBe(1_000);
  });

  test('waits for what costs much, and not at all for what costs nothing', () => {
    const budget = createRetryBudget({ requestsPerDay: () => 2_400, nowMs: () => 0 });
    budget.bookMs(0, 75);
    expect(budget.bookMs(0, 1)).toBe(2 * HOUR_MS);
    expect(budget.bookMs(500, 0)).toBe(500);
  });
});

test('an item that was proven not to have happened says so until it is sent again', async () => {
  const world = createWorld({ visibilityMs: 1_000 });
  world.vendor.fault = (call) => (call.is === 'write' ? { is: 'lostOnTheWay' } : undefined);
  world.start();
  world.claim('a', [device(0)]);
  await running(world, 40_000);
  expect(world.verdict('a', device(0))).toMatchObject({ state: 'pending', code: 'NOT_EXECUTED' });
  expect(world.vendor.writes().every(({ keys }) => keys.join() === keyOf(device(0)))).toBe(true);
});
