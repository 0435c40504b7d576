import { isObject } from '../json.ts';
import type { JsonSchema } from '../schema/schema.ts';

/** The keywords of JSONSchemaProps (apiextensions.k8s.io/v1), by what stands under them. */
const PLAIN = new Set([
  'id', '$schema', '$ref', 'description', 'type', 'format', 'title', 'default', 'maximum', 'exclusiveMaximum', 'minimum',
  'exclusiveMinimum', 'maxLength', 'minLength', 'pattern', 'maxItems', 'minItems', 'uniqueItems', 'multipleOf', 'enum',
  'maxProperties', 'minProperties', 'required', 'externalDocs', 'example', 'nullable',
  'x-kubernetes-preserve-unknown-fields', 'x-kubernetes-embedded-resource', 'x-kubernetes-int-or-string',
  'x-kubernetes-list-map-keys', 'x-kubernetes-list-type', 'x-kubernetes-map-type', 'x-kubernetes-validations',
]); // biome-ignore format: a list of words
const NESTED = new Set(['items', 'additionalProperties', 'not', 'additionalItems']);
const LISTS = new Set(['allOf', 'oneOf', 'anyOf']);
const MAPS = new Set(['properties', 'patternProperties', 'definitions', 'dependencies']);

/** The formats kube-apiserver checks; others are accepted with a warning. k8s.io/apiextensions-apiserver, formats. */
const FORMATS = new Set([
  'bsonobjectid', 'uri', 'email', 'hostname', 'ipv4', 'ipv6', 'cidr', 'mac', 'uuid', 'uuid3', 'uuid4', 'uuid5', 'isbn',
  'isbn10', 'isbn13', 'creditcard', 'ssn', 'hexcolor', 'rgbcolor', 'byte', 'password', 'date', 'duration', 'datetime',
  'date-time', 'k8s-short-name', 'k8s-long-name', 'int32', 'int64', 'float', 'double',
]); // biome-ignore format: a list of words

/** A schema without what its type does not know. */
export interface KnownSchema {
  readonly schema: JsonSchema;
  readonly unknownFields: readonly string[];
  /** Formats nothing checks. */
  readonly unknownFormats: readonly string[];
}

/** Drops unknown keywords, and names them by their paths. */
export function knownSchema(schema: JsonSchema, path: string): KnownSchema {
  const unknownFields: string[] = [];
  const unknownFormats = new Set<string>();
  function visit(node: unknown, at: string): unknown {
    if (!isObject(node)) return node;
    if (typeof node['format'] === 'string' && !FORMATS.has(node['format']))
      unknownFormats.add(node['format']);
    const kept = Object.entries(node).flatMap(([key, value]): [string, unknown][] => {
      const here = `${at}.${key}`;
      if (value === null) return [];
      if (PLAIN.has(key)) return [[key, value]];
      if (NESTED.has(key)) return [[key, visit(value, here)]];
      if (LISTS.has(key) && Array.isArray(value)) {
        return [[key, value.map((item, index) => visit(item, `${here}[${index}]`))]];
      }
      if (MAPS.has(key) && isObject(value)) {
        const fields = Object.entries(value).map(([name, child]) => [name, visit(child, `${here}.${name}`)]);
        return [[key, Object.fromEntries(fields) as unknown]];
      }
      unknownFields.push(here);
      return [];
    });
    return Object.fromEntries(kept);
  }
  const known = visit(schema, path) as JsonSchema;
  return { schema: known, unknownFields, unknownFormats: [...unknownFormats] };
}
