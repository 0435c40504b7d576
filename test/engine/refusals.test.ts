import { describe, expect, test } from 'vitest';
import type { ItemFailure } from '../../src/domain/item.ts';
import type { Failure } from '../../src/ports/failure.ts';
import { createWorld, device, devices, keyOf, running } from './world.ts';

const HOUR = 3_600_000;
const INVALID: ItemFailure = { code: 'INVALID_MODEL', message: 'no such model', kind: 'invalid' };
const HELD: ItemFailure = { code: 'HELD_BY_OTHER', message: 'somebody else has it', kind: 'heldByOther' };
const PASSING: ItemFailure = { code: 'INTERNAL_SERVER_ERROR', message: 'failed', kind: 'passing' };
const REJECTED: Failure = { kind: 'rejected', code: 'INVALID_ARGUMENT', message: 'the request is invalid' };

describe('one device of a request that is refused', () => {
  test('does not hold up the others', async () => {
    const world = createWorld();
    world.vendor.refuse = (key) => (key === keyOf(device(3)) ? INVALID : undefined);
    world.start();
    world.claim('a', devices(0, 10));
    await running(world, 30_000);
    expect(world.states('a')).toEqual({ claimed: 9, failed: 1 });
    expect(world.verdict('a', device(3))).toMatchObject({ state: 'failed', code: 'INVALID_MODEL' });
    const [operation] = world.journal.entries.values();
    expect(operation?.facts).toMatchObject({ state: 'CompleteWithErrors', succeeded: 9, failed: 1 });
    expect(operation?.facts.outcomes).toEqual([
      { code: 'INVALID_MODEL', message: 'no such model', count: 1, items: '3' },
    ]);
    expect(world.account.summary().writtenItems).toMatchObject({
      claim: { succeeded: 9, failed: 1 },
      unclaim: { succeeded: 0, failed: 0 },
    });
  });

  test('as invalid is never asked about again, until its declaration changes', async () => {
    const world = createWorld();
    world.vendor.refuse = () => INVALID;
    world.start();
    world.claim('a', [device(1)]);
    await running(world, 48 * HOUR);
    expect(world.vendor.writes()).toHaveLength(1);
    world.vendor.refuse = () => undefined;
    world.claim('a', [{ ...device(1), model: 'Pixel 8' }]);
    await world.advance(60_000);
    expect(world.states('a')).toEqual({ claimed: 1 });
  });

  test('as held by somebody else is asked about again after the resync interval, not before', async () => {
    const world = createWorld();
    world.vendor.refuse = () => HELD;
    world.start({ resyncIntervalMs: HOUR });
    world.claim('a', [device(1)]);
    await running(world, 59 * 60_000);
    expect(world.vendor.writes()).toHaveLength(1);
    expect(world.verdict('a', device(1))).toMatchObject({ state: 'conflicted', code: 'HELD_BY_OTHER' });
    await world.advance(2 * 60_000);
    expect(world.vendor.writes()).toHaveLength(2);
    world.vendor.refuse = () => undefined;
    await world.advance(HOUR + 60_000);
    expect(world.states('a')).toEqual({ claimed: 1 });
  });

  test('for a passing reason is tried again more and more slowly', async () => {
    const world = createWorld();
    world.vendor.refuse = () => PASSING;
    world.start();
    world.claim('a', [device(1)]);
    await running(world, HOUR);
    const times = world.vendor.writes().map(({ atMs }) => atMs);
    const gaps = times.slice(1).map((atMs, index) => atMs - (times[index] ?? 0));
    expect(times.length).toBeLessThan(30);
    expect(times.length).toBeGreaterThan(8);
    expect(gaps.at(-1)).toBeGreaterThan(200_000);
    world.vendor.refuse = () => undefined;
    await world.advance(400_000);
    expect(world.states('a')).toEqual({ claimed: 1 });
  });

  test('is not reopened by the alarm of an older refusal', async () => {
    const world = createWorld();
    world.vendor.refuse = () => HELD;
    world.start({ resyncIntervalMs: HOUR });
    world.claim('a', [device(1)]);
    await running(world, 50 * 60_000);
    world.vendor.refuse = () => INVALID;
    world.claim('a', [{ ...device(1), model: 'Pixel 8' }]);
    await world.advance(24 * HOUR);
    expect(world.vendor.writes()).toHaveLength(2);
    expect(world.verdict('a', device(1))).toMatchObject({ state: 'failed', code: 'INVALID_MODEL' });
  });

  test('and then seen at its customer is free of the refusal, should it leave again', async () => {
    const world = createWorld();
    world.vendor.refuse = () => INVALID;
    world.start({ resyncIntervalMs: HOUR });
    world.claim('a', [device(1)], { onVendorRelease: 'Reclaim' });
    await running(world, 60_000);
    world.vendor.put(device(1), 'acme');
    await world.advance(2 * HOUR);
    expect(world.states('a')).toEqual({ claimed: 1 });
    world.vendor.refuse = () => undefined;
    world.vendor.holdings.clear();
    await world.advance(2 * HOUR);
    expect(world.vendor.holdings.has(keyOf(device(1)))).toBe(true);
  });
});

