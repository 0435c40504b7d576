import { isObject } from '../json.ts';
import type { JsonSchema } from '../schema/json-schema.ts';
import { entrySchema } from '../schema/lookup.ts';

/** How the parts of a value are owned. */
export type Shape =
  /** Owned as one value. */
  | { readonly kind: 'scalar'; readonly scalar: 'string' | 'numeric' | 'boolean' | 'untyped' }
  /** Owned field by field, or as one value when atomic. `rest` types undeclared fields; without it there are none. */
  | {
      readonly kind: 'map';
      readonly atomic: boolean;
      readonly fields: Readonly<Record<string, JsonSchema>>;
      readonly rest: JsonSchema | undefined;
    }
  /** Owned as one value, member by member, or by the key fields of its items. */
  | {
      readonly kind: 'list';
      readonly relation: 'atomic' | 'set' | 'map';
      readonly keys: readonly string[];
      readonly items: JsonSchema;
    };

/** The schema of content nobody described: its shape is taken from the value. */
const UNDESCRIBED: JsonSchema = { 'x-kubernetes-preserve-unknown-fields': true };

const UNTYPED: Shape = { kind: 'scalar', scalar: 'untyped' };

/** The shape of a value under its schema. */
export function shapeOf(schema: JsonSchema, value: unknown): Shape {
  if (schema['x-kubernetes-int-or-string'] === true || schema.format === 'int-or-string') return UNTYPED;
  switch (schema.type) {
    case 'string':
      return { kind: 'scalar', scalar: 'string' };
    case 'boolean':
      return { kind: 'scalar', scalar: 'boolean' };
    case 'integer':
    case 'number':
      return { kind: 'scalar', scalar: 'numeric' };
    case 'array':
      return listShape(schema);
    case 'object':
      return mapShape(schema);
    case undefined:
    default:
      return deducedShape(value);
  }
}

function deducedShape(value: unknown): Shape {
  if (Array.isArray(value)) return { kind: 'list', relation: 'atomic', keys: [], items: UNDESCRIBED };
  if (isObject(value)) return { kind: 'map', atomic: false, fields: {}, rest: UNDESCRIBED };
  return UNTYPED;
}

function mapShape(schema: JsonSchema): Shape {
  return {
    kind: 'map',
    atomic: schema['x-kubernetes-map-type'] === 'atomic',
    fields: schema.properties ?? {},
    rest: restOf(schema),
  };
}

function restOf(schema: JsonSchema): JsonSchema | undefined {
  const entry = entrySchema(schema);
  if (entry !== undefined) return entry;
  const open =
    schema.additionalProperties === true || schema['x-kubernetes-preserve-unknown-fields'] === true;
  return open || schema.properties === undefined ? UNDESCRIBED : undefined;
}

function listShape(schema: JsonSchema): Shape {
  const items = schema.items ?? UNDESCRIBED;
  const keys = schema['x-kubernetes-list-map-keys'] ?? [];
  const listType = schema['x-kubernetes-list-type'];
  if (listType !== undefined) return { kind: 'list', relation: listType, keys, items };
  // Built-in kinds that only name a patch strategy mean the same by it.
  const merged = (schema['x-kubernetes-patch-strategy'] ?? '').split(',').includes('merge');
  const mergeKey = schema['x-kubernetes-patch-merge-key'];
  if (!merged) return { kind: 'list', relation: 'atomic', keys: [], items };
  return mergeKey === undefined
    ? { kind: 'list', relation: 'set', keys: [], items }
    : { kind: 'list', relation: 'map', keys: [mergeKey], items };
}

type MapShape = Extract<Shape, { kind: 'map' }>;
type ListShape = Extract<Shape, { kind: 'list' }>;

/** Whether the schema names this field; a key of a free map is not declared. */
export function isDeclared(shape: MapShape, name: string): boolean {
  return Object.hasOwn(shape.fields, name);
}

/** The schema of a field. Undeclared ones of a closed map count as undescribed. */
export function fieldSchema(shape: MapShape, name: string): JsonSchema {
  return isDeclared(shape, name) ? (shape.fields[name] as JsonSchema) : (shape.rest ?? UNDESCRIBED);
}

/** The key of a list item: its key fields, sorted by name, absent ones by their default. Undefined when all are absent. */
export function keyFields(shape: ListShape, item: unknown): Readonly<Record<string, unknown>> | undefined {
  const fields = isObject(item) ? item : {};
  const known = shape.keys.toSorted().flatMap((key): [string, unknown][] => {
    const value = fields[key] ?? shape.items.properties?.[key]?.default;
    return value === undefined ? [] : [[key, value]];
  });
  return known.length === 0 ? undefined : Object.fromEntries(known);
}

/** A list item as a step of a path; undefined for an item without its keys. */
export function itemElement(shape: ListShape, item: unknown): string | undefined {
  if (shape.relation === 'set') return `v:${JSON.stringify(item)}`;
  const key = keyFields(shape, item);
  return key === undefined ? undefined : `k:${JSON.stringify(key)}`;
}
