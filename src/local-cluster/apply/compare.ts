import { isObject, sameJson } from '../json.ts';
import type { JsonSchema } from '../schema/json-schema.ts';
import { buildFieldSet, type FieldSet, type FieldSetBuilder, isEmpty } from './field-set.ts';
import { fieldSchema, itemElement, type Shape, shapeOf } from './shape.ts';

/** What lies between two values, path by path. */
export interface Comparison {
  readonly added: FieldSet;
  readonly modified: FieldSet;
  readonly removed: FieldSet;
}

interface Builders {
  readonly added: FieldSetBuilder;
  readonly modified: FieldSetBuilder;
  readonly removed: FieldSetBuilder;
}

/** Compares two values of one schema. The order of items in sets and lists of type map is no difference. */
export function compare(before: unknown, after: unknown, schema: JsonSchema): Comparison {
  const found: Builders = { added: buildFieldSet(), modified: buildFieldSet(), removed: buildFieldSet() };
  compareAt(before, after, schema, [], found);
  return { added: found.added.done(), modified: found.modified.done(), removed: found.removed.done() };
}

/** Whether nothing lies between. */
export function isSame(comparison: Comparison): boolean {
  return isEmpty(comparison.added) && isEmpty(comparison.modified) && isEmpty(comparison.removed);
}

function compareAt(
  before: unknown,
  after: unknown,
  schema: JsonSchema,
  path: readonly string[],
  found: Builders,
): void {
  if (before === after) return;
  const shape = shapeOf(schema, after ?? before);
  const earlier = before === undefined ? shape : shapeOf(schema, before);
  if (isLeaf(shape, before, after) || earlier.kind !== shape.kind) {
    compareLeaf(before, after, path, found);
    // Undescribed content may change its kind: then what is in the new value is new.
    if (earlier.kind !== shape.kind) compareParts(shape, undefined, after, path, found);
    return;
  }
  compareParts(shape, before, after, path, found);
  if (before === undefined) found.added.add(path);
  else if (after === undefined) found.removed.add(path);
}

function isLeaf(shape: Shape, before: unknown, after: unknown): boolean {
  if (shape.kind === 'scalar') return true;
  if (shape.kind === 'map' ? shape.atomic : shape.relation === 'atomic') return true;
  return isBare(before) && isBare(after);
}

function isBare(value: unknown): boolean {
  return value === undefined || value === null || Object.keys(value).length === 0;
}

function compareLeaf(before: unknown, after: unknown, path: readonly string[], found: Builders): void {
  if (before === undefined) found.added.add(path);
  else if (after === undefined) found.removed.add(path);
  else if (!sameJson(before, after)) found.modified.add(path);
}

function compareParts(
  shape: Shape,
  before: unknown,
  after: unknown,
  path: readonly string[],
  found: Builders,
): void {
  if (shape.kind === 'map') {
    const left = isObject(before) ? before : {};
    const right = isObject(after) ? after : {};
    for (const name of new Set([...Object.keys(left), ...Object.keys(right)])) {
      compareAt(left[name], right[name], fieldSchema(shape, name), [...path, `f:${name}`], found);
    }
  }
  if (shape.kind === 'list' && shape.relation !== 'atomic') {
    const left = byElement(shape, before);
    const right = byElement(shape, after);
    for (const element of new Set([...left.keys(), ...right.keys()])) {
      compareAt(left.get(element), right.get(element), shape.items, [...path, element], found);
    }
  }
}

function byElement(shape: Extract<Shape, { kind: 'list' }>, list: unknown): ReadonlyMap<string, unknown> {
  const items = new Map<string, unknown>();
  for (const item of Array.isArray(list) ? (list as unknown[]) : []) {
    const element = itemElement(shape, item);
    if (element !== undefined) items.set(element, item);
  }
  return items;
}
