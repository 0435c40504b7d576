import type { ItemKind } from '../kind.ts';
import { compareDevice } from './compare.ts';
import type { DesiredDevice, DeviceTypes, ObservedDevice } from './facts.ts';
import { identityKeys } from './identity.ts';
import { nextDeviceStep } from './next.ts';
import { resolveDevice } from './resolve.ts';
import { deviceVerdict } from './verdict.ts';

/** Device assignment: this device belongs to this company. */
export const deviceKind: ItemKind<DeviceTypes> = {
  name: 'device',
  setOf: (desired) => desired.companyId,
  setOfPartition: (partition) => partition.customer,
  setOfRow: (row) => row.observed.companyId,
  keysOf: (row) => identityKeys(row.identity),
  fileUnder: 'first',
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
