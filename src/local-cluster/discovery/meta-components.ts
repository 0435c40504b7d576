import { OBJECT_META } from '../kinds/object-meta.ts';

const META_PREFIX = 'io.k8s.apimachinery.pkg.apis.meta.v1';

/** The component of any metadata type. */
export function metaName(kind: string): string {
  return `${META_PREFIX}.${kind}`;
}

/** A reference to a component. */
export function reference(name: string): { readonly $ref: string } {
  return { $ref: `#/components/schemas/${name}` };
}

/** A field that refers to a component; beside `$ref` itself nothing else may stand. */
export function referring(name: string, description: string, more: object = {}): object {
  return { description, ...more, allOf: [reference(name)] };
}

export const API_VERSION = {
  type: 'string',
  description: 'The group and version of this form of the object.',
};
export const KIND = { type: 'string', description: 'The kind of the object, in CamelCase.' };

const TEXT = { type: 'string' };
const FLAG = { type: 'boolean' };
/** A text that Go does not leave out. */
const NAMED = { type: 'string', default: '' };

function time(description: string): object {
  return referring(metaName('Time'), description);
}

function listOf(name: string, description: string, more: object): object {
  return { description, type: 'array', items: reference(metaName(name)), ...more };
}

const { properties = {}, ...objectMeta } = OBJECT_META;
const { finalizers, labels, annotations, name, generateName, namespace, uid, resourceVersion } = properties;
const { generation, selfLink, deletionGracePeriodSeconds } = properties;

/** The metadata types that every document of OpenAPI carries, by the names kube-apiserver gives them. */
export const META_COMPONENTS: Readonly<Record<string, object>> = {
  [metaName('ObjectMeta')]: {
    ...objectMeta,
    properties: {
      annotations,
      creationTimestamp: time('When the object was created, set by the server.'),
      deletionGracePeriodSeconds,
      deletionTimestamp: time('When the deletion began, set by the server.'),
      finalizers,
      generateName,
      generation,
      labels,
      managedFields: listOf('ManagedFieldsEntry', 'Who set which fields.', {
        'x-kubernetes-list-type': 'atomic',
      }),
      name,
      namespace,
      ownerReferences: listOf('OwnerReference', 'The objects this one goes with.', {
        'x-kubernetes-list-map-keys': ['uid'],
        'x-kubernetes-list-type': 'map',
        'x-kubernetes-patch-merge-key': 'uid',
        'x-kubernetes-patch-strategy': 'merge',
      }),
      resourceVersion,
      selfLink,
      uid,
    },
  },
  [metaName('OwnerReference')]: {
    type: 'object',
    description: 'An owner of an object, in the same namespace or without one.',
    required: ['apiVersion', 'kind', 'name', 'uid'],
    properties: {
      apiVersion: NAMED,
      blockOwnerDeletion: FLAG,
      controller: FLAG,
      kind: NAMED,
      name: NAMED,
      uid: NAMED,
    },
    'x-kubernetes-map-type': 'atomic',
  },
  [metaName('ManagedFieldsEntry')]: {
    type: 'object',
    description: 'The fields one manager set.',
    properties: {
      apiVersion: TEXT,
      fieldsType: TEXT,
      fieldsV1: referring(metaName('FieldsV1'), 'The fields, as a tree of paths.'),
      manager: TEXT,
      operation: TEXT,
      subresource: TEXT,
      time: time('When the manager last changed its fields.'),
    },
  },
  [metaName('FieldsV1')]: { type: 'object', description: 'A set of fields, as a tree of paths.' },
  [metaName('Time')]: { type: 'string', format: 'date-time', description: 'A time in RFC 3339.' },
  [metaName('ListMeta')]: {
    type: 'object',
    description: 'Metadata of a list.',
    properties: {
      continue: TEXT,
      remainingItemCount: { type: 'integer', format: 'int64' },
      resourceVersion: TEXT,
      selfLink: TEXT,
    },
  },
  [metaName('DeleteOptions')]: {
    type: 'object',
    description: 'How an object is deleted.',
    properties: {
      apiVersion: API_VERSION,
      dryRun: { type: 'array', items: TEXT, 'x-kubernetes-list-type': 'atomic' },
      gracePeriodSeconds: { type: 'integer', format: 'int64' },
      kind: KIND,
      orphanDependents: FLAG,
      preconditions: referring(metaName('Preconditions'), 'What must hold of the object.'),
      propagationPolicy: TEXT,
    },
    'x-kubernetes-group-version-kind': [{ group: '', kind: 'DeleteOptions', version: 'v1' }],
  },
  [metaName('Preconditions')]: {
    type: 'object',
    description: 'What must hold of an object for it to be deleted.',
    properties: { resourceVersion: TEXT, uid: TEXT },
  },
  [metaName('Patch')]: { type: 'object', description: 'The body of a PATCH.' },
  [metaName('Status')]: {
    type: 'object',
    description: 'The answer to what is not about an object.',
    properties: {
      apiVersion: API_VERSION,
      code: { type: 'integer', format: 'int32' },
      details: referring(metaName('StatusDetails'), 'What it is about.'),
      kind: KIND,
      message: TEXT,
      metadata: referring(metaName('ListMeta'), 'Standard list metadata.', { default: {} }),
      reason: TEXT,
      status: TEXT,
    },
    'x-kubernetes-group-version-kind': [{ group: '', kind: 'Status', version: 'v1' }],
  },
  [metaName('StatusDetails')]: {
    type: 'object',
    description: 'What a Status is about.',
    properties: {
      causes: listOf('StatusCause', 'What is wrong, field by field.', { 'x-kubernetes-list-type': 'atomic' }),
      group: TEXT,
      kind: TEXT,
      name: TEXT,
      retryAfterSeconds: { type: 'integer', format: 'int32' },
      uid: TEXT,
    },
  },
  [metaName('StatusCause')]: {
    type: 'object',
    description: 'One thing that is wrong.',
    properties: { field: TEXT, message: TEXT, reason: TEXT },
  },
};
