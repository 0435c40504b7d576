import { isObject } from '../json.ts';
import type { Resource } from '../resources.ts';
import type { JsonSchema } from '../schema/schema.ts';
import { API_VERSION, KIND, META_COMPONENTS, metaName, reference, referring } from './meta-components.ts';

/** The component name of a kind: `dev.vendorplane.demo.v1alpha1.Widget`, `io.k8s.api.core.v1.ConfigMap`. */
export function componentName(resource: Resource): string {
  const { group, version, kind } = resource;
  if (resource.custom) return `${group.split('.').reverse().join('.')}.${version}.${kind}`;
  if (group === 'apiextensions.k8s.io')
    return `io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.${version}.${kind}`;
  return `io.k8s.api.${group === '' ? 'core' : group.split('.')[0]}.${version}.${kind}`;
}

/** The components a resource needs: its kind, its list, the parts of a built-in kind, the shared metadata types. */
export function componentsOf(resource: Resource): Readonly<Record<string, object>> {
  const name = componentName(resource);
  return {
    [name]: {
      ...kindSchema(resource),
      ...groupVersionKind(resource, resource.kind),
      ...selectableFields(resource),
    },
    [`${name}List`]: {
      ...listSchema(resource, name),
      ...groupVersionKind(resource, resource.listKind),
      ...selectableFields(resource),
    },
    ...partsOf(resource),
    ...META_COMPONENTS,
  };
}

function groupVersionKind({ group, version }: Resource, kind: string): object {
  return { 'x-kubernetes-group-version-kind': [{ group, kind, version }] };
}

function selectableFields({ selectableFields: fields }: Resource): object {
  return fields.length === 0
    ? {}
    : { 'x-kubernetes-selectable-fields': fields.map((fieldPath) => ({ fieldPath })) };
}

function kindSchema(resource: Resource): object {
  const { properties = {}, ...rest } = resource.schema;
  const own = resource.custom ? published(resource.schema) : published({ ...rest, properties: {} });
  const fields = Object.fromEntries(
    Object.entries(properties).map(([field, schema]) => [
      field,
      isPart(resource, schema)
        ? referring(partName(resource, field), schema.description ?? `The ${field} of the object.`, {
            default: schema['x-vendorplane-zero'],
          })
        : published(schema),
    ]),
  );
  const more = resource.custom ? {} : { default: {} };
  const metadata = referring(metaName('ObjectMeta'), "Standard object's metadata.", more);
  const description = resource.description === '' ? {} : { description: resource.description };
  return {
    ...own,
    ...description,
    properties: { ...fields, apiVersion: API_VERSION, kind: KIND, metadata },
  };
}

/** What Go keeps in a type of its own, such as LeaseSpec. */
function isPart(resource: Resource, schema: JsonSchema): boolean {
  return !resource.custom && schema.properties !== undefined && 'x-vendorplane-zero' in schema;
}

function partName(resource: Resource, field: string): string {
  return `${componentName(resource)}${field.charAt(0).toUpperCase()}${field.slice(1)}`;
}

function partsOf(resource: Resource): Readonly<Record<string, object>> {
  return Object.fromEntries(
    Object.entries(resource.schema.properties ?? {})
      .filter(([, schema]) => isPart(resource, schema))
      .map(([field, schema]) => [partName(resource, field), published(schema)]),
  );
}

function listSchema(resource: Resource, name: string): object {
  const more = resource.custom ? {} : { default: {} };
  return {
    description: `${resource.listKind} is a list of ${resource.kind}`,
    type: 'object',
    required: ['items'],
    properties: {
      apiVersion: API_VERSION,
      kind: KIND,
      metadata: referring(metaName('ListMeta'), 'Standard list metadata.', more),
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
