import { isObject } from '../json.ts';
import type { JsonSchema } from '../schema/json-schema.ts';
import { buildFieldSet, type FieldSet, type FieldSetBuilder } from './field-set.ts';
import { fieldSchema, isDeclared, itemElement, shapeOf } from './shape.ts';

/**
 * The paths a manager claims by applying this value: its leaves, items of lists by key or value, entries of free
 * maps. Empty lists claim nothing, empty objects claim themselves.
 */
export function fieldsOf(value: unknown, schema: JsonSchema): FieldSet {
  const set = buildFieldSet();
  collect(value, schema, [], set);
  return set.done();
}

function collect(value: unknown, schema: JsonSchema, path: readonly string[], set: FieldSetBuilder): void {
  const shape = shapeOf(schema, value);
  switch (shape.kind) {
    case 'scalar':
      set.add(path);
      return;
    case 'list':
      if (shape.relation === 'atomic') set.add(path);
      else if (Array.isArray(value)) {
        for (const item of value) {
          const element = itemElement(shape, item);
          if (element === undefined) continue;
          set.add([...path, element]);
          collect(item, shape.items, [...path, element], set);
        }
      }
      return;
    case 'map':
      if (shape.atomic) set.add(path);
      else if (isObject(value)) {
        for (const [name, field] of Object.entries(value)) {
          if (field === undefined) continue;
          const inner = [...path, `f:${name}`];
          collect(field, fieldSchema(shape, name), inner, set);
          const isBare = field === null || (isObject(field) && Object.keys(field).length === 0);
          if (isBare || !isDeclared(shape, name)) set.add(inner);
        }
      }
      return;
    default:
      return shape satisfies never;
  }
}

/**
 * The set together with every declared field that leads to one of its paths. Removing a manager's last path in a
 * field then removes the field as well, instead of leaving an empty one.
 */
export function withNamedFields(set: FieldSet, schema: JsonSchema): FieldSet {
  const children = new Map<string, FieldSet>();
  for (const [step, child] of set.children) {
    const [inner, isNamed] = stepInto(schema, step);
    const named = withNamedFields(child, inner);
    children.set(step, { member: named.member || isNamed, children: named.children });
  }
  return { member: set.member, children };
}

function stepInto(schema: JsonSchema, step: string): readonly [JsonSchema, boolean] {
  // The schema decides: where content is undescribed no field is declared, whatever the value.
  const shape = shapeOf(schema, step.startsWith('f:') ? {} : []);
  if (shape.kind === 'map' && step.startsWith('f:'))
    return [fieldSchema(shape, step.slice(2)), isDeclared(shape, step.slice(2))];
  return [shape.kind === 'list' ? shape.items : {}, false];
}
