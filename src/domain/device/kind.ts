import type { ItemKind } from '../kind.ts';
import { compareDevice } from './compare.ts';
import type { DeviceTypes } from './facts.ts';
import { identityKeys, identityOfKey } from './identity.ts';
import { nextDeviceStep } from './next.ts';
import { recogniseDevices } from './recognise.ts';
import { resolveDevice } from './resolve.ts';
import { believedDevice, recordAfterDevice } from './success.ts';
import { deviceTarget } from './target.ts';
import { deviceVerdict } from './verdict.ts';

/** Device assignment: this device belongs to this company. */
export const deviceKind: ItemKind<DeviceTypes> = {
  name: 'device',
  verbs: ['claim', 'unclaim', 'updateMetadata'],
  exchange: { release: 'unclaim', claim: 'claim' },
  meetsContact: true,
  setOf: (desired) => desired.companyId,
  setOfPartition: (partition) => partition.customer,
  setOfRow: (row) => row.observed.companyId,
  keysOf: (row) => identityKeys(row.identity),
  fileUnder: 'first',
  observe: (_before, row) => row.observed,
  resolve: resolveDevice,
  compare: compareDevice,
  waits: (fact) => fact.standing === 'awaitingCustomer',
  shows: (verb, partition, observed) => {
    const isThere = observed.is === 'present' && observed.fact.companyId === partition.customer;
    if (verb === 'claim') return isThere;
    if (verb === 'updateMetadata') return isThere && observed.fact.orderNumber === partition.orderNumber;
    return verb === 'unclaim' && observed.is !== 'unknown' && !isThere;
  },
  setOfRecord: (recorded) => recorded.companyId,
  recordSpeaksFirst: true,
  holderOf: (recorded) => (recorded.kept ? undefined : recorded.holder),
  target: deviceTarget,
  believed: believedDevice,
  recordAfter: recordAfterDevice,
  keysOfSubject: identityKeys,
  recognise: recogniseDevices,
  listedAs: (recorded) => recorded.listedAs,
  // Serial numbers are unique within a model at best (library objects).
  isOwnKey: (key) => !key.startsWith('serial:'),
  subjectOf: identityOfKey,
  subjectOfRow: (row) => row.identity,
  next: nextDeviceStep,
  verdict: deviceVerdict,
};
