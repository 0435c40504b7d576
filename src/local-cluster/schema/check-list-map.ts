import { type FieldError, invalid, required } from './field-error.ts';
import type { SchemaNode } from './schema-nodes.ts';

/** Whether a list of type map or set can be one. */
export function checkListMap({ schema, path }: SchemaNode): readonly FieldError[] {
  const listType = schema['x-kubernetes-list-type'];
  if (listType === 'set') return checkSet(schema.items, path);
  if (listType !== 'map') return [];
  const keys = schema['x-kubernetes-list-map-keys'] ?? [];
  if (keys.length === 0) {
    return [
      required(`${path}.x-kubernetes-list-map-keys`, 'must not be empty if x-kubernetes-list-type is map'),
    ];
  }
  const { items } = schema;
  if (items?.type !== 'object') {
    return [
      invalid(
        `${path}.items.type`,
        items?.type ?? '',
        "must be object if parent array's x-kubernetes-list-type is map",
      ),
    ];
  }
  return keys.flatMap((key): readonly FieldError[] => {
    const property = items.properties?.[key];
    if (property === undefined) {
      return [
        invalid(`${path}.x-kubernetes-list-map-keys`, keys, 'entries must all be names of item properties'),
      ];
    }
    if (property.default !== undefined || items.required?.includes(key) === true) return [];
    const detail =
      'this property is in x-kubernetes-list-map-keys, so it must have a default or be a required property';
    return [required(`${path}.items.properties[${key}].default`, detail)];
  });
}

function checkSet(items: SchemaNode['schema'] | undefined, path: string): readonly FieldError[] {
  const isAtomic = items?.type !== 'object' || items['x-kubernetes-map-type'] === 'atomic';
  if (isAtomic) return [];
  const detail = 'must be atomic as item of a list with x-kubernetes-list-type=set';
  return [invalid(`${path}.items.x-kubernetes-map-type`, items['x-kubernetes-map-type'] ?? null, detail)];
}
