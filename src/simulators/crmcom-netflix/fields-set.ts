import type { JsonObject } from '../json.ts';
import { optionalText } from './parameters.ts';
import { invalidParameter } from './vendor-error.ts';

/** Leaves of a record what was asked for. */
export type FieldsSet = (record: JsonObject) => JsonObject;

/**
 * Reads `fields_set`: comma-separated names of the returned records' fields; all without it. A name no record has
 * is refused (ASSUMED).
 *
 * @param names the fields a record can have.
 */
export function fieldsSetIn(input: JsonObject, names: readonly string[]): FieldsSet {
  const asked = optionalText(input, 'fields_set');
  if (asked === undefined || asked === '') return (record) => record;
  const wanted = asked.split(',').map((name) => name.trim());
  const unknown = wanted.find((name) => !names.includes(name));
  if (unknown !== undefined) throw invalidParameter(`There is no field "${unknown}".`);
  return (record) => Object.fromEntries(Object.entries(record).filter(([name]) => wanted.includes(name)));
}
