import { isBigInteger } from '../big-integer.ts';
import { isObject } from '../json.ts';
import type { JsonSchema } from '../schema/json-schema.ts';
import { printPath } from './field-set.ts';
import { printGoSyntax, printGoType, printGoValue } from './go-print.ts';
import { fieldSchema, isDeclared, itemElement, keyFields, type Shape, shapeOf } from './shape.ts';

/** What keeps a configuration from being applied under a schema, each with its path, in the words of kube-apiserver. */
export function typedErrors(value: unknown, schema: JsonSchema): readonly string[] {
  return errorsAt(value, schema, []);
}

function errorsAt(value: unknown, schema: JsonSchema, path: readonly string[]): readonly string[] {
  if (value === null || value === undefined) return [];
  const shape = shapeOf(schema, value);
  switch (shape.kind) {
    case 'scalar':
      return scalarErrors(value, shape.scalar, path);
    case 'map':
      return isObject(value)
        ? mapErrors(value, shape, path)
        : [at(path, `expected map, got ${printGoValue(value)}`)];
    case 'list':
      return Array.isArray(value)
        ? listErrors(value, shape, path)
        : [at(path, `expected list, got ${printGoValue(value)}`)];
    default:
      return shape satisfies never;
  }
}

function at(path: readonly string[], text: string): string {
  return path.length === 0 ? text : `${printPath(path)}: ${text}`;
}

function scalarErrors(
  value: unknown,
  scalar: Extract<Shape, { kind: 'scalar' }>['scalar'],
  path: readonly string[],
): readonly string[] {
  switch (scalar) {
    case 'string':
      return typeof value === 'string' ? [] : [at(path, `expected string, got ${printGoSyntax(value)}`)];
    case 'numeric':
      return typeof value === 'number' || isBigInteger(value)
        ? []
        : [at(path, `expected numeric (int or float), got ${printGoType(value)}`)];
    case 'boolean':
      return typeof value === 'boolean' ? [] : [at(path, `expected boolean, got ${printGoValue(value)}`)];
    case 'untyped':
      return isObject(value) || Array.isArray(value)
        ? [at(path, `expected any scalar, got ${printGoValue(value)}`)]
        : [];
    default:
      return scalar satisfies never;
  }
}

function mapErrors(
  value: Readonly<Record<string, unknown>>,
  shape: Extract<Shape, { kind: 'map' }>,
  path: readonly string[],
): readonly string[] {
  return Object.entries(value).flatMap(([name, field]) => {
    const inner = [...path, `f:${name}`];
    if (!isDeclared(shape, name) && shape.rest === undefined)
      return [at(inner, 'field not declared in schema')];
    return errorsAt(field, fieldSchema(shape, name), inner);
  });
}

function listErrors(
  list: readonly unknown[],
  shape: Extract<Shape, { kind: 'list' }>,
  path: readonly string[],
): readonly string[] {
  const seen = new Set<string>();
  return list.flatMap((item, index): readonly string[] => {
    if (shape.relation === 'atomic') return errorsAt(item, shape.items, [...path, `i:${index}`]);
    const problem = itemProblem(item, index, shape);
    if (problem !== undefined) return [at(path, problem)];
    const element = itemElement(shape, item) as string;
    if (seen.has(element)) return [at(path, `duplicate entries for key ${printPath([element])}`)];
    seen.add(element);
    return errorsAt(item, shape.items, [...path, element]);
  });
}

function itemProblem(
  item: unknown,
  index: number,
  shape: Extract<Shape, { kind: 'list' }>,
): string | undefined {
  if (item === null) {
    const kind = shape.relation === 'set' ? 'set' : 'list with keys';
    return `element ${index}: associative ${shape.relation === 'set' ? 'list without keys' : kind} has an element that's an explicit null`;
  }
  if (shape.relation === 'set') return undefined;
  if (!isObject(item)) return `element ${index}: associative list with keys may not have non-map elements`;
  if (keyFields(shape, item) !== undefined) return undefined;
  const keys = `[${shape.keys.map((key) => JSON.stringify(key)).join(' ')}]`;
  return `element ${index}: associative list with keys has an element that omits all key fields ${keys} (and doesn't have default values for any key fields)`;
}
