import { describe, expect, test } from 'vitest';
import { createWorld, devices, type World } from './world.ts';

/** Operations go by our request keys; a poll may miss one for a minute, and truly misses it for five seconds. */
const OWN_NAMES = { ownNamesVisibleAfterMs: 60_000, shownAfterMs: 5_000, canReadItems: false };

/** Lets the first write go wrong like this. */
function spoilFirstWrite(world: World, is: 'replyLost' | 'lostOnTheWay'): void {
  let spoiled = false;
  world.vendor.fault = (call) => {
    if (call.is !== 'write' || spoiled) return undefined;
    spoiled = true;
    return { is };
  };
}

async function claiming(world: World, ms: number): Promise<void> {
  world.start();
  world.claim('a', devices(0, 3));
  world.account.listsAreComplete();
  await world.advance(ms);
}

const polls = (world: World) => world.vendor.calls.filter(({ is }) => is === 'poll').length;

describe('a lost reply, where operations go by our own names', () => {
  test('is asked after by that name, and no list is read for it', async () => {
    const world = createWorld(OWN_NAMES);
    spoilFirstWrite(world, 'replyLost');
    await claiming(world, 3_000);
    const before = world.vendor.reads().length;
    expect(world.journal.openEntries().map(({ facts }) => facts.state)).toEqual(['Unknown']);
    await world.advance(20_000);
    expect(world.states('a')).toEqual({ claimed: 3 });
    expect(world.vendor.writes()).toHaveLength(1);
    expect(world.vendor.reads()).toHaveLength(before);
    expect(world.journal.openEntries()).toHaveLength(0);
  });

  test('is written again only once the vendor has had the time to show it and does not', async () => {
    const world = createWorld(OWN_NAMES);
    spoilFirstWrite(world, 'lostOnTheWay');
    await claiming(world, 55_000);
    expect(world.vendor.writes()).toHaveLength(1);
    await world.advance(120_000);
    const [first, second, ...more] = world.vendor.writes();
    expect(more).toEqual([]);
    expect((second?.atMs ?? 0) - (first?.atMs ?? 0)).toBeGreaterThanOrEqual(60_000);
    expect(second?.requestKey).not.toBe(first?.requestKey);
    expect(world.states('a')).toEqual({ claimed: 3 });
    expect(world.journal.openEntries()).toHaveLength(0);
  });

  test('is asked after by the next process too, whose clock begins anew', async () => {
    const world = createWorld(OWN_NAMES);
    spoilFirstWrite(world, 'replyLost');
    await claiming(world, 2_500);
    world.kill();
    expect(world.journal.openEntries()).toHaveLength(1);
    world.leads = true;
    world.start();
    world.claim('a', devices(0, 3));
    world.account.listsAreComplete();
    await world.advance(20_000);
    expect(world.states('a')).toEqual({ claimed: 3 });
    expect(world.vendor.writes()).toHaveLength(1);
    expect(world.journal.openEntries()).toHaveLength(0);
  });

  test('that cannot be asked after stays unknown for as long as that lasts', async () => {
    const world = createWorld(OWN_NAMES);
    let written = false;
    world.vendor.fault = ({ is }) => {
      if (is === 'poll')
        return { is: 'fails', failure: { kind: 'transient', code: 'HTTP_503', message: '' } };
      if (is !== 'write' || written) return undefined;
      written = true;
      return { is: 'lostOnTheWay' };
    };
    await claiming(world, 24 * 3_600_000);
    expect(world.vendor.writes()).toHaveLength(1);
    world.vendor.fault = () => undefined;
    await world.advance(3_600_000);
    expect(world.states('a')).toEqual({ claimed: 3 });
    expect(world.vendor.writes()).toHaveLength(2);
  });
});

describe('an operation that goes by our own name', () => {
  test('is not forgotten only because it is not shown yet', async () => {
    const world = createWorld({ ...OWN_NAMES, shownAfterMs: 30_000 });
    await claiming(world, 15_000);
    const before = world.vendor.reads().length;
    expect(polls(world)).toBeGreaterThan(1);
    expect(world.journal.openEntries().map(({ facts }) => facts.state)).toEqual(['Submitted']);
    await world.advance(60_000);
    expect(world.states('a')).toEqual({ claimed: 3 });
    expect(world.vendor.reads()).toHaveLength(before);
  });

  test('that the vendor took and then forgot is read back, and not asked after for ever', async () => {
    const world = createWorld({ ...OWN_NAMES, pollsUntilDone: 50 });
    await claiming(world, 15_000);
    world.vendor.forgetOperations();
    await world.advance(600_000);
    expect(world.states('a')).toEqual({ claimed: 3 });
    expect(world.vendor.writes()).toHaveLength(1);
    expect(world.journal.openEntries()).toHaveLength(0);
  });
});
