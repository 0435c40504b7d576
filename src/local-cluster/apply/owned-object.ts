import { isObject } from '../json.ts';
import { wholeObject } from '../kinds/object-meta.ts';
import type { KubeObject, ManagedFieldsEntry } from '../object.ts';
import type { JsonSchema } from '../schema/json-schema.ts';
import { difference, type FieldSet, fromFieldsV1 } from './field-set.ts';

// Fields the server sets or that name the object belong to nobody (k8s.io/apimachinery managedfields, stripMeta).
const UNOWNED: FieldSet = fromFieldsV1({
  'f:apiVersion': {},
  'f:kind': {},
  'f:metadata': {
    '.': {},
    'f:name': {},
    'f:namespace': {},
    'f:creationTimestamp': {},
    'f:selfLink': {},
    'f:uid': {},
    'f:clusterName': {},
    'f:generation': {},
    'f:managedFields': {},
    'f:resourceVersion': {},
  },
});

/** The paths a manager may own of those it wrote. */
export function ownable(fields: FieldSet): FieldSet {
  return difference(fields, UNOWNED);
}

const WHOLE = new WeakMap<JsonSchema, JsonSchema>();

/** The schema of a whole object, its metadata described. */
export function wholeSchema(schema: JsonSchema): JsonSchema {
  let whole = WHOLE.get(schema);
  if (whole === undefined) {
    whole = wholeObject(schema);
    WHOLE.set(schema, whole);
  }
  return whole;
}

/** The object as ownership sees it: without the record of ownership. */
export function withoutManagedFields(object: KubeObject): KubeObject {
  const { managedFields: _managedFields, ...metadata } = object.metadata;
  return { ...object, metadata };
}

/** The object with this record of ownership; none at all when nobody owns anything. */
export function withManagedFields(
  object: KubeObject,
  managedFields: readonly ManagedFieldsEntry[],
): KubeObject {
  const bare = withoutManagedFields(object);
  return managedFields.length === 0 ? bare : { ...bare, metadata: { ...bare.metadata, managedFields } };
}

/** What a created object is compared with: its type, and what an empty object of a built-in kind carries anyway. */
export function emptyObject(object: KubeObject, schema: JsonSchema): KubeObject {
  return { ...zeroFields(schema), apiVersion: object.apiVersion, kind: object.kind, metadata: {} };
}

function zeroFields(schema: JsonSchema): Record<string, unknown> {
  const fields = Object.entries(schema.properties ?? {}).filter(
    ([, node]) => node['x-vendorplane-zero'] !== undefined,
  );
  return Object.fromEntries(
    fields.map(([name, node]) => {
      const zero = node['x-vendorplane-zero'];
      return [name, isObject(zero) ? { ...zero, ...zeroFields(node) } : zero];
    }),
  );
}
