import { describe, expect, test } from 'vitest';
import type { RecordedDevice } from '../../src/domain/device/facts.ts';
import type { Failure } from '../../src/ports/failure.ts';
import { createWorld, device, devices, keyOf, running, SETTINGS, type World } from './world.ts';

const MINUTE = 60_000;
const HOUR = 3_600_000;
/** Longer than settling, one batch and its polls. */
const LONG_ENOUGH = 3 * MINUTE;
const UNCLAIM = { releasePolicy: 'Unclaim' } as const;
const AWAY: Failure = { kind: 'transient', code: 'HTTP_503', message: 'away' };

function guarded(maxItems: number, windowMs = HOUR): typeof SETTINGS {
  const destructive = { maxItems, maxPercent: 100, floor: 0 };
  return { ...SETTINGS, guard: { windowMs, budgets: { ...SETTINGS.guard.budgets, destructive } } };
}

/** How many devices each request asked to be released, in order. */
function released(world: World): readonly number[] {
  return world.vendor
    .writes()
    .filter(({ verb }) => verb === 'unclaim')
    .map(({ keys }) => keys.length);
}

function heldAt(world: World, companyId: string): number {
  return [...world.vendor.holdings.values()].filter(({ observed }) => observed.companyId === companyId)
    .length;
}

/** A running world in which a claim, with the policy Unclaim unless told otherwise, has these many devices, all recorded. */
async function claimed(
  count: number,
  settings: Partial<typeof SETTINGS> = {},
  wants: { readonly releasePolicy?: 'Keep' | 'Unclaim' } = UNCLAIM,
): Promise<World> {
  const world = createWorld();
  world.start(settings);
  world.claim('a', devices(0, count), wants);
  await running(world, MINUTE);
  expect(world.states('a')).toEqual({ claimed: count });
  return world;
}

