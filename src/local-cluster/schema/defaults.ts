import { isObject } from '../json.ts';
import type { JsonObject } from '../object.ts';
import type { JsonSchema } from './json-schema.ts';
import { entrySchema, propertySchema } from './lookup.ts';

/**
 * Fills in defaults and settles nulls.
 *
 * | null at a field that …                | becomes               |
 * | ------------------------------------- | --------------------- |
 * | is nullable                           | null, even beside a default |
 * | has a default                         | the default           |
 * | has neither                           | nothing: it is dropped; or null, under `keepNulls` |
 * | is an item of a list                  | null (and an error later) |
 *
 * kube-apiserver drops nulls from what it reads and keeps them in what server-side apply merged, where validation
 * then refuses them. A default below an absent object does not apply. Unchanged parts are shared with the input.
 */
export function withDefaults(value: unknown, schema: JsonSchema, keepNulls = false): unknown {
  if (Array.isArray(value)) return defaultItems(value, schema, keepNulls);
  return isObject(value) ? defaultFields(value, schema, keepNulls) : value;
}

function defaultItems(list: readonly unknown[], schema: JsonSchema, keepNulls: boolean): readonly unknown[] {
  const { items } = schema;
  if (items === undefined || !reaches(items)) return list;
  return list.map((item) => withDefaults(item, items, keepNulls));
}

function defaultFields(object: JsonObject, schema: JsonSchema, keepNulls: boolean): JsonObject {
  let changed: Record<string, unknown> | undefined;
  const set = (name: string, value: unknown): void => {
    changed ??= { ...object };
    if (value === undefined) delete changed[name];
    else changed[name] = value;
  };
  for (const [name, property] of Object.entries(schema.properties ?? {})) {
    const before = object[name];
    const after = defaultField(before, property, keepNulls);
    if (after !== before) set(name, after);
  }
  const entry = entrySchema(schema);
  if (entry !== undefined) {
    for (const [name, before] of Object.entries(object)) {
      if (propertySchema(schema, name) !== undefined) continue;
      const after = defaultField(before, entry, keepNulls);
      if (after !== before) set(name, after);
    }
  }
  return (changed as JsonObject | undefined) ?? object;
}

function defaultField(value: unknown, schema: JsonSchema, keepNulls: boolean): unknown {
  if (value !== undefined && (value !== null || schema.nullable === true))
    return withDefaults(value, schema, keepNulls);
  if (schema.default !== undefined) return withDefaults(schema.default, schema, keepNulls);
  return keepNulls ? value : undefined;
}

const REACHES = new WeakMap<JsonSchema, boolean>();

/** Whether defaults or nulls can matter anywhere below: a list of plain values need not be walked. */
function reaches(schema: JsonSchema): boolean {
  let known = REACHES.get(schema);
  if (known === undefined) {
    known =
      schema.properties !== undefined ||
      entrySchema(schema) !== undefined ||
      (schema.items !== undefined && reaches(schema.items));
    REACHES.set(schema, known);
  }
  return known;
}
