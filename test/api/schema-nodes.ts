import type { JsonSchema } from '../../src/api/definition.ts';
import { DEFINITIONS, type Kind } from '../../src/api/definitions.generated.ts';

/** One node of a schema. `repeats` is how often it can occur in an object: the product of the list bounds above it. */
export interface SchemaNode {
  readonly path: string;
  readonly schema: JsonSchema;
  readonly repeats: number;
}

export function rootSchema(kind: Kind): JsonSchema {
  return DEFINITIONS[kind].spec.versions[0].schema.openAPIV3Schema;
}

/** The node and everything below it. Lists add `[]` to the path, maps `{}`. */
export function nodesOf(schema: JsonSchema, path = '', repeats = 1): readonly SchemaNode[] {
  const { properties = {}, items, additionalProperties, maxItems = 0, maxProperties = 0 } = schema;
  return [
    { path, schema, repeats },
    ...Object.entries(properties).flatMap(([name, child]) =>
      nodesOf(child, path === '' ? name : `${path}.${name}`, repeats),
    ),
    ...(items === undefined ? [] : nodesOf(items, `${path}[]`, repeats * maxItems)),
    ...(additionalProperties === undefined || additionalProperties === false
      ? []
      : nodesOf(additionalProperties, `${path}{}`, repeats * maxProperties)),
  ];
}