describe('a device that leaves its claim', () => {
  test('is released, forgotten, and no longer counted with its customer', async () => {
    const world = await claimed(3);
    world.claim('a', devices(0, 2), UNCLAIM);
    await world.advance(LONG_ENOUGH);
    expect(released(world)).toEqual([1]);
    expect(heldAt(world, 'acme')).toBe(2);
    expect(world.records.values.has(keyOf(device(2)))).toBe(false);
    expect(world.account.devices.report('a')).toMatchObject({ releasing: 0, moving: false });
    const seen: (string | undefined)[] = [];
    world.account.devices.survey(({ key, seenInSet }) => {
      if (key === keyOf(device(2))) seen.push(seenInSet);
    });
    expect(seen).toEqual([]);
    await world.advance(3 * HOUR);
    expect(released(world)).toEqual([1]);
    expect(world.bugs).toEqual([]);
  });

  /** The claim says that it has three devices, whose records stand in line or are being written until `written`. */
  async function unrecorded(
    are: 'in line' | 'being written',
  ): Promise<{ readonly world: World; readonly written: () => void }> {
    const world = createWorld();
    for (const one of devices(0, 4)) world.vendor.put(one, 'acme');
    world.start();
    world.account.devices.want('acme');
    await running(world, MINUTE);
    const { promise, resolve } = Promise.withResolvers<void>();
    world.records.gate = promise;
    if (are === 'in line') world.claim('other', [device(3)], UNCLAIM);
    await world.advance(1_000);
    world.claim('a', devices(0, 3), UNCLAIM);
    await world.advance(1_000);
    expect(world.states('a')).toEqual({ claimed: 3 });
    expect(world.records.values.size).toBe(0);
    const written = (): void => {
      world.records.gate = undefined;
      resolve();
    };
    return { world, written };
  }

  describe.each(['in line', 'being written'] as const)('while its record stands %s', (are) => {
    test('is released all the same', async () => {
      const { world, written } = await unrecorded(are);
      world.claim('a', devices(0, 2), UNCLAIM);
      await world.advance(1_000);
      expect(world.account.devices.report('a')).toMatchObject({ releasing: 1 });
      written();
      await world.advance(LONG_ENOUGH);
      expect(released(world)).toEqual([1]);
    });

    test('is released although that write failed', async () => {
      const { world, written } = await unrecorded(are);
      world.claim('a', devices(0, 2), UNCLAIM);
      await world.advance(1_000);
      world.records.failing = AWAY;
      written();
      await world.advance(1_000);
      world.records.failing = undefined;
      await world.advance(LONG_ENOUGH);
      expect(released(world)).toEqual([1]);
    });

    test('is moved to the claim it enters', async () => {
      const { world, written } = await unrecorded(are);
      world.claim('a', devices(0, 2), UNCLAIM);
      world.claim('b', [device(2)], { ...UNCLAIM, companyId: 'globex' });
      await world.advance(1_000);
      written();
      await world.advance(LONG_ENOUGH);
      expect(released(world)).toEqual([1]);
      expect(heldAt(world, 'globex')).toBe(1);
    });

    test('is released with all others when the claim is deleted', async () => {
      const { world, written } = await unrecorded(are);
      world.account.devices.letGo('a');
      expect(world.account.devices.report('a')).toMatchObject({ releasing: 3 });
      await world.advance(1_000);
      expect(world.account.devices.report('a')).toMatchObject({ releasing: 3 });
      written();
      await world.advance(LONG_ENOUGH);
      expect(released(world)).toEqual([3]);
      expect(world.account.devices.report('a')).toMatchObject({ releasing: 0 });
    });
  });

  test('is named to the vendor as it was declared', async () => {
    const world = await claimed(2);
    const subjects: unknown[] = [];
    const adapter = world.vendor.adapter(() => world.clock.monotonic());
    const writer = adapter.devices?.writer;
    if (adapter.devices === undefined || writer === undefined) throw new Error('no writer');
    const send: typeof writer.send = (request, signal) => {
      subjects.push(...request.items.map(({ subject }) => subject));
      return writer.send(request, signal);
    };
    world.account.connect({ ...adapter, devices: { ...adapter.devices, writer: { ...writer, send } } });
    world.claim('a', devices(0, 1), UNCLAIM);
    await world.advance(LONG_ENOUGH);
    expect(subjects).toEqual([device(1)]);
  });

  test('stays with its customer under the policy Keep, and the record says that it was kept', async () => {
    const world = createWorld();
    world.start();
    world.claim('a', devices(0, 3));
    await running(world, MINUTE);
    world.claim('a', devices(0, 2));
    await world.advance(LONG_ENOUGH);
    expect(released(world)).toEqual([]);
    expect(heldAt(world, 'acme')).toBe(3);
    expect(world.records.values.get(keyOf(device(2)))).toMatchObject({ holder: 'a', kept: true });
    expect(world.records.values.get(keyOf(device(1)))).not.toHaveProperty('kept');
    expect(world.account.devices.report('a').releasing).toBe(0);
  });

  test('goes by the policy that was recorded last while it was declared', async () => {
    const world = await claimed(3);
    world.claim('a', devices(0, 3));
    await world.advance(MINUTE);
    world.claim('a', devices(0, 2), UNCLAIM);
    await world.advance(LONG_ENOUGH);
    expect(released(world)).toEqual([]);
  });

  test('that the vendor shows nowhere any more is only forgotten', async () => {
    const world = await claimed(3);
    world.vendor.holdings.delete(keyOf(device(2)));
    // By then the vendor's list cannot lag behind the claim any more.
    await world.advance(5 * MINUTE);
    world.account.devices.lookAgain('acme');
    await world.advance(LONG_ENOUGH);
    world.claim('a', devices(0, 2), UNCLAIM);
    await world.advance(LONG_ENOUGH);
    expect(released(world)).toEqual([]);
    expect(world.records.values.has(keyOf(device(2)))).toBe(false);
  });

  test('that the vendor refuses to release is told, and tried no faster than refusals are', async () => {
    const world = await claimed(3);
    world.vendor.refuse = () => ({ code: 'NOT_ALLOWED', message: 'no', kind: 'invalid' });
    world.claim('a', devices(0, 2), UNCLAIM);
    await world.advance(3 * HOUR);
    expect(released(world)).toEqual([1]);
    const { releasing, releaseFailures, moving } = world.account.devices.report('a');
    expect({ releasing, moving }).toEqual({ releasing: 1, moving: false });
    expect(releaseFailures).toMatchObject([{ failure: { code: 'NOT_ALLOWED' } }]);
    expect(world.records.values.size).toBe(3);
  });
});

