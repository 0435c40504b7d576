import { bigInt } from '../big-integer.ts';
import { isObject } from '../json.ts';
import type { JsonSchema } from './json-schema.ts';

/** Keywords that hold values of the object, which stay exact. */
const VALUES = ['default', 'enum', 'example'];

/** The schema with its limits as floats, which they are in Go: `maximum: 9223372036854775807` is 2^63. */
export function withFloatLimits(schema: JsonSchema): JsonSchema {
  return floats(schema) as JsonSchema;
}

function floats(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(floats);
  if (!isObject(value)) return bigInt(value) === undefined ? value : Number(bigInt(value));
  return Object.fromEntries(
    Object.entries(value).map(([key, field]) => [key, VALUES.includes(key) ? field : floats(field)]),
  );
}
