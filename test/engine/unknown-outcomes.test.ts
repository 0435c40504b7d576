import { describe, expect, test } from 'vitest';
import type { VendorCall } from './memory-vendor.ts';
import { createWorld, device, devices, keyOf, type World } from './world.ts';

/** Lets the first write go wrong like this. */
function spoilFirstWrite(world: World, is: 'replyLost' | 'lostOnTheWay'): void {
  let spoiled = false;
  world.vendor.fault = (call) => {
    if (call.is !== 'write' || spoiled) return undefined;
    spoiled = true;
    return { is };
  };
}

function claiming(world: World, count: number): Promise<void> {
  world.start();
  world.claim('a', devices(0, count));
  world.account.listsAreComplete();
  return world.advance(10_000);
}

describe.each([
  { canReadItems: true, how: 'device by device' },
  { canReadItems: false, how: 'by whole sets' },
])('a lost reply, read back $how', ({ canReadItems }) => {
  test('is believed as soon as a read shows that it happened', async () => {
    const world = createWorld({ canReadItems });
    spoilFirstWrite(world, 'replyLost');
    await claiming(world, 3);
    expect(world.states('a')).toEqual({ claimed: 3 });
    expect(world.vendor.writes()).toHaveLength(1);
    expect(world.journal.openEntries()).toHaveLength(0);
  });

  test('that did not happen is written again only after a read late enough to prove it', async () => {
    const world = createWorld({ canReadItems, visibilityMs: 120_000 });
    spoilFirstWrite(world, 'lostOnTheWay');
    await claiming(world, 3);
    await world.advance(600_000);
    const [first, second, ...more] = world.vendor.writes();
    expect(more).toEqual([]);
    expect((second?.atMs ?? 0) - (first?.atMs ?? 0)).toBeGreaterThanOrEqual(120_000);
    const proof = readsBetween(world, first, second).filter(
      ({ atMs }) => atMs >= (first?.atMs ?? 0) + 120_000,
    );
    expect(proof.length).toBeGreaterThan(0);
    expect(world.states('a')).toEqual({ claimed: 3 });
  });

  test('is found out within seconds when the vendor was still at work at the first look', async () => {
    const world = createWorld({ canReadItems, visibilityMs: 120_000 });
    spoilFirstWrite(world, 'lostOnTheWay');
    await claiming(world, 3);
    const [write] = world.vendor.writes();
    expect(world.states('a')).toEqual({ pending: 3 });
    for (const one of devices(0, 3)) world.vendor.put(one, 'acme');
    await world.advance(2 * (10_000 - (write?.atMs ?? 0)) + 5_000);
    expect(world.states('a')).toEqual({ claimed: 3 });
    expect(world.vendor.writes()).toHaveLength(1);
  });

  test('costs a few looks at growing distances, not a stream of them', async () => {
    const world = createWorld({ canReadItems, visibilityMs: 120_000 });
    spoilFirstWrite(world, 'lostOnTheWay');
    await claiming(world, 3);
    await world.advance(100_000);
    const before = world.vendor.reads().length;
    await world.advance(10_000);
    expect(world.vendor.reads()).toHaveLength(before);
    // The first look at the set, and those 0, 2, 4, 8, 16, 32 and 64 s after the loss.
    expect(before).toBeLessThanOrEqual(8);
  });
});

function readsBetween(
  world: World,
  first: VendorCall | undefined,
  second: VendorCall | undefined,
): readonly VendorCall[] {
  if (first === undefined || second === undefined) return [];
  const { calls } = world.vendor;
  return calls
    .slice(calls.indexOf(first), calls.indexOf(second))
    .filter(({ is }) => is === 'page' || is === 'item');
}

test('while reads fail, an unknown outcome stays unknown and nothing is written again', async () => {
  const world = createWorld();
  spoilFirstWrite(world, 'lostOnTheWay');
  await claiming(world, 3);
  world.vendor.fault = ({ is }) =>
    is === 'page' || is === 'item'
      ? { is: 'fails', failure: { kind: 'transient', code: 'HTTP_503', message: 'away' } }
      : undefined;
  await world.advance(24 * 3_600_000);
  expect(world.vendor.writes()).toHaveLength(1);
  expect(world.journal.openEntries().map(({ facts }) => facts.state)).toEqual(['Unknown']);
  world.vendor.fault = () => undefined;
  await world.advance(3_600_000);
  expect(world.states('a')).toEqual({ claimed: 3 });
  expect(world.vendor.writes()).toHaveLength(2);
});

