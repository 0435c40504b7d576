import { isBigInteger } from '../big-integer.ts';
import { without } from '../json.ts';
import type { JsonObject, KubeObject } from '../object.ts';
import { apiVersionOf, type Column, type DecodedObject, type Resource, type Strategy } from '../resources.ts';
import type { FieldError } from '../schema/field-error.ts';
import { type CompiledSchema, compileSchema } from '../schema/schema.ts';
import { ageOf } from '../wire/age.ts';
import { compileJsonPath, type JsonPath } from '../wire/json-path.ts';
import { AGE_COLUMN, NAME_COLUMN, selectableMetadata } from './built-in.ts';
import { decodeTyped } from './decode.ts';
import { type Definition, type DefinitionVersion, type PrinterColumn } from './definition-type.ts';
import { OBJECT_META, wholeObject } from './object-meta.ts';

/** The name of the collection of a definition's instances in the store. */
export function instancesOf(definition: Definition): string {
  return `${definition.spec.group}/${definition.spec.names.plural}`;
}

/**
 * The resources an established definition serves, one a version. `schemaRevision` is the store revision since which
 * objects have been written with the present schema; older ones get its defaults when they are read.
 */
export function customResources(definition: Definition, schemaRevision: number): readonly Resource[] {
  return definition.spec.versions
    .filter((version) => version.served)
    .map((version) => customResource(definition, version, schemaRevision));
}

function customResource(
  definition: Definition,
  version: DefinitionVersion,
  schemaRevision: number,
): Resource {
  const { spec } = definition;
  const root = version.schema?.openAPIV3Schema ?? {};
  const hasStatus = version.subresources?.status !== undefined;
  const type = { group: spec.group, version: version.name };
  return {
    ...type,
    plural: spec.names.plural,
    singular: spec.names.singular ?? spec.names.kind.toLowerCase(),
    kind: spec.names.kind,
    listKind: spec.names.listKind ?? `${spec.names.kind}List`,
    namespaced: spec.scope === 'Namespaced',
    shortNames: spec.names.shortNames ?? [],
    categories: spec.names.categories ?? [],
    verbs: ['delete', 'deletecollection', 'get', 'list', 'patch', 'create', 'update', 'watch'],
    subresources: hasStatus ? ['status'] : [],
    custom: true,
    messageGroup: spec.group,
    collection: instancesOf(definition),
    schema: wholeObject(root),
    description: root.description ?? '',
    ...deprecationOf(definition, version),
    nameRule: 'subdomain',
    countsGenerations: true,
    unconditionalUpdate: false,
    createOnUpdate: false,
    storagePath: `${spec.group}/${spec.names.plural}`,
    columns: columnsOf(version),
    selectableFields: [...selectableFields(version).keys()],
    strategy: strategyOf(definition, version, compileSchema(root), schemaRevision),
  };
}

function deprecationOf(
  definition: Definition,
  version: DefinitionVersion,
): { readonly deprecation?: string } {
  if (version.deprecated !== true) return {};
  const { group, names } = definition.spec;
  return {
    deprecation: version.deprecationWarning ?? `${group}/${version.name} ${names.kind} is deprecated`,
  };
}

function strategyOf(
  definition: Definition,
  version: DefinitionVersion,
  schema: CompiledSchema,
  schemaRevision: number,
): Strategy {
  const apiVersion = apiVersionOf({ group: definition.spec.group, version: version.name });
  const storage = definition.spec.versions.find((known) => known.storage) ?? version;
  const storageVersion = apiVersionOf({ group: definition.spec.group, version: storage.name });
  const hasStatus = version.subresources?.status !== undefined;
  const selectable = selectableFields(version);
  return {
    decode: (body) => decodeCustom(body, schema),
    prepare(object, old, subresource) {
      if (!hasStatus || subresource === 'status') return object;
      const rest = without(object, 'status') as KubeObject;
      return old?.['status'] === undefined ? rest : { ...rest, status: old['status'] };
    },
    validate: (object, old, subresource) =>
      subresource === 'status' ? schema.validateStatus(object, old) : schema.validate(object, old),
    toStorage: (object) =>
      object.apiVersion === storageVersion ? object : { ...object, apiVersion: storageVersion },
    fromStorage(object) {
      const served = object.apiVersion === apiVersion ? object : { ...object, apiVersion };
      const current = Number(object.metadata.resourceVersion ?? Number.POSITIVE_INFINITY) > schemaRevision;
      return current ? served : (schema.applyDefaults(served) as KubeObject);
    },
    selectableField(object, path) {
      const field = selectable.get(path);
      return field === undefined ? selectableMetadata(object, path) : selectableText(field(object)[0]);
    },
    unknownField: (path) => `field label not supported: ${path}`,
  };
}