describe('nothing is ever released', () => {
  test('that no record of ours speaks of', async () => {
    const world = createWorld();
    for (const one of devices(0, 5)) world.vendor.put(one, 'acme');
    world.start();
    world.account.devices.want('acme');
    world.claim('a', devices(3, 2), UNCLAIM);
    world.claim('a', [], UNCLAIM);
    world.account.devices.letGo('b');
    await running(world, 5 * HOUR);
    expect(world.vendor.writes()).toEqual([]);
    expect(heldAt(world, 'acme')).toBe(5);
  });

  test.each<{ why: string; edit: (world: World) => void }>([
    {
      why: 'while a list of its claim is not whole',
      edit: (world) => world.claim('a', [], { ...UNCLAIM, whole: false }),
    },
    {
      why: 'of a claim that is suspended',
      edit: (world) => world.claim('a', [], { ...UNCLAIM, suspended: true }),
    },
    {
      why: 'of a claim that lost its customer',
      edit: (world) => {
        world.claim('a', [], UNCLAIM);
        world.account.devices.suspend('a');
      },
    },
    { why: 'of a claim that nobody knows any more', edit: (world) => world.account.devices.forget('a') },
    {
      why: 'while the account is suspended',
      edit: (world) => {
        world.account.configure({ ...SETTINGS, suspended: true });
        world.claim('a', [], UNCLAIM);
      },
    },
    {
      why: 'in the mode Observe',
      edit: (world) => {
        world.account.configure({ ...SETTINGS, mode: 'Observe' });
        world.claim('a', [], UNCLAIM);
      },
    },
    {
      why: 'in the mode Plan',
      edit: (world) => {
        world.account.configure({ ...SETTINGS, mode: 'Plan' });
        world.claim('a', [], UNCLAIM);
      },
    },
  ])('$why', async ({ edit }) => {
    const world = await claimed(3);
    edit(world);
    await world.advance(5 * HOUR);
    expect(released(world)).toEqual([]);
    expect(heldAt(world, 'acme')).toBe(3);
    expect(world.records.values.size).toBe(3);
  });

  test('by a new process that does not know the claim a record names', async () => {
    const world = await claimed(3);
    await world.stop();
    world.start();
    world.account.devices.want('acme');
    await running(world, 5 * HOUR);
    expect(released(world)).toEqual([]);
    expect(world.records.values.size).toBe(3);
  });

  test('but what was held is released once the list is whole', async () => {
    const world = await claimed(3);
    world.claim('a', devices(0, 1), { ...UNCLAIM, whole: false });
    await world.advance(HOUR);
    world.claim('a', devices(0, 1), UNCLAIM);
    await world.advance(LONG_ENOUGH);
    expect(released(world)).toEqual([2]);
  });
});

describe('a release settles first', () => {
  test('nothing is sent before the time has passed since the edit', async () => {
    const world = await claimed(3, { settleMs: 10 * MINUTE });
    world.claim('a', devices(0, 2), UNCLAIM);
    await world.advance(9 * MINUTE);
    expect(released(world)).toEqual([]);
    expect(world.account.devices.report('a')).toMatchObject({ releasing: 1, moving: true });
    await world.advance(2 * MINUTE);
    expect(released(world)).toEqual([1]);
  });

  test('a slip that is taken back in time releases nothing', async () => {
    const world = await claimed(3);
    world.claim('a', [device(0)], UNCLAIM);
    await world.advance(30_000);
    world.claim('a', devices(0, 3), UNCLAIM);
    await world.advance(HOUR);
    expect(released(world)).toEqual([]);
    expect(world.states('a')).toEqual({ claimed: 3 });
  });

  test('a device that came back and left again waits anew', async () => {
    const world = await claimed(3, { settleMs: 10 * MINUTE });
    world.claim('a', devices(0, 2), UNCLAIM);
    await world.advance(9 * MINUTE);
    world.claim('a', devices(0, 3), UNCLAIM);
    world.claim('a', devices(0, 2), UNCLAIM);
    await world.advance(9 * MINUTE);
    expect(released(world)).toEqual([]);
    await world.advance(2 * MINUTE);
    expect(released(world)).toEqual([1]);
  });
});

