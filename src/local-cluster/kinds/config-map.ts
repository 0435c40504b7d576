import { invalidValue } from '../field-errors.ts';
import { sameJson } from '../json.ts';
import { checkConfigKey } from '../names.ts';
import type { KubeObject } from '../object.ts';
import type { Resource } from '../resources.ts';
import { type FieldError, forbidden, tooLong } from '../schema/field-error.ts';
import { AGE_COLUMN, builtIn, NAME_COLUMN, textColumn } from './built-in.ts';
import { FLAG, TEXT_MAP } from './object-meta.ts';

/** Most bytes of all values; keys do not count (10-core, "one value of exactly 1048576 bytes"). */
const MAX_DATA_BYTES = 1024 * 1024;

type Data = Readonly<Record<string, string>>;

/** A map of texts at the top of an object, empty when absent. */
export function dataOf(object: KubeObject, field: 'data' | 'binaryData' | 'stringData'): Data {
  return (object[field] ?? {}) as Data;
}

/** Bytes of base64 values once decoded. */
export function decodedBytes(data: Data): number {
  return Object.values(data).reduce((sum, value) => sum + Buffer.byteLength(value, 'base64'), 0);
}

/** What an object marked `immutable` may not have changed. */
export function checkImmutable(
  object: KubeObject,
  old: KubeObject | undefined,
  fields: readonly string[],
): readonly FieldError[] {
  if (old?.['immutable'] !== true) return [];
  const why = 'field is immutable when `immutable` is set';
  return [
    ...(object['immutable'] === true ? [] : [forbidden('immutable', why)]),
    ...fields.filter((field) => !sameJson(object[field], old[field])).map((field) => forbidden(field, why)),
  ];
}

function validate(object: KubeObject, old: KubeObject | undefined): readonly FieldError[] {
  const data = dataOf(object, 'data');
  const binaryData = dataOf(object, 'binaryData');
  const bytes = Object.values(data).reduce(
    (sum, value) => sum + Buffer.byteLength(value),
    decodedBytes(binaryData),
  );
  return [
    ...Object.keys(data)
      .sort()
      .flatMap((key) => [
        ...checkConfigKey(key).map((why) => invalidValue(`data[${key}]`, key, why)),
        ...(key in binaryData
          ? [invalidValue(`data[${key}]`, key, 'duplicate of key present in binaryData')]
          : []),
      ]),
    ...Object.keys(binaryData).flatMap((key) =>
      checkConfigKey(key).map((why) => invalidValue(`binaryData[${key}]`, key, why)),
    ),
    ...(bytes > MAX_DATA_BYTES ? [tooLong('[]', MAX_DATA_BYTES)] : []),
    ...checkImmutable(object, old, ['data', 'binaryData']),
  ];
}

/** core/v1 ConfigMap. */
export const CONFIG_MAP: Resource = builtIn({
  group: '',
  version: 'v1',
  plural: 'configmaps',
  kind: 'ConfigMap',
  description: 'ConfigMap holds configuration as keys and values.',
  body: {
    properties: {
      data: { ...TEXT_MAP, description: 'The configuration as text.' },
      binaryData: {
        type: 'object',
        description: 'The configuration as bytes, in base64.',
        additionalProperties: { type: 'string', format: 'byte' },
      },
      immutable: { ...FLAG, description: 'Whether the data may no longer change.' },
    },
  },
  columns: [
    NAME_COLUMN,
    textColumn(
      'Data',
      'How many keys there are.',
      (object) =>
        Object.keys(dataOf(object, 'data')).length + Object.keys(dataOf(object, 'binaryData')).length,
    ),
    AGE_COLUMN,
  ],
  resource: { shortNames: ['cm'] },
  strategy: { validate },
});
