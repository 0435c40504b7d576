import { describe, expect, test } from 'vitest';
import { createWorld, device, devices, keyOf, SETTINGS, type World } from './world.ts';

/** A claim `a` that holds devices 0 and 1 and may release them. */
async function holding(settings: Partial<typeof SETTINGS> = {}): Promise<World> {
  const world = createWorld();
  world.start(settings);
  world.claim('a', devices(0, 2), { releasePolicy: 'Unclaim' });
  world.account.listsAreComplete();
  await world.advance(20_000);
  expect(world.states('a')).toEqual({ claimed: 2 });
  return world;
}

const NEW = device(9);

/** Device 1 is taken out, and the new one put in, in one edit. */
function exchange(world: World): void {
  world.claim('a', [device(0), NEW], { releasePolicy: 'Unclaim' });
}

const writesOf = (world: World) => world.vendor.writes().map(({ verb, keys }) => [verb, ...keys]);

describe('an exchange in one edit', () => {
  test('releases the old device, and then claims the new one', async () => {
    const world = await holding();
    exchange(world);
    await world.advance(30_000);
    expect(world.states('a')).toEqual({ claimed: 1, pending: 1 });
    expect(world.account.devices.report('a')).toMatchObject({ releasing: 1, moving: true });
    expect(world.vendor.writes()).toHaveLength(1);
    await world.advance(90_000);
    expect(writesOf(world).slice(1)).toEqual([
      ['unclaim', keyOf(device(1))],
      ['claim', keyOf(NEW)],
    ]);
    expect(world.states('a')).toEqual({ claimed: 2 });
    expect(world.account.devices.report('a')).toMatchObject({ releasing: 0, moving: false });
  });

  test('goes on in a process that starts in the middle of it', async () => {
    const world = await holding();
    exchange(world);
    await world.advance(30_000);
    world.kill();
    world.leads = true;
    world.start();
    exchange(world);
    world.account.listsAreComplete();
    await world.advance(180_000);
    expect(writesOf(world).slice(1)).toEqual([
      ['unclaim', keyOf(device(1))],
      ['claim', keyOf(NEW)],
    ]);
  });

  test('does not keep the new device waiting for a release that the guard holds', async () => {
    const none = { maxItems: 0, maxPercent: 0, floor: 0 };
    const { guard } = SETTINGS;
    const world = await holding({ guard: { ...guard, budgets: { ...guard.budgets, destructive: none } } });
    exchange(world);
    await world.advance(30_000);
    expect(writesOf(world).slice(1)).toEqual([['claim', keyOf(NEW)]]);
    expect(world.states('a')).toEqual({ claimed: 2 });
  });

  test('does not keep the new device waiting for a release that the vendor refuses', async () => {
    const world = await holding();
    world.vendor.refuse = (key) =>
      key === keyOf(device(1)) ? { code: 'NOT_HELD', message: 'no', kind: 'heldByOther' } : undefined;
    exchange(world);
    await world.advance(120_000);
    expect(writesOf(world).slice(1)).toEqual([
      ['unclaim', keyOf(device(1))],
      ['claim', keyOf(NEW)],
    ]);
  });

  test('under Keep only claims, and at once', async () => {
    const world = createWorld();
    world.start();
    world.claim('a', [device(1)]);
    world.account.listsAreComplete();
    await world.advance(20_000);
    world.claim('a', [NEW]);
    await world.advance(15_000);
    expect(writesOf(world).slice(1)).toEqual([['claim', keyOf(NEW)]]);
  });

  test('holds up no other claim', async () => {
    const world = await holding();
    exchange(world);
    world.claim('b', [device(5)]);
    await world.advance(20_000);
    expect(world.states('b')).toEqual({ claimed: 1 });
  });
});