describe('the guard', () => {
  test('lets all go or nothing, and says so', async () => {
    const world = await claimed(8, guarded(5));
    world.claim('a', devices(0, 2), UNCLAIM);
    await world.advance(5 * MINUTE);
    expect(released(world)).toEqual([]);
    expect(world.account.devices.report('a')).toMatchObject({ held: 'GuardBlocked', releasing: 6 });
    expect(world.account.summary().guard.destructive).toEqual({
      base: 8,
      spent: 0,
      allowed: 5,
      requested: 6,
    });
  });

  test('counts as one what several claims ask within the settling time', async () => {
    const world = createWorld();
    world.start(guarded(5));
    for (const name of ['a', 'b', 'c']) world.claim(name, devices(name.charCodeAt(0) * 10, 3), UNCLAIM);
    await running(world, MINUTE);
    for (const name of ['a', 'b', 'c']) {
      world.account.devices.letGo(name);
      await world.advance(20_000);
    }
    await world.advance(5 * MINUTE);
    expect(released(world)).toEqual([]);
    expect(world.account.summary().guard.destructive).toMatchObject({ spent: 0, requested: 9 });
  });

  test('counts as one what is still to be looked at after a restart', async () => {
    const world = createWorld({ pageSize: 2, visibilityMs: 0 });
    world.start(guarded(5));
    world.claim('a', devices(0, 9), UNCLAIM);
    await running(world, MINUTE);
    await world.stop();
    world.start({ ...guarded(5), settleMs: 0, concurrentRequests: 1 });
    const slow = world.vendor.fault;
    world.vendor.fault = (call) => {
      // From the second page on the vendor is away for a while.
      if (call.is === 'page' && call.cursor === '2' && world.clock.monotonic() < 10 * MINUTE) {
        return { is: 'fails', failure: AWAY };
      }
      return slow(call);
    };
    world.account.devices.letGo('a');
    await running(world, HOUR);
    expect(released(world)).toEqual([]);
    expect(world.account.summary().guard.destructive).toMatchObject({ spent: 0, requested: 9 });
  });

  test('measures a release by what is recorded for claims, and not by what one let go of and kept', async () => {
    const world = createWorld();
    world.start();
    world.claim('a', devices(0, 900), { releasePolicy: 'Keep' });
    world.claim('b', devices(1_000, 90), UNCLAIM);
    await running(world, MINUTE);
    world.claim('a', devices(0, 1), { releasePolicy: 'Keep' });
    await world.advance(2 * HOUR);
    world.claim('b', devices(1_000, 1), UNCLAIM);
    await world.advance(HOUR);
    expect(world.records.values.size).toBe(990);
    expect(released(world)).toEqual([]);
    expect(world.account.summary().guard.destructive).toMatchObject({ base: 91, allowed: 10, requested: 89 });
    expect(world.account.devices.report('b').held).toBe('GuardBlocked');
  });

  test('lets go at once when its budget is raised', async () => {
    const world = await claimed(8, guarded(5));
    world.claim('a', devices(0, 2), UNCLAIM);
    await world.advance(HOUR);
    world.account.configure(guarded(6));
    await world.advance(10_000);
    expect(released(world)).toEqual([6]);
    await world.advance(MINUTE);
    expect(world.account.devices.report('a')).toMatchObject({ releasing: 0, moving: false });
  });

  test('lets nothing go when the edit is taken back', async () => {
    const world = await claimed(8, guarded(5));
    world.claim('a', devices(0, 2), UNCLAIM);
    await world.advance(HOUR);
    world.claim('a', devices(0, 8), UNCLAIM);
    await world.advance(MINUTE);
    expect(world.account.summary().guard.destructive.requested).toBe(0);
    world.account.configure(guarded(100));
    await world.advance(HOUR);
    expect(released(world)).toEqual([]);
  });

  test('counts no longer what a claim wanted that is gone', async () => {
    const world = await claimed(8, guarded(5));
    world.account.devices.letGo('a');
    await world.advance(5 * MINUTE);
    expect(world.account.summary().guard.destructive.requested).toBe(8);
    world.account.devices.forget('a');
    await world.advance(MINUTE);
    expect(world.account.summary().guard.destructive.requested).toBe(0);
    world.account.configure(guarded(100));
    await world.advance(HOUR);
    expect(released(world)).toEqual([]);
  });

  test('counts an operation durably before its intent is', async () => {
    const world = await claimed(3);
    const ledgerAtIntent: number[] = [];
    world.journal.onIntended = ({ requestKey }) => {
      const spent = world.records.ledger.get(requestKey) as { items: number } | undefined;
      ledgerAtIntent.push(spent?.items ?? 0);
    };
    world.claim('a', devices(0, 1), UNCLAIM);
    await world.advance(LONG_ENOUGH);
    expect(ledgerAtIntent).toEqual([2]);
  });

  test('that cannot write its ledger lets no intent and no request out, until it can', async () => {
    const world = await claimed(3);
    const before = world.journal.entries.size;
    world.records.ledgerFailing = AWAY;
    world.claim('a', devices(0, 1), UNCLAIM);
    await world.advance(HOUR);
    expect(world.journal.entries.size).toBe(before);
    expect(released(world)).toEqual([]);
    expect(world.turns).toBeLessThan(1_000);
    world.records.ledgerFailing = undefined;
    await world.advance(10 * MINUTE);
    expect(released(world)).toEqual([2]);
  });

  test('does not forget what was spent: many small edits are one', async () => {
    const world = await claimed(10, guarded(3));
    for (let left = 9; left > 0; left -= 1) {
      world.claim('a', devices(0, left), UNCLAIM);
      await world.advance(LONG_ENOUGH);
    }
    expect(released(world)).toEqual([1, 1, 1]);
  });

  test('does not forget over a kill and a restart', async () => {
    const world = await claimed(10, guarded(3));
    world.claim('a', devices(0, 7), UNCLAIM);
    await world.advance(LONG_ENOUGH);
    expect(released(world)).toEqual([3]);
    world.kill();
    world.leads = true;
    world.start(guarded(3));
    world.claim('a', devices(0, 6), UNCLAIM);
    await running(world, 10 * MINUTE);
    expect(released(world)).toEqual([3]);
    expect(world.account.summary().guard.destructive).toEqual({
      base: 10,
      spent: 3,
      allowed: 3,
      requested: 1,
    });
  });

  test('lets go again when the window has passed', async () => {
    const world = await claimed(10, guarded(3, 30 * MINUTE));
    world.claim('a', devices(0, 7), UNCLAIM);
    await world.advance(LONG_ENOUGH);
    world.claim('a', devices(0, 5), UNCLAIM);
    await world.advance(20 * MINUTE);
    expect(released(world)).toEqual([3]);
    await world.advance(15 * MINUTE);
    expect(released(world)).toEqual([3, 2]);
  });

  test('is given back what was abandoned unsent', async () => {
    const world = await claimed(6, guarded(3));
    world.journal.onIntended = () => world.claim('a', devices(0, 6), UNCLAIM);
    world.claim('a', devices(0, 3), UNCLAIM);
    await world.advance(LONG_ENOUGH);
    expect(released(world)).toEqual([]);
    expect([...world.journal.entries.values()].at(-1)?.facts.state).toBe('Abandoned');
    expect(world.account.summary().guard.destructive).toMatchObject({ spent: 0, requested: 0 });
    world.journal.onIntended = () => {};
    world.claim('a', devices(0, 3), UNCLAIM);
    await world.advance(LONG_ENOUGH);
    expect(released(world)).toEqual([3]);
  });

  test.each([
    { why: 'the vendor refused it', fault: 'refuse' },
    { why: 'its reply was lost', fault: 'lose' },
  ] as const)('is not given back what was sent, even if $why', async ({ fault }) => {
    const world = await claimed(6, guarded(3));
    if (fault === 'refuse') {
      world.vendor.refuseWhole = () => ({ kind: 'conflict', code: 'HTTP_409', message: 'not now' });
    } else {
      world.vendor.fault = ({ is }) => (is === 'write' ? { is: 'lostOnTheWay' } : undefined);
    }
    world.claim('a', devices(0, 3), UNCLAIM);
    await world.advance(30 * MINUTE);
    expect(released(world)).toEqual([3]);
    expect(world.account.summary().guard.destructive.spent).toBe(3);
  });

  test('holds back no claim of a device', async () => {
    const world = await claimed(8, guarded(0));
    world.claim('a', devices(4, 8), UNCLAIM);
    await world.advance(5 * MINUTE);
    expect(world.states('a')).toEqual({ claimed: 8 });
    expect(released(world)).toEqual([]);
  });
});

