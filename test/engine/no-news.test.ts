import { expect, test } from 'vitest';
import { createWorld, device, devices, running, SETTINGS, type World } from './world.ts';

/** A settled account of one claim; nobody has anything to be told. */
async function settled(): Promise<World> {
  const world = createWorld();
  world.start();
  world.claim('a', devices(0, 3));
  await running(world, 60_000);
  expect(world.states('a')).toEqual({ claimed: 3 });
  world.told.length = 0;
  return world;
}

// A resource that is told looks again, and by that declares again: told of it, it would never rest.
test('declaring the same again tells nobody', async () => {
  const world = await settled();
  world.claim('a', devices(0, 3));
  await world.advance(5_000);
  expect(world.told).toEqual([]);
});

test('a resource that is gone, with devices recorded for it, is planned for once', async () => {
  const world = await settled();
  world.account.devices.forget('a');
  await world.advance(5_000);
  const { plannedItems } = world.account.summary();
  world.told.length = 0;
  for (let times = 0; times < 3; times += 1) {
    world.account.devices.forget('a');
    await world.advance(5_000);
  }
  expect(world.told).toEqual([]);
  expect(world.account.summary().plannedItems).toBe(plannedItems);
});

test('an account configured as it is tells nobody', async () => {
  const world = await settled();
  world.account.configure({ ...SETTINGS });
  await world.advance(5_000);
  expect(world.told).toEqual([]);
});

test.each([
  ['a device comes', (world: World) => world.claim('a', devices(0, 4))],
  ['a device leaves', (world: World) => world.claim('a', devices(0, 2))],
  ['its wishes change', (world: World) => world.claim('a', devices(0, 3), { releasePolicy: 'Unclaim' })],
  ['the mode changes', (world: World) => world.account.configure({ ...SETTINGS, mode: 'Observe' })],
])('a resource is told when %s', async (_what, change) => {
  const world = await settled();
  change(world);
  await world.advance(5_000);
  expect(world.told).toContain('a');
});

test('a device that nobody declares and that comes to a customer is news, though no resource is about it', async () => {
  const world = await settled();
  world.vendor.put(device(9), 'acme');
  world.account.devices.lookAgain('acme');
  const before = world.news;
  await world.advance(5_000);
  expect(world.told).toEqual([]);
  expect(world.news).toBeGreaterThan(before);
  const after = world.news;
  world.account.devices.lookAgain('acme');
  await world.advance(5_000);
  expect(world.news).toBe(after);
});
