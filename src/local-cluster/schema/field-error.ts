import { sortedJson } from '../json.ts';
import { escapeHtml } from './go-json.ts';

/** One violation, as a cause of an `Invalid` Status carries it. */
export interface FieldError {
  readonly reason:
    | 'FieldValueRequired'
    | 'FieldValueInvalid'
    | 'FieldValueNotSupported'
    | 'FieldValueDuplicate'
    | 'FieldValueTooLong'
    | 'FieldValueTooMany'
    | 'FieldValueTypeInvalid'
    | 'FieldValueForbidden'
    | 'FieldValueNotFound';
  /** Path in the object, for example `spec.items[0].name`; `<nil>` where kube-apiserver names no field. */
  readonly field: string;
  /** In the words of kube-apiserver, without the path. */
  readonly message: string;
}

/** The field of a violation that belongs to no field. */
export const NO_FIELD = '<nil>';

/** A value as Go prints it in a violation: quoted text, plain numbers, JSON for everything else. */
function printValue(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return value === undefined ? 'null' : escapeHtml(sortedJson(value));
}

/** The value breaks a rule that `detail` names. */
export function invalid(field: string, value: unknown, detail: string): FieldError {
  return { reason: 'FieldValueInvalid', field, message: `Invalid value: ${printValue(value)}: ${detail}` };
}

/** The value has the wrong type or format. */
export function typeInvalid(field: string, value: unknown, detail: string): FieldError {
  return { ...invalid(field, value, detail), reason: 'FieldValueTypeInvalid' };
}

/** A value is missing. */
export function required(field: string, detail = ''): FieldError {
  return {
    reason: 'FieldValueRequired',
    field,
    message: detail === '' ? 'Required value' : `Required value: ${detail}`,
  };
}

/** The value may not be there. */
export function forbidden(field: string, detail: string): FieldError {
  return { reason: 'FieldValueForbidden', field, message: `Forbidden: ${detail}` };
}

/** The value stands twice in a set, or its key in a map. */
export function duplicate(field: string, value: unknown): FieldError {
  return { reason: 'FieldValueDuplicate', field, message: `Duplicate value: ${printValue(value)}` };
}

/** The value is none of the allowed ones. */
export function notSupported(field: string, value: unknown, allowed: readonly unknown[]): FieldError {
  const supported = allowed.map((each) => JSON.stringify(typeof each === 'string' ? each : sortedJson(each)));
  return {
    reason: 'FieldValueNotSupported',
    field,
    message: `Unsupported value: ${printValue(value)}: supported values: ${supported.join(', ')}`,
  };
}

/** The text is longer than `max` characters; the message says bytes, as the real one does. */
export function tooLong(field: string, max: number): FieldError {
  return { reason: 'FieldValueTooLong', field, message: `Too long: may not be more than ${max} bytes` };
}

/** The list or map has more than `max` entries. */
export function tooMany(field: string, actual: number, max: number): FieldError {
  return {
    reason: 'FieldValueTooMany',
    field,
    message: `Too many: ${actual}: must have at most ${max} items`,
  };
}

const BLOCKING: ReadonlySet<FieldError['reason']> = new Set([
  'FieldValueNotSupported',
  'FieldValueRequired',
  'FieldValueTooLong',
  'FieldValueTooMany',
  'FieldValueTypeInvalid',
]);

/** What kube-apiserver adds when it left the CEL rules out. */
export const RULES_NOT_CHECKED: FieldError = invalid(
  NO_FIELD,
  null,
  'some validation rules were not checked because the object was invalid; correct the existing errors to complete validation',
);

/** Whether CEL rules are left out beside these violations: a value of a wrong shape would mislead them. */
export function blocksRules(errors: readonly FieldError[]): boolean {
  return errors.some((error) => BLOCKING.has(error.reason));
}
