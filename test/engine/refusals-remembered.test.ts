import { describe, expect, test } from 'vitest';
import type { ItemFailure } from '../../src/domain/item.ts';
import { createWorld, device, devices, keyOf, running, type World } from './world.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const INVALID: ItemFailure = { code: 'INVALID_MODEL', message: 'no such model', kind: 'invalid' };
const FAILED = { state: 'failed', code: 'INVALID_MODEL', message: 'no such model' };

/** A process that was refused device 1 of the claim `a`, and has ended. */
async function refusedWorld(): Promise<World> {
  const world = createWorld();
  world.vendor.refuse = (key) => (key === keyOf(device(1)) ? INVALID : undefined);
  world.start();
  world.claim('a', devices(0, 3));
  await running(world, 60_000);
  expect(world.states('a')).toEqual({ claimed: 2, failed: 1 });
  await world.stop();
  world.start();
  return world;
}

describe('what the vendor refused for good, after a restart,', () => {
  test('is not asked again, and its claim says the same', async () => {
    const world = await refusedWorld();
    world.claim('a', devices(0, 3));
    await running(world, 3 * HOUR);
    expect(world.vendor.writes()).toHaveLength(1);
    expect(world.verdict('a', device(1))).toEqual(FAILED);
  });

  test('is not asked again either when its claim speaks late', async () => {
    const world = await refusedWorld();
    await running(world, HOUR);
    world.claim('a', devices(0, 3));
    await world.advance(HOUR);
    expect(world.vendor.writes()).toHaveLength(1);
    expect(world.verdict('a', device(1))).toEqual(FAILED);
  });

  test.each([
    { what: 'its device was declared otherwise', model: 'Pixel 8', wishes: {} },
    {
      what: 'its claim wants it otherwise',
      model: undefined,
      wishes: { vendorParams: { configurationId: '9' } },
    },
    { what: 'its claim is another one of the same name', model: undefined, wishes: { createdAtMs: 5_000 } },
  ])('is asked again when $what meanwhile', async ({ model, wishes }) => {
    const world = await refusedWorld();
    const changed = model === undefined ? device(1) : { ...device(1), model };
    world.claim('a', [device(0), changed, device(2)], wishes);
    await running(world, HOUR);
    expect(world.vendor.writes().map(({ keys }) => keys)).toEqual([
      devices(0, 3).map(keyOf),
      [keyOf(device(1))],
    ]);
  });

  test('is asked again when a month has passed', async () => {
    const world = await refusedWorld();
    world.clock.jumpWall(31 * DAY);
    world.claim('a', devices(0, 3));
    await running(world, HOUR);
    expect(world.vendor.writes()).toHaveLength(2);
    expect(world.records.refusals.size).toBe(1);
  });

  test('is forgotten once the vendor shows it as declared', async () => {
    const world = await refusedWorld();
    world.vendor.put(device(1), 'acme');
    world.claim('a', devices(0, 3), { onVendorRelease: 'Reclaim' });
    await running(world, HOUR);
    expect(world.states('a')).toEqual({ claimed: 3 });
    expect(world.records.refusals.size).toBe(0);
  });

  test('is forgotten once nobody declares it', async () => {
    const world = await refusedWorld();
    world.claim('a', devices(0, 3));
    await running(world, HOUR);
    world.claim('a', [device(0), device(2)]);
    await world.advance(60_000);
    expect(world.records.refusals.size).toBe(0);
  });

  test('is forgotten although the records could not be written at first', async () => {
    const world = await refusedWorld();
    world.claim('a', devices(0, 3));
    await running(world, HOUR);
    world.records.failing = { kind: 'transient', code: 'HTTP_503', message: 'away' };
    world.claim('a', [device(0), device(2)]);
    await world.advance(HOUR);
    expect(world.records.refusals.size).toBe(1);
    world.records.failing = undefined;
    await world.advance(HOUR);
    expect(world.records.refusals.size).toBe(0);
  });

  test('as the only device of a request is not asked again', async () => {
    const world = createWorld();
    world.vendor.refuseWhole = () => ({ kind: 'rejected', code: 'INVALID_ARGUMENT', message: 'no' });
    world.start();
    world.claim('a', [device(1)]);
    await running(world, 60_000);
    await world.stop();
    world.start();
    world.claim('a', [device(1)]);
    await running(world, 3 * HOUR);
    expect(world.vendor.writes()).toHaveLength(1);
    expect(world.verdict('a', device(1))).toMatchObject({ state: 'failed', code: 'INVALID_ARGUMENT' });
  });

  test('as a release is not asked again', async () => {
    const world = createWorld();
    world.start();
    world.claim('a', devices(0, 2), { releasePolicy: 'Unclaim' });
    await running(world, 60_000);
    world.vendor.refuse = () => INVALID;
    world.claim('a', [device(0)], { releasePolicy: 'Unclaim' });
    await world.advance(HOUR);
    await world.stop();
    world.start();
    world.claim('a', [device(0)], { releasePolicy: 'Unclaim' });
    await running(world, 3 * HOUR);
    expect(world.vendor.writes().map(({ verb }) => verb)).toEqual(['claim', 'unclaim']);
    expect(world.account.devices.report('a').releaseFailures).toMatchObject([{ failure: INVALID }]);
  });
});

test('a claim that is suspended and resumed asks nothing new: what was refused stays refused', async () => {
  const world = createWorld();
  world.vendor.refuse = () => INVALID;
  world.start();
  world.claim('a', [device(1)]);
  await running(world, 60_000);
  world.claim('a', [device(1)], { suspended: true });
  await world.advance(60_000);
  world.claim('a', [device(1)]);
  await world.advance(HOUR);
  expect(world.vendor.writes()).toHaveLength(1);
  expect(world.verdict('a', device(1))).toEqual(FAILED);
});

describe('a refusal that arrives after its declaration was changed', () => {
  const MENDED = { ...device(1), model: 'Pixel 8' };

  async function underWay(): Promise<World> {
    const world = createWorld({ pollsUntilDone: 10 });
    world.vendor.refuse = (key) =>
      key === keyOf(device(1)) && world.vendor.writes().length === 1 ? INVALID : undefined;
    world.start();
    world.claim('a', devices(0, 3));
    await running(world, 10_000);
    expect(world.journal.openEntries()).toHaveLength(1);
    return world;
  }

  test('does not answer the new one, which is asked', async () => {
    const world = await underWay();
    world.claim('a', [device(0), MENDED, device(2)]);
    await world.advance(12 * HOUR);
    expect(world.states('a')).toEqual({ claimed: 3 });
    expect(world.records.refusals.size).toBe(0);
  });

  test('does not answer it after a restart either', async () => {
    const world = await underWay();
    world.kill();
    world.leads = true;
    world.start();
    world.claim('a', [device(0), MENDED, device(2)]);
    await running(world, 12 * HOUR);
    expect(world.states('a')).toEqual({ claimed: 3 });
  });

  test('answers the same one after a restart, for every restart to come', async () => {
    const world = await underWay();
    world.vendor.refuse = () => INVALID;
    for (let starts = 0; starts < 2; starts += 1) {
      world.kill();
      world.leads = true;
      world.start();
      world.claim('a', devices(0, 3));
      await running(world, 12 * HOUR);
      expect(world.verdict('a', device(1))).toEqual(FAILED);
    }
    expect(world.vendor.writes()).toHaveLength(1);
  });
});
