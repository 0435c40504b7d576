import { bigInt } from '../big-integer.ts';
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
    if (numberIn(value) !== undefined) for (const check of checks) check(value, old, walk);
  };
}

/** What is compared: operators mix number and BigInt exactly. */
function numberIn(value: unknown): number | bigint | undefined {
  return typeof value === 'number' ? value : bigInt(value);
}

function checkRange(schema: JsonSchema): Check | undefined {
  if (schema.type !== 'integer') return undefined;
  const { format } = schema;
  const [low, high] = (format === undefined ? undefined : RANGES[format]) ?? INT64;
  const kind = format === undefined ? 'integer (default format)' : `integer with format ${format}`;
  return (value, _old, walk) => {
    const number = numberIn(value) as number | bigint;
    const whole = typeof number === 'bigint' || Number.isInteger(number);
    if (whole && number >= low && number <= high) return;
    walk.errors.push(invalid(NO_FIELD, '', `Checked value must be of type ${kind} in ${dotted(walk.path)}`));
  };
}

function checkMultiple(schema: JsonSchema): Check | undefined {
  const { multipleOf } = schema;
  if (multipleOf === undefined) return undefined;
  return (value, _old, walk) => {
    const path = dotted(walk.path);
    // The real one cuts the factor to an integer when the value is one: 1 is no multiple of 0.25 there.
    const factor = jsonType(value) === 'integer' ? Math.trunc(multipleOf) : multipleOf;
    if (factor <= 0) {
      walk.errors.push(
        invalid(path, factor, `factor MultipleOf declared for ${path} must be positive: ${factor}`),
      );
    } else if (!isMultiple(numberIn(value) as number | bigint, factor)) {
      walk.errors.push(invalid(path, value, `${path} in body should be a multiple of ${factor}`));
    }
  };
}

function isMultiple(number: number | bigint, factor: number): boolean {
  return typeof number === 'bigint' && Number.isInteger(factor)
    ? number % BigInt(factor) === 0n
    : Number.isInteger(Number(number) / factor);
}

function checkMaximum(schema: JsonSchema): Check | undefined {
  const { maximum, exclusiveMaximum } = schema;
  if (maximum === undefined) return undefined;
  const words = exclusiveMaximum === true ? 'less than' : 'less than or equal to';
  return (value, _old, walk) => {
    const number = numberIn(value) as number | bigint;
    if (exclusiveMaximum === true ? number < maximum : number <= maximum) return;
    const path = dotted(walk.path);
    walk.errors.push(invalid(path, value, `${path} in body should be ${words} ${maximum}`));
  };
}

function checkMinimum(schema: JsonSchema): Check | undefined {
  const { minimum, exclusiveMinimum } = schema;
  if (minimum === undefined) return undefined;
  const words = exclusiveMinimum === true ? 'greater than' : 'greater than or equal to';
  return (value, _old, walk) => {
    const number = numberIn(value) as number | bigint;
    if (exclusiveMinimum === true ? number > minimum : number >= minimum) return;
    const path = dotted(walk.path);
    walk.errors.push(invalid(path, value, `${path} in body should be ${words} ${minimum}`));
  };
}
