import { describe, expect, test } from 'vitest';
import type { JournalEntry } from '../../src/ports/journal.ts';
import { createWorld, device, devices, keyOf, running, type World } from './world.ts';

/** The first write never reaches the vendor, or its reply is lost; nothing proves which. */
async function unknown(is: 'replyLost' | 'lostOnTheWay', count = 2): Promise<World> {
  const world = createWorld({ repeat: 'never' });
  let lost = false;
  world.vendor.fault = (call) => {
    if (call.is === 'page' || call.is === 'item') {
      // The vendor cannot be read: a person looks into its portal.
      return lost ? { is: 'fails', failure: AWAY } : undefined;
    }
    if (call.is !== 'write' || lost) return undefined;
    lost = true;
    return { is };
  };
  world.start();
  world.claim('a', devices(0, count));
  await running(world, 60_000);
  expect(states(world)).toEqual(['Unknown']);
  return world;
}

const AWAY = { kind: 'transient', code: 'HTTP_503', message: 'away' } as const;

const entries = (world: World): readonly JournalEntry[] => [...world.journal.entries.values()];

const states = (world: World): readonly string[] => entries(world).map(({ facts }) => facts.state);

const requestKey = (world: World): string => entries(world)[0]?.intent.requestKey ?? '';

describe('what a person found out', () => {
  test('as happened is recorded like any success, and the operation is over', async () => {
    const world = await unknown('replyLost');
    world.account.resolve(requestKey(world), [{ as: 'Happened' }]);
    await world.advance(10_000);
    expect(states(world)).toEqual(['Resolved']);
    expect(world.states('a')).toEqual({ claimed: 2 });
    expect(world.vendor.writes()).toHaveLength(1);
    expect(world.records.values.size).toBe(2);
  });

  test('as not happened lets the write be sent anew, and the journal says why', async () => {
    const world = await unknown('lostOnTheWay');
    world.account.resolve(requestKey(world), [{ as: 'NotHappened' }]);
    await world.advance(60_000);
    expect(world.vendor.writes()).toHaveLength(2);
    expect(world.states('a')).toEqual({ claimed: 2 });
    expect(states(world)).toEqual(['Resolved', 'Complete']);
    const [first] = entries(world);
    expect(first?.facts).toMatchObject({
      succeeded: 0,
      failed: 2,
      outcomes: [{ code: 'NOT_EXECUTED', count: 2, items: '0-1' }],
    });
    expect(first?.facts.outcomes[0]?.message).toContain('a person');
  });

  test('about one item frees that one and leaves the others unknown', async () => {
    const world = await unknown('replyLost', 3);
    const item = keyOf(device(1));
    world.account.resolve(requestKey(world), [{ item, as: 'Happened' }]);
    await world.advance(10_000);
    expect(states(world)).toEqual(['Unknown']);
    expect(world.states('a')).toEqual({ claimed: 1, pending: 2 });
    world.account.resolve(requestKey(world), [{ item, as: 'Happened' }, { as: 'Happened' }]);
    await world.advance(10_000);
    expect(states(world)).toEqual(['Resolved']);
    expect(world.states('a')).toEqual({ claimed: 3 });
  });

  test('counts after a restart, too, and before the process has read its journal', async () => {
    const world = await unknown('replyLost');
    const key = requestKey(world);
    world.kill();
    world.leads = true;
    world.start();
    world.account.resolve(key, [{ as: 'Happened' }]);
    world.claim('a', devices(0, 2));
    await running(world, 30_000);
    expect(states(world)).toEqual(['Resolved']);
    expect(world.states('a')).toEqual({ claimed: 2 });
    expect(world.vendor.writes()).toHaveLength(1);
  });

  test('does not change what the vendor itself has answered', async () => {
    const world = createWorld();
    world.start();
    world.claim('a', devices(0, 2));
    await running(world, 4_000);
    world.account.resolve(requestKey(world), [{ as: 'NotHappened' }]);
    await world.advance(30_000);
    expect(states(world)).toEqual(['Complete']);
    expect(world.vendor.writes()).toHaveLength(1);
  });

  test('about an operation that nobody knows changes nothing', async () => {
    const world = createWorld();
    world.start();
    world.claim('a', devices(0, 1));
    world.account.resolve('somebody-elses', [{ as: 'NotHappened' }]);
    await running(world, 30_000);
    world.account.resolve('somebody-elses', []);
    expect(world.states('a')).toEqual({ claimed: 1 });
    expect(world.bugs).toEqual([]);
  });
});
