import type { JsonSchema } from '../schema/schema.ts';

/** Text of any length. */
export const TEXT: JsonSchema = { type: 'string' };
/** A time in whole seconds. */
export const TIME: JsonSchema = { type: 'string', format: 'date-time' };
/** A time with exactly six digits of a second. */
export const MICRO_TIME: JsonSchema = { type: 'string', format: 'micro-time' };
/** A map of texts. */
export const TEXT_MAP: JsonSchema = { type: 'object', additionalProperties: TEXT };
/** A 32 bit integer. */
export const INT32: JsonSchema = { type: 'integer', format: 'int32' };
/** True or false. */
export const FLAG: JsonSchema = { type: 'boolean' };

const OWNER_REFERENCE: JsonSchema = {
  type: 'object',
  description: 'An owner of this object, in the same namespace or without one.',
  required: ['apiVersion', 'kind', 'name', 'uid'],
  'x-kubernetes-map-type': 'atomic',
  properties: {
    apiVersion: TEXT,
    kind: TEXT,
    name: TEXT,
    uid: TEXT,
    controller: FLAG,
    blockOwnerDeletion: FLAG,
  },
};

const MANAGED_FIELDS_ENTRY: JsonSchema = {
  type: 'object',
  description: 'The fields one manager set.',
  properties: {
    manager: TEXT,
    operation: TEXT,
    apiVersion: TEXT,
    time: TIME,
    fieldsType: TEXT,
    fieldsV1: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
    subresource: TEXT,
  },
};

/** The metadata of every object, with the merge rules of k8s.io/apimachinery. */
export const OBJECT_META: JsonSchema = {
  type: 'object',
  description: 'Metadata every object has.',
  properties: {
    name: { type: 'string', description: 'Unique among the objects of its kind in its namespace.' },
    generateName: { type: 'string', description: 'A prefix; the server appends five random characters.' },
    namespace: { type: 'string', description: 'The namespace the object lives in.' },
    selfLink: TEXT,
    uid: { type: 'string', description: 'Unique over space and time, set by the server.' },
    resourceVersion: { type: 'string', description: 'Changes with every write of the object.' },
    generation: { type: 'integer', format: 'int64', description: 'Counts the changes of the wish.' },
    creationTimestamp: TIME,
    deletionTimestamp: TIME,
    deletionGracePeriodSeconds: { type: 'integer', format: 'int64' },
    labels: { ...TEXT_MAP, description: 'Keys and values to select by.' },
    annotations: { ...TEXT_MAP, description: 'Keys and values of tools.' },
    ownerReferences: {
      type: 'array',
      items: OWNER_REFERENCE,
      'x-kubernetes-list-type': 'map',
      'x-kubernetes-list-map-keys': ['uid'],
      'x-kubernetes-patch-merge-key': 'uid',
      'x-kubernetes-patch-strategy': 'merge',
    },
    finalizers: {
      type: 'array',
      description: 'Must be empty before the object is removed.',
      items: TEXT,
      'x-kubernetes-list-type': 'set',
      'x-kubernetes-patch-strategy': 'merge',
    },
    managedFields: { type: 'array', items: MANAGED_FIELDS_ENTRY, 'x-kubernetes-list-type': 'atomic' },
  },
};

/** The schema of a whole object from the schema of what stands beside apiVersion, kind and metadata. */
export function wholeObject(body: JsonSchema): JsonSchema {
  return {
    ...body,
    type: 'object',
    properties: { apiVersion: TEXT, kind: TEXT, ...body.properties, metadata: OBJECT_META },
  };
}
