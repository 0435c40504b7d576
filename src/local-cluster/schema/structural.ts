import { isObject } from '../json.ts';
import { type Check, ratcheted } from './check.ts';
import { checkComposition } from './composition.ts';
import { correlator, oldField } from './correlate.ts';
import { invalid, notSupported, required, tooMany } from './field-error.ts';
import type { JsonSchema } from './json-schema.ts';
import { entrySchema } from './lookup.ts';
import { checkNumber } from './numbers.ts';
import { child, dotted } from './path.ts';
import { checkText } from './texts.ts';
import { checkType } from './types.ts';

/** Compiles a schema to a test of everything but CEL rules and duplicates in lists. */
export function compileStructural(schema: JsonSchema): Check {
  const checks = [
    checkType(schema),
    checkEnum(schema),
    checkText(schema),
    checkNumber(schema),
    checkFields(schema),
    checkItems(schema),
    ...checkComposition(schema, compileStructural),
  ].filter((check) => check !== undefined);
  return ratcheted(checks);
}

function checkEnum(schema: JsonSchema): Check | undefined {
  const allowed = schema.enum;
  if (allowed === undefined) return undefined;
  const plain = new Set(allowed);
  return (value, _old, walk) => {
    if (plain.has(value) || (value === null && schema.nullable === true)) return;
    if (isObject(value) && allowed.some((each) => JSON.stringify(each) === JSON.stringify(value))) return;
    walk.errors.push(notSupported(dotted(walk.path), value, allowed));
  };
}

function checkItems(schema: JsonSchema): Check | undefined {
  const { items, maxItems = Number.POSITIVE_INFINITY, minItems = 0 } = schema;
  if (items === undefined && maxItems === Number.POSITIVE_INFINITY && minItems === 0) return undefined;
  const checkItem = items === undefined ? undefined : compileStructural(items);
  return (value, old, walk) => {
    if (!Array.isArray(value)) return;
    if (value.length > maxItems) walk.errors.push(tooMany(dotted(walk.path), value.length, maxItems));
    if (value.length < minItems) {
      const path = dotted(walk.path);
      walk.errors.push(invalid(path, value.length, `${path} in body should have at least ${minItems} items`));
    }
    if (checkItem === undefined) return;
    const predecessor = correlator(schema, old);
    for (let index = 0; index < value.length; index += 1) {
      walk.path.push(index);
      checkItem(value[index], predecessor(value[index]), walk);
      walk.path.pop();
    }
  };
}

function checkFields(schema: JsonSchema): Check | undefined {
  const properties = new Map(
    Object.entries(schema.properties ?? {}).map(([name, node]) => [name, compileStructural(node)]),
  );
  const entry = entrySchema(schema);
  const additional = entry === undefined ? undefined : compileStructural(entry);
  const { required: names = [] } = schema;
  const sized = checkPropertyCount(schema);
  if (properties.size === 0 && additional === undefined && names.length === 0 && sized === undefined)
    return undefined;
  return (value, old, walk) => {
    if (!isObject(value)) return;
    sized?.(value, old, walk);
    for (const name of names) {
      if (value[name] === undefined) walk.errors.push(required(child(dotted(walk.path), name)));
    }
    for (const name in value) {
      const check = properties.get(name) ?? additional;
      if (check === undefined || value[name] === undefined) continue;
      walk.path.push(name);
      check(value[name], oldField(old, name), walk);
      walk.path.pop();
    }
  };
}

function checkPropertyCount(schema: JsonSchema): Check | undefined {
  const { maxProperties, minProperties } = schema;
  if (maxProperties === undefined && minProperties === undefined) return undefined;
  return (value, _old, walk) => {
    const count = Object.keys(value as object).length;
    const path = dotted(walk.path);
    if (count > (maxProperties ?? count)) walk.errors.push(tooMany(path, count, maxProperties as number));
    if (count < (minProperties ?? count)) {
      walk.errors.push(
        invalid(path, count, `${path} in body should have at least ${minProperties} properties`),
      );
    }
  };
}