test('a verb that may never be repeated is read back, and never sent again', async () => {
  const world = createWorld({ repeat: 'never' });
  spoilFirstWrite(world, 'lostOnTheWay');
  await claiming(world, 2);
  await world.advance(24 * 3_600_000);
  expect(world.vendor.writes()).toHaveLength(1);
  expect(world.journal.openEntries().map(({ facts }) => facts.state)).toEqual(['Unknown']);
  expect(world.turns).toBeLessThan(3_000);
  // A later look may still show that it happened after all.
  for (const one of devices(0, 2)) world.vendor.put(one, 'acme');
  await world.advance(2 * 3_600_000);
  expect(world.states('a')).toEqual({ claimed: 2 });
  expect(world.journal.openEntries()).toHaveLength(0);
});

test('an operation that the vendor forgot is read back', async () => {
  const world = createWorld({ pollsUntilDone: 5 });
  await claiming(world, 3);
  world.vendor.forgetOperations();
  await world.advance(600_000);
  expect(world.states('a')).toEqual({ claimed: 3 });
  expect(world.vendor.writes()).toHaveLength(1);
  expect(world.journal.openEntries()).toHaveLength(0);
});

test('a poll that fails moves nothing, and the operation is followed to its end', async () => {
  const world = createWorld();
  let failures = 0;
  world.vendor.fault = ({ is }) => {
    if (is !== 'poll' || failures === 20) return undefined;
    failures += 1;
    return { is: 'fails', failure: { kind: 'transient', code: 'HTTP_503', message: 'away' } };
  };
  await claiming(world, 3);
  expect(world.journal.openEntries().map(({ facts }) => facts.state)).toEqual(['Submitted']);
  await world.advance(3_600_000);
  expect(world.states('a')).toEqual({ claimed: 3 });
  expect(world.vendor.writes()).toHaveLength(1);
});

describe('a result that does not speak of every item', () => {
  test('settles those it speaks of at once, and reads the others back', async () => {
    const world = createWorld();
    const silent = device(1);
    world.vendor.silentAbout.add(keyOf(silent));
    world.vendor.refuse = (key) =>
      key === keyOf(device(2)) ? { code: 'INVALID_MODEL', message: 'no', kind: 'invalid' } : undefined;
    let reading = false;
    world.vendor.fault = ({ is }) =>
      reading && (is === 'page' || is === 'item')
        ? { is: 'fails', failure: { kind: 'transient', code: 'HTTP_503', message: 'away' } }
        : undefined;
    world.start();
    world.claim('a', devices(0, 4));
    world.account.listsAreComplete();
    await world.advance(1_000);
    reading = true;
    await world.advance(20_000);
    expect(world.states('a')).toEqual({ claimed: 2, failed: 1, pending: 1 });
    expect(world.records.values.has(keyOf(device(0)))).toBe(true);
    reading = false;
    await world.advance(60_000);
    expect(world.states('a')).toEqual({ claimed: 3, failed: 1 });
    expect(world.vendor.writes()).toHaveLength(1);
    expect(world.journal.openEntries()).toHaveLength(0);
  });

  test('lets no second write of a settled item start before the first operation has ended', async () => {
    const world = createWorld();
    world.vendor.silentAbout.add(keyOf(device(1)));
    world.vendor.refuse = (key) =>
      key === keyOf(device(1)) || key === keyOf(device(2))
        ? { code: 'INTERNAL_SERVER_ERROR', message: 'failed', kind: 'passing' }
        : undefined;
    await claiming(world, 3);
    await world.advance(60_000);
    expect(world.vendor.writes()).toHaveLength(1);
    world.vendor.refuse = () => undefined;
    world.vendor.silentAbout.clear();
    await world.advance(600_000);
    expect(world.states('a')).toEqual({ claimed: 3 });
    expect(world.journal.openEntries()).toHaveLength(0);
  });
});

test('an item that is no longer declared is read back all the same, so that its operation can end', async () => {
  const world = createWorld();
  spoilFirstWrite(world, 'lostOnTheWay');
  await claiming(world, 3);
  world.account.devices.forget('a');
  await world.advance(600_000);
  expect(world.journal.openEntries()).toHaveLength(0);
  expect(world.vendor.writes()).toHaveLength(1);
});

test('what a device is declared for by now is not what a write for another customer achieved', async () => {
  const world = createWorld({ pollsUntilDone: 3 });
  world.start();
  world.claim('a', [device(1)], { companyId: 'acme' });
  world.account.listsAreComplete();
  await world.advance(3_000);
  expect(world.vendor.writes()).toHaveLength(1);
  world.account.devices.forget('a');
  world.claim('b', [device(1)], { companyId: 'beta' });
  await world.advance(3_600_000 * 2);
  // It is recorded for whom it was sent.
  expect([...world.records.values.values()]).toMatchObject([{ companyId: 'acme', holder: 'a' }]);
  expect(world.verdict('b', device(1))?.code).toBe('HELD_BY_KEEP');
});
