import { expect, test } from 'vitest';
import { createWorld, device, type World } from './world.ts';

/** Writing records takes so long, in ms. */
function withSlowRecords(world: World, ms: number): void {
  const keep = world.records.keep.bind(world.records);
  const never = new AbortController().signal;
  world.records.keep = async (...args) => {
    await world.clock.sleep(ms, never);
    return keep(...args);
  };
}

/** Sixty devices that stand at the vendor are declared, five a second. */
async function trickle(world: World): Promise<void> {
  world.start();
  world.account.listsAreComplete();
  await world.advance(5_000);
  world.records.writes = 0;
  for (let number = 0; number < 60; number += 1) {
    world.vendor.put(device(number), 'acme');
    world.claim(`c${number}`, [device(number)]);
    await world.advance(200);
  }
  await world.advance(30_000);
  for (let number = 0; number < 60; number += 1) expect(world.states(`c${number}`)).toEqual({ claimed: 1 });
  expect(world.records.values.size).toBe(60);
}

test('records that come one by one gather while writing them is slow', async () => {
  const world = createWorld({ canList: false });
  withSlowRecords(world, 1_000);
  await trickle(world);
  // Twelve seconds: one write of a second after the other would be twelve.
  expect(world.records.writes).toBeLessThanOrEqual(6);
});

test('records are written at once where that is cheap', async () => {
  const world = createWorld({ canList: false });
  await trickle(world);
  expect(world.records.writes).toBeGreaterThan(50);
});
