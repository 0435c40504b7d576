import { isDeepStrictEqual } from 'node:util';
import { isBigInteger, parseExact } from './big-integer.ts';
import type { JsonObject } from './object.ts';

/** True for JSON objects: neither null nor a list nor an integer kept as text. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !isBigInteger(value);
}

/** Equality of JSON values; the order of keys does not matter. */
export function sameJson(left: unknown, right: unknown): boolean {
  return left === right || isDeepStrictEqual(left, right);
}

/** A copy without the keys whose value is undefined, so that equality and serialisation agree. */
export function defined<T extends object>(value: { readonly [K in keyof T]: T[K] | undefined }): T {
  return Object.fromEntries(Object.entries(value).filter(([, field]) => field !== undefined)) as T;
}

/** A copy without the named keys. */
export function without<T extends object, K extends string>(value: T, ...keys: K[]): Omit<T, K> {
  return Object.fromEntries(
    Object.entries(value).filter(([key]) => !(keys as string[]).includes(key)),
  ) as Omit<T, K>;
}

/** JSON text with the keys of every object in order, as kube-apiserver writes custom resources. */
export function sortedJson(value: unknown): string {
  return JSON.stringify(value, (_key, field: unknown) =>
    isObject(field) ? Object.fromEntries(Object.entries(field).sort(([a], [b]) => (a < b ? -1 : 1))) : field,
  );
}

/** The result of reading JSON text; a failure speaks in the words of the Go decoder. */
export type ParsedJson =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly message: string };

/** Reads JSON. Integers are exact up to 64 bits, as in Go. */
export function parseJson(text: string): ParsedJson {
  try {
    return { ok: true, value: parseExact(text) };
  } catch (error) {
    return { ok: false, message: goSyntaxError(text, error instanceof Error ? error.message : '') };
  }
}

function goSyntaxError(text: string, message: string): string {
  const position = /at position (\d+)/.exec(message)?.[1];
  const character =
    /Unexpected token '(.)'/su.exec(message)?.[1] ??
    (position === undefined ? undefined : text[Number(position)]);
  if (character === undefined) return 'unexpected end of JSON input';
  return `invalid character ${quoteCharacter(character)} looking for beginning of value`;
}

function quoteCharacter(character: string): string {
  if (character === "'") return `'\\''`;
  const code = character.charCodeAt(0);
  const printable = (code >= 0x20 && code < 0x7f) || code >= 0xa1;
  return printable ? `'${character}'` : `'\\u${code.toString(16).padStart(4, '0')}'`;
}
