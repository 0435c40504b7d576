import { isObject, type JsonObject } from '../json.ts';
import type { Knobs } from './knobs.ts';
import { invalidParameter } from './vendor-error.ts';

// Readers of a request's parameters. `null` counts as absent, an empty text as missing: ASSUMED, no source.

/** Refuses a name the method does not have: a misspelt parameter is found in the first test (ASSUMED, a knob). */
export function refuseUnknownNames(
  input: JsonObject,
  known: readonly string[],
  at: string,
  knobs: Knobs,
): void {
  if (knobs.unknownParameters === 'ignore') return;
  const unknown = Object.keys(input).find((name) => !known.includes(name));
  if (unknown !== undefined) throw invalidParameter(`Unknown parameter ${at}${unknown}.`);
}

export function mandatoryText(input: JsonObject, name: string): string {
  const value = optionalText(input, name);
  if (value === undefined || value === '') throw missing(name);
  return value;
}

export function optionalText(input: JsonObject, name: string): string | undefined {
  const value = input[name] ?? undefined;
  if (value === undefined || typeof value === 'string') return value;
  throw invalidParameter(`Parameter ${name} must be a string.`);
}

export function optionalChoice(
  input: JsonObject,
  name: string,
  choices: readonly string[],
): string | undefined {
  const value = optionalText(input, name);
  if (value === undefined || choices.includes(value)) return value;
  throw invalidParameter(`Parameter ${name} must be one of ${choices.join(', ')}.`);
}

export function optionalInteger(input: JsonObject, name: string): number | undefined {
  const value = input[name] ?? undefined;
  if (value === undefined) return undefined;
  if (!Number.isSafeInteger(value)) throw invalidParameter(`Parameter ${name} must be an integer.`);
  return value as number;
}

/** A number of a query, where everything is text. */
export function mandatoryDigits(input: JsonObject, name: string): number {
  const text = mandatoryText(input, name);
  if (/^\d{1,15}$/.test(text)) return Number(text);
  throw invalidParameter(`Parameter ${name} must be a number, 0 or more.`);
}

export function optionalObject(input: JsonObject, name: string): JsonObject | undefined {
  const value = input[name] ?? undefined;
  if (value === undefined || isObject(value)) return value;
  throw invalidParameter(`Parameter ${name} must be an object.`);
}

/** The objects of a mandatory, non-empty list. */
export function mandatoryObjects(input: JsonObject, name: string): readonly JsonObject[] {
  const value = input[name] ?? [];
  if (!Array.isArray(value)) throw invalidParameter(`Parameter ${name} must be a list.`);
  if (value.length === 0) throw missing(name);
  if (!value.every(isObject)) throw invalidParameter(`Parameter ${name} must be a list of objects.`);
  return value;
}

/**
 * The key and the value of an object of semi-optional keys: exactly one of them (1). Two are refused by a knob;
 * where they are not, the first in the documents' order counts (ASSUMED).
 */
export function onlyKeyOf(
  object: JsonObject,
  at: string,
  keys: readonly string[],
  knobs: Knobs,
): { readonly key: string; readonly value: string } {
  refuseUnknownNames(object, keys, `${at}.`, knobs);
  const [key, ...others] = keys.filter((candidate) => (object[candidate] ?? undefined) !== undefined);
  if (key === undefined) throw invalidParameter(`${at} needs one of ${keys.join(', ')}.`);
  if (others.length > 0 && knobs.semiOptionalStrict)
    throw invalidParameter(`${at} takes only one of ${keys.join(', ')}.`);
  return { key, value: mandatoryText(object, key) };
}

export function missing(name: string): Error {
  return invalidParameter(`Parameter ${name} is mandatory.`);
}
