import { describe, expect, test } from 'vitest';
import { createWorld, device, devices, keyOf, running, type World } from './world.ts';

const RESYNC_MS = 3_700_000;

/** Devices claimed under an order number, and the calls so far forgotten. */
async function claimed(world: World, orderNumber: string, count = 3): Promise<void> {
  world.start();
  world.claim('a', devices(0, count), { orderNumber });
  await running(world, 20_000);
  expect(world.states('a')).toEqual({ claimed: count });
  world.vendor.calls.length = 0;
}

const shownOf = (world: World, number: number): string | undefined =>
  world.vendor.holdings.get(keyOf(device(number)))?.observed.orderNumber;

describe('an order number', () => {
  test('that is edited is written to all devices of the claim in one call, and nothing else is', async () => {
    const world = createWorld();
    await claimed(world, 'PO-1', 250);
    world.claim('a', devices(0, 250), { orderNumber: 'PO-2' });
    await world.advance(20_000);
    expect(world.states('a')).toEqual({ claimed: 250 });
    expect(world.vendor.writes()).toMatchObject([
      { verb: 'updateMetadata', partition: { customer: 'acme', orderNumber: 'PO-2' } },
    ]);
    expect(world.vendor.writes()[0]?.keys).toHaveLength(250);
    expect(shownOf(world, 249)).toBe('PO-2');
    expect(world.vendor.reads()).toEqual([]);
  });

  test('is all that is written when devices go over to another claim of their customer', async () => {
    const world = createWorld();
    await claimed(world, 'PO-1');
    world.claim('a', devices(0, 1), { orderNumber: 'PO-1', releasePolicy: 'Unclaim' });
    world.claim('b', devices(1, 2), { orderNumber: 'PO-2', releasePolicy: 'Unclaim' });
    await world.advance(120_000);
    expect(world.states('b')).toEqual({ claimed: 2 });
    expect(world.vendor.writes()).toMatchObject([{ verb: 'updateMetadata', keys: devices(1, 2).map(keyOf) }]);
    expect(world.account.devices.report('a')).toMatchObject({ releasing: 0, moving: false });
  });

  test('that somebody changed at the vendor is put right at the next look', async () => {
    const world = createWorld();
    await claimed(world, 'PO-1');
    await world.advance(RESYNC_MS);
    world.vendor.put(device(1), 'acme', 'PO-9');
    await world.advance(RESYNC_MS);
    expect(world.vendor.writes()).toMatchObject([{ verb: 'updateMetadata', keys: [keyOf(device(1))] }]);
    expect(shownOf(world, 1)).toBe('PO-1');
    expect(world.states('a')).toEqual({ claimed: 3 });
  });

  test('that was taken out of the manifest is taken away at the vendor', async () => {
    const world = createWorld();
    await claimed(world, 'PO-1');
    world.claim('a', devices(0, 3));
    await world.advance(20_000);
    expect(shownOf(world, 0)).toBe('');
    await world.advance(2 * RESYNC_MS);
    expect(world.vendor.writes()).toHaveLength(1);
  });

  test('that no claim of ours wrote stays where no claim declares one', async () => {
    const world = createWorld();
    world.vendor.put(device(0), 'acme', 'PO-9');
    world.start();
    world.claim('a', [device(0)]);
    await running(world, 2 * RESYNC_MS);
    expect(world.states('a')).toEqual({ claimed: 1 });
    expect(world.vendor.writes()).toEqual([]);
    expect(shownOf(world, 0)).toBe('PO-9');
  });

  test('is only reported in mode Observe', async () => {
    const world = createWorld();
    world.vendor.put(device(0), 'acme', 'PO-9');
    world.start({ mode: 'Observe' });
    world.claim('a', [device(0)], { orderNumber: 'PO-1' });
    await running(world, 20_000);
    expect(world.states('a')).toEqual({ pending: 1 });
    expect(world.account.devices.report('a').held).toBe('ModeObserve');
    expect(world.vendor.writes()).toEqual([]);
  });

  test('that the vendor refuses for one device leaves the others with theirs', async () => {
    const world = createWorld();
    await claimed(world, 'PO-1');
    world.vendor.refuse = (key) =>
      key === keyOf(device(1)) ? { code: 'INVALID', message: 'no', kind: 'invalid' } : undefined;
    world.claim('a', devices(0, 3), { orderNumber: 'PO-2' });
    await world.advance(20_000);
    expect(world.states('a')).toEqual({ claimed: 2, failed: 1 });
    await world.advance(2 * RESYNC_MS);
    expect(world.vendor.writes()).toHaveLength(1);
  });

  test('that changes while a claim is under way is written once that claim has ended', async () => {
    const world = createWorld({ pollsUntilDone: 3 });
    world.start();
    world.claim('a', devices(0, 2), { orderNumber: 'PO-1' });
    await running(world, 4_000);
    expect(world.vendor.writes()).toHaveLength(1);
    world.claim('a', devices(0, 2), { orderNumber: 'PO-2' });
    await world.advance(60_000);
    expect(world.vendor.writes().map(({ verb }) => verb)).toEqual(['claim', 'updateMetadata']);
    expect(shownOf(world, 0)).toBe('PO-2');
    expect(world.states('a')).toEqual({ claimed: 2 });
  });
});

