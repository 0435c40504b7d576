import { isObject, sortedJson } from '../json.ts';
import type { Check } from './check.ts';
import { itemKey } from './correlate.ts';
import { duplicate } from './field-error.ts';
import type { JsonSchema } from './json-schema.ts';
import { entrySchema, propertySchema } from './lookup.ts';
import { dotted } from './path.ts';

/** Compiles the test for members that stand twice in a set or keys twice in a list of type map; none when there are no such lists. */
export function compileListTypes(schema: JsonSchema): Check | undefined {
  const checks = [checkOwnList(schema), checkItemsBelow(schema), checkFieldsBelow(schema)];
  const found = checks.filter((check) => check !== undefined);
  if (found.length === 0) return undefined;
  return (value, old, walk) => {
    for (const check of found) check(value, old, walk);
  };
}

function checkOwnList(schema: JsonSchema): Check | undefined {
  const listType = schema['x-kubernetes-list-type'];
  if (listType !== 'set' && listType !== 'map') return undefined;
  const identity = listType === 'set' ? sortedJson : (item: unknown) => itemKey(item, schema);
  return (value, _old, walk) => {
    if (!Array.isArray(value)) return;
    const seen = new Set<string>();
    for (const [index, item] of value.entries()) {
      const id = identity(item);
      if (seen.has(id))
        walk.errors.push(
          duplicate(dotted([...walk.path, index]), listType === 'set' ? item : keysOf(item, schema)),
        );
      seen.add(id);
    }
  };
}

function keysOf(item: unknown, schema: JsonSchema): unknown {
  if (!isObject(item)) return item;
  const keys = schema['x-kubernetes-list-map-keys'] ?? [];
  return Object.fromEntries(keys.filter((key) => item[key] !== undefined).map((key) => [key, item[key]]));
}

function checkItemsBelow(schema: JsonSchema): Check | undefined {
  const below = schema.items === undefined ? undefined : compileListTypes(schema.items);
  if (below === undefined) return undefined;
  return (value, old, walk) => {
    if (!Array.isArray(value)) return;
    for (const [index, item] of value.entries()) {
      walk.path.push(index);
      below(item, old, walk);
      walk.path.pop();
    }
  };
}

function checkFieldsBelow(schema: JsonSchema): Check | undefined {
  const below = new Map(
    Object.entries(schema.properties ?? {}).flatMap(([name, node]): [string, Check][] => {
      const check = compileListTypes(node);
      return check === undefined ? [] : [[name, check]];
    }),
  );
  const entry = entrySchema(schema);
  const additional = entry === undefined ? undefined : compileListTypes(entry);
  if (below.size === 0 && additional === undefined) return undefined;
  return (value, old, walk) => {
    if (!isObject(value)) return;
    for (const name of Object.keys(value)) {
      const check = propertySchema(schema, name) === undefined ? additional : below.get(name);
      if (check === undefined) continue;
      walk.path.push(name);
      check(value[name], old, walk);
      walk.path.pop();
    }
  };
}
