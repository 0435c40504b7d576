import { expect, test } from 'vitest';
import type { Failure } from '../../src/ports/failure.ts';
import { createWorld, device, devices, running, SETTINGS, type World } from './world.ts';

const HOUR = 3_600_000;
const APPROVE = { ...SETTINGS, firstContact: 'Approve' } as const;
const AWAY: Failure = { kind: 'transient', code: 'HTTP_503', message: 'away' };

/** A vendor that already has the first of the declared devices at the declared customer. */
function metFleet(): World {
  const world = createWorld();
  world.vendor.put(device(0), 'acme');
  return world;
}

test('an account whose vendor holds nothing declared acts at once', async () => {
  const world = createWorld();
  world.vendor.put(device(50), 'acme');
  world.start(APPROVE);
  world.claim('a', devices(0, 3));
  await running(world, 20_000);
  expect(world.states('a')).toEqual({ claimed: 3 });
  expect(world.account.summary().contact).toBe('open');
});

test('looking first delays no write beyond the time a batch waits for company', async () => {
  const first = async (firstContact: 'Approve' | 'Trust'): Promise<number | undefined> => {
    const world = createWorld();
    world.start({ ...SETTINGS, firstContact });
    world.claim('a', devices(0, 3));
    await running(world, 60_000);
    return world.vendor.writes()[0]?.atMs;
  };
  const [looked, trusted] = [await first('Approve'), await first('Trust')];
  expect(looked).toBeLessThanOrEqual((trusted ?? 0) + 1_000);
});

test('an account that meets a fleet it has no record of writes nothing, and says so', async () => {
  const world = metFleet();
  world.start(APPROVE);
  world.claim('a', devices(0, 3));
  await running(world, 3 * HOUR);
  expect(world.vendor.writes()).toEqual([]);
  expect(world.account.devices.report('a')).toMatchObject({ held: 'FirstContact', moving: false });
  expect(world.account.summary().contact).toBe('awaiting');
  expect(world.states('a')).toEqual({ claimed: 1, pending: 2 });
});

test('it goes on once a person trusts it, and stays trusted', async () => {
  const world = metFleet();
  world.start(APPROVE);
  world.claim('a', devices(0, 3));
  await running(world, HOUR);
  world.account.configure(SETTINGS);
  await world.advance(20_000);
  expect(world.states('a')).toEqual({ claimed: 3 });
  world.account.configure(APPROVE);
  world.claim('a', devices(0, 5));
  await world.advance(20_000);
  expect(world.states('a')).toEqual({ claimed: 5 });
});

test.each([
  ['while it looked', 1],
  ['while it waited', 3 * HOUR],
])('a process that dies %s leaves the question to the next one', async (_when, ms) => {
  const world = metFleet();
  world.start(APPROVE);
  world.claim('a', devices(0, 3));
  await running(world, ms);
  world.kill();
  world.leads = true;
  world.start(APPROVE);
  world.claim('a', devices(0, 3));
  await running(world, HOUR);
  expect(world.vendor.writes()).toEqual([]);
  expect(world.account.summary().contact).toBe('awaiting');
});

test('an account with records knows its vendor', async () => {
  const world = createWorld();
  world.start();
  world.claim('a', devices(0, 3));
  await running(world, 20_000);
  await world.stop();
  world.start(APPROVE);
  world.claim('a', devices(0, 6));
  await running(world, 20_000);
  expect(world.states('a')).toEqual({ claimed: 6 });
});

test('a claim that cannot say yet what it wants is waited for, but not for ever', async () => {
  const world = createWorld();
  world.start(APPROVE);
  world.account.devices.suspend('b');
  world.claim('a', devices(0, 3));
  await running(world, 60_000);
  expect(world.vendor.writes()).toEqual([]);
  expect(world.account.devices.report('a')).toMatchObject({ moving: true });
  await world.advance(120_000);
  expect(world.states('a')).toEqual({ claimed: 3 });
});

test('a claim that turns out to belong to another account is not waited for', async () => {
  const world = createWorld();
  world.start(APPROVE);
  world.account.devices.suspend('b');
  world.claim('a', devices(0, 3));
  await running(world, 10_000);
  world.account.devices.dismiss('b');
  await world.advance(10_000);
  expect(world.states('a')).toEqual({ claimed: 3 });
});

test('the fleet of a claim that speaks last is met, too', async () => {
  const world = metFleet();
  world.start(APPROVE);
  world.account.devices.suspend('b');
  world.claim('a', devices(10, 3));
  await running(world, 30_000);
  world.claim('b', [device(0)]);
  await world.advance(HOUR);
  expect(world.vendor.writes()).toEqual([]);
  expect(world.account.summary().contact).toBe('awaiting');
});

test('a customer whose list is refused does not hold up the first look at the others', async () => {
  const world = createWorld({ canReadItems: false });
  const refused: Failure = { kind: 'rejected', code: 'HTTP_403', message: 'not yours' };
  world.vendor.fault = (call) =>
    call.is === 'page' && call.set === 'beta' ? { is: 'fails', failure: refused } : undefined;
  world.start(APPROVE);
  world.claim('a', devices(0, 3));
  world.claim('b', devices(10, 3), { companyId: 'beta' });
  await running(world, 60_000);
  expect(world.states('a')).toEqual({ claimed: 3 });
});

test('nothing is looked at before it is recorded that this is the first look', async () => {
  const world = metFleet();
  world.records.failing = AWAY;
  world.start(APPROVE);
  world.claim('a', devices(0, 3));
  await running(world, 60_000);
  expect(world.vendor.calls).toEqual([]);
  world.records.failing = undefined;
  await world.advance(HOUR);
  expect(world.vendor.writes()).toEqual([]);
});

test('a customer may be made before the first look is done: its claims cannot speak without it', async () => {
  const world = createWorld();
  world.start(APPROVE);
  await running(world, 60_000);
  expect(world.account.summary().contact).toBe('looking');
  world.claim('a', devices(0, 2));
  await world.advance(20_000);
  expect(world.states('a')).toEqual({ claimed: 2 });
});
