import type { ItemKind } from '../kind.ts';
import { compareDevice } from './compare.ts';
import type { DesiredDevice, DeviceRow, ObservedDevice, RecordedDevice } from './facts.ts';
import { type DeviceIdentity, identityKeys } from './identity.ts';
import { nextDeviceStep } from './next.ts';
import { resolveDevice } from './resolve.ts';
import { type DeviceVerdict, deviceVerdict } from './verdict.ts';

export type DeviceKind = ItemKind<
  DeviceIdentity,
  DesiredDevice,
  DeviceRow,
  ObservedDevice,
  RecordedDevice,
  DeviceVerdict
>;

/** Device assignment: this device belongs to this company. */
export const deviceKind: DeviceKind = {
  name: 'device',
  setOf: (desired) => desired.companyId,
  keysOf: (row) => identityKeys(row.identity),
  observe: (_before, row) => row.observed,
  resolve: resolveDevice,
  compare: compareDevice,
  shows: (verb, partition, observed) =>
    verb === 'claim' && observed.is === 'present' && observed.fact.companyId === partition.customer,
  believed: (verb, desired) => (verb === 'claim' ? assignedTo(desired) : undefined),
  recordOf: ({ by }, how) => ({
    companyId: by.desired.companyId,
    holder: by.holder,
    releasePolicy: by.desired.releasePolicy,
    how,
  }),
  next: nextDeviceStep,
  verdict: deviceVerdict,
};

function assignedTo(desired: DesiredDevice): ObservedDevice {
  return desired.orderNumber === undefined
    ? { companyId: desired.companyId }
    : { companyId: desired.companyId, orderNumber: desired.orderNumber };
}
