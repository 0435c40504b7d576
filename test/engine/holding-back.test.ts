import { describe, expect, test } from 'vitest';
import type { AccountSettings } from '../../src/engine/account.ts';
import type { Failure } from '../../src/ports/failure.ts';
import { createWorld, device, devices, running, type World } from './world.ts';

const HOUR = 3_600_000;
const ENFORCE: AccountSettings = {
  mode: 'Enforce',
  suspended: false,
  resyncIntervalMs: HOUR,
  concurrentRequests: 4,
};

describe.each([
  { settings: { mode: 'Observe' }, held: 'ModeObserve' },
  { settings: { mode: 'Plan' }, held: 'ModePlan' },
  { settings: { suspended: true }, held: 'AccountSuspended' },
] as const)('an account held back by $held', ({ settings, held }) => {
  test('reads and reports, and sends nothing', async () => {
    const world = createWorld();
    world.start(settings);
    world.claim('a', devices(0, 3));
    await running(world, 3 * HOUR);
    expect(world.vendor.reads().length).toBeGreaterThan(0);
    expect(world.vendor.writes()).toHaveLength(0);
    expect(world.account.devices.report('a')).toMatchObject({ held, moving: false });
    expect(world.account.summary().waitingActions).toBe(3);
  });

  test('goes on as soon as it may', async () => {
    const world = createWorld();
    world.start(settings);
    world.claim('a', devices(0, 3));
    await running(world, HOUR);
    world.account.configure(ENFORCE);
    await world.advance(30_000);
    expect(world.states('a')).toEqual({ claimed: 3 });
  });

  test('follows what was sent to its end', async () => {
    const world = createWorld({ pollsUntilDone: 20 });
    world.start();
    world.claim('a', devices(0, 3));
    await running(world, 3_000);
    world.account.configure({ ...ENFORCE, ...settings });
    world.claim('b', devices(3, 3));
    await world.advance(HOUR);
    expect(world.states('a')).toEqual({ claimed: 3 });
    expect(world.states('b')).toEqual({ pending: 3 });
    expect(world.journal.openEntries()).toHaveLength(0);
    expect(world.vendor.writes()).toHaveLength(1);
  });

  test('from the moment an intent is being written: it is abandoned, and comes again afterwards', async () => {
    const world = createWorld();
    world.start();
    world.claim('a', devices(0, 3));
    world.journal.onIntended = () => world.account.configure({ ...ENFORCE, ...settings });
    await running(world, HOUR);
    expect(world.vendor.writes()).toHaveLength(0);
    expect([...world.journal.entries.values()].map(({ facts }) => facts.state)).toEqual(['Abandoned']);
    world.journal.onIntended = () => {};
    world.account.configure(ENFORCE);
    await world.advance(30_000);
    expect(world.states('a')).toEqual({ claimed: 3 });
  });
});

test('a suspended claim holds back its own devices only, and not for ever', async () => {
  const world = createWorld();
  world.start();
  world.claim('a', devices(0, 3));
  world.claim('b', devices(3, 3));
  world.account.devices.suspend('a');
  await running(world, HOUR);
  expect(world.states('a')).toEqual({ pending: 3 });
  expect(world.account.devices.report('a').held).toBe('ResourceSuspended');
  expect(world.states('b')).toEqual({ claimed: 3 });
  world.claim('a', devices(0, 3));
  await world.advance(30_000);
  expect(world.states('a')).toEqual({ claimed: 3 });
});

test('a process that does not lead writes nothing, makes no intents, and goes on when it leads again', async () => {
  const world = createWorld();
  world.start();
  world.leads = false;
  world.claim('a', devices(0, 3));
  await running(world, HOUR);
  expect(world.vendor.writes()).toHaveLength(0);
  expect(world.journal.entries.size).toBe(0);
  expect(world.turns).toBeLessThan(5_000);
  world.leads = true;
  await world.advance(10_000);
  expect(world.states('a')).toEqual({ claimed: 3 });
});

const UNAUTHORIZED: Failure = { kind: 'unauthorized', code: 'HTTP_401', message: 'the login was refused' };

function refuseAll(world: World, failure: Failure | undefined): void {
  world.vendor.fault = () => (failure === undefined ? undefined : { is: 'fails', failure });
}

