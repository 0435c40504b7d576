import type { JsonSchema } from './json-schema.ts';
import { entrySchema } from './lookup.ts';

/** A node of a schema that values stand at, found by walking properties, items and additionalProperties. */
export interface SchemaNode {
  readonly schema: JsonSchema;
  /** For example `spec.validation.openAPIV3Schema.properties[spec].items`. */
  readonly path: string;
  readonly place: 'root' | 'field' | 'item' | 'entry';
  readonly parent: SchemaNode | undefined;
}

/** All nodes, parents before children. Alternatives (allOf and the like) are parts of their node, not nodes. */
export function schemaNodes(schema: JsonSchema, path: string): readonly SchemaNode[] {
  return walk({ schema, path, place: 'root', parent: undefined });
}

function walk(node: SchemaNode): readonly SchemaNode[] {
  const { schema, path } = node;
  const children: SchemaNode[] = Object.entries(schema.properties ?? {}).map(([name, property]) => ({
    schema: property,
    path: `${path}.properties[${name}]`,
    place: 'field',
    parent: node,
  }));
  if (schema.items !== undefined)
    children.push({ schema: schema.items, path: `${path}.items`, place: 'item', parent: node });
  const entry = entrySchema(schema);
  if (entry !== undefined) {
    children.push({ schema: entry, path: `${path}.additionalProperties`, place: 'entry', parent: node });
  }
  return [node, ...children.flatMap(walk)];
}

/** The alternatives of a schema with their paths. */
export function alternatives(schema: JsonSchema, path: string): readonly (readonly [JsonSchema, string])[] {
  const lists = (['allOf', 'anyOf', 'oneOf'] as const).flatMap((keyword) =>
    (schema[keyword] ?? []).map((part, index) => [part, `${path}.${keyword}[${index}]`] as const),
  );
  return schema.not === undefined ? lists : [...lists, [schema.not, `${path}.not`]];
}
