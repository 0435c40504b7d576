import { expect, test } from 'vitest';
import { DEVICE_CLAIMS, VENDOR_ACCOUNTS } from '../../src/controllers/resources.ts';
import { startControlledFleet } from '../cli/support/controlled-fleet.ts';
import { eventually } from '../cli/support/controller-process.ts';
import { type Fleet, unwrap } from '../cli/support/fleet.ts';
import { bePatient } from '../support/patience.ts';

bePatient();

const { signal } = new AbortController();
const ACCOUNT = { namespace: 'fleet', name: 'google' };
const ORDERS = { namespace: 'fleet', name: 'orders' };

async function account(fleet: Fleet) {
  return unwrap(await fleet.client.get(VENDOR_ACCOUNTS, ACCOUNT, signal));
}

test('a budget that was spent stays spent for a controller whose clock is hours ahead', async () => {
  await using fleet = await startControlledFleet();
  const destructive = { maxItems: 10, maxPercent: 100, floor: 10 };
  const guard = { window: '1h', settle: '1s', destructive };
  unwrap(await fleet.client.mergePatch(VENDOR_ACCOUNTS, ACCOUNT, { spec: { guard } }, signal));
  const one = fleet.start('one', { longestRequestMs: 0, wallAheadMs: 0 });
  await fleet.claim('orders', 3);
  const policy = { spec: { releasePolicy: 'Unclaim' } };
  unwrap(await fleet.client.mergePatch(DEVICE_CLAIMS, ORDERS, policy, signal));
  await eventually('the claim', async () => ((await fleet.claimed('orders')) === 3 ? true : undefined));
  const { spec } = unwrap(await fleet.client.get(DEVICE_CLAIMS, ORDERS, signal));
  const devices = spec.devices?.slice(0, 1);
  unwrap(await fleet.client.mergePatch(DEVICE_CLAIMS, ORDERS, { spec: { devices } }, signal));
  await eventually('two releases', async () => {
    const { status } = await account(fleet);
    return status?.guard?.spent === 2 ? true : undefined;
  });
  one.signal('SIGTERM');
  expect(await one.ended).toBe(0);

  // A window that only the second one has counted by.
  const wider = { spec: { guard: { window: '2h' } } };
  unwrap(await fleet.client.mergePatch(VENDOR_ACCOUNTS, ACCOUNT, wider, signal));
  fleet.start('two', { longestRequestMs: 0, wallAheadMs: 5 * 3_600_000 });
  await eventually('the second one’s own count', async () => {
    const { guard: counted } = (await account(fleet)).status ?? {};
    return counted?.window === '2h' && counted.spent === 2 ? true : undefined;
  });
});
