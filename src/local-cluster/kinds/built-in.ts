import type { JsonObject, KubeObject } from '../object.ts';
import { apiVersionOf, type Column, type Resource, type Strategy, type Verb } from '../resources.ts';
import type { JsonSchema } from '../schema/schema.ts';
import { ageOf } from '../wire/age.ts';
import { decodeTyped } from './decode.ts';
import { wholeObject } from './object-meta.ts';

/** The verbs of resources that have all of them. */
const ALL_VERBS: readonly Verb[] = [
  'create',
  'delete',
  'deletecollection',
  'get',
  'list',
  'patch',
  'update',
  'watch',
];

/** What distinguishes a built-in kind; the rest is as it is for most. */
export interface BuiltIn {
  readonly group: string;
  readonly version: string;
  readonly plural: string;
  readonly kind: string;
  readonly description: string;
  /** Everything beside apiVersion, kind and metadata. */
  readonly body: JsonSchema;
  readonly columns: readonly Column[];
  readonly resource?: Partial<Resource>;
  /** Fills in what follows from the body alone, as soon as it is read. */
  readonly complete?: (object: KubeObject) => KubeObject;
  readonly strategy?: Partial<Strategy>;
}

/** Builds the resource of a built-in kind: typed decoding, no rules of its own, the usual settings. */
export function builtIn(kind: BuiltIn): Resource {
  const schema = wholeObject(kind.body);
  const type = { group: kind.group, version: kind.version };
  const strategy: Strategy = {
    decode: (body: JsonObject) => {
      const { value, unknownFields } = decodeTyped(body, schema, kind.kind);
      const object = value as KubeObject;
      const typed = {
        ...object,
        apiVersion: apiVersionOf(type),
        kind: kind.kind,
        metadata: object.metadata ?? {},
      };
      return { object: kind.complete?.(typed) ?? typed, unknownFields };
    },
    prepare: (object) => object,
    validate: () => [],
    toStorage: (object) => object,
    fromStorage: (object) => object,
    selectableField: selectableMetadata,
    unknownField: (path) =>
      `"${path}" is not a known field selector: only "metadata.name", "metadata.namespace"`,
    ...kind.strategy,
  };
  return {
    ...type,
    plural: kind.plural,
    singular: kind.kind.toLowerCase(),
    kind: kind.kind,
    listKind: `${kind.kind}List`,
    namespaced: true,
    shortNames: [],
    categories: [],
    verbs: ALL_VERBS,
    subresources: [],
    custom: false,
    messageGroup: kind.group,
    collection: kind.plural,
    schema,
    description: kind.description,
    nameRule: 'subdomain',
    countsGenerations: false,
    unconditionalUpdate: true,
    createOnUpdate: false,
    storagePath: kind.plural,
    columns: kind.columns,
    selectableFields: [],
    ...kind.resource,
    strategy,
  };
}

/** The fields every object can be selected by. */
export function selectableMetadata(object: KubeObject, path: string): string | undefined {
  if (path === 'metadata.name') return object.metadata.name ?? '';
  return path === 'metadata.namespace' ? (object.metadata.namespace ?? '') : undefined;
}

/** The column that names the object. */
export const NAME_COLUMN: Column = {
  name: 'Name',
  type: 'string',
  format: 'name',
  description: 'The name of the object.',
  priority: 0,
  value: (object) => object.metadata.name ?? '',
};

/** A column of text. */
export function textColumn(name: string, description: string, value: Column['value'], priority = 0): Column {
  return { name, type: 'string', format: '', description, priority, value };
}

/** The column that tells how old the object is. */
export const AGE_COLUMN: Column = textColumn(
  'Age',
  'The time since the object was created.',
  (object, nowMs) => ageOf(object.metadata.creationTimestamp, nowMs),
);
