import { isBigInteger } from '../big-integer.ts';
import type { Check } from './check.ts';
import { typeInvalid } from './field-error.ts';
import type { JsonSchema } from './json-schema.ts';
import { dotted } from './path.ts';

/** The test of `type`, and of the formats a value of a wrong type is reported against. */
export function checkType(schema: JsonSchema): Check | undefined {
  const types = allowedTypes(schema);
  if (types.length === 0) return undefined;
  return (value, _old, walk) => {
    const actual = jsonType(value);
    if (types.includes(actual) || (actual === 'integer' && types.includes('number'))) return;
    if (value === null && schema.nullable === true) return;
    const path = dotted(walk.path);
    const [wanted, got] = reported(schema.format, types, value, actual);
    walk.errors.push(
      typeInvalid(path, got, `${path} in body must be of type ${wanted}: ${JSON.stringify(got)}`),
    );
  };
}

function allowedTypes(schema: JsonSchema): readonly string[] {
  if (schema['x-kubernetes-int-or-string'] === true) return ['integer', 'string'];
  return schema.type === undefined || schema.type === '' ? [] : [schema.type];
}

/** The JSON Schema type of a value; whole numbers are integers, `1.0` included. */
export function jsonType(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  if (isBigInteger(value)) return 'integer';
  if (typeof value === 'number')
    return Number.isInteger(value) && Math.abs(value) < 2 ** 63 ? 'integer' : 'number';
  return typeof value;
}

/** What the message names: with a format the real one compares formats (`int32` and `float64`), else types. */
function reported(
  format: string | undefined,
  types: readonly string[],
  value: unknown,
  actual: string,
): [string, string] {
  const byFormat =
    format !== undefined && typeof value !== 'string' && !Array.isArray(value) && value !== null;
  if (!byFormat) return [types.join(','), actual];
  return [format, actual === 'integer' ? 'int64' : actual === 'number' ? 'float64' : ''];
}
