import { describe, expect, test } from 'vitest';
import { createWorld, device, devices, type World } from './world.ts';

const WAITS = { awaitsCustomer: true, canReadItems: false, visibilityMs: 300_000 } as const;

async function claimed(world: World, ms: number): Promise<void> {
  world.start();
  world.claim('a', devices(0, 3));
  world.account.listsAreComplete();
  await world.advance(ms);
}

const pages = (world: World) => world.vendor.calls.filter(({ is }) => is === 'page');

describe('a claim that the customer has to approve', () => {
  test('waits for that from its success on, is recorded, and is never sent again', async () => {
    const world = createWorld(WAITS);
    await claimed(world, 30_000);
    expect(world.states('a')).toEqual({ awaitingCustomer: 3 });
    expect(world.records.values.size).toBe(3);
    await world.advance(24 * 3_600_000);
    expect(world.states('a')).toEqual({ awaitingCustomer: 3 });
    expect(world.vendor.writes()).toHaveLength(1);
  });

  test('is seen to be in force soon after the approval, also while absence could not be believed yet', async () => {
    const world = createWorld(WAITS);
    await claimed(world, 20_000);
    world.vendor.approve();
    await world.advance(40_000);
    expect(world.states('a')).toEqual({ claimed: 3 });
  });

  test('costs looks at growing distances, and none once nothing waits', async () => {
    const world = createWorld(WAITS);
    await claimed(world, 3_600_000);
    // 2, 4, 8, … seconds after the news, for an hour.
    expect(pages(world).length).toBeLessThan(20);
    expect(pages(world).length).toBeGreaterThan(8);
    world.vendor.approve();
    await world.advance(2 * 3_600_000);
    expect(world.states('a')).toEqual({ claimed: 3 });
    const before = pages(world).length;
    await world.advance(3_600_000);
    expect(pages(world).length - before).toBeLessThanOrEqual(2);
  });
});

describe('a refusal that tells against the last look', () => {
  const refusal = { code: 'HELD_BY_OTHER', message: 'held', kind: 'heldByOther', unproven: true } as const;

  test('makes the vendor be read, and gives way to what the read shows', async () => {
    const world = createWorld({ canReadItems: false });
    world.vendor.refuse = () => {
      // It stood there all the time; the list only had not shown it yet.
      world.vendor.put(device(0), 'acme');
      return refusal;
    };
    world.start();
    world.claim('a', [device(0)]);
    world.account.listsAreComplete();
    await world.advance(20_000);
    expect(world.states('a')).toEqual({ claimed: 1 });
    expect([...world.records.values.values()]).toMatchObject([{ how: 'Adopted' }]);
    expect(world.vendor.writes()).toHaveLength(1);
  });

  test('gives way to a later look as well, where the list lags behind', async () => {
    const world = createWorld({ canReadItems: false, visibilityMs: 120_000 });
    world.vendor.refuse = () => refusal;
    world.start();
    world.claim('a', [device(0)]);
    world.account.listsAreComplete();
    await world.advance(30_000);
    expect(world.states('a')).toEqual({ conflicted: 1 });
    world.vendor.put(device(0), 'acme');
    await world.advance(60_000);
    expect(world.states('a')).toEqual({ claimed: 1 });
    expect(world.vendor.writes()).toHaveLength(1);
    await world.advance(600_000);
    const before = pages(world).length;
    await world.advance(1_800_000);
    expect(pages(world)).toHaveLength(before);
  });

  test('stands when the read does not show it, and is not asked about again before its time', async () => {
    const world = createWorld({ canReadItems: false });
    world.vendor.refuse = () => refusal;
    world.start();
    world.claim('a', [device(0)]);
    world.account.listsAreComplete();
    await world.advance(1_800_000);
    expect(world.verdict('a', device(0))).toMatchObject({ state: 'conflicted', code: 'HELD_BY_OTHER' });
    expect(world.vendor.writes()).toHaveLength(1);
  });
});

test('a device is one item under each identifier that is declared of it', async () => {
  const world = createWorld({ canReadItems: false });
  const phone = { ...device(1), imei2: device(2).imei as string, serialNumber: 'S1' };
  // The vendor lists it by its other IMEI.
  world.vendor.put({ imei: device(2).imei as string }, 'acme');
  world.start();
  world.claim('a', [phone]);
  world.account.listsAreComplete();
  await world.advance(20_000);
  expect(world.states('a')).toEqual({ claimed: 1 });
  expect(world.vendor.writes()).toHaveLength(0);
});
