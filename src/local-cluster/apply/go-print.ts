import { isBigInteger } from '../big-integer.ts';
import { isObject } from '../json.ts';

// kube-apiserver's apply errors show values through Go's fmt verbs; these write the same texts.

/** A value as Go's %T names its type. */
export function printGoType(value: unknown): string {
  if (Array.isArray(value)) return '[]interface {}';
  if (isObject(value)) return 'map[string]interface {}';
  if (typeof value === 'number') return Number.isInteger(value) ? 'int64' : 'float64';
  if (isBigInteger(value)) return 'int64';
  return typeof value === 'boolean' ? 'bool' : typeof value;
}

/** A value wrapped as the merge library holds it, as Go's %v prints it. */
export function printGoValue(value: unknown): string {
  return `&{${plain(value)}}`;
}

function plain(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(plain).join(' ')}]`;
  if (isObject(value))
    return `map[${sorted(value)
      .map(([key, field]) => `${key}:${plain(field)}`)
      .join(' ')}]`;
  return value === null ? '<nil>' : printScalar(value);
}

/** A value wrapped as the merge library holds it, as Go's %#v prints it. */
export function printGoSyntax(value: unknown): string {
  return `&value.valueUnstructured{Value:${syntax(value)}}`;
}

function syntax(value: unknown): string {
  if (Array.isArray(value)) return `[]interface {}{${value.map(syntax).join(', ')}}`;
  if (isObject(value)) {
    return `map[string]interface {}{${sorted(value)
      .map(([key, field]) => `${JSON.stringify(key)}:${syntax(field)}`)
      .join(', ')}}`;
  }
  if (value === null) return 'interface {}(nil)';
  return typeof value === 'string' ? JSON.stringify(value) : printScalar(value);
}

function printScalar(value: unknown): string {
  return isBigInteger(value) ? value.rawJSON : `${value as string | number | boolean}`;
}

function sorted(value: Readonly<Record<string, unknown>>): [string, unknown][] {
  return Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
}
