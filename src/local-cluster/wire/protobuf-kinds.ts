import type { Message } from './protobuf-reader.ts';

// What clients send in protobuf, with the field numbers of the `generated.proto` files of k8s.io/api and
// k8s.io/apimachinery.

const OWNER_REFERENCE: Message = {
  fields: {
    1: ['kind', 'string'],
    3: ['name', 'string'],
    4: ['uid', 'string'],
    5: ['apiVersion', 'string'],
    6: ['controller', 'bool'],
    7: ['blockOwnerDeletion', 'bool'],
  },
};

const MANAGED_FIELDS_ENTRY: Message = {
  fields: {
    1: ['manager', 'string'],
    2: ['operation', 'string'],
    3: ['apiVersion', 'string'],
    4: ['time', 'time'],
    6: ['fieldsType', 'string'],
    7: ['fieldsV1', 'json'],
    8: ['subresource', 'string'],
  },
};

const OBJECT_META: Message = {
  fields: {
    1: ['name', 'string'],
    2: ['generateName', 'string'],
    3: ['namespace', 'string'],
    4: ['selfLink', 'string'],
    5: ['uid', 'string'],
    6: ['resourceVersion', 'string'],
    7: ['generation', 'integer'],
    8: ['creationTimestamp', 'time'],
    9: ['deletionTimestamp', 'time'],
    10: ['deletionGracePeriodSeconds', 'integer'],
    11: ['labels', { mapOf: 'string' }],
    12: ['annotations', { mapOf: 'string' }],
    13: ['ownerReferences', { listOf: OWNER_REFERENCE }],
    14: ['finalizers', { listOf: 'string' }],
    17: ['managedFields', { listOf: MANAGED_FIELDS_ENTRY }],
  },
};

function kind(fields: Message['fields'] = {}): Message {
  return { fields: { 1: ['metadata', OBJECT_META], ...fields } };
}

const OBJECT_REFERENCE: Message = {
  fields: {
    1: ['kind', 'string'],
    2: ['namespace', 'string'],
    3: ['name', 'string'],
    4: ['uid', 'string'],
    5: ['apiVersion', 'string'],
    6: ['resourceVersion', 'string'],
    7: ['fieldPath', 'string'],
  },
};

const EVENT = kind({
  2: ['involvedObject', OBJECT_REFERENCE],
  3: ['reason', 'string'],
  4: ['message', 'string'],
  5: ['source', { fields: { 1: ['component', 'string'], 2: ['host', 'string'] } }],
  6: ['firstTimestamp', 'time'],
  7: ['lastTimestamp', 'time'],
  8: ['count', 'integer'],
  9: ['type', 'string'],
  10: ['eventTime', 'microTime'],
  11: ['series', { fields: { 1: ['count', 'integer'], 2: ['lastObservedTime', 'microTime'] } }],
  12: ['action', 'string'],
  13: ['related', OBJECT_REFERENCE],
  14: ['reportingComponent', 'string'],
  15: ['reportingInstance', 'string'],
});

const LEASE_SPEC: Message = {
  fields: {
    1: ['holderIdentity', 'string'],
    2: ['leaseDurationSeconds', 'integer'],
    3: ['acquireTime', 'microTime'],
    4: ['renewTime', 'microTime'],
    5: ['leaseTransitions', 'integer'],
    6: ['strategy', 'string'],
    7: ['preferredHolder', 'string'],
  },
};

const RESOURCE_ATTRIBUTES: Message = {
  fields: {
    1: ['namespace', 'string'],
    2: ['verb', 'string'],
    3: ['group', 'string'],
    4: ['version', 'string'],
    5: ['resource', 'string'],
    6: ['subresource', 'string'],
    7: ['name', 'string'],
  },
};

const ACCESS_REVIEW = kind({
  2: [
    'spec',
    {
      fields: {
        1: ['resourceAttributes', RESOURCE_ATTRIBUTES],
        2: ['nonResourceAttributes', { fields: { 1: ['path', 'string'], 2: ['verb', 'string'] } }],
      },
    },
  ],
});

/** By apiVersion and kind. */
const KINDS: Readonly<Record<string, Message>> = {
  'v1 Namespace': kind({ 2: ['spec', { fields: { 1: ['finalizers', { listOf: 'string' }] } }] }),
  'v1 ConfigMap': kind({
    2: ['data', { mapOf: 'string' }],
    3: ['binaryData', { mapOf: 'bytes' }],
    4: ['immutable', 'bool'],
  }),
  'v1 Secret': kind({
    2: ['data', { mapOf: 'bytes' }],
    3: ['type', 'string'],
    4: ['stringData', { mapOf: 'string' }],
    5: ['immutable', 'bool'],
  }),
  'v1 Event': EVENT,
  'coordination.k8s.io/v1 Lease': kind({ 2: ['spec', LEASE_SPEC] }),
  'authorization.k8s.io/v1 SelfSubjectAccessReview': ACCESS_REVIEW,
  'authorization.k8s.io/v1 SelfSubjectRulesReview': kind({
    2: ['spec', { fields: { 1: ['namespace', 'string'] } }],
  }),
  'authentication.k8s.io/v1 SelfSubjectReview': kind(),
};

const DELETE_OPTIONS: Message = {
  fields: {
    1: ['gracePeriodSeconds', 'integer'],
    2: ['preconditions', { fields: { 1: ['uid', 'string'], 2: ['resourceVersion', 'string'] } }],
    3: ['orphanDependents', 'bool'],
    4: ['propagationPolicy', 'string'],
    5: ['dryRun', { listOf: 'string' }],
  },
};

/** How a kind is read, or undefined when it is not sent in protobuf. Delete options come under the group they are for. */
export function protobufKind(apiVersion: string, name: string): Message | undefined {
  return name === 'DeleteOptions' ? DELETE_OPTIONS : KINDS[`${apiVersion} ${name}`];
}
