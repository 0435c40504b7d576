import { expect, test } from 'vitest';
import { createCensusTaker } from '../../src/controllers/census.ts';
import { createWorld, device, devices } from '../engine/world.ts';

const COMPANY = { companyName: 'Acme', termsStatus: 'Accepted' } as const;

/** An account whose vendor shows companies acme and globex, with devices that are declared, free and foreign. */
async function account() {
  const world = createWorld();
  world.vendor.companies.push(
    { ...COMPANY, companyId: 'acme' },
    { ...COMPANY, companyId: 'globex', companyName: 'Globex' },
  );
  for (const one of devices(0, 3)) world.vendor.put(one, 'acme');
  world.vendor.put(device(9), 'globex');
  world.start({ mode: 'Observe' });
  world.account.companies.want('');
  world.account.devices.want('globex');
  world.claim('a', [device(0), device(1), device(5)]);
  world.account.listsAreComplete();
  await world.advance(10_000);
  return world;
}

test('counts what is declared, what of it was seen at its company, and what no claim names', async () => {
  const { account: counted, clock } = await account();
  const census = createCensusTaker(clock)(counted);
  expect(census).toMatchObject({ companies: 2, devices: 4, unmanaged: 2 });
  expect(Object.fromEntries(census.byCompany)).toEqual({
    acme: { declared: 3, claimed: 2, unmanaged: 1 },
    globex: { declared: 0, claimed: 0, unmanaged: 1 },
  });
});

test('many who ask within a second share one count, and who asks later gets a new one', async () => {
  const world = await account();
  const census = createCensusTaker(world.clock);
  const first = census(world.account);
  world.claim('b', [device(2)]);
  expect(census(world.account)).toBe(first);
  await world.clock.advance(1_000);
  expect(census(world.account)).toMatchObject({ unmanaged: 1 });
});