function decodeCustom(body: JsonObject, schema: CompiledSchema): DecodedObject {
  const metadata = decodeTyped({ metadata: body['metadata'] ?? {} }, META_ONLY, 'ObjectMeta');
  const pruned = schema.prune({ ...body, ...(metadata.value as object) });
  const object = schema.applyDefaults(pruned.object) as KubeObject;
  const unknownFields = [...pruned.unknownFields, ...metadata.unknownFields].sort();
  return { object: { ...object, metadata: (metadata.value as KubeObject).metadata }, unknownFields };
}

const META_ONLY = { type: 'object', properties: { metadata: OBJECT_META } } as const;

function selectableText(value: unknown): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function selectableFields(version: DefinitionVersion): ReadonlyMap<string, JsonPath> {
  return new Map(
    (version.selectableFields ?? []).flatMap(({ jsonPath }): [string, JsonPath][] => {
      const path = compileJsonPath(jsonPath);
      return path === undefined ? [] : [[jsonPath.replace(/^\./, ''), path]];
    }),
  );
}

function columnsOf(version: DefinitionVersion): readonly Column[] {
  const columns = version.additionalPrinterColumns ?? [];
  return [NAME_COLUMN, ...(columns.length === 0 ? [AGE_COLUMN] : columns.map(printerColumn))];
}

function printerColumn(column: PrinterColumn): Column {
  const path = compileJsonPath(column.jsonPath) ?? (() => []);
  return {
    name: column.name,
    type: column.type,
    format: column.format ?? '',
    description:
      column.description ?? `Custom resource definition column (in JSONPath format): ${column.jsonPath}`,
    priority: column.priority ?? 0,
    value: (object, nowMs) => cell(path(object)[0], column.type, nowMs),
  };
}

/** A value as its column shows it; null when it is missing or of another type. */
function cell(value: unknown, type: string, nowMs: number): unknown {
  if (value === undefined || value === null) return null;
  if (isBigInteger(value) && (type === 'integer' || type === 'number')) return value;
  switch (type) {
    case 'integer':
      return typeof value === 'number' ? Math.trunc(value) : null;
    case 'number':
      return typeof value === 'number' ? value : null;
    case 'boolean':
      return typeof value === 'boolean' ? value : null;
    case 'date':
      return typeof value === 'string' ? ageOf(value, nowMs) : '<invalid>';
    default:
      return typeof value === 'string' ? value : JSON.stringify(value);
  }
}

/** Errors after which kube-apiserver does not run CEL rules, and says so in one more cause. */
const STOPS_RULES = ['FieldValueRequired', 'FieldValueTooLong', 'FieldValueTooMany', 'FieldValueTypeInvalid'];

/** Adds to metadata errors of a custom resource what the schema's errors bring along themselves. */
export function withSkippedRules(
  metadata: readonly FieldError[],
  schema: readonly FieldError[],
): readonly FieldError[] {
  const all = [...metadata, ...schema];
  const noted = all.some((error) => error.field === '<nil>' && error.message.includes('validation rules'));
  if (noted || !metadata.some((error) => STOPS_RULES.includes(error.reason))) return all;
  return [
    ...all,
    {
      reason: 'FieldValueInvalid',
      field: '<nil>',
      message:
        'Invalid value: null: some validation rules were not checked because the object was invalid; ' +
        'correct the existing errors to complete validation',
    },
  ];
}
