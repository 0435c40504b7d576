import { describe, expect, test } from 'vitest';
import type { OperationFacts } from '../../src/ports/journal.ts';
import { createWorld, device, devices, keyOf, running, type World } from './world.ts';

const HOUR = 3_600_000;

/** An operation that an earlier process left behind. */
function leftBehind(
  world: World,
  requestKey: string,
  numbers: readonly number[],
  facts: Partial<OperationFacts>,
): void {
  const name = `vop-${requestKey}`;
  world.journal.entries.set(name, {
    name,
    intent: {
      requestKey,
      verb: 'claim',
      partition: { customer: 'acme' },
      keys: numbers.map((number) => keyOf(device(number))),
      records: [],
      fence: 1,
    },
    facts: { state: 'Intended', vendorOperationIds: [], succeeded: 0, failed: 0, outcomes: [], ...facts },
  });
}

interface Case {
  readonly why: string;
  readonly facts: Partial<OperationFacts>;
  readonly happened: boolean;
  readonly writes: number;
}

const CASES: readonly Case[] = [
  {
    why: 'intended, and the vendor did it: it had been sent at the very end',
    facts: { state: 'Intended' },
    happened: true,
    writes: 0,
  },
  {
    why: 'intended, and a late read shows nothing of it: it is done anew',
    facts: { state: 'Intended' },
    happened: false,
    writes: 1,
  },
  { why: 'unknown, and the vendor did it', facts: { state: 'Unknown' }, happened: true, writes: 0 },
  {
    why: 'unknown, and a late read shows nothing of it: it is done anew',
    facts: { state: 'Unknown' },
    happened: false,
    writes: 1,
  },
  {
    why: 'submitted, but the vendor has forgotten its id: read back',
    facts: { state: 'Submitted', vendorOperationIds: ['op-old'] },
    happened: true,
    writes: 0,
  },
];

describe('a new process that finds an operation', () => {
  test.each(CASES)('$why', async ({ facts, happened, writes }) => {
    const world = createWorld({ visibilityMs: 120_000 });
    leftBehind(world, 'old', [1, 2], facts);
    if (happened) for (const one of devices(1, 2)) world.vendor.put(one, 'acme');
    world.start();
    world.claim('a', devices(1, 2));
    await running(world, 119_000);
    expect(world.vendor.writes()).toHaveLength(0);
    await world.advance(HOUR);
    expect(world.states('a')).toEqual({ claimed: 2 });
    expect(world.vendor.writes()).toHaveLength(writes);
    expect(world.journal.openEntries()).toHaveLength(0);
  });

  test('submitted with its id: the vendor is asked, and nothing is sent', async () => {
    const world = createWorld({ pollsUntilDone: 50 });
    world.start();
    world.claim('a', devices(1, 2));
    await running(world, 30_000);
    expect(world.journal.openEntries().map(({ facts }) => facts.state)).toEqual(['Submitted']);
    world.kill();
    world.leads = true;
    world.start();
    world.claim('a', devices(1, 2));
    await running(world, HOUR);
    expect(world.states('a')).toEqual({ claimed: 2 });
    expect(world.vendor.writes()).toHaveLength(1);
    expect(world.journal.openEntries()).toHaveLength(0);
  });

  test('of devices that nothing declares any more: it ends all the same', async () => {
    const world = createWorld();
    leftBehind(world, 'old', [1, 2], { state: 'Intended' });
    world.start();
    await running(world, HOUR);
    expect(world.journal.openEntries()).toHaveLength(0);
    expect(world.vendor.writes()).toHaveLength(0);
  });
});

describe('a claim under way whose resource is deleted before the next process starts', () => {
  async function killedWhileClaiming(releasePolicy: 'Unclaim' | 'Keep'): Promise<World> {
    const world = createWorld({ pollsUntilDone: 50 });
    world.start();
    world.claim('a', devices(0, 3), { releasePolicy });
    world.claim('b', devices(3, 2), { releasePolicy });
    await running(world, 30_000);
    expect(world.journal.openEntries().map(({ facts }) => facts.state)).toEqual(['Submitted']);
    world.kill();
    world.leads = true;
    world.start();
    world.claim('b', devices(3, 2), { releasePolicy });
    return world;
  }

  test('is followed to its end, and then released as its policy says', async () => {
    const world = await killedWhileClaiming('Unclaim');
    world.account.devices.letGo('a');
    await running(world, 10_000);
    // It does not go before the answer is there.
    expect(world.account.devices.report('a')).toMatchObject({ releasing: 3, moving: true });
    await world.advance(5 * HOUR);
    expect(world.vendor.writes().map(({ verb, keys }) => [verb, keys.length])).toEqual([
      ['claim', 5],
      ['unclaim', 3],
    ]);
    expect(world.account.devices.report('a')).toMatchObject({ known: false, releasing: 0, moving: false });
    expect([...world.records.values.keys()]).toEqual(devices(3, 2).map(keyOf));
  });

  test('stays at the vendor under Keep, recorded for the resource it was sent for', async () => {
    const world = await killedWhileClaiming('Keep');
    await running(world, HOUR);
    expect(world.vendor.writes()).toHaveLength(1);
    const recorded = { companyId: 'acme', holder: 'a', releasePolicy: 'Keep', how: 'Claimed' };
    for (const one of devices(0, 3)) expect(world.records.values.get(keyOf(one))).toEqual(recorded);
  });

  test('and whose reply nobody heard is read back, recorded and released', async () => {
    const world = createWorld();
    world.start();
    world.claim('a', devices(0, 3), { releasePolicy: 'Unclaim' });
    world.vendor.fault = ({ is }) => {
      if (is === 'write' && world.vendor.writes().length === 1) world.kill();
      return undefined;
    };
    await running(world, 5_000);
    world.leads = true;
    world.start();
    world.account.devices.letGo('a');
    world.account.devices.want('acme');
    await running(world, HOUR);
    expect(world.vendor.writes().map(({ verb }) => verb)).toEqual(['claim', 'unclaim']);
    expect(world.records.values.size).toBe(0);
    expect(world.journal.openEntries()).toHaveLength(0);
  });
});

