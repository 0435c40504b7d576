import { Duration } from '@marcbachmann/cel-js/evaluator';
import { bigInt } from '../big-integer.ts';
import { isObject } from '../json.ts';
import { celName } from './cel-names.ts';
import type { JsonSchema } from './json-schema.ts';
import { entrySchema } from './lookup.ts';

/** Turns a JSON value into what a rule sees. */
export type ToCel = (value: unknown) => unknown;

/**
 * How values of this schema look to a rule, or undefined when they look as they are:
 * integers are BigInt, times are Date, durations Duration, fields have their escaped names.
 */
export function toCel(schema: JsonSchema): ToCel | undefined {
  if (schema['x-kubernetes-int-or-string'] === true) return wholeNumber;
  switch (schema.type) {
    case 'integer':
      return wholeNumber;
    case 'string':
      return textToCel(schema.format);
    case 'array':
      return listToCel(schema);
    case 'object':
      return objectToCel(schema);
    case undefined:
    default:
      return undefined;
  }
}

function wholeNumber(value: unknown): unknown {
  if (typeof value === 'number' && Number.isInteger(value)) return BigInt(value);
  return bigInt(value) ?? value;
}

function textToCel(format: string | undefined): ToCel | undefined {
  switch (format) {
    case 'date':
    case 'date-time':
      return (value) => (typeof value === 'string' ? new Date(value) : value);
    case 'duration':
      return (value) => (typeof value === 'string' ? parseDuration(value) : value);
    case 'byte':
      return (value) => (typeof value === 'string' ? new Uint8Array(Buffer.from(value, 'base64')) : value);
    case undefined:
    default:
      return undefined;
  }
}

function listToCel(schema: JsonSchema): ToCel | undefined {
  const item = schema.items === undefined ? undefined : toCel(schema.items);
  if (item === undefined) return undefined;
  return (value) => (Array.isArray(value) ? value.map(item) : value);
}

function objectToCel(schema: JsonSchema): ToCel | undefined {
  const fields = new Map(
    Object.entries(schema.properties ?? {}).map(([name, node]) => [
      name,
      { name: celName(name), convert: toCel(node) },
    ]),
  );
  const entry = entrySchema(schema);
  const additional = entry === undefined ? undefined : toCel(entry);
  const plain = [...fields].every(([name, field]) => field.name === name && field.convert === undefined);
  if (plain && additional === undefined) return undefined;
  return (value) => {
    if (!isObject(value)) return value;
    const converted: Record<string, unknown> = {};
    for (const [name, each] of Object.entries(value)) {
      const field = fields.get(name);
      if (field === undefined) converted[name] = additional === undefined ? each : additional(each);
      else if (field.name !== undefined)
        converted[field.name] = field.convert === undefined ? each : field.convert(each);
    }
    return converted;
  };
}

const UNIT_NANOSECONDS: Readonly<Record<string, number>> = {
  ns: 1,
  us: 1e3,
  µs: 1e3,
  ms: 1e6,
  s: 1e9,
  m: 60e9,
  h: 3_600e9,
  d: 86_400e9,
  w: 604_800e9,
};

function parseDuration(text: string): Duration {
  let nanoseconds = 0;
  for (const match of text.matchAll(/(\d+(?:\.\d+)?)\s*([A-Za-zµ]+)/g)) {
    const unit = (match[2] as string).toLowerCase();
    nanoseconds += Number(match[1]) * (UNIT_NANOSECONDS[unit] ?? UNIT_NANOSECONDS[unit.slice(0, 1)] ?? 0);
  }
  if (text.startsWith('-')) nanoseconds = -nanoseconds;
  const seconds = Math.trunc(nanoseconds / 1e9);
  return new Duration(BigInt(seconds), Math.round(nanoseconds - seconds * 1e9));
}
