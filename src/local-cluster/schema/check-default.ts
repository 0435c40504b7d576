import { withDefaults } from './defaults.ts';
import { type FieldError, invalid } from './field-error.ts';
import { prune } from './prune.ts';
import type { SchemaNode } from './schema-nodes.ts';
import { compileStructural } from './structural.ts';

/** Whether a node's default is a value of the node itself. */
export function checkDefault({ schema, path }: SchemaNode): readonly FieldError[] {
  if (schema.default === undefined) return [];
  const field = `${path}.default`;
  if (prune(schema.default, schema).unknownFields.length > 0) {
    return [invalid(field, schema.default, 'must not have unknown fields')];
  }
  const walk = { path: [field], errors: [] as FieldError[] };
  compileStructural(schema)(withDefaults(schema.default, schema), undefined, walk);
  return walk.errors;
}
