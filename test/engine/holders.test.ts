import { describe, expect, test } from 'vitest';
import type { RecordedDevice } from '../../src/domain/device/facts.ts';
import { createWorld, device, keyOf, running } from './world.ts';

const HOUR = 3_600_000;
const ONE = [device(1)];

describe('two claims that name one device', () => {
  test('the older one wins, and the other is told who holds it', async () => {
    const world = createWorld();
    world.start();
    world.claim('DeviceClaim/fleet/younger', ONE, { companyId: 'beta', createdAtMs: 2_000 });
    world.claim('DeviceClaim/fleet/older', ONE, { companyId: 'acme', createdAtMs: 1_000 });
    await running(world, 60_000);
    expect(world.verdict('DeviceClaim/fleet/older', device(1))?.state).toBe('claimed');
    expect(world.verdict('DeviceClaim/fleet/younger', device(1))).toMatchObject({
      state: 'conflicted',
      code: 'DECLARED_ELSEWHERE',
    });
    expect(world.verdict('DeviceClaim/fleet/younger', device(1))?.message).toContain(
      'DeviceClaim/fleet/older',
    );
    expect(world.vendor.writes().map(({ partition }) => partition)).toEqual([{ customer: 'acme' }]);
  });

  test('the recorded one wins before the older one', async () => {
    const world = createWorld();
    world.start();
    world.claim('recorded', ONE, { createdAtMs: 2_000 });
    await running(world, 60_000);
    world.claim('older', ONE, { createdAtMs: 1_000 });
    await world.advance(HOUR);
    expect(world.verdict('recorded', device(1))?.state).toBe('claimed');
    expect(world.verdict('older', device(1))?.state).toBe('conflicted');
    expect((world.records.values.get(keyOf(device(1))) as RecordedDevice).holder).toBe('recorded');
  });

  test('the one whose customer holds it wins before the older one', async () => {
    const world = createWorld({ canReadItems: false });
    world.vendor.put(device(1), 'beta');
    world.start();
    world.account.devices.want('acme');
    world.account.devices.want('beta');
    world.claim('older', ONE, { companyId: 'acme', createdAtMs: 1_000 });
    world.claim('younger', ONE, { companyId: 'beta', createdAtMs: 2_000 });
    await running(world, 60_000);
    expect(world.verdict('younger', device(1))?.state).toBe('claimed');
    expect(world.verdict('older', device(1))?.state).toBe('conflicted');
    expect(world.vendor.writes()).toHaveLength(0);
  });

  test('when the holder goes, the other takes over without a write', async () => {
    const world = createWorld();
    world.start();
    world.claim('first', ONE, { createdAtMs: 1_000 });
    world.claim('second', ONE, { createdAtMs: 2_000 });
    await running(world, 60_000);
    world.account.devices.forget('first');
    await world.advance(60_000);
    expect(world.verdict('second', device(1))?.state).toBe('claimed');
    expect((world.records.values.get(keyOf(device(1))) as RecordedDevice).holder).toBe('second');
    expect(world.vendor.writes()).toHaveLength(1);
    expect(world.told).toContain('second');
  });

  test('a suspended winner keeps its place: the other does not slip in', async () => {
    const world = createWorld();
    world.start();
    world.claim('older', ONE, { createdAtMs: 1_000, suspended: true });
    world.claim('younger', ONE, { companyId: 'beta', createdAtMs: 2_000 });
    await running(world, HOUR);
    expect(world.vendor.writes()).toHaveLength(0);
    expect(world.account.devices.report('older').held).toBe('ResourceSuspended');
  });
});

describe('a device that another customer holds without a record', () => {
  test('is not asked for where the vendor was seen to show it', async () => {
    const world = createWorld();
    world.vendor.put(device(1), 'beta');
    world.start();
    world.account.devices.want('beta');
    world.claim('a', ONE);
    await running(world, 24 * HOUR);
    expect(world.vendor.writes()).toHaveLength(0);
    expect(world.verdict('a', device(1))).toMatchObject({
      state: 'conflicted',
      code: 'HELD_BY_OTHER_CUSTOMER',
    });
  });

  test('is refused by the vendor where it was not, and asked for again once per interval', async () => {
    const world = createWorld();
    world.vendor.put(device(1), 'beta');
    world.start({ resyncIntervalMs: HOUR });
    world.claim('a', ONE);
    await running(world, 24 * HOUR);
    expect(world.vendor.writes().length).toBeLessThanOrEqual(24);
    expect(world.verdict('a', device(1))).toMatchObject({ state: 'conflicted', code: 'HELD_BY_OTHER' });
    expect(world.vendor.holdings.get(keyOf(device(1)))?.observed.companyId).toBe('beta');
  });
});

test('a device that stands at its customer already is adopted without a write', async () => {
  const world = createWorld();
  world.vendor.put(device(1), 'acme');
  world.start();
  world.claim('a', ONE, { releasePolicy: 'Unclaim' });
  await running(world, 60_000);
  expect(world.vendor.writes()).toHaveLength(0);
  expect(world.records.values.get(keyOf(device(1)))).toEqual({
    companyId: 'acme',
    holder: 'a',
    releasePolicy: 'Unclaim',
    how: 'Adopted',
  });
});

test('what nothing declares is reported and never touched', async () => {
  const world = createWorld();
  world.vendor.put(device(7), 'acme');
  world.start();
  world.claim('a', ONE);
  await running(world, 24 * HOUR);
  const surveyed: string[] = [];
  world.account.devices.survey(({ key, declared, seenInSet }) => {
    if (!declared && seenInSet === 'acme') surveyed.push(key);
  });
  expect(surveyed).toEqual([keyOf(device(7))]);
  expect(world.vendor.writes().flatMap(({ keys }) => keys)).toEqual([keyOf(device(1))]);
  expect(world.records.values.has(keyOf(device(7)))).toBe(false);
});
