import { isObject } from '../json.ts';
import type { JsonObject } from '../object.ts';
import type { JsonSchema } from '../schema/json-schema.ts';
import { entrySchema, propertySchema } from '../schema/lookup.ts';
import { directivesOf } from './directives.ts';
import { mergeItems, mergeMembers, withoutMembers } from './merge-lists.ts';
import { PatchRefused } from './refused.ts';
import type { PatchResult } from './result.ts';

/**
 * Strategic merge patch of a built-in kind. Beside the rules of a merge patch:
 *
 * | In the patch                      | Does                                                              |
 * | --------------------------------- | ----------------------------------------------------------------- |
 * | a list whose strategy is `merge`  | merges plain members as a set, objects by the merge key            |
 * | `$patch: replace` / `delete`      | replaces or empties the object; in a list, the list or one item    |
 * | `$retainKeys: [...]`              | drops the object's other fields                                   |
 * | `$deleteFromPrimitiveList/x`      | removes members from the set `x`                                  |
 * | `$setElementOrder/x`              | the order in which the list `x` ends                              |
 */
export function applyStrategicMerge(target: unknown, patch: unknown, schema: JsonSchema): PatchResult {
  if (!isObject(patch)) return { ok: false, message: 'a strategic merge patch is an object' };
  try {
    return { ok: true, value: mergeObject(target, patch, schema) };
  } catch (error) {
    if (error instanceof PatchRefused) return { ok: false, message: error.message };
    throw error;
  }
}

function mergeObject(target: unknown, patch: JsonObject, schema: JsonSchema): JsonObject {
  const { fields, action, retainKeys, deletions, orders } = directivesOf(patch);
  if (action === 'delete') return {};
  if (action === 'replace') return fields;

  const merged: Record<string, unknown> = retained(isObject(target) ? target : {}, retainKeys);
  for (const [name, members] of deletions) {
    if (Array.isArray(merged[name])) merged[name] = withoutMembers(merged[name], members);
  }
  for (const [name, value] of Object.entries(fields)) {
    if (value === null) delete merged[name];
    else merged[name] = mergeField(merged[name], value, fieldSchema(schema, name), orders.get(name));
  }
  for (const [name, order] of orders) {
    // An order alone, without items, still sorts what is there.
    if (fields[name] === undefined && Array.isArray(merged[name])) {
      merged[name] = mergeField(merged[name], [], fieldSchema(schema, name), order);
    }
  }
  return merged as JsonObject;
}

function retained(target: JsonObject, keys: readonly unknown[] | undefined): Record<string, unknown> {
  const entries = Object.entries(target);
  return Object.fromEntries(keys === undefined ? entries : entries.filter(([name]) => keys.includes(name)));
}

function mergeField(
  target: unknown,
  patch: unknown,
  schema: JsonSchema,
  order: readonly unknown[] | undefined,
): unknown {
  const strategy = (schema['x-kubernetes-patch-strategy'] ?? '').split(',');
  if (isObject(patch))
    return strategy.includes('replace') ? directivesOf(patch).fields : mergeObject(target, patch, schema);
  if (!Array.isArray(patch)) return patch;
  if (!isMerged(schema, strategy)) return patch;
  const live: readonly unknown[] = Array.isArray(target) ? target : [];
  const key = mergeKey(schema);
  if (key === undefined) return mergeMembers(live, patch, order ?? patch);
  return mergeItems(live, patch, order ?? patch, key, (item, change) =>
    mergeObject(item, change, schema.items ?? {}),
  );
}

// The publishers of the built-in kinds name the strategy; a list declared for server-side apply alone merges alike.
function isMerged(schema: JsonSchema, strategy: readonly string[]): boolean {
  if (schema['x-kubernetes-patch-strategy'] !== undefined) return strategy.includes('merge');
  return schema['x-kubernetes-list-type'] === 'set' || schema['x-kubernetes-list-type'] === 'map';
}

function mergeKey(schema: JsonSchema): string | undefined {
  return schema['x-kubernetes-patch-merge-key'] ?? schema['x-kubernetes-list-map-keys']?.[0];
}

function fieldSchema(schema: JsonSchema, name: string): JsonSchema {
  return propertySchema(schema, name) ?? entrySchema(schema) ?? {};
}
