import { isObject } from '../json.ts';
import { OBJECT_META } from '../kinds/object-meta.ts';
import type { Resource } from '../resources.ts';
import type { JsonSchema } from '../schema/schema.ts';

const META_PREFIX = 'io.k8s.apimachinery.pkg.apis.meta.v1';
const SCHEMAS = '#/components/schemas/';

/** The component name of a kind: `dev.vendorplane.demo.v1alpha1.Widget`, `io.k8s.api.core.v1.ConfigMap`. */
export function componentName(resource: Resource): string {
  const { group, version, kind } = resource;
  if (resource.custom) return `${group.split('.').reverse().join('.')}.${version}.${kind}`;
  if (group === 'apiextensions.k8s.io')
    return `io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.${version}.${kind}`;
  return `io.k8s.api.${group === '' ? 'core' : group.split('.')[0]}.${version}.${kind}`;
}

/** A reference to a component. */
export function reference(name: string): { readonly $ref: string } {
  return { $ref: `${SCHEMAS}${name}` };
}

/** The component of any metadata type. */
export function metaName(kind: string): string {
  return `${META_PREFIX}.${kind}`;
}

const API_VERSION = { type: 'string', description: 'The group and version of this form of the object.' };
const KIND = { type: 'string', description: 'The kind of the object, in CamelCase.' };

/** The components a resource needs: its kind, its list, and the shared metadata types. */
export function componentsOf(resource: Resource): Readonly<Record<string, object>> {
  const name = componentName(resource);
  return {
    [name]: { ...kindSchema(resource), ...groupVersionKind(resource, resource.kind) },
    [`${name}List`]: { ...listSchema(resource, name), ...groupVersionKind(resource, resource.listKind) },
    ...META_COMPONENTS,
  };
}

function groupVersionKind({ group, version }: Resource, kind: string): object {
  return { 'x-kubernetes-group-version-kind': [{ group, kind, version }] };
}

function kindSchema(resource: Resource): object {
  const { properties = {}, ...rest } = published(resource.schema) as { properties?: Record<string, object> };
  const metadata = { description: "Standard object's metadata.", allOf: [reference(metaName('ObjectMeta'))] };
  const description = resource.description === '' ? {} : { description: resource.description };
  return {
    ...rest,
    ...description,
    properties: { ...properties, apiVersion: API_VERSION, kind: KIND, metadata },
  };
}

function listSchema(resource: Resource, name: string): object {
  return {
    description: `${resource.listKind} is a list of ${resource.kind}`,
    type: 'object',
    required: ['items'],
    properties: {
      apiVersion: API_VERSION,
      kind: KIND,
      metadata: { description: 'Standard list metadata.', allOf: [reference(metaName('ListMeta'))] },
      items: { description: `List of ${resource.plural}.`, type: 'array', items: reference(name) },
    },
  };
}

/** A schema as OpenAPI v3 shows it: int-or-string spelled out, our own keywords gone. */
function published(schema: JsonSchema): object {
  return Object.fromEntries(
    Object.entries(schema)
      .filter(([key]) => !key.startsWith('x-vendorplane-'))
      .flatMap(([key, value]: [string, unknown]): [string, unknown][] => {
        if (key === 'format' && value === 'micro-time') return [[key, 'date-time']];
        if (key === 'x-kubernetes-int-or-string' && value === true && schema.anyOf === undefined) {
          return [
            ['anyOf', [{ type: 'integer' }, { type: 'string' }]],
            [key, value],
          ];
        }
        return [[key, publishedPart(key, value)]];
      }),
  );
}

function publishedPart(key: string, value: unknown): unknown {
  if (['items', 'additionalProperties', 'not'].includes(key))
    return isObject(value) ? published(value) : value;
  if (['allOf', 'anyOf', 'oneOf'].includes(key)) return (value as readonly JsonSchema[]).map(published);
  if (key !== 'properties') return value;
  return Object.fromEntries(
    Object.entries(value as Record<string, JsonSchema>).map(([name, child]) => [name, published(child)]),
  );
}

const META_COMPONENTS: Readonly<Record<string, object>> = {
  [metaName('ObjectMeta')]: published(OBJECT_META),
  [metaName('ListMeta')]: {
    type: 'object',
    description: 'Metadata of a list.',
    properties: {
      continue: { type: 'string' },
      remainingItemCount: { type: 'integer', format: 'int64' },
      resourceVersion: { type: 'string' },
      selfLink: { type: 'string' },
    },
  },
  [metaName('DeleteOptions')]: {
    type: 'object',
    description: 'How an object is deleted.',
    properties: {
      apiVersion: API_VERSION,
      kind: KIND,
      dryRun: { type: 'array', items: { type: 'string' } },
      gracePeriodSeconds: { type: 'integer', format: 'int64' },
      preconditions: {
        type: 'object',
        properties: { uid: { type: 'string' }, resourceVersion: { type: 'string' } },
      },
      propagationPolicy: { type: 'string' },
    },
    'x-kubernetes-group-version-kind': [{ group: '', kind: 'DeleteOptions', version: 'v1' }],
  },
  [metaName('Patch')]: { type: 'object', description: 'The body of a PATCH.' },
  [metaName('Status')]: {
    type: 'object',
    description: 'The answer to what is not about an object.',
    properties: {
      apiVersion: API_VERSION,
      kind: KIND,
      metadata: reference(metaName('ListMeta')),
      status: { type: 'string' },
      message: { type: 'string' },
      reason: { type: 'string' },
      code: { type: 'integer', format: 'int32' },
      details: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
    },
  },
};
