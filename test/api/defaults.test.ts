import { expect, test } from 'vitest';
import { KINDS } from '../../src/api/group.ts';
import { nodesOf, rootSchema } from './schema-nodes.ts';

/** Every default there is, and why nobody gets more than they asked for. */
const DEFAULTS = [
  ['Customer', 'spec.adoption', 'Adopt', 'nothing is created that cannot be undone'],
  ['Customer', 'spec.suspend', false, 'an object that is written is meant'],
  ['Customer', 'spec.unmanagedDevices', 'Report', 'only says something'],
  ['DeviceClaim', 'spec.onVendorRelease', 'Report', 'the customer let go, so it is not taken back'],
  ['DeviceClaim', 'spec.releasePolicy', 'Keep', 'a slip in a list takes no device away'],
  ['DeviceClaim', 'spec.suspend', false, 'an object that is written is meant'],
  ['DeviceClaim', 'spec.vendorParams', {}, 'nothing is sent that was not asked for'],
  ['NetflixChargeFeed', 'spec.acknowledge', 'Never', 'an acknowledged charge can never be read again'],
  ['NetflixChargeFeed', 'spec.pollInterval', '5m', 'the contract'],
  ['NetflixChargeFeed', 'spec.retention', '720h', 'the contract'],
  ['NetflixChargeFeed', 'spec.suspend', false, 'an object that is written is meant'],
  [
    'NetflixDeviceRegistration',
    'spec.releasePolicy',
    'Keep',
    'a slip in a list takes Netflix from no device',
  ],
  ['NetflixDeviceRegistration', 'spec.suspend', false, 'an object that is written is meant'],
  ['NetflixSubscription', 'spec.recreateAfterCancel', false, 'what was cancelled was meant to end'],
  ['NetflixSubscription', 'spec.releasePolicy', 'Keep', 'a deleted object ends no subscription'],
  ['NetflixSubscription', 'spec.suspend', false, 'an object that is written is meant'],
  ['VendorAccount', 'spec.crmComNetflix.timeZone', 'UTC', 'an assumption that is no policy'],
  ['VendorAccount', 'spec.firstContact', 'Approve', 'a person looks first'],
  [
    'VendorAccount',
    'spec.googleZeroTouch.endpoint',
    'https://androiddeviceprovisioning.googleapis.com',
    'the vendor',
  ],
  ['VendorAccount', 'spec.guard', {}, 'the guard is never absent'],
  ['VendorAccount', 'spec.guard.creations', {}, 'the guard is never absent'],
  ['VendorAccount', 'spec.guard.creations.maxItems', 0, 'creating sends mail and cannot be undone'],
  ['VendorAccount', 'spec.guard.destructive', {}, 'the guard is never absent'],
  ['VendorAccount', 'spec.guard.destructive.floor', 10, 'the contract'],
  ['VendorAccount', 'spec.guard.destructive.maxItems', 100, 'the contract'],
  ['VendorAccount', 'spec.guard.destructive.maxPercent', 10, 'the contract'],
  ['VendorAccount', 'spec.guard.irreversible', {}, 'the guard is never absent'],
  ['VendorAccount', 'spec.guard.irreversible.maxItems', 0, 'cannot be undone'],
  ['VendorAccount', 'spec.guard.settle', '60s', 'the contract'],
  ['VendorAccount', 'spec.guard.shrinkPercent', 20, 'the contract'],
  ['VendorAccount', 'spec.guard.window', '1h', 'the contract'],
  ['VendorAccount', 'spec.limits', {}, "the vendor's own defaults follow"],
  ['VendorAccount', 'spec.resyncInterval', '1h', 'the contract'],
  ['VendorAccount', 'spec.samsungKnox.allowCustomerCreation', false, 'the call is not published'],
  ['VendorAccount', 'spec.samsungKnox.authentication', 'OAuth', "the vendor's recommendation"],
  ['VendorAccount', 'spec.samsungKnox.endpoint', 'https://api.samsungknox.com', 'the vendor'],
  ['VendorAccount', 'spec.suspend', false, 'an object that is written is meant'],
  ['VerizonDeviceDeletion', 'spec.deactivate', 'Never', 'it may cost a fee and takes the number'],
  ['VerizonDeviceDeletion', 'spec.etfWaiver', false, 'a waiver is used up'],
  ['VerizonDeviceDeletion', 'spec.history', {}, 'the archive is never forgotten'],
  ['VerizonDeviceDeletion', 'spec.history.archive', 'Required', 'what is deleted is lost'],
  ['VerizonDeviceDeletion', 'spec.history.lookback', '8760h', 'the vendor keeps usage for 12 months'],
  ['VerizonDeviceDeletion', 'spec.history.usageSettlesAfter', '72h', 'usage comes in up to three days late'],
  ['VerizonDeviceDeletion', 'spec.suspend', false, 'an object that is written is meant'],
] as const;

test('the defaults are these and no others, each the least power', () => {
  const found = KINDS.flatMap((kind) =>
    nodesOf(rootSchema(kind))
      .filter(({ schema }) => schema.default !== undefined)
      .map(({ path, schema }) => [kind, path, schema.default] as const)
      .sort(([, a], [, b]) => (a < b ? -1 : 1)),
  );
  expect(found).toEqual(DEFAULTS.map(([kind, path, value]) => [kind, path, value]));
});
