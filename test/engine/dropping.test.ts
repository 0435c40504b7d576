import { describe, expect, test } from 'vitest';
import { createWorld, device, devices, keyOf, running, type World } from './world.ts';

const HOUR = 3_600_000;
const MINUTE = 60_000;

/** Every device the account keeps anything of. */
function known(world: World): readonly string[] {
  const keys: string[] = [];
  world.account.devices.survey(({ key }) => keys.push(key));
  return keys.sort();
}

function pagesOf(world: World, set: string): number {
  return world.vendor.calls.filter((call) => call.is === 'page' && call.set === set).length;
}

describe('what nothing speaks of any more is dropped', () => {
  test('memory follows what is declared, and not what ever was', async () => {
    const world = createWorld();
    world.start({ mode: 'Observe' });
    world.claim('a', devices(0, 20));
    await running(world, MINUTE);
    for (let edit = 1; edit <= 50; edit += 1) {
      world.claim('a', devices(20 * edit, 20));
      await world.advance(MINUTE);
    }
    expect(known(world)).toEqual(devices(1_000, 20).map(keyOf).sort());
    expect(world.states('a')).toEqual({ pending: 20 });
    expect(world.bugs).toEqual([]);
  });

  test('a device that was released is forgotten, and claimed anew when it comes back', async () => {
    const world = createWorld();
    world.start({ settleMs: 1_000 });
    world.claim('a', devices(0, 3), { releasePolicy: 'Unclaim' });
    await running(world, MINUTE);
    world.claim('a', devices(0, 2), { releasePolicy: 'Unclaim' });
    await world.advance(10 * MINUTE);
    expect(known(world)).toEqual(devices(0, 2).map(keyOf).sort());
    world.claim('a', [...devices(0, 2), device(7), device(2)], { releasePolicy: 'Unclaim' });
    await world.advance(10 * MINUTE);
    expect(world.states('a')).toEqual({ claimed: 4 });
    expect(world.vendor.holdings.has(keyOf(device(2)))).toBe(true);
    expect([...world.records.values.keys()].sort()).toEqual(known(world));
  });

  test('a device that is recorded stays known, though nobody declares it any more', async () => {
    const world = createWorld();
    world.start();
    world.claim('a', devices(0, 3), { releasePolicy: 'Unclaim' });
    await running(world, MINUTE);
    world.account.devices.forget('a');
    await world.advance(3 * HOUR);
    expect(known(world)).toEqual(devices(0, 3).map(keyOf).sort());
    expect(world.records.values.size).toBe(3);
  });

  test('a record that became durable after its device was gone does not stay for ever', async () => {
    const world = createWorld();
    for (const one of devices(0, 10)) world.vendor.put(one, 'acme');
    const gate = Promise.withResolvers<void>();
    const standing = { ...world.records };
    world.records.keep = async (...args) => {
      const kept = await standing.keep(...args);
      if (args[0] === 'device') await gate.promise;
      return kept;
    };
    world.start();
    world.claim('a', devices(0, 10), { releasePolicy: 'Unclaim' });
    await running(world, MINUTE);
    expect(world.records.values.size).toBe(10);
    world.vendor.holdings.delete(keyOf(device(9)));
    world.claim('a', devices(0, 9), { releasePolicy: 'Unclaim' });
    world.account.devices.lookAgain('acme');
    await world.advance(MINUTE);
    gate.resolve();
    await world.advance(10 * MINUTE);
    expect([...world.records.values.keys()].sort()).toEqual(devices(0, 9).map(keyOf).sort());
    expect(known(world)).toHaveLength(9);
  });
});

describe('a set', () => {
  test('that no resource wants any more is not read again, and what it showed is forgotten', async () => {
    const world = createWorld();
    for (const one of devices(0, 5)) world.vendor.put(one, 'acme');
    world.vendor.put(device(9), 'beta');
    world.start();
    world.account.devices.want('acme', 'Customer/fleet/acme');
    world.account.devices.want('beta', 'Customer/fleet/beta');
    await running(world, MINUTE);
    expect(known(world)).toHaveLength(6);
    world.account.devices.unwant('Customer/fleet/acme');
    await world.advance(2 * HOUR);
    const [acme, beta] = [pagesOf(world, 'acme'), pagesOf(world, 'beta')];
    await world.advance(10 * HOUR);
    expect(pagesOf(world, 'acme')).toBe(acme);
    expect(pagesOf(world, 'beta')).toBeGreaterThan(beta);
    expect(known(world)).toEqual([keyOf(device(9))]);
    expect(world.account.devices.sets().map(({ name }) => name)).toEqual(['beta']);
  });

  test('is read as long as it shows a device that somebody declares elsewhere', async () => {
    const world = createWorld();
    world.vendor.put(device(0), 'acme');
    world.start();
    world.account.devices.want('acme', 'Customer/fleet/acme');
    world.claim('b', [device(0)], { companyId: 'beta' });
    await running(world, MINUTE);
    world.account.devices.unwant('Customer/fleet/acme');
    await world.advance(5 * HOUR);
    expect(world.states('b')).toEqual({ conflicted: 1 });
    world.vendor.holdings.delete(keyOf(device(0)));
    await world.advance(3 * HOUR);
    expect(world.states('b')).toEqual({ claimed: 1 });
  });

  test('that is wanted again is read at once', async () => {
    const world = createWorld();
    world.vendor.put(device(0), 'acme');
    world.start();
    world.account.devices.want('acme', 'Customer/fleet/acme');
    await running(world, MINUTE);
    world.account.devices.unwant('Customer/fleet/acme');
    await world.advance(3 * HOUR);
    expect(known(world)).toEqual([]);
    world.account.devices.want('acme', 'Customer/fleet/acme');
    await world.advance(MINUTE);
    expect(known(world)).toEqual([keyOf(device(0))]);
  });
});

test('a device that was known as two is forgotten as one, and its names are free for others', async () => {
  const world = createWorld();
  const [one, two] = [device(0), device(1)];
  const whole = { ...one, imei2: two.imei ?? '' };
  world.vendor.put(whole, 'acme');
  world.start();
  world.claim('a', [one], { releasePolicy: 'Keep' });
  world.claim('b', [two], { releasePolicy: 'Keep' });
  await running(world, MINUTE);
  world.vendor.holdings.clear();
  world.claim('a', [device(5)]);
  world.claim('b', [device(6)]);
  await world.advance(3 * HOUR);
  expect(known(world)).toEqual([device(5), device(6)].map(keyOf).sort());
  world.claim('a', [device(5), one]);
  world.claim('b', [device(6), two]);
  await world.advance(HOUR);
  // Apart at the vendor, too: they were never the same to begin with.
  expect(world.states('a')).toEqual({ claimed: 2 });
  expect(world.states('b')).toEqual({ claimed: 2 });
  expect(world.bugs).toEqual([]);
});

test('a claim that declares at another account now wants nothing here, and is told from one that lets go', async () => {
  const world = createWorld();
  world.start();
  world.claim('a', devices(0, 3), { releasePolicy: 'Unclaim', onVendorRelease: 'Reclaim' });
  await running(world, 60_000);
  expect(world.states('a')).toEqual({ claimed: 3 });
  const before = world.vendor.writes().length;
  world.vendor.holdings.delete(keyOf(device(0)));
  world.account.devices.dismiss('a');
  await world.advance(4 * 3_600_000);
  expect(world.vendor.writes()).toHaveLength(before);
  expect(world.account.devices.report('a')).toMatchObject({ releasing: 0, moving: false });
});
