import { expect, test } from 'vitest';
import {
  DEVICE_VENDORS,
  findAccount,
  LINE_VENDORS,
  NETFLIX_VENDORS,
} from '../../src/controllers/account-lookup.ts';
import { createFleet } from '../../src/controllers/fleet.ts';
import type { ServedVendorAccount } from '../../src/controllers/resources.ts';
import type { Store } from '../../src/kube/store.ts';

const CUSTOMER = { metadata: { namespace: 'fleet', name: 'acme', uid: 'u', resourceVersion: '1' } };

function accountsWith(vendor: string): Store<ServedVendorAccount> {
  const account = { metadata: { namespace: 'fleet', name: 'account' }, spec: { vendor } };
  const get = (key: string) => (key === 'fleet/account' ? account : undefined);
  return { get } as unknown as Store<ServedVendorAccount>;
}

test.each([
  { kind: 'a company or a device', vendors: DEVICE_VENDORS, wrong: 'CrmComNetflix', right: 'SamsungKnox' },
  { kind: 'a subscription', vendors: NETFLIX_VENDORS, wrong: 'VerizonUws', right: 'CrmComNetflix' },
  { kind: 'a line', vendors: LINE_VENDORS, wrong: 'GoogleZeroTouch', right: 'VerizonUws' },
])(
  '$kind at an account of $wrong waits for a person, at one of $right for the account',
  ({ vendors, wrong, right }) => {
    const look = (vendor: string) =>
      findAccount('account', CUSTOMER, accountsWith(vendor), createFleet(), 0, vendors);
    expect(look(wrong)).toMatchObject({ ok: false, standing: { is: 'stalled', reason: 'WrongVendor' } });
    expect(look(right)).toMatchObject({ ok: false, standing: { is: 'moving', reason: 'AccountNotReady' } });
  },
);

test('an account that is not there is awaited before anything is said of its vendor', () => {
  const found = findAccount('other', CUSTOMER, accountsWith('VerizonUws'), createFleet(), 0, LINE_VENDORS);
  expect(found).toMatchObject({ ok: false, standing: { is: 'moving', reason: 'AccountNotFound' } });
});