test('an intent names no more resources than have room in the journal; the other items go right behind', async () => {
  const world = createWorld();
  world.start();
  const holders = Array.from(
    { length: 3_000 },
    (_, n) => `DeviceClaim/fleet/${String(n).padStart(253, 'x')}`,
  );
  holders.forEach((holder, n) => world.claim(holder, [device(n)]));
  await running(world, 120_000);
  const sizes = [...world.journal.entries.values()].map(
    ({ intent }) => JSON.stringify(intent.records).length,
  );
  expect(sizes.length).toBe(2);
  expect(Math.max(...sizes)).toBeLessThan(700_000);
  expect(world.vendor.writes().flatMap(({ keys }) => keys)).toHaveLength(3_000);
  expect(world.records.values.size).toBe(3_000);
});

test('what was recorded before is known after a restart: what the customer let go of is not claimed again', async () => {
  const world = createWorld();
  world.start();
  world.claim('a', [device(1)]);
  await running(world, 60_000);
  await world.stop();
  world.vendor.holdings.clear();
  world.start();
  world.claim('a', [device(1)]);
  await running(world, 2 * HOUR);
  expect(world.verdict('a', device(1))).toMatchObject({ code: 'RELEASED_BY_CUSTOMER' });
  expect(world.vendor.writes()).toHaveLength(1);
});

test.each([
  { what: 'the journal', port: 'journal' },
  { what: 'the records', port: 'records' },
] as const)('while $what cannot be read nothing is sent, and the loop does not spin', async ({ port }) => {
  const world = createWorld();
  world[port].failing = { kind: 'transient', code: 'HTTP_503', message: 'away' };
  world.start();
  world.claim('a', devices(1, 2));
  await running(world, HOUR);
  expect(world.vendor.calls).toHaveLength(0);
  expect(world.account.summary().started).toBe(false);
  expect(world.turns).toBeLessThan(300);
  world[port].failing = undefined;
  await world.advance(600_000);
  expect(world.states('a')).toEqual({ claimed: 2 });
});

test('while the journal is being read, news does not make the loop spin', async () => {
  const world = createWorld();
  const { promise, resolve } = Promise.withResolvers<void>();
  const open = world.journal.open.bind(world.journal);
  world.journal.open = async (signal) => {
    await promise;
    return await open(signal);
  };
  world.start();
  world.account.listsAreComplete();
  for (let number = 0; number < 10; number += 1) {
    world.claim(`claim-${number}`, [device(number)]);
    await world.advance(1_000);
  }
  expect(world.turns).toBeLessThan(50);
  resolve();
  await world.advance(60_000);
  expect(world.states('claim-9')).toEqual({ claimed: 1 });
});

test('before the lists are complete nothing is read and nothing is written', async () => {
  const world = createWorld();
  world.start();
  world.claim('a', devices(0, 10));
  await world.advance(HOUR);
  expect(world.vendor.calls).toHaveLength(0);
});

describe('a stop', () => {
  test('waits for what was sent, writes it down, and sends nothing new', async () => {
    const world = createWorld({ maxItems: 5 });
    world.start({ concurrentRequests: 1 });
    world.claim('a', devices(0, 20));
    const { promise, resolve } = Promise.withResolvers<void>();
    world.vendor.fault = ({ is }) => {
      if (is === 'write') world.vendor.gate = promise;
      return undefined;
    };
    await running(world, 5_000);
    expect(world.vendor.writes()).toHaveLength(1);
    setImmediate(resolve);
    await world.stop();
    expect(world.vendor.writes()).toHaveLength(1);
    expect([...world.journal.entries.values()].map(({ facts }) => facts.state)).toEqual(['Submitted']);
  });

  test('ends even when the vendor never answers', async () => {
    const world = createWorld();
    world.start();
    world.claim('a', devices(0, 3));
    world.vendor.fault = ({ is }) => {
      if (is === 'write') world.vendor.gate = new Promise(() => {});
      return undefined;
    };
    await running(world, 5_000);
    await world.stop();
    expect(world.journal.openEntries().map(({ facts }) => facts.state)).toEqual(['Intended']);
  });

  test('that comes while an intent is being written abandons it', async () => {
    const world = createWorld();
    world.start();
    world.claim('a', devices(0, 3));
    const stopped: Promise<void>[] = [];
    world.journal.onIntended = () => stopped.push(world.stop());
    await running(world, 5_000);
    await Promise.all(stopped);
    expect(stopped).toHaveLength(1);
    expect(world.vendor.writes()).toHaveLength(0);
    expect([...world.journal.entries.values()].map(({ facts }) => facts.state)).toEqual(['Abandoned']);
  });
});

test('kill -9 between the intent and its reply repeats nothing without a read', async () => {
  const world = createWorld();
  world.start();
  world.claim('a', devices(0, 3));
  world.vendor.fault = ({ is }) => {
    if (is === 'write' && world.vendor.writes().length === 1) world.kill();
    return undefined;
  };
  await running(world, 5_000);
  world.leads = true;
  world.start();
  world.claim('a', devices(0, 3));
  await running(world, HOUR);
  expect(world.states('a')).toEqual({ claimed: 3 });
  expect(world.vendor.writes()).toHaveLength(1);
  expect(world.journal.openEntries()).toHaveLength(0);
});
