import type { ItemKind } from '../kind.ts';
import { compareDevice } from './compare.ts';
import type { DesiredDevice, DeviceTypes, ObservedDevice } from './facts.ts';
import { identityKeys, identityOfKey } from './identity.ts';
import { nextDeviceStep } from './next.ts';
import { resolveDevice } from './resolve.ts';
import { deviceTarget } from './target.ts';
import { deviceVerdict } from './verdict.ts';

/** Device assignment: this device belongs to this company. */
export const deviceKind: ItemKind<DeviceTypes> = {
  name: 'device',
  verbs: ['claim', 'unclaim', 'updateMetadata'],
  setOf: (desired) => desired.companyId,
  setOfPartition: (partition) => partition.customer,
  setOfRow: (row) => row.observed.companyId,
  keysOf: (row) => identityKeys(row.identity),
  fileUnder: 'first',
  observe: (_before, row) => row.observed,
  resolve: resolveDevice,
  compare: compareDevice,
  shows: (verb, partition, observed) => {
    const isThere = observed.is === 'present' && observed.fact.companyId === partition.customer;
    if (verb === 'claim') return isThere;
    return verb === 'unclaim' && observed.is !== 'unknown' && !isThere;
  },
  setOfRecord: (recorded) => recorded.companyId,
  holderOf: (recorded) => recorded.holder,
  target: deviceTarget,
  believed: (verb, desired) => {
    if (verb === 'unclaim') return { is: 'absent' };
    const isKnown = verb === 'claim' && desired !== undefined;
    return isKnown ? { is: 'present', fact: assignedTo(desired) } : { is: 'nothing' };
  },
  recordAfter: (verb, target) => {
    if (verb === 'unclaim') return { value: undefined };
    if (verb !== 'claim' || target === undefined) return undefined;
    const { companyId, releasePolicy } = target.desired;
    return { value: { companyId, holder: target.holder, releasePolicy, how: 'Claimed' } };
  },
  subjectOf: identityOfKey,
  subjectOfRow: (row) => row.identity,
  next: nextDeviceStep,
  verdict: deviceVerdict,
};

function assignedTo(desired: DesiredDevice): ObservedDevice {
  return desired.orderNumber === undefined
    ? { companyId: desired.companyId }
    : { companyId: desired.companyId, orderNumber: desired.orderNumber };
}
