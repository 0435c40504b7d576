import { AdminError } from './admin.ts';
import { isObject, type JsonObject } from './json.ts';

/** Typed access to the fields of an order; a field of the wrong type is an AdminError. */
export interface Fields {
  /** The field as it is, of whatever type. */
  raw(name: string): unknown;
  text(name: string): string | undefined;
  requiredText(name: string): string;
  /** A list of texts. */
  texts(name: string): readonly string[] | undefined;
  flag(name: string): boolean | undefined;
  count(name: string): number | undefined;
  object(name: string): JsonObject;
  /** A string of decimal digits. */
  digits(name: string): string | undefined;
  /** Decimal digits that stand for one of the simulator's ids: at most 15 of them. */
  id(name: string): number | undefined;
}

export function fields(order: unknown): Fields {
  if (!isObject(order)) throw new AdminError('An object is expected.');
  const source = order;

  function of<T>(name: string, fits: (value: unknown) => value is T, expected: string): T | undefined {
    const value = source[name] ?? undefined;
    if (value === undefined || fits(value)) return value;
    throw new AdminError(`"${name}" must be ${expected}.`);
  }

  const text = (name: string) => of(name, isText, 'text');
  const digits = (name: string) => of(name, isDigits, 'a string of digits');

  return {
    raw: (name) => source[name],
    text,
    requiredText: (name) => text(name) ?? fail(name),
    texts: (name) => of(name, isTexts, 'a list of texts'),
    flag: (name) => of(name, isFlag, 'true or false'),
    count: (name) => of(name, isCount, 'an integer, 0 or more'),
    object: (name) => of(name, isObject, 'an object') ?? {},
    digits,
    id: (name) => {
      const value = digits(name);
      if (value === undefined || value.length <= 15) return value === undefined ? undefined : Number(value);
      throw new AdminError(`"${name}" may have at most 15 digits here.`);
    },
  };
}

/** The orders in `{"<name>": [...]}`, or the body itself as the only one. */
export function ordersIn(body: unknown, name: string): readonly unknown[] {
  if (!isObject(body)) throw new AdminError('An object is expected.');
  const list = body[name];
  return Array.isArray(list) ? list : [body];
}

function fail(name: string): never {
  throw new AdminError(`"${name}" is missing.`);
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every(isText);
}

function isDigits(value: unknown): value is string {
  return typeof value === 'string' && /^\d+$/.test(value);
}

function isFlag(value: unknown): value is boolean {
  return typeof value === 'boolean';
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}
