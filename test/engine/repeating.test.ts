import { expect, test } from 'vitest';
import { createWorld, devices, running, type World } from './world.ts';

/** The first write never reaches the vendor, and nobody can tell. */
function loseFirstWrite(world: World, is: 'replyLost' | 'lostOnTheWay'): void {
  let lost = false;
  world.vendor.fault = (call) => {
    if (call.is !== 'write' || lost) return undefined;
    lost = true;
    return { is };
  };
}

test('a safe write whose reply was lost is simply sent again', async () => {
  const world = createWorld({ repeat: 'safe', canReadItems: false, visibilityMs: 3_600_000 });
  loseFirstWrite(world, 'lostOnTheWay');
  world.start();
  world.claim('a', devices(0, 3));
  await running(world, 30_000);
  expect(world.vendor.writes()).toHaveLength(2);
  expect(world.states('a')).toEqual({ claimed: 3 });
  expect(world.journal.openEntries()).toEqual([]);
});

test('a safe write that a process left behind is sent again by the next one', async () => {
  const world = createWorld({ repeat: 'safe', visibilityMs: 3_600_000 });
  loseFirstWrite(world, 'lostOnTheWay');
  world.start();
  world.claim('a', devices(0, 3));
  world.journal.onIntended = () => world.kill();
  await running(world, 10_000);
  world.journal.onIntended = () => {};
  world.leads = true;
  world.start();
  world.claim('a', devices(0, 3));
  await running(world, 30_000);
  expect(world.states('a')).toEqual({ claimed: 3 });
  expect(world.journal.openEntries()).toEqual([]);
});

test('a write that may never be repeated waits for a person once a read shows nothing of it', async () => {
  const world = createWorld({ repeat: 'never' });
  loseFirstWrite(world, 'lostOnTheWay');
  world.start();
  world.claim('a', devices(0, 2));
  await running(world, 24 * 3_600_000);
  expect(world.vendor.writes()).toHaveLength(1);
  expect(world.account.devices.report('a')).toMatchObject({ moving: false, unresolved: true });
});

test('a write that may never be repeated is done once a read shows it', async () => {
  const world = createWorld({ repeat: 'never' });
  loseFirstWrite(world, 'replyLost');
  world.start();
  world.claim('a', devices(0, 2));
  await running(world, 60_000);
  expect(world.states('a')).toEqual({ claimed: 2 });
  expect(world.account.devices.report('a')).toMatchObject({ unresolved: false });
});
