import type { JsonSchema } from './json-schema.ts';

/** The schema of the entries of a free map; undefined for other objects. */
export function entrySchema(schema: JsonSchema | undefined): JsonSchema | undefined {
  return typeof schema?.additionalProperties === 'object' ? schema.additionalProperties : undefined;
}

/** The schema of a declared field; undefined for others. */
export function propertySchema(schema: JsonSchema, name: string): JsonSchema | undefined {
  return schema.properties !== undefined && Object.hasOwn(schema.properties, name)
    ? schema.properties[name]
    : undefined;
}