describe('a changed order number whose reply is lost', () => {
  async function spoiled(is: 'replyLost' | 'lostOnTheWay'): Promise<World> {
    const world = createWorld();
    await claimed(world, 'PO-1');
    let hit = false;
    world.vendor.fault = (call) => {
      if (call.is !== 'write' || hit) return undefined;
      hit = true;
      return { is };
    };
    world.claim('a', devices(0, 3), { orderNumber: 'PO-2' });
    await world.advance(600_000);
    return world;
  }

  test('is read back, and not sent again when it is there', async () => {
    const world = await spoiled('replyLost');
    expect(world.states('a')).toEqual({ claimed: 3 });
    expect(world.vendor.writes()).toHaveLength(1);
  });

  test('is sent again only once a read has shown that it did not happen', async () => {
    const world = await spoiled('lostOnTheWay');
    expect(world.states('a')).toEqual({ claimed: 3 });
    const [first, second, ...more] = world.vendor.writes();
    expect(more).toEqual([]);
    expect((second?.atMs ?? 0) - (first?.atMs ?? 0)).toBeGreaterThanOrEqual(120_000);
    expect(shownOf(world, 2)).toBe('PO-2');
  });

  test('is read back by the next process, from the journal alone', async () => {
    const world = createWorld();
    await claimed(world, 'PO-1');
    world.vendor.fault = (call) => (call.is === 'write' ? { is: 'replyLost' } : undefined);
    world.claim('a', devices(0, 3), { orderNumber: 'PO-2' });
    await world.advance(2_500);
    world.kill();
    world.leads = true;
    world.start();
    world.claim('a', devices(0, 3), { orderNumber: 'PO-2' });
    await running(world, 600_000);
    expect(world.states('a')).toEqual({ claimed: 3 });
    expect(world.vendor.writes()).toHaveLength(1);
    expect(world.journal.openEntries()).toEqual([]);
  });
});

describe('a vendor that does not show order numbers', () => {
  test('is told once more, and then believed: never an endless drift', async () => {
    const world = createWorld({ orderNumbers: 'dropped' });
    await claimed(world, 'PO-1');
    for (let look = 0; look < 5; look += 1) await world.advance(RESYNC_MS);
    expect(world.vendor.writes().map(({ verb }) => verb)).toEqual(['updateMetadata']);
    expect(world.states('a')).toEqual({ claimed: 3 });
    // Neither does a new process begin anew.
    world.kill();
    world.leads = true;
    world.start();
    world.claim('a', devices(0, 3), { orderNumber: 'PO-1' });
    await running(world, 3 * RESYNC_MS);
    expect(world.vendor.writes()).toHaveLength(1);
    expect(world.states('a')).toEqual({ claimed: 3 });
  });

  test('and says nothing of them is believed at its claim, and cannot be asked for a change', async () => {
    const world = createWorld({ orderNumbers: 'untold' });
    await claimed(world, 'PO-1');
    await world.advance(2 * RESYNC_MS);
    expect(world.states('a')).toEqual({ claimed: 3 });
    world.claim('a', devices(0, 3), { orderNumber: 'PO-2' });
    await world.advance(20_000);
    expect(world.verdict('a', device(0))).toMatchObject({ state: 'failed', code: 'NOT_IMPLEMENTED' });
    world.claim('a', devices(0, 3), { orderNumber: 'PO-1' });
    await world.advance(20_000);
    expect(world.states('a')).toEqual({ claimed: 3 });
    expect(world.vendor.writes()).toEqual([]);
  });
});