describe('refused credentials', () => {
  test('hold all vendor work of the account without a storm', async () => {
    const world = createWorld();
    world.start();
    for (let customer = 0; customer < 50; customer += 1) {
      world.claim(`claim-${customer}`, [device(customer)], { companyId: `company-${customer}` });
    }
    refuseAll(world, UNAUTHORIZED);
    await running(world, HOUR);
    expect(world.account.summary().trouble).toEqual(UNAUTHORIZED);
    expect(world.vendor.calls.length).toBeLessThan(16);
    expect(world.turns).toBeLessThan(400);
  });

  test('that strike in the middle of the work leave intents as they are and make no new ones', async () => {
    const world = createWorld({ maxItems: 10 });
    world.start();
    world.claim('a', devices(0, 100));
    world.vendor.fault = ({ is }) => (is === 'write' ? { is: 'fails', failure: UNAUTHORIZED } : undefined);
    await running(world, 5 * HOUR);
    expect(world.journal.entries.size).toBeLessThanOrEqual(4);
    expect(world.vendor.writes().length).toBeLessThan(40);
  });

  test('heal at once with a new adapter', async () => {
    const world = createWorld();
    world.start();
    world.claim('a', devices(0, 3));
    refuseAll(world, UNAUTHORIZED);
    await running(world, 24 * HOUR);
    refuseAll(world, undefined);
    world.account.connect(world.vendor.adapter(() => world.clock.monotonic()));
    await world.advance(10_000);
    expect(world.account.summary().trouble).toBeUndefined();
    expect(world.states('a')).toEqual({ claimed: 3 });
  });

  test('heal by themselves when the vendor accepts them again', async () => {
    const world = createWorld();
    world.start();
    world.claim('a', devices(0, 3));
    refuseAll(world, UNAUTHORIZED);
    await running(world, HOUR);
    refuseAll(world, undefined);
    await world.advance(HOUR);
    expect(world.account.summary().trouble).toBeUndefined();
    expect(world.states('a')).toEqual({ claimed: 3 });
  });
});

describe('a vendor that asks to slow down', () => {
  test.each([
    { retryAfterMs: 600_000, most: 8, why: 'is left alone for as long as it asks' },
    { retryAfterMs: 0, most: 3_700 * 2, why: 'is not hammered even if it names no time worth the name' },
  ])('$why', async ({ retryAfterMs, most }) => {
    const world = createWorld();
    world.start();
    world.claim('a', devices(0, 3));
    refuseAll(world, { kind: 'throttled', code: 'HTTP_429', message: 'slow down', retryAfterMs });
    await running(world, HOUR);
    expect(world.vendor.calls.length).toBeLessThanOrEqual(most);
    const times = world.vendor.calls.map(({ atMs }) => atMs);
    const gaps = times.slice(1).map((atMs, index) => atMs - (times[index] ?? 0));
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(Math.max(retryAfterMs, 500));
    refuseAll(world, undefined);
    await world.advance(HOUR);
    expect(world.states('a')).toEqual({ claimed: 3 });
  });
});

test('own work goes on while the vendor is out of bounds', async () => {
  const world = createWorld();
  world.start();
  world.claim('a', devices(0, 3));
  await running(world, 3_000);
  world.journal.failing = { kind: 'transient', code: 'HTTP_503', message: 'away' };
  await world.advance(10_000);
  world.vendor.quotaAvailableAtMs = Number.MAX_SAFE_INTEGER;
  world.journal.failing = undefined;
  await world.advance(20_000);
  expect(world.journal.openEntries()).toHaveLength(0);
  expect(world.states('a')).toEqual({ claimed: 3 });
});

test('without a way to the vendor nothing is lost and nothing spins', async () => {
  const world = createWorld();
  world.start();
  world.claim('a', devices(0, 3));
  await running(world, 1_000);
  world.account.disconnect();
  const turns = world.turns;
  await world.advance(HOUR);
  expect(world.turns - turns).toBeLessThan(100);
  world.account.connect(world.vendor.adapter(() => world.clock.monotonic()));
  await world.advance(200_000);
  expect(world.states('a')).toEqual({ claimed: 3 });
});

test('what a listener declares while it is being told is not overlooked', async () => {
  const world = createWorld();
  world.start();
  world.claim('a', devices(0, 3));
  await running(world, 60_000);
  const { push } = world.told;
  let declared = false;
  world.told.push = (...holders) => {
    // The last news there is: nothing else will wake the loop soon.
    if (!declared && world.states('a').claimed === 4) {
      declared = true;
      world.claim('b', devices(10, 3));
    }
    return push.apply(world.told, holders);
  };
  world.claim('a', devices(0, 4));
  await world.advance(15_000);
  expect(declared).toBe(true);
  expect(world.states('b')).toEqual({ claimed: 3 });
});

test('a way to the vendor that a listener opens while it is being told is used at once', async () => {
  const world = createWorld();
  world.start();
  world.claim('a', devices(0, 3));
  await running(world, 60_000);
  const push = world.told.push.bind(world.told);
  world.told.push = (...holders) => {
    if (!world.account.summary().connected) {
      world.account.connect(world.vendor.adapter(() => world.clock.monotonic()));
      world.account.devices.want('beta');
    }
    return push(...holders);
  };
  world.account.disconnect();
  await world.advance(5_000);
  expect(world.vendor.reads().some((call) => call.is === 'page' && call.set === 'beta')).toBe(true);
});

test('a fault of our own is told, and the loop goes on with the rest', async () => {
  const world = createWorld();
  const keep = world.records.keep.bind(world.records);
  let faults = 0;
  world.records.keep = async (...args) => {
    faults += 1;
    if (faults === 1) throw new Error('a fault of our own');
    return await keep(...args);
  };
  world.start();
  world.claim('a', devices(0, 3));
  await running(world, 60_000);
  expect(world.bugs).toHaveLength(1);
  expect(world.states('a')).toEqual({ claimed: 3 });
  expect(world.journal.openEntries()).toHaveLength(0);
});