describe('a claim that is being deleted', () => {
  test('releases everything recorded for it and then reports nothing left', async () => {
    const world = await claimed(5);
    world.account.devices.letGo('a');
    expect(world.account.devices.report('a').releasing).toBe(5);
    await world.advance(LONG_ENOUGH);
    expect(released(world)).toEqual([5]);
    expect(world.account.devices.report('a')).toMatchObject({ releasing: 0, moving: false, known: false });
    expect(world.records.values.size).toBe(0);
  });

  test('releases also what an earlier process recorded, and a list that was not whole held', async () => {
    const world = await claimed(5);
    world.claim('a', devices(0, 2), { ...UNCLAIM, whole: false });
    await world.advance(MINUTE);
    await world.stop();
    world.start();
    world.account.devices.letGo('a');
    await running(world, 5 * MINUTE);
    expect(released(world)).toEqual([5]);
    expect(world.account.devices.report('a')).toMatchObject({ releasing: 0, moving: false });
  });

  test('keeps what another claim of the same customer names', async () => {
    const world = await claimed(5);
    world.claim('b', devices(3, 2), UNCLAIM);
    world.account.devices.letGo('a');
    await world.advance(LONG_ENOUGH);
    expect(released(world)).toEqual([3]);
    expect(world.states('b')).toEqual({ claimed: 2 });
    expect(world.records.values.get(keyOf(device(3)))).toMatchObject({ holder: 'b' });
  });

  test('does not leave behind what is just being claimed for it', async () => {
    const world = createWorld({ pollsUntilDone: 10 });
    world.start();
    world.claim('a', devices(0, 3), UNCLAIM);
    await running(world, 5_000);
    expect(world.journal.openEntries()).toHaveLength(1);
    world.account.devices.letGo('a');
    await world.advance(1_000);
    const { releasing, moving } = world.account.devices.report('a');
    expect(releasing > 0 || moving).toBe(true);
    await world.advance(HOUR);
    expect(heldAt(world, 'acme')).toBe(0);
    expect(world.records.values.size).toBe(0);
    expect(world.account.devices.report('a')).toMatchObject({ releasing: 0, moving: false });
  });

  test('that comes back releases nothing more', async () => {
    const world = await claimed(5);
    world.account.devices.letGo('a');
    await world.advance(30_000);
    world.claim('a', devices(0, 5), UNCLAIM);
    await world.advance(HOUR);
    expect(released(world)).toEqual([]);
    expect(world.states('a')).toEqual({ claimed: 5 });
  });
});

