import { describe, expect, test } from 'vitest';
import { createWorld, device, devices, keyOf, running } from './world.ts';

const ACME = { companyId: 'acme' };
const BETA = { companyId: 'beta' };

test('12,000 devices in five claims of two customers take the fewest calls the limit allows', async () => {
  const world = createWorld({ maxItems: 5_000 });
  world.start();
  world.claim('a1', devices(0, 2_500), ACME);
  world.claim('a2', devices(2_500, 2_500), ACME);
  world.claim('a3', devices(5_000, 2_000), ACME);
  world.claim('b1', devices(7_000, 2_500), BETA);
  world.claim('b2', devices(9_500, 2_500), BETA);
  world.account.listsAreComplete();
  await world.advance(60_000);
  const sizes = world.vendor.writes().map(({ partition, keys }) => `${partition.customer} ${keys.length}`);
  expect(sizes.sort()).toEqual(['acme 2000', 'acme 5000', 'beta 5000']);
  expect(world.states('a3')).toEqual({ claimed: 2_000 });
  expect(world.states('b2')).toEqual({ claimed: 2_500 });
  expect(world.records.values.size).toBe(12_000);
});

test('a batch closes after two seconds of quiet', async () => {
  const world = createWorld();
  world.start();
  world.claim('a', [device(1)]);
  world.account.listsAreComplete();
  await world.advance(1_500);
  world.claim('b', [device(2)]);
  await world.advance(1_900);
  expect(world.vendor.writes()).toHaveLength(0);
  await world.advance(200);
  expect(world.vendor.writes().map(({ keys }) => keys.length)).toEqual([2]);
});

test('a batch closes after ten seconds, however many still come', async () => {
  const world = createWorld();
  world.start();
  world.account.listsAreComplete();
  for (let second = 0; second < 10; second += 1) {
    world.claim(`claim-${second}`, [device(second)]);
    expect(world.vendor.writes()).toHaveLength(0);
    await world.advance(1_000);
  }
  await world.advance(500);
  const [first] = world.vendor.writes();
  expect(first?.keys.length).toBeGreaterThanOrEqual(9);
  expect(first?.atMs).toBeLessThanOrEqual(10_500);
});

test('a full request goes at once, and what is over waits for company', async () => {
  const world = createWorld({ maxItems: 100 });
  world.start();
  world.claim('a', devices(0, 250));
  world.account.listsAreComplete();
  await world.advance(1_000);
  expect(world.vendor.writes().map(({ keys }) => keys.length)).toEqual([100, 100]);
  world.claim('b', devices(250, 50));
  await world.advance(5_000);
  expect(world.vendor.writes().map(({ keys }) => keys.length)).toEqual([100, 100, 100]);
});

test('a device that moves to another customer while it waits in line travels with that customer only', async () => {
  const world = createWorld({ maxItems: 2 });
  world.start({ concurrentRequests: 1 });
  world.claim('a', devices(0, 6), ACME);
  const { promise, resolve } = Promise.withResolvers<void>();
  world.vendor.fault = ({ is }) => {
    if (is === 'write') world.vendor.gate = promise;
    return undefined;
  };
  world.account.listsAreComplete();
  await world.advance(5_000);
  expect(world.vendor.writes()).toHaveLength(1);
  world.claim('a', devices(0, 5), ACME);
  world.claim('b', [device(5)], BETA);
  await world.advance(1_000);
  resolve();
  await world.advance(60_000);
  const customers = world.vendor.writes().filter(({ keys }) => keys.includes(keyOf(device(5))));
  expect(customers.map(({ partition }) => partition.customer)).toEqual(['beta']);
  expect(world.states('b')).toEqual({ claimed: 1 });
});

test('the intent is durable before the vendor hears of it', async () => {
  const world = createWorld();
  const order: string[] = [];
  world.journal.onIntended = ({ requestKey }) => order.push(`intended ${requestKey}`);
  world.vendor.fault = (call) => {
    if (call.is === 'write') order.push(`sent ${call.requestKey}`);
    return undefined;
  };
  world.start();
  world.claim('a', devices(0, 10), ACME);
  world.claim('b', devices(10, 10), BETA);
  world.account.listsAreComplete();
  await world.advance(30_000);
  expect(order.toSorted()).toEqual(['intended r1', 'intended r2', 'sent r1', 'sent r2']);
  for (const key of ['r1', 'r2']) {
    expect(order.indexOf(`intended ${key}`)).toBeLessThan(order.indexOf(`sent ${key}`));
  }
});

