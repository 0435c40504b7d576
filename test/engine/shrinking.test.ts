import { expect, test } from 'vitest';
import { createWorld, devices, running, type World } from './world.ts';

/** One resync of an hour, and not two. */
const RESYNC_MS = 80 * 60_000;

/** Ten devices claimed, seen and recorded. */
async function tenClaimed(shrinkPercent = 20): Promise<World> {
  const world = createWorld();
  world.start({ shrinkPercent });
  world.claim('a', devices(0, 10));
  await running(world, 10 * 60_000);
  expect(world.states('a')).toEqual({ claimed: 10 });
  return world;
}

/** Makes the next pages show none of the devices, as a vendor does that answers with less than it has. */
function emptyPages(world: World, times: number): void {
  let left = times;
  world.vendor.bend = (page) => {
    if (left === 0) return page;
    left -= 1;
    return { rows: [], total: 0 };
  };
}

test('a list that lost nearly everything is not believed alone', async () => {
  const world = await tenClaimed();
  emptyPages(world, 1);
  await running(world, RESYNC_MS);
  expect(world.states('a')).toEqual({ claimed: 10 });
});

test('an account that allows for such a loss believes it at once', async () => {
  const world = await tenClaimed(100);
  emptyPages(world, 1);
  await running(world, RESYNC_MS);
  expect(world.states('a')).toEqual({ conflicted: 10 });
});

test('a second read that shows the same is believed', async () => {
  const world = await tenClaimed();
  emptyPages(world, Number.POSITIVE_INFINITY);
  await running(world, RESYNC_MS);
  expect(world.states('a')).toEqual({ conflicted: 10 });
});

test('after a restart, what is recorded is the measure', async () => {
  const world = await tenClaimed();
  await world.stop();
  emptyPages(world, 1);
  world.start();
  world.claim('a', devices(0, 10));
  await running(world, 10 * 60_000);
  expect(world.states('a')).toEqual({ claimed: 10 });
  expect(world.vendor.writes()).toHaveLength(1);
});

test('a few that went are believed at once', async () => {
  const world = await tenClaimed();
  const [gone] = world.vendor.holdings.keys();
  world.vendor.holdings.delete(gone as string);
  await running(world, RESYNC_MS);
  expect(world.states('a')).toEqual({ claimed: 9, conflicted: 1 });
});
