import type { FieldError } from './schema/field-error.ts';

/** A value that breaks a rule; `value` is shown as JSON. */
export function invalidValue(field: string, value: unknown, why: string): FieldError {
  return { reason: 'FieldValueInvalid', field, message: `Invalid value: ${JSON.stringify(value)}: ${why}` };
}

/** A field that may not change. */
export function immutableField(field: string, value: unknown): FieldError {
  return invalidValue(field, value, 'field is immutable');
}