test('while the journal fails nothing is written to the vendor, and it goes on by itself afterwards', async () => {
  const world = createWorld();
  world.start();
  world.account.listsAreComplete();
  await world.advance(1_000);
  world.journal.failing = { kind: 'transient', code: 'HTTP_503', message: 'the API server is away' };
  world.claim('a', devices(0, 10));
  await world.advance(3_600_000);
  expect(world.vendor.writes()).toHaveLength(0);
  expect(world.turns).toBeLessThan(500);
  world.journal.failing = undefined;
  await world.advance(600_000);
  expect(world.states('a')).toEqual({ claimed: 10 });
  expect(world.vendor.writes()).toHaveLength(1);
});

test('what the vendor would refuse anyway costs no request', async () => {
  const world = createWorld();
  world.start();
  world.claim('a', [{ ...device(1), model: 'impossible' }, device(2)]);
  world.account.listsAreComplete();
  await world.advance(30_000);
  expect(world.states('a')).toEqual({ claimed: 1, failed: 1 });
  expect(world.vendor.writes().flatMap(({ keys }) => keys)).toEqual([keyOf(device(2))]);
});

test('a record that cannot be written is tried again, and the device is claimed only once', async () => {
  const world = createWorld();
  world.start();
  world.account.listsAreComplete();
  await world.advance(1_000);
  world.records.failing = { kind: 'transient', code: 'HTTP_503', message: 'the API server is away' };
  world.vendor.put(device(9), 'acme');
  world.claim('a', devices(0, 10));
  await world.advance(60_000);
  expect(world.journal.openEntries()).toHaveLength(1);
  world.records.failing = undefined;
  await world.advance(600_000);
  expect(world.states('a')).toEqual({ claimed: 10 });
  expect(world.records.values.size).toBe(10);
  expect(world.vendor.writes()).toHaveLength(1);
  expect(world.journal.openEntries()).toHaveLength(0);
});

test('requests that find the quota spent by others keep their intent and go when there is some', async () => {
  const world = createWorld({ maxItems: 10 });
  world.start();
  world.claim('a', devices(0, 40));
  world.journal.onIntended = () => {
    world.vendor.quotaAvailableAtMs = world.clock.monotonic() + 125;
  };
  world.account.listsAreComplete();
  await world.advance(60_000);
  expect(world.states('a')).toEqual({ claimed: 40 });
  expect(world.journal.entries.size).toBe(4);
  expect(world.account.summary().trouble).toBeUndefined();
});

describe('one device', () => {
  test('that is all there is to do goes as such', async () => {
    const world = createWorld();
    world.start();
    world.claim('a', [device(0)]);
    await running(world, 30_000);
    expect(world.vendor.writes()).toMatchObject([{ keys: [keyOf(device(0))], alone: true }]);
  });

  test('beside which another customer’s waits does not', async () => {
    const world = createWorld();
    world.start();
    world.claim('a', [device(0)]);
    world.claim('b', [device(1)], { companyId: 'globex' });
    await running(world, 30_000);
    const [first] = world.vendor.writes();
    expect(first).not.toHaveProperty('alone');
  });

  test('that is what halving a refused batch has left does not: its reason is still to be found', async () => {
    const world = createWorld();
    world.vendor.refuseWhole = (keys) =>
      keys.includes(keyOf(device(1)))
        ? { kind: 'rejected', code: 'INVALID_ARGUMENT', message: 'one of them' }
        : undefined;
    world.start();
    world.claim('a', devices(0, 2));
    await running(world, 30_000);
    expect(world.vendor.writes()[1]).not.toHaveProperty('alone');
    expect(world.states('a')).toEqual({ claimed: 1, failed: 1 });
  });
});
