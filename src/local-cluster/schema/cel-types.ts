import type { Environment } from '@marcbachmann/cel-js';
import { sameJson } from '../json.ts';
import { celName } from './cel-names.ts';
import type { JsonSchema } from './json-schema.ts';
import { entrySchema } from './lookup.ts';

const TEXT_TYPES: Readonly<Record<string, string>> = {
  'date-time': 'google.protobuf.Timestamp',
  date: 'google.protobuf.Timestamp',
  duration: 'google.protobuf.Duration',
  byte: 'bytes',
};

/** Declares the type of a schema's values in an environment and returns its name. `name` must be new there. */
export function declareType(
  environment: Environment,
  schema: JsonSchema,
  name: string,
  isResource: boolean,
): string {
  if (schema['x-kubernetes-int-or-string'] === true) return 'dyn';
  switch (schema.type) {
    case 'boolean':
      return 'bool';
    case 'integer':
      return 'int';
    case 'number':
      return 'double';
    case 'string':
      return TEXT_TYPES[schema.format ?? ''] ?? 'string';
    case 'array':
      return `list<${declareType(environment, schema.items ?? {}, `${name}.item`, false)}>`;
    case 'object':
      return declareObject(
        environment,
        schema,
        name,
        isResource || schema['x-kubernetes-embedded-resource'] === true,
      );
    case undefined:
    default:
      return 'dyn';
  }
}

const RESOURCE_FIELDS: Readonly<Record<string, JsonSchema>> = {
  apiVersion: { type: 'string' },
  kind: { type: 'string' },
  metadata: { type: 'object', properties: { name: { type: 'string' }, generateName: { type: 'string' } } },
};

function declareObject(
  environment: Environment,
  schema: JsonSchema,
  name: string,
  isResource: boolean,
): string {
  const entry = entrySchema(schema);
  if (entry !== undefined) return `map<string, ${declareType(environment, entry, `${name}.entry`, false)}>`;
  const properties = isResource ? { ...schema.properties, ...RESOURCE_FIELDS } : (schema.properties ?? {});
  const fields = Object.entries(properties).flatMap(([field, node]): [string, string][] => {
    const escaped = celName(field);
    return escaped === undefined
      ? []
      : [[escaped, declareType(environment, node, `${name}.${escaped}`, false)]];
  });
  environment.registerType(name, { fields: Object.fromEntries(fields) });
  environment.registerOperator(`${name} == ${name}`, sameJson);
  return name;
}
