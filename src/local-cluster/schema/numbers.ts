import type { Check } from './check.ts';
import { invalid, NO_FIELD } from './field-error.ts';
import type { JsonSchema } from './json-schema.ts';
import { dotted } from './path.ts';
import { jsonType } from './types.ts';

const RANGES: Readonly<Record<string, readonly [number, number]>> = {
  int32: [-(2 ** 31), 2 ** 31 - 1],
  uint32: [0, 2 ** 32 - 1],
  uint64: [0, 2 ** 64],
};
const INT64: readonly [number, number] = [-(2 ** 63), 2 ** 63];

/** The tests of numbers: range of the format, multipleOf, maximum, minimum. */
export function checkNumber(schema: JsonSchema): Check | undefined {
  const rules = [checkRange(schema), checkMultiple(schema), checkMaximum(schema), checkMinimum(schema)];
  const checks = rules.filter((check) => check !== undefined);
  if (checks.length === 0) return undefined;
  return (value, old, walk) => {
    if (typeof value === 'number') for (const check of checks) check(value, old, walk);
  };
}

function checkRange(schema: JsonSchema): Check | undefined {
  if (schema.type !== 'integer') return undefined;
  const { format } = schema;
  const [low, high] = (format === undefined ? undefined : RANGES[format]) ?? INT64;
  const kind = format === undefined ? 'integer (default format)' : `integer with format ${format}`;
  return (value, _old, walk) => {
    const number = value as number;
    if (Number.isInteger(number) && number >= low && number <= high) return;
    walk.errors.push(invalid(NO_FIELD, '', `Checked value must be of type ${kind} in ${dotted(walk.path)}`));
  };
}

function checkMultiple(schema: JsonSchema): Check | undefined {
  const { multipleOf } = schema;
  if (multipleOf === undefined) return undefined;
  return (value, _old, walk) => {
    const number = value as number;
    const path = dotted(walk.path);
    // The real one cuts the factor to an integer when the value is one: 1 is no multiple of 0.25 there.
    const factor = jsonType(number) === 'integer' ? Math.trunc(multipleOf) : multipleOf;
    if (factor <= 0) {
      walk.errors.push(
        invalid(path, factor, `factor MultipleOf declared for ${path} must be positive: ${factor}`),
      );
    } else if (!Number.isInteger(number / factor)) {
      walk.errors.push(invalid(path, number, `${path} in body should be a multiple of ${factor}`));
    }
  };
}

function checkMaximum(schema: JsonSchema): Check | undefined {
  const { maximum, exclusiveMaximum } = schema;
  if (maximum === undefined) return undefined;
  const words = exclusiveMaximum === true ? 'less than' : 'less than or equal to';
  return (value, _old, walk) => {
    const number = value as number;
    if (number < maximum || (number === maximum && exclusiveMaximum !== true)) return;
    const path = dotted(walk.path);
    walk.errors.push(invalid(path, number, `${path} in body should be ${words} ${maximum}`));
  };
}

function checkMinimum(schema: JsonSchema): Check | undefined {
  const { minimum, exclusiveMinimum } = schema;
  if (minimum === undefined) return undefined;
  const words = exclusiveMinimum === true ? 'greater than' : 'greater than or equal to';
  return (value, _old, walk) => {
    const number = value as number;
    if (number > minimum || (number === minimum && exclusiveMinimum !== true)) return;
    const path = dotted(walk.path);
    walk.errors.push(invalid(path, number, `${path} in body should be ${words} ${minimum}`));
  };
}
