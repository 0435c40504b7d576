import { isObject, type JsonObject } from '../json.ts';
import { invalidArgument } from './vendor-error.ts';

/** The names an object may have; nested where an object is expected. */
export type Shape = { readonly [name: string]: true | Shape };

/**
 * Refuses a name the vendor's schema does not have. ASSUMED: Google's JSON reader refuses the whole request.
 * A misspelt field is thereby found in the first test instead of being ignored.
 */
export function refuseUnknownNames(value: unknown, shape: Shape, at: string): void {
  if (!isObject(value)) return;
  for (const [name, inner] of Object.entries(value)) {
    const known = shape[name];
    if (known === undefined) {
      const place = at === '' ? '' : ` at '${at}'`;
      throw invalidArgument(
        `Invalid JSON payload received. Unknown name "${name}"${place}: Cannot find field.`,
      );
    }
    if (known !== true) refuseUnknownNames(inner, known, at === '' ? name : `${at}.${name}`);
  }
}

/** The object under a name; undefined when unset. */
export function objectIn(from: JsonObject, name: string): JsonObject | undefined {
  const value = from[name] ?? undefined;
  if (value === undefined || isObject(value)) return value;
  throw invalidArgument(`Invalid value at '${name}': an object is expected.`);
}

/** The list under a name; empty when unset. */
export function listIn(from: JsonObject, name: string): readonly unknown[] {
  const value = from[name] ?? [];
  if (Array.isArray(value)) return value;
  throw invalidArgument(`Invalid value at '${name}': a list is expected.`);
}

/** The string under a name; undefined when unset or empty, which the vendor does not tell apart. */
export function textIn(from: JsonObject, name: string): string | undefined {
  const value = from[name] ?? '';
  if (typeof value !== 'string') throw invalidArgument(`Invalid value at '${name}' (TYPE_STRING).`);
  return value === '' ? undefined : value;
}

/** An int64 under a name as canonical decimal digits; JSON numbers are read too. Undefined when unset. */
export function int64In(from: JsonObject, name: string): string | undefined {
  const value = from[name] ?? undefined;
  return value === undefined ? undefined : int64(value, name);
}

/** An int64 in either of its JSON forms. */
export function int64(value: unknown, at: string): string {
  const text = typeof value === 'number' && Number.isSafeInteger(value) ? String(value) : value;
  if (typeof text === 'string' && /^-?\d{1,19}$/.test(text)) return String(BigInt(text));
  throw invalidArgument(`Invalid value at '${at}' (TYPE_INT64), ${JSON.stringify(value)}.`);
}

/** Leaves out what is unset: undefined, empty lists and zero, as the vendor's JSON writer does (2.3). */
export function omitUnset(object: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => isSet(value)));
}

function isSet(value: unknown): boolean {
  return value !== undefined && value !== 0 && !(Array.isArray(value) && value.length === 0);
}
