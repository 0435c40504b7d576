import { describe, expect, test } from 'vitest';
import type { DeviceIdentity } from '../../src/domain/device/identity.ts';
import { createWorld, device, keyOf, type World } from './world.ts';

/** A phone with two SIMs: both IMEIs have one type allocation code, and the vendor lists the first alone. */
const [FIRST, SECOND] = [device(20), device(21)];

/** A vendor that takes the second IMEI and lists the first; it can only be read by lists. */
function dualSim(): World {
  const world = createWorld({ canReadItems: false, visibilityMs: 120_000, awaitsCustomer: true });
  world.vendor.refuse = () => undefined;
  world.vendor.bend = (page) => ({ ...page, rows: page.rows.map(asListed) });
  return world;
}

function asListed<Row extends { readonly identity: DeviceIdentity }>(row: Row): Row {
  return row.identity.imei === SECOND.imei ? { ...row, identity: { imei: FIRST.imei as string } } : row;
}

async function claiming(world: World, identities: readonly DeviceIdentity[], ms: number): Promise<void> {
  world.start();
  world.claim('a', identities, { releasePolicy: 'Unclaim' });
  world.account.listsAreComplete();
  await world.advance(ms);
}

describe('a phone that is listed by the IMEI that was not declared', () => {
  test('is recognised in the row that appeared, and recorded with it', async () => {
    const world = dualSim();
    await claiming(world, [SECOND], 30_000);
    expect(world.states('a')).toEqual({ awaitingCustomer: 1 });
    expect([...world.records.values.values()]).toMatchObject([{ listedAs: keyOf(FIRST), how: 'Claimed' }]);
    world.vendor.approve();
    await world.advance(60_000);
    expect(world.states('a')).toEqual({ claimed: 1 });
    await world.advance(24 * 3_600_000);
    expect(world.states('a')).toEqual({ claimed: 1 });
    expect(world.vendor.writes()).toHaveLength(1);
  });

  test('is recognised also where the row appears before the vendor says that it is done', async () => {
    const world = createWorld({ canReadItems: false, pollsUntilDone: 6 });
    world.vendor.bend = (page) => ({ ...page, rows: page.rows.map(asListed) });
    world.start({ resyncIntervalMs: 1_000 });
    world.claim('a', [SECOND]);
    world.account.listsAreComplete();
    await world.advance(120_000);
    expect(world.states('a')).toEqual({ claimed: 1 });
    expect([...world.records.values.values()]).toMatchObject([{ listedAs: keyOf(FIRST) }]);
  });

  test('is still recognised by the next process, from the record', async () => {
    const world = dualSim();
    await claiming(world, [SECOND], 30_000);
    world.vendor.approve();
    world.kill();
    world.leads = true;
    await claiming(world, [SECOND], 600_000);
    expect(world.states('a')).toEqual({ claimed: 1 });
    expect(world.vendor.writes()).toHaveLength(1);
  });

  test('that the customer lets go of is missed', async () => {
    const world = dualSim();
    await claiming(world, [SECOND], 600_000);
    world.vendor.holdings.clear();
    await world.advance(2 * 3_600_000);
    expect(world.verdict('a', SECOND)).toMatchObject({ state: 'conflicted', code: 'RELEASED_BY_CUSTOMER' });
  });

  test('is released by the IMEI that was declared', async () => {
    const world = dualSim();
    await claiming(world, [SECOND], 60_000);
    world.claim('a', [], { releasePolicy: 'Unclaim' });
    await world.advance(300_000);
    expect(world.vendor.writes().at(-1)).toMatchObject({ verb: 'unclaim', keys: [keyOf(SECOND)] });
    expect(world.records.values.size).toBe(0);
  });
});

test('nothing is guessed where two rows appeared that it could be', async () => {
  const world = dualSim();
  world.start();
  world.claim('a', [SECOND]);
  world.account.listsAreComplete();
  await world.advance(1_000);
  world.vendor.put(device(40), 'acme');
  await world.advance(20_000);
  // Both rows are of the same type as the phone that is missing.
  expect([...world.records.values.values()]).not.toMatchObject([{ listedAs: expect.anything() }]);
});

test('what was listed before the claim is never taken for the phone that is missing', async () => {
  const world = dualSim();
  world.vendor.put(device(40), 'acme');
  world.vendor.bend = (page) => ({
    ...page,
    total: 1,
    rows: page.rows.filter(({ identity }) => identity.imei === device(40).imei),
  });
  await claiming(world, [SECOND], 60_000);
  expect([...world.records.values.values()]).not.toMatchObject([{ listedAs: expect.anything() }]);
  expect(world.states('a')).toEqual({ awaitingCustomer: 1 });
});