describe('a device that is declared again', () => {
  test('while its release runs at the vendor is pending, never claimed, and is claimed anew', async () => {
    const world = createWorld({ pollsUntilDone: 100 });
    world.start();
    world.claim('a', devices(0, 3), UNCLAIM);
    await running(world, 3 * HOUR);
    world.claim('a', devices(0, 1), UNCLAIM);
    await world.advance(LONG_ENOUGH);
    expect(released(world)).toEqual([2]);
    expect(world.journal.openEntries()).toHaveLength(1);
    world.claim('a', devices(0, 3), UNCLAIM);
    await world.advance(10_000);
    expect(world.vendor.writes()).toHaveLength(2);
    expect(world.states('a')).toEqual({ claimed: 1, pending: 2 });
    await world.advance(5 * HOUR);
    expect(world.states('a')).toEqual({ claimed: 3 });
    expect(heldAt(world, 'acme')).toBe(3);
  });
});

describe('a device that moves to a claim of another customer', () => {
  test('is released, seen free, and claimed there', async () => {
    const world = await claimed(3);
    world.claim('a', devices(0, 2), UNCLAIM);
    world.claim('b', [device(2)], { ...UNCLAIM, companyId: 'beta' });
    await world.advance(10 * MINUTE);
    const writes = world.vendor.writes().slice(1);
    expect(writes.map(({ verb, partition }) => [verb, partition.customer])).toEqual([
      ['unclaim', 'acme'],
      ['claim', 'beta'],
    ]);
    const [first, second] = writes;
    const between = world.vendor
      .reads()
      .filter(({ atMs }) => atMs > (first?.atMs ?? 0) && atMs <= (second?.atMs ?? 0));
    expect(between.length).toBeGreaterThan(0);
    expect(world.states('b')).toEqual({ claimed: 1 });
    expect(world.records.values.get(keyOf(device(2)))).toEqual({
      companyId: 'beta',
      holder: 'b',
      releasePolicy: 'Unclaim',
      how: 'Claimed',
    });
    expect(world.account.devices.report('a')).toMatchObject({ releasing: 0, moving: false });
  });

  test.each([{ count: 1 }, { count: 40 }])('goes on in a new process, $count at once', async ({ count }) => {
    const world = createWorld({ pageSize: 5 });
    world.start(guarded(100));
    world.claim('a', devices(0, count + 1), UNCLAIM);
    await running(world, 5 * MINUTE);
    await world.stop();
    world.start(guarded(100));
    world.claim('b', devices(1, count), { ...UNCLAIM, companyId: 'beta' });
    world.claim('a', devices(0, 1), UNCLAIM);
    await running(world, 10 * MINUTE);
    const writes = world.vendor.writes().slice(1);
    expect(writes.map(({ verb, partition }) => [verb, partition.customer])).toEqual([
      ['unclaim', 'acme'],
      ['claim', 'beta'],
    ]);
    expect(world.states('b')).toEqual({ claimed: count });
  });

  test('waits for the guard', async () => {
    const world = await claimed(3, guarded(0));
    world.claim('a', devices(0, 2), UNCLAIM);
    world.claim('b', [device(2)], { companyId: 'beta' });
    await world.advance(HOUR);
    expect(world.vendor.writes()).toHaveLength(1);
    expect(world.account.devices.report('b').held).toBe('GuardBlocked');
  });

  test.each<{ why: string; from: Partial<RecordedDevice>; leave: (world: World) => void; code: string }>([
    {
      why: 'out of a claim with the policy Keep: it stays, and the new claim says how to proceed',
      from: { releasePolicy: 'Keep' },
      leave: (world) => world.claim('a', devices(0, 2)),
      code: 'HELD_BY_KEEP',
    },
    {
      why: 'out of a claim with the policy Keep that is gone: nobody else can be waited for',
      from: { releasePolicy: 'Keep' },
      leave: (world) => world.account.devices.forget('a'),
      code: 'HELD_BY_KEEP',
    },
    {
      why: 'out of a claim whose list is not whole: that may still want it',
      from: UNCLAIM,
      leave: (world) => world.claim('a', devices(0, 2), { ...UNCLAIM, whole: false }),
      code: 'RELEASE_HELD',
    },
  ])('$why', async ({ from, leave, code }) => {
    const world = createWorld();
    world.start();
    world.claim('a', devices(0, 3), from);
    await running(world, MINUTE);
    world.claim('b', [device(2)], { companyId: 'beta', createdAtMs: 1 });
    leave(world);
    await world.advance(HOUR);
    expect(world.vendor.writes()).toHaveLength(1);
    expect(world.verdict('b', device(2))).toMatchObject({ state: 'conflicted', code });
  });

  test.each([{ restarted: false }, { restarted: true }])(
    'out of a claim with Keep that let go of it long before stays (restarted: $restarted)',
    async ({ restarted }) => {
      const world = createWorld();
      world.start();
      world.claim('a', devices(0, 3));
      await running(world, MINUTE);
      world.claim('a', devices(0, 2));
      await running(world, HOUR);
      if (restarted) {
        await world.stop();
        world.start();
        world.claim('a', devices(0, 2));
        await running(world, MINUTE);
      }
      world.claim('b', [device(2)], { ...UNCLAIM, companyId: 'beta' });
      await running(world, HOUR);
      expect(world.vendor.writes()).toHaveLength(1);
      expect(world.verdict('b', device(2))).toMatchObject({ state: 'conflicted', code: 'HELD_BY_KEEP' });
      expect(world.account.devices.report('a')).toMatchObject({ releasing: 0, moving: false });
    },
  );

  /** One device that a claim of acme with the policy Keep let go of; the claim is gone, and the process a new one. */
  async function keptByNobody(canReadItems: boolean): Promise<World> {
    const world = createWorld({ canReadItems });
    world.start();
    world.claim('a', devices(0, 3));
    await running(world, MINUTE);
    world.claim('a', devices(0, 2));
    await world.advance(MINUTE);
    world.account.devices.forget('a');
    await world.stop();
    world.start();
    return world;
  }

  describe.each([{ canReadItems: true }, { canReadItems: false }])(
    'out of a claim with Keep that is gone, in a new process (asked by item: $canReadItems)',
    ({ canReadItems }) => {
      test('stays, and the vendor is not asked for what the record forbids', async () => {
        const world = await keptByNobody(canReadItems);
        world.claim('b', [device(2)], { ...UNCLAIM, companyId: 'beta' });
        await running(world, 5 * HOUR);
        expect(world.vendor.writes()).toHaveLength(1);
        expect(world.verdict('b', device(2))).toMatchObject({ state: 'conflicted', code: 'HELD_BY_KEEP' });
      });

      test('is claimed once it is seen to have left the customer it was kept at', async () => {
        const world = await keptByNobody(canReadItems);
        world.claim('b', [device(2)], { ...UNCLAIM, companyId: 'beta' });
        await running(world, HOUR);
        world.vendor.holdings.delete(keyOf(device(2)));
        await running(world, 3 * HOUR);
        expect(world.states('b')).toEqual({ claimed: 1 });
        expect(world.records.values.get(keyOf(device(2)))).toMatchObject({ companyId: 'beta', holder: 'b' });
        const writes = world.vendor.writes().slice(1);
        expect(writes.map(({ verb, partition }) => [verb, partition.customer])).toEqual([['claim', 'beta']]);
      });

      test('is claimed when the vendor knows no such customer any more', async () => {
        const world = await keptByNobody(canReadItems);
        for (const one of devices(0, 3)) world.vendor.holdings.delete(keyOf(one));
        const failure: Failure = { kind: 'rejected', code: 'HTTP_404', message: 'no such customer' };
        world.vendor.fault = (call) =>
          call.is === 'page' && call.set === 'acme' ? { is: 'fails', failure } : undefined;
        world.claim('b', devices(0, 3), { ...UNCLAIM, companyId: 'beta' });
        await running(world, HOUR);
        expect(world.states('b')).toEqual({ claimed: 3 });
      });

      test('waits while that customer cannot be read, and says so', async () => {
        const world = await keptByNobody(canReadItems);
        world.vendor.fault = (call) =>
          (call.is === 'page' && call.set === 'acme') || call.is === 'item'
            ? { is: 'fails', failure: AWAY }
            : undefined;
        world.claim('b', [device(2)], { ...UNCLAIM, companyId: 'beta' });
        await running(world, HOUR);
        expect(world.vendor.writes()).toHaveLength(1);
        expect(world.account.devices.report('b')).toMatchObject({ readFailure: AWAY, moving: true });
        expect(world.told).toContain('b');
      });
    },
  );

  describe.each([{ restarted: true }, { restarted: false }])(
    'and was kept by a claim that is gone (restarted: $restarted)',
    ({ restarted }) => {
      async function abandoned(): Promise<World> {
        const world = createWorld({ canReadItems: false });
        world.start();
        world.claim('a', devices(0, 3));
        await running(world, MINUTE);
        world.claim('a', []);
        await world.advance(MINUTE);
        world.account.devices.forget('a');
        if (restarted) {
          await world.stop();
          world.start();
        }
        await running(world, 3 * HOUR);
        expect(world.records.values.size).toBe(3);
        return world;
      }

      test('costs a look a day', async () => {
        const world = await abandoned();
        const looks = world.vendor.reads().length;
        await world.advance(10 * 24 * HOUR);
        expect(world.vendor.reads().length - looks).toBeGreaterThan(7);
        expect(world.vendor.reads().length - looks).toBeLessThan(13);
        expect(world.records.values.size).toBe(3);
      });

      test('is forgotten within some days once the customer lets go of it', async () => {
        const world = await abandoned();
        for (const one of devices(0, 3)) world.vendor.put(one, undefined);
        await world.advance(3 * 24 * HOUR);
        expect(world.records.values.size).toBe(0);
        expect(world.account.devices.sets().map(({ name }) => name)).not.toContain('acme');
      });

      test('costs one attempt a day while its customer cannot be read', async () => {
        const world = await abandoned();
        const looks = world.vendor.reads().length;
        world.vendor.fault = () => ({ is: 'fails', failure: AWAY });
        await world.advance(10 * 24 * HOUR);
        expect(world.vendor.reads().length - looks).toBeLessThan(13);
        expect(world.records.values.size).toBe(3);
      });

      test('does not keep a claim of that customer waiting', async () => {
        const world = await abandoned();
        world.claim('c', devices(0, 4));
        await world.advance(5 * MINUTE);
        expect(world.states('c')).toEqual({ claimed: 4 });
      });
    },
  );

  test('is proceeded with as the message says: declared there again under Unclaim, and taken out', async () => {
    const world = await claimed(3, guarded(100), {});
    world.claim('a', devices(0, 2));
    await running(world, HOUR);
    world.claim('b', [device(2)], { companyId: 'beta' });
    world.claim('a', devices(0, 3), UNCLAIM);
    await running(world, HOUR);
    world.claim('a', devices(0, 2), UNCLAIM);
    await running(world, HOUR);
    expect(world.states('b')).toEqual({ claimed: 1 });
    expect(released(world)).toEqual([1]);
    expect(heldAt(world, 'beta')).toBe(1);
  });

  test('and was kept is forgotten once the customer lets go of it, and then anybody may claim it', async () => {
    const world = await claimed(3, guarded(100), {});
    world.claim('a', devices(0, 2));
    await running(world, HOUR);
    world.vendor.put(device(2), undefined);
    await running(world, 3 * HOUR);
    expect(world.records.values.has(keyOf(device(2)))).toBe(false);
    world.claim('b', [device(2)]);
    await running(world, HOUR);
    expect(world.states('b')).toEqual({ claimed: 1 });
  });

  test('never happens without a record: another customer simply holds it', async () => {
    const world = createWorld();
    world.vendor.put(device(2), 'acme');
    world.start();
    world.account.devices.want('acme');
    world.claim('b', [device(2)], { ...UNCLAIM, companyId: 'beta' });
    await running(world, HOUR);
    expect(world.vendor.writes()).toEqual([]);
    expect(world.verdict('b', device(2))).toMatchObject({ state: 'conflicted' });
  });

  test('to a claim of the same customer is no write at all', async () => {
    const world = await claimed(3);
    world.claim('b', [device(2)], UNCLAIM);
    world.claim('a', devices(0, 2), UNCLAIM);
    await world.advance(HOUR);
    expect(world.vendor.writes()).toHaveLength(1);
    expect(world.states('b')).toEqual({ claimed: 1 });
    expect(world.records.values.get(keyOf(device(2)))).toMatchObject({ holder: 'b' });
  });
});