describe('a request that is refused as a whole', () => {
  test('is split until the poisoned device stands alone', async () => {
    const world = createWorld();
    const poisoned = keyOf(device(777));
    world.vendor.refuseWhole = (keys) => (keys.includes(poisoned) ? REJECTED : undefined);
    world.start();
    world.claim('a', devices(0, 5_000));
    await running(world, 600_000);
    expect(world.states('a')).toEqual({ claimed: 4_999, failed: 1 });
    expect(world.verdict('a', device(777))).toMatchObject({ state: 'failed', code: 'INVALID_ARGUMENT' });
    expect(world.vendor.writes().length).toBeLessThanOrEqual(1 + 2 * 13);
  });

  test('finds several poisoned devices', async () => {
    const world = createWorld();
    const poisoned = [3, 400, 401, 999].map((number) => keyOf(device(number)));
    world.vendor.refuseWhole = (keys) => (poisoned.some((key) => keys.includes(key)) ? REJECTED : undefined);
    world.start();
    world.claim('a', devices(0, 1_000));
    await running(world, 600_000);
    expect(world.states('a')).toEqual({ claimed: 996, failed: 4 });
  });

  test('because of its customer does not burn the quota', async () => {
    const world = createWorld();
    world.vendor.refuseWhole = (_keys, { customer }) => (customer === 'gone' ? REJECTED : undefined);
    world.start({ resyncIntervalMs: 6 * HOUR });
    world.claim('gone', devices(0, 12_000), { companyId: 'gone' });
    world.claim('fine', devices(20_000, 10), { companyId: 'fine' });
    await running(world, 3 * HOUR);
    expect(world.states('fine')).toEqual({ claimed: 10 });
    expect(world.vendor.writes().length).toBeLessThan(100);
  });

  test('leaves devices that were only ever refused together to the next look, not to a person', async () => {
    const world = createWorld();
    world.vendor.refuseWhole = () => REJECTED;
    world.start({ resyncIntervalMs: HOUR });
    world.claim('a', devices(0, 1_000));
    await running(world, 30 * 60_000);
    expect(world.states('a').failed ?? 0).toBeLessThan(1_000);
    world.vendor.refuseWhole = () => undefined;
    await world.advance(2 * HOUR);
    expect((world.states('a').claimed ?? 0) + (world.states('a').failed ?? 0)).toBe(1_000);
    expect(world.states('a').claimed).toBeGreaterThan(900);
  });

  test('for a reason that lies elsewhere is asked about again after the resync interval', async () => {
    const world = createWorld();
    world.vendor.refuseWhole = () => ({ kind: 'conflict', code: 'HELD', message: 'held by somebody else' });
    world.start({ resyncIntervalMs: HOUR });
    world.claim('a', devices(0, 3));
    await running(world, 59 * 60_000);
    expect(world.vendor.writes()).toHaveLength(1);
    expect(world.states('a')).toEqual({ conflicted: 3 });
    world.vendor.refuseWhole = () => undefined;
    await world.advance(3 * 60_000);
    expect(world.states('a')).toEqual({ claimed: 3 });
  });
});

test('a vendor that cannot be reached keeps one intent waiting and makes no others', async () => {
  const world = createWorld();
  world.vendor.fault = ({ is }) =>
    is === 'write'
      ? { is: 'fails', failure: { kind: 'transient', code: 'ECONNREFUSED', message: 'no way there' } }
      : undefined;
  world.start();
  world.claim('a', devices(0, 10));
  await running(world, HOUR);
  expect(world.journal.entries.size).toBe(1);
  expect(world.vendor.writes().length).toBeLessThan(30);
  world.vendor.fault = () => undefined;
  await world.advance(600_000);
  expect(world.states('a')).toEqual({ claimed: 10 });
  expect([...world.journal.entries.values()].map(({ facts }) => facts.state)).toEqual(['Complete']);
});
