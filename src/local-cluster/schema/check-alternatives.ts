import { type FieldError, forbidden, required } from './field-error.ts';
import type { JsonSchema } from './json-schema.ts';
import { entrySchema } from './lookup.ts';
import { alternatives, type SchemaNode } from './schema-nodes.ts';

// Alternatives may only restrict values: what shapes an object has to stand in the node itself.
const SHAPING: readonly (readonly [keyof JsonSchema, string])[] = [
  ['type', 'must be empty to be structural'],
  ['title', 'must be empty to be structural'],
  ['description', 'must be empty to be structural'],
  ['default', 'must be undefined to be structural'],
  ['additionalProperties', 'must be undefined to be structural'],
  ['nullable', 'must be false to be structural'],
  ['x-kubernetes-preserve-unknown-fields', 'must be false to be structural'],
  ['x-kubernetes-embedded-resource', 'must be false to be structural'],
  ['x-kubernetes-int-or-string', 'must be false to be structural'],
  ['x-kubernetes-list-type', 'must be undefined to be structural'],
  ['x-kubernetes-list-map-keys', 'must be empty to be structural'],
  ['x-kubernetes-map-type', 'must be undefined to be structural'],
];

/** Whether the alternatives of a node restrict what the node declares, and no more. */
export function checkAlternatives({ schema, path }: SchemaNode): readonly FieldError[] {
  return alternatives(schema, path).flatMap(([part, at]) =>
    // The one exception: `anyOf: [{type: integer}, {type: string}]` is how int-or-string was written before.
    schema['x-kubernetes-int-or-string'] === true && isBareType(part)
      ? []
      : checkPart(part, at, schema, path),
  );
}

function isBareType(part: JsonSchema): boolean {
  return Object.keys(part).length === 1 && (part.type === 'integer' || part.type === 'string');
}

function checkPart(part: JsonSchema, at: string, declared: JsonSchema, path: string): readonly FieldError[] {
  const shaping = SHAPING.filter(([keyword]) => isSet(part[keyword])).map(([keyword, detail]) =>
    forbidden(`${at}.${keyword}`, detail),
  );
  const fields = Object.entries(part.properties ?? {}).flatMap(([name, field]) => {
    const inner = `${at}.properties[${name}]`;
    const node = declared.properties?.[name];
    const known = node ?? anyField(declared);
    if (known === undefined)
      return [required(`${path}.properties[${name}]`, `because it is defined in ${inner}`)];
    return checkPart(field, inner, known, `${path}.properties[${name}]`);
  });
  const items =
    part.items === undefined
      ? []
      : checkPart(part.items, `${at}.items`, declared.items ?? {}, `${path}.items`);
  const nested = alternatives(part, at).flatMap(([inner, innerAt]) =>
    checkPart(inner, innerAt, declared, path),
  );
  return [...shaping, ...fields, ...items, ...nested];
}

function isSet(value: unknown): boolean {
  return value !== undefined && value !== false && value !== '';
}

function anyField(schema: JsonSchema): JsonSchema | undefined {
  return entrySchema(schema) ?? (schema['x-kubernetes-preserve-unknown-fields'] === true ? {} : undefined);
}