describe('a lost reply to a release', () => {
  test('of which the vendor did it is read back, and never sent again', async () => {
    const world = await claimed(3);
    world.vendor.fault = ({ is }) => (is === 'write' ? { is: 'replyLost' } : undefined);
    world.claim('a', devices(0, 1), UNCLAIM);
    await world.advance(5 * HOUR);
    expect(released(world)).toEqual([2]);
    expect(world.records.values.size).toBe(1);
    expect(world.journal.openEntries()).toHaveLength(0);
    expect(world.account.devices.report('a')).toMatchObject({ releasing: 0, moving: false });
  });

  test('of which the vendor did nothing is sent again only after a read that proves it', async () => {
    const world = await claimed(3);
    world.vendor.fault = (call) =>
      call.is === 'write' && released(world).length === 1 ? { is: 'lostOnTheWay' } : undefined;
    world.claim('a', devices(0, 1), UNCLAIM);
    await world.advance(HOUR);
    expect(released(world)).toEqual([2, 2]);
    const [first, second] = world.vendor.writes().slice(1);
    const proof = world.vendor
      .reads()
      .some(({ atMs }) => atMs >= (first?.atMs ?? 0) + 120_000 && atMs <= (second?.atMs ?? 0));
    expect(proof).toBe(true);
    expect(heldAt(world, 'acme')).toBe(1);
  });

  test('over a kill is read back by the next process', async () => {
    const world = await claimed(3);
    world.vendor.fault = (call) => {
      if (call.is === 'write') world.kill();
      return undefined;
    };
    world.claim('a', devices(0, 1), UNCLAIM);
    await world.advance(LONG_ENOUGH);
    world.vendor.fault = () => undefined;
    world.leads = true;
    world.start();
    world.claim('a', devices(0, 1), UNCLAIM);
    await running(world, HOUR);
    expect(released(world)).toEqual([2]);
    expect(heldAt(world, 'acme')).toBe(1);
    expect(world.records.values.size).toBe(1);
    expect(world.journal.openEntries()).toHaveLength(0);
  });
});
