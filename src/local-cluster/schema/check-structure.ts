import { checkAlternatives } from './check-alternatives.ts';
import { checkDefault } from './check-default.ts';
import { checkListMap } from './check-list-map.ts';
import { type FieldError, forbidden, invalid, notSupported, required } from './field-error.ts';
import type { JsonSchema } from './json-schema.ts';
import { compilePattern } from './patterns.ts';
import { type SchemaNode, schemaNodes } from './schema-nodes.ts';

/** What makes a schema not structural, or otherwise no schema for a custom resource. */
export function checkStructure(root: JsonSchema, path: string): readonly FieldError[] {
  return schemaNodes(root, path).flatMap((node) => [
    ...checkType(node),
    ...checkKeywords(node),
    ...checkMetadata(node),
    ...checkPattern(node.schema, node.path),
    ...checkListMap(node),
    ...checkAlternatives(node),
    ...checkDefault(node),
  ]);
}

const TYPES = ['array', 'boolean', 'integer', 'number', 'object', 'string'];

const UNTYPED: Readonly<Record<SchemaNode['place'], string>> = {
  root: 'must not be empty at the root',
  field: 'must not be empty for specified object fields',
  entry: 'must not be empty for specified object fields',
  item: 'must not be empty for specified array items',
};

function checkType({ schema, path, place }: SchemaNode): readonly FieldError[] {
  const { type = '' } = schema;
  const free =
    schema['x-kubernetes-int-or-string'] === true || schema['x-kubernetes-preserve-unknown-fields'] === true;
  if (type === '') return free && place !== 'root' ? [] : [required(`${path}.type`, UNTYPED[place])];
  if (!TYPES.includes(type)) return [notSupported(`${path}.type`, type, TYPES)];
  if (place === 'root' && type !== 'object')
    return [invalid(`${path}.type`, type, 'must be object at the root')];
  return type === 'array' && schema.items === undefined
    ? [required(`${path}.items`, 'must be specified')]
    : [];
}

const UNSUPPORTED = ['$ref', 'id', 'definitions', 'dependencies', 'patternProperties', 'additionalItems'];

function checkKeywords({ schema, path }: SchemaNode): readonly FieldError[] {
  const errors = UNSUPPORTED.filter((keyword) => Object.hasOwn(schema, keyword)).map((keyword) =>
    forbidden(`${path}.${keyword}`, `${keyword} is not supported`),
  );
  if (schema.uniqueItems === true) {
    const detail = 'uniqueItems cannot be set to true since the runtime complexity becomes quadratic';
    errors.push(forbidden(`${path}.uniqueItems`, detail));
  }
  if (schema.additionalProperties === false) {
    errors.push(forbidden(`${path}.additionalProperties`, 'additionalProperties cannot be set to false'));
  }
  if (schema.additionalProperties !== undefined && schema.properties !== undefined) {
    errors.push(
      forbidden(`${path}.additionalProperties`, 'additionalProperties and properties are mutual exclusive'),
    );
  }
  return errors;
}

function checkMetadata({ schema, path, place }: SchemaNode): readonly FieldError[] {
  const metadata = place === 'root' ? schema.properties?.['metadata'] : undefined;
  const described = Object.keys(metadata?.properties ?? {});
  if (described.every((name) => name === 'name' || name === 'generateName')) return [];
  const detail =
    'must not specify anything other than name and generateName, but metadata is implicitly specified';
  return [forbidden(`${path}.properties[metadata]`, detail)];
}

function checkPattern({ pattern }: JsonSchema, path: string): readonly FieldError[] {
  const compiled = pattern === undefined ? undefined : compilePattern(pattern);
  if (compiled === undefined || compiled instanceof RegExp) return [];
  const detail = `must be a valid regular expression, but isn't: error parsing regexp: ${compiled.error}`;
  return [invalid(`${path}.pattern`, pattern, detail)];
}
