import { expect, test } from 'vitest';
import type { AccountSettings } from '../../src/engine/account.ts';
import { createWorld, devices, running, SETTINGS } from './world.ts';

const { budgets } = SETTINGS.guard;
const IRREVERSIBLE: AccountSettings = {
  ...SETTINGS,
  guard: {
    ...SETTINGS.guard,
    budgets: { ...budgets, irreversible: { maxItems: 5, maxPercent: 0, floor: 5 } },
  },
};

test.each([
  { what: 'can never be undone', vendor: { effect: 'irreversible' } as const },
  { what: 'is never repeated', vendor: { repeat: 'never' } as const },
])('what $what is sent only when the lease, read live, is ours', async ({ vendor }) => {
  const world = createWorld(vendor);
  world.confirms = false;
  world.start(IRREVERSIBLE);
  world.claim('a', devices(0, 2));
  await running(world, 200_000);
  expect(world.vendor.writes()).toEqual([]);
  world.confirms = true;
  await world.advance(10_000);
  expect(world.vendor.writes()).toHaveLength(1);
});

test('what can never be undone settles, and spends a budget of its own', async () => {
  const world = createWorld({ effect: 'irreversible' });
  world.start();
  world.claim('a', devices(0, 2));
  await running(world, 200_000);
  expect(world.vendor.writes()).toEqual([]);
  expect(world.account.summary().guard.irreversible).toMatchObject({ allowed: 0, requested: 2, spent: 0 });
  expect(world.account.devices.report('a').held).toBe('GuardBlocked');
  world.account.configure(IRREVERSIBLE);
  await world.advance(10_000);
  expect(world.vendor.writes()).toHaveLength(1);
  expect(world.account.summary().guard.irreversible).toMatchObject({ spent: 2 });
  expect(world.account.summary().guard.destructive).toMatchObject({ spent: 0 });
});
