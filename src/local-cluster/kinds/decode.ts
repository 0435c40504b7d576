import { isBigInteger } from '../big-integer.ts';
import { isObject } from '../json.ts';
import type { JsonSchema } from '../schema/schema.ts';
import { parseMicroTime, parseTime } from './times.ts';

/** The body of a request does not have the types of its kind; the message is that of the Go decoder. */
export class DecodeError extends Error {
  override readonly name = 'DecodeError';
}

/** A decoded value, with the paths the kind does not know. */
export interface Decoded {
  readonly value: unknown;
  readonly unknownFields: readonly string[];
}

/**
 * Reads a JSON value as the Go type that `schema` describes: unknown fields are dropped and named, nulls and empty
 * maps and lists vanish, times are brought to UTC. Throws DecodeError where the types do not fit.
 * `structName` is the type a message names, such as ConfigMap.
 */
export function decodeTyped(value: unknown, schema: JsonSchema, structName: string): Decoded {
  const unknownFields: string[] = [];
  const decoded = decode(value, schema, { struct: structName, path: '' }, unknownFields);
  return { value: decoded, unknownFields };
}

interface Place {
  readonly struct: string;
  readonly path: string;
}

function decode(value: unknown, schema: JsonSchema, place: Place, unknownFields: string[]): unknown {
  if (schema['x-kubernetes-preserve-unknown-fields'] === true) return value;
  switch (schema.type ?? '') {
    case 'object':
      if (!isObject(value)) throw mismatch(value, schema, place);
      return schema.properties === undefined
        ? decodeMap(value, schema, place, unknownFields)
        : decodeStruct(value, schema.properties, place, unknownFields);
    case 'array':
      if (!Array.isArray(value)) throw mismatch(value, schema, place);
      return value.map((item: unknown, index) =>
        decode(
          item,
          schema.items as JsonSchema,
          { ...place, path: `${place.path}[${index}]` },
          unknownFields,
        ),
      );
    case 'string':
      if (typeof value !== 'string') throw mismatch(value, schema, place);
      return decodeText(value, schema.format);
    case 'boolean':
      if (typeof value !== 'boolean') throw mismatch(value, schema, place);
      return value;
    case 'integer':
    case 'number':
      if (typeof value !== 'number' && !isBigInteger(value)) throw mismatch(value, schema, place);
      return value;
    default:
      return value;
  }
}

function decodeStruct(
  value: Readonly<Record<string, unknown>>,
  properties: Readonly<Record<string, JsonSchema>>,
  place: Place,
  unknownFields: string[],
): Record<string, unknown> {
  const result: Record<string, unknown> = {};
  for (const [key, field] of Object.entries(value)) {
    const path = place.path === '' ? key : `${place.path}.${key}`;
    const schema = properties[key];
    if (schema === undefined) {
      unknownFields.push(path);
      continue;
    }
    if (field === null) continue;
    const struct = key === 'metadata' && place.path === '' ? 'ObjectMeta' : place.struct;
    const decoded = decode(field, schema, { struct, path }, unknownFields);
    if (!isEmptyCollection(decoded, schema)) result[key] = decoded;
  }
  return result;
}

function decodeMap(
  value: Readonly<Record<string, unknown>>,
  schema: JsonSchema,
  place: Place,
  unknownFields: string[],
): Record<string, unknown> {
  const item = typeof schema.additionalProperties === 'object' ? schema.additionalProperties : {};
  return Object.fromEntries(
    // A null value becomes the zero value of its Go type.
    Object.entries(value).map(([key, field]) => [
      key,
      field === null ? '' : decode(field, item, place, unknownFields),
    ]),
  );
}

/** Go leaves empty maps and lists out (`omitempty`); structs stay. */
function isEmptyCollection(value: unknown, schema: JsonSchema): boolean {
  if (Array.isArray(value)) return value.length === 0;
  const isMap = schema.properties === undefined && schema['x-kubernetes-preserve-unknown-fields'] !== true;
  return isObject(value) && isMap && Object.keys(value).length === 0;
}

function decodeText(value: string, format: string | undefined): string {
  switch (format ?? '') {
    case 'byte':
      return checkedBase64(value);
    case 'micro-time':
    case 'date-time': {
      const time = format === 'micro-time' ? parseMicroTime(value) : parseTime(value);
      if (!time.ok) throw new DecodeError(time.message);
      return time.text;
    }
    default:
      return value;
  }
}

function checkedBase64(value: string): string {
  const text = value.replace(/[\r\n]/g, '');
  const wrong = text.search(/[^A-Za-z0-9+/=]/);
  if (wrong >= 0) throw new DecodeError(`illegal base64 data at input byte ${wrong}`);
  if (text.length % 4 !== 0 || !/^[^=]*={0,2}$/.test(text)) {
    throw new DecodeError(`illegal base64 data at input byte ${Math.floor(text.length / 4) * 4}`);
  }
  return text;
}

function mismatch(value: unknown, schema: JsonSchema, place: Place): DecodeError {
  const path = place.path.replace(/^metadata\./, '');
  const field = path === '' ? place.struct : `${place.struct}.${path}`;
  const found = Array.isArray(value) ? 'array' : (JSON_WORDS[typeof value] ?? typeof value);
  return new DecodeError(
    `json: cannot unmarshal ${found} into Go struct field ${field} of type ${goType(schema)}`,
  );
}

const JSON_WORDS: Readonly<Record<string, string>> = { boolean: 'bool' };

function goType(schema: JsonSchema): string {
  switch (schema.type ?? '') {
    case 'array':
      return `[]${goType(schema.items as JsonSchema)}`;
    case 'object':
      return schema.properties === undefined && typeof schema.additionalProperties === 'object'
        ? `map[string]${goType(schema.additionalProperties)}`
        : 'struct';
    case 'boolean':
      return 'bool';
    case 'integer':
      return schema.format === 'int32' ? 'int32' : 'int64';
    default:
      return schema.format === 'byte' ? '[]uint8' : 'string';
  }
}
