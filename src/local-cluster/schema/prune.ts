import { isObject } from '../json.ts';
import type { JsonObject } from '../object.ts';
import type { JsonSchema } from './json-schema.ts';
import { entrySchema, propertySchema } from './lookup.ts';
import { dotted, type Segment } from './path.ts';

/** An object without the fields its schema does not know, and the paths of those. */
export interface Pruned {
  readonly object: unknown;
  readonly unknownFields: readonly string[];
}

const TYPE_FIELDS: ReadonlySet<string> = new Set(['apiVersion', 'kind', 'metadata']);

/**
 * Drops unknown fields. Type and metadata stay at the root and in embedded resources; below
 * `x-kubernetes-preserve-unknown-fields` everything stays that no schema speaks of. Unchanged parts are shared.
 */
export function prune(object: unknown, root: JsonSchema): Pruned {
  const unknownFields: string[] = [];
  const pruned = pruneValue(object, root, [], unknownFields, true);
  return { object: pruned, unknownFields };
}

function pruneValue(
  value: unknown,
  schema: JsonSchema,
  path: Segment[],
  dropped: string[],
  isResource: boolean,
): unknown {
  if (Array.isArray(value)) return pruneItems(value, schema, path, dropped);
  return isObject(value) ? pruneFields(value, schema, path, dropped, isResource) : value;
}

function pruneItems(
  list: readonly unknown[],
  schema: JsonSchema,
  path: Segment[],
  dropped: string[],
): readonly unknown[] {
  const { items } = schema;
  if (items === undefined) return list;
  const before = dropped.length;
  const kept = list.map((item, index) => {
    path.push(index);
    const pruned = pruneValue(item, items, path, dropped, items['x-kubernetes-embedded-resource'] === true);
    path.pop();
    return pruned;
  });
  return dropped.length === before ? list : kept;
}

function pruneFields(
  object: JsonObject,
  schema: JsonSchema,
  path: Segment[],
  dropped: string[],
  isResource: boolean,
): JsonObject {
  const before = dropped.length;
  const kept: [string, unknown][] = [];
  for (const [name, value] of Object.entries(object)) {
    const next = fieldSchema(schema, name);
    if (isResource && TYPE_FIELDS.has(name)) {
      kept.push([name, value]);
      continue;
    }
    path.push(name);
    if (next === 'unknown') dropped.push(dotted(path));
    else
      kept.push([
        name,
        next === 'any'
          ? value
          : pruneValue(value, next, path, dropped, next['x-kubernetes-embedded-resource'] === true),
      ]);
    path.pop();
  }
  return dropped.length === before ? object : (Object.fromEntries(kept) as JsonObject);
}

function fieldSchema(schema: JsonSchema, name: string): JsonSchema | 'any' | 'unknown' {
  const described = propertySchema(schema, name) ?? entrySchema(schema);
  if (described !== undefined) return described;
  const isOpen =
    schema.additionalProperties === true || schema['x-kubernetes-preserve-unknown-fields'] === true;
  return isOpen ? 'any' : 'unknown';
}
