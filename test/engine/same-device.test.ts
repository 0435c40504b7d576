import { describe, expect, test } from 'vitest';
import type { DeviceIdentity } from '../../src/domain/device/identity.ts';
import { createWorld, device, keyOf, running, type World } from './world.ts';

const UNCLAIM = { releasePolicy: 'Unclaim' } as const;
const RESYNC_MS = 3_700_000;

const BY_IMEI = device(0);
const BY_SERIAL: DeviceIdentity = { serialNumber: 'ZX1G22', manufacturer: 'Google', model: 'Pixel 8' };
const WHOLE: DeviceIdentity = { ...BY_IMEI, ...BY_SERIAL };

/** A phone with two IMEIs, as the vendor lists it, and as two people name it. */
const OTHER_SIM = device(1);
const DUAL: DeviceIdentity = { ...BY_IMEI, imei2: OTHER_SIM.imei as string };

async function after(world: World, ms: number): Promise<World> {
  await running(world, ms);
  return world;
}

describe('entries that share an identifier are one device:', () => {
  test.each([
    { why: 'a serial number is added to the IMEI', before: BY_IMEI, now: WHOLE },
    { why: 'the IMEI is added to a serial number', before: BY_SERIAL, now: WHOLE },
    { why: 'a serial number is taken off again', before: WHOLE, now: BY_IMEI },
    { why: 'the IMEI is taken off again', before: WHOLE, now: BY_SERIAL },
  ])('when $why, nothing is released and nothing is claimed', async ({ before, now }) => {
    const world = createWorld();
    world.start();
    world.claim('a', [before], UNCLAIM);
    await running(world, 30_000);
    expect(world.states('a')).toEqual({ claimed: 1 });
    world.claim('a', [now], UNCLAIM);
    await world.advance(2 * RESYNC_MS);
    expect(world.vendor.writes()).toHaveLength(1);
    expect(world.states('a')).toEqual({ claimed: 1 });
    expect(world.account.devices.report('a').releasing).toBe(0);
  });

  test('its record keeps its name over a restart, and goes when it is released', async () => {
    const world = createWorld();
    world.start();
    world.claim('a', [BY_SERIAL], UNCLAIM);
    await running(world, 30_000);
    world.kill();
    world.leads = true;
    world.start();
    world.claim('a', [WHOLE], UNCLAIM);
    await running(world, 30_000);
    expect([...world.records.values.keys()]).toEqual([keyOf(BY_SERIAL)]);
    world.claim('a', [], UNCLAIM);
    await world.advance(180_000);
    expect(world.vendor.writes().map(({ verb }) => verb)).toEqual(['claim', 'unclaim']);
    expect(world.records.values.size).toBe(0);
  });

  test('two claims that name it by different identifiers conflict, and the older one holds it', async () => {
    const world = createWorld();
    world.start();
    world.claim('older', [WHOLE], { createdAtMs: 1 });
    world.claim('younger', [BY_SERIAL], { createdAtMs: 2 });
    await after(world, 30_000);
    expect(world.states('older')).toEqual({ claimed: 1 });
    expect(world.verdict('younger', BY_SERIAL) ?? firstOf(world, 'younger')).toMatchObject({
      state: 'conflicted',
      code: 'DECLARED_ELSEWHERE',
    });
    expect(world.vendor.writes()).toHaveLength(1);
  });
});

describe('a phone with two SIMs, which the vendor lists with both IMEIs,', () => {
  test('is known by either of them', async () => {
    const world = createWorld();
    world.vendor.put(DUAL, 'acme');
    world.start();
    world.claim('a', [OTHER_SIM]);
    await running(world, 30_000);
    expect(world.states('a')).toEqual({ claimed: 1 });
    expect(world.vendor.writes()).toEqual([]);
  });

  test('belongs to one of two claims that name one IMEI each', async () => {
    const world = createWorld();
    world.vendor.put(DUAL, 'acme');
    world.start();
    world.claim('older', [BY_IMEI], { createdAtMs: 1, ...UNCLAIM });
    world.claim('younger', [OTHER_SIM], { createdAtMs: 2, ...UNCLAIM });
    await running(world, 30_000);
    expect(world.states('older')).toEqual({ claimed: 1 });
    expect(firstOf(world, 'younger')).toMatchObject({ state: 'conflicted', code: 'DECLARED_ELSEWHERE' });
    // The conflict never causes a release: when one claim lets go of it, the other takes over.
    world.claim('older', [], UNCLAIM);
    await world.advance(300_000);
    expect(world.states('younger')).toEqual({ claimed: 1 });
    expect(world.vendor.writes()).toEqual([]);
    expect(world.records.values.size).toBe(1);
  });

  test('is not released because one of its IMEIs is taken out of the list, and once when both are', async () => {
    const world = createWorld();
    world.vendor.put(DUAL, 'acme');
    world.start();
    world.claim('a', [BY_IMEI, OTHER_SIM], UNCLAIM);
    await running(world, 30_000);
    expect(world.states('a')).toEqual({ claimed: 2 });
    world.claim('a', [OTHER_SIM], UNCLAIM);
    await world.advance(300_000);
    expect(world.vendor.writes()).toEqual([]);
    expect(world.states('a')).toEqual({ claimed: 1 });
    world.claim('a', [], UNCLAIM);
    await world.advance(300_000);
    expect(world.vendor.writes()).toMatchObject([{ verb: 'unclaim', keys: [expect.any(String)] }]);
    expect(world.records.values.size).toBe(0);
  });

  test('is one device, too, when its second IMEI shows only later', async () => {
    const world = createWorld();
    world.vendor.put(BY_IMEI, 'acme');
    world.vendor.put(OTHER_SIM, 'acme');
    world.start();
    world.claim('older', [BY_IMEI], { createdAtMs: 1, ...UNCLAIM });
    world.claim('younger', [OTHER_SIM], { createdAtMs: 2, ...UNCLAIM });
    await running(world, 30_000);
    expect(world.records.values.size).toBe(2);
    world.vendor.holdings.delete(keyOf(OTHER_SIM));
    world.vendor.put(DUAL, 'acme');
    world.account.devices.lookAgain('acme');
    await world.advance(30_000);
    // Half of the list is gone: it is read once more before that is believed.
    await world.advance(300_000);
    expect(world.states('older')).toEqual({ claimed: 1 });
    expect(firstOf(world, 'younger')).toMatchObject({ state: 'conflicted', code: 'DECLARED_ELSEWHERE' });
    expect(world.records.values.size).toBe(1);
    expect(world.vendor.writes()).toEqual([]);
  });
});

test('devices that only share a serial number are not taken for one', async () => {
  const world = createWorld();
  const twin = (number: number): DeviceIdentity => ({ ...device(number), serialNumber: 'S-1' });
  world.vendor.put(twin(0), 'acme');
  world.vendor.put(twin(1), 'acme');
  world.start();
  world.claim('a', [device(0)], { createdAtMs: 1, ...UNCLAIM });
  world.claim('b', [device(1)], { createdAtMs: 2, ...UNCLAIM });
  await running(world, 30_000);
  expect([world.states('a'), world.states('b')]).toEqual([{ claimed: 1 }, { claimed: 1 }]);
  world.claim('b', [], UNCLAIM);
  await world.advance(300_000);
  expect(world.vendor.writes()).toMatchObject([{ verb: 'unclaim', keys: [keyOf(device(1))] }]);
});

function firstOf(world: World, holder: string): unknown {
  const [only] = world.account.devices.report(holder).verdicts;
  return only?.verdict;
}
