import { isObject } from '../json.ts';
import type { JsonSchema } from './json-schema.ts';

/** The key fields of a list item, as text that is equal for equal keys. Absent fields take the schema's default. */
export function itemKey(item: unknown, schema: JsonSchema): string {
  const fields = isObject(item) ? item : {};
  const keys = schema['x-kubernetes-list-map-keys'] ?? [];
  return JSON.stringify(keys.map((key) => fields[key] ?? schema.items?.properties?.[key]?.default ?? null));
}

/**
 * Finds the item of an older list that an item is the successor of. Only lists of type map have such items:
 * in sets and atomic lists an item is itself or another one.
 */
export function correlator(schema: JsonSchema, old: unknown): (item: unknown) => unknown {
  if (schema['x-kubernetes-list-type'] !== 'map' || !Array.isArray(old)) return () => undefined;
  const byKey = new Map(old.map((item: unknown) => [itemKey(item, schema), item]));
  return (item) => byKey.get(itemKey(item, schema));
}

/** The older value of a field or map entry. */
export function oldField(old: unknown, name: string): unknown {
  return isObject(old) && Object.hasOwn(old, name) ? old[name] : undefined;
}
