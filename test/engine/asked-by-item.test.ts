import { expect, test } from 'vitest';
import { createWorld, device, devices, keyOf, running, SETTINGS, type World } from './world.ts';

const HOUR = 3_600_000;

/** A vendor that lists nothing: it is asked for each device. */
async function claimed(count: number): Promise<World> {
  const world = createWorld({ canList: false });
  world.start();
  world.claim('a', devices(0, count));
  await running(world, 60_000);
  expect(world.states('a')).toEqual({ claimed: count });
  world.vendor.calls.length = 0;
  return world;
}

test('what the vendor lost behind our back is noticed after the resync interval', async () => {
  const world = await claimed(3);
  world.vendor.holdings.delete(keyOf(device(1)));
  await world.advance(HOUR / 2);
  expect(world.vendor.reads()).toEqual([]);
  await world.advance(1.5 * HOUR);
  expect(world.states('a')).toEqual({ claimed: 2, conflicted: 1 });
});

test('every device is looked at once in each interval', async () => {
  const world = await claimed(5);
  await world.advance(1.7 * HOUR);
  expect(world.vendor.reads()).toHaveLength(5);
  await world.advance(1.1 * HOUR);
  expect(world.vendor.reads()).toHaveLength(10);
});

test('looks that began all at once spread over the interval, and keep their places in it', async () => {
  // A generator of numbers that are no surprise.
  let state = 1;
  const world = createWorld({ canList: false }, () => {
    state = (state * 16_807) % 2_147_483_647;
    return state / 2_147_483_647;
  });
  world.start();
  world.claim('a', devices(0, 400));
  await running(world, 120_000);
  world.vendor.calls.length = 0;
  await world.advance(5 * HOUR);
  const atHours = world.vendor.reads().map(({ atMs }) => atMs / HOUR);
  for (const interval of [1, 2, 3, 4]) {
    for (const part of [0, 1, 2, 3]) {
      const from = interval + part / 4;
      const looks = atHours.filter((at) => at >= from && at < from + 1 / 4).length;
      // A fair part is 100; nobody draws exactly that.
      expect(looks, `from hour ${from}`).toBeGreaterThan(50);
      expect(looks, `from hour ${from}`).toBeLessThan(150);
    }
  }
});

test('a shorter interval holds from now on', async () => {
  const world = await claimed(3);
  world.account.configure({ ...SETTINGS, resyncIntervalMs: 60_000 });
  await world.advance(100_000);
  expect(world.vendor.reads()).toHaveLength(3);
});

test('what nobody declares any more is not asked for again', async () => {
  const world = await claimed(3);
  world.account.devices.forget('a');
  await world.advance(3 * HOUR);
  expect(world.vendor.reads()).toEqual([]);
});

test('a look that is asked for does not wait for the interval', async () => {
  const world = await claimed(3);
  world.account.devices.lookAgainAt('a');
  await world.advance(1_000);
  expect(world.vendor.reads()).toHaveLength(3);
});

test('what a person just declared is asked for before what is only due', async () => {
  const world = await claimed(8);
  world.account.configure({ ...SETTINGS, concurrentRequests: 1 });
  world.vendor.quotaAvailableAtMs = 3 * HOUR;
  await world.advance(2 * HOUR);
  world.claim('b', [device(100)]);
  world.vendor.quotaAvailableAtMs = 0;
  await world.advance(HOUR / 100);
  const [first] = world.vendor.reads();
  expect(first).toMatchObject({ is: 'item', key: keyOf(device(100)) });
});

test('one device that cannot be read holds up no other, and its own claim says so', async () => {
  const world = createWorld({ canList: false });
  const broken = keyOf(device(0));
  world.vendor.fault = (call) =>
    call.is === 'item' && call.key === broken
      ? { is: 'fails', failure: { kind: 'transient', code: 'HTTP_500', message: 'broken' } }
      : undefined;
  world.start();
  world.claim('a', [device(0)]);
  world.claim('b', [device(1)]);
  await running(world, 60_000);
  expect(world.states('b')).toEqual({ claimed: 1 });
  expect(world.account.devices.report('b').readFailure).toBeUndefined();
  expect(world.account.devices.report('a').readFailure).toMatchObject({ code: 'HTTP_500' });
  world.vendor.fault = () => undefined;
  await world.advance(600_000);
  expect(world.states('a')).toEqual({ claimed: 1 });
  expect(world.account.devices.report('a').readFailure).toBeUndefined();
});
