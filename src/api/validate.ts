import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import type { JsonSchema } from './definition.ts';
import { DEFINITIONS, type Kind } from './definitions.generated.ts';
import { fieldPath } from './field-path.ts';
import { API_VERSION, KINDS } from './group.ts';

/** One thing that is wrong with an object. */
export interface Violation {
  /** As kubectl writes it, for example `spec.devices[3].imei`; empty for the object as a whole. */
  readonly path: string;
  /** What is wrong there, without the path. */
  readonly message: string;
}

/** Everything that is wrong with an object; empty when nothing is. Never throws, never changes the object. */
export type Validator = (object: unknown) => readonly Violation[];

/**
 * A validator for each kind, from the schema in crds/: types, enums, required and unknown fields, bounds,
 * patterns and formats. Like the API server with `fieldValidation: Strict`, but without defaults, pruning and
 * CEL rules: an object passes as it was written.
 */
export const VALIDATORS = validatorsOf(KINDS);

function validatorsOf(kinds: readonly Kind[]): Readonly<Record<Kind, Validator>> {
  const compiler = once(schemaCompiler);
  const validators = kinds.map((kind) => [kind, validator(() => compiler().compile(withEnvelope(kind)))]);
  return Object.fromEntries(validators) as Record<Kind, Validator>;
}

/** Compiled with the first object: all schemas take a fifth of a second, which every start would pay. */
function validator(compile: () => ValidateFunction): Validator {
  const compiled = once(compile);
  return (object) => {
    const validate = compiled();
    return validate(object) ? [] : (validate.errors ?? []).map(violation);
  };
}

function once<T extends object>(make: () => T): () => T {
  let made: T | undefined;
  return () => (made ??= make());
}

function schemaCompiler(): Ajv {
  const ajv = new Ajv({ allErrors: true });
  addFormats.default(ajv);
  ajv.addVocabulary(['x-kubernetes-list-type', 'x-kubernetes-list-map-keys', 'x-kubernetes-validations']);
  return ajv;
}

/** The kind's schema with what the API server adds to every kind, and closed against unknown fields. */
function withEnvelope(kind: Kind): JsonSchema {
  const schema = closed(DEFINITIONS[kind].spec.versions[0].schema.openAPIV3Schema);
  return {
    ...schema,
    required: ['apiVersion', 'kind', 'metadata', ...(schema.required ?? [])],
    properties: {
      ...schema.properties,
      apiVersion: { const: API_VERSION },
      kind: { const: kind },
      metadata: { type: 'object' },
    },
  };
}

function closed(schema: JsonSchema): JsonSchema {
  const { properties, items } = schema;
  return {
    ...schema,
    ...(items === undefined ? {} : { items: closed(items) }),
    ...(properties === undefined ? {} : { properties: closedEach(properties), additionalProperties: false }),
  };
}

function closedEach(properties: Readonly<Record<string, JsonSchema>>): Record<string, JsonSchema> {
  return Object.fromEntries(Object.entries(properties).map(([name, schema]) => [name, closed(schema)]));
}

function violation(error: ErrorObject): Violation {
  const { keyword, instancePath, params } = error;
  switch (keyword) {
    case 'required':
      return { path: fieldPath(instancePath, params.missingProperty), message: 'is required' };
    case 'additionalProperties':
      return { path: fieldPath(instancePath, params.additionalProperty), message: 'is not a known field' };
    case 'enum':
      return { path: fieldPath(instancePath), message: `must be one of ${params.allowedValues.join(', ')}` };
    case 'const':
      return { path: fieldPath(instancePath), message: `must be ${params.allowedValue}` };
    default:
      return { path: fieldPath(instancePath), message: error.message ?? `breaks the rule ${keyword}` };
  }
}
