import { isObject, without } from '../json.ts';
import type { JsonObject, KubeObject } from '../object.ts';
import type { DecodedObject, Resource } from '../resources.ts';
import type { JsonSchema } from '../schema/schema.ts';
import { builtIn, NAME_COLUMN } from './built-in.ts';
import { decodeTyped } from './decode.ts';
import { checkDefinition } from './definition-rules.ts';
import { type Definition, versionsOf } from './definition-type.ts';
import { FLAG, INT32, TEXT, wholeObject } from './object-meta.ts';
import { knownSchema } from './schema-fields.ts';

/** The name of the collection of definitions in the store. */
export const DEFINITIONS = 'customresourcedefinitions';

/** Keeps a definition until its instances are gone. */
export const CLEANUP_FINALIZER = 'customresourcecleanup.apiextensions.k8s.io';

const TEXTS: JsonSchema = { type: 'array', items: TEXT, 'x-kubernetes-list-type': 'atomic' };
const ANYTHING: JsonSchema = { type: 'object', 'x-kubernetes-preserve-unknown-fields': true };

const NAMES: JsonSchema = {
  type: 'object',
  'x-vendorplane-zero': {},
  properties: {
    plural: TEXT,
    singular: TEXT,
    shortNames: TEXTS,
    kind: TEXT,
    listKind: TEXT,
    categories: TEXTS,
  },
};

const PRINTER_COLUMN: JsonSchema = {
  type: 'object',
  properties: { name: TEXT, type: TEXT, format: TEXT, description: TEXT, priority: INT32, jsonPath: TEXT },
};

const VERSION: JsonSchema = {
  type: 'object',
  properties: {
    name: TEXT,
    served: FLAG,
    storage: FLAG,
    deprecated: FLAG,
    deprecationWarning: TEXT,
    schema: { type: 'object', properties: { openAPIV3Schema: ANYTHING } },
    subresources: { type: 'object', properties: { status: ANYTHING, scale: ANYTHING } },
    additionalPrinterColumns: { type: 'array', items: PRINTER_COLUMN, 'x-kubernetes-list-type': 'atomic' },
    selectableFields: {
      type: 'array',
      items: { type: 'object', properties: { jsonPath: TEXT } },
      'x-kubernetes-list-type': 'atomic',
    },
  },
};

const CONDITION: JsonSchema = {
  type: 'object',
  properties: {
    type: TEXT,
    status: TEXT,
    lastTransitionTime: { type: 'string', format: 'date-time' },
    reason: TEXT,
    message: TEXT,
    observedGeneration: { type: 'integer', format: 'int64' },
  },
};

const BODY: JsonSchema = {
  properties: {
    spec: {
      type: 'object',
      'x-vendorplane-zero': {},
      properties: {
        group: TEXT,
        names: NAMES,
        scope: TEXT,
        versions: { type: 'array', items: VERSION, 'x-kubernetes-list-type': 'atomic' },
        conversion: { type: 'object', properties: { strategy: TEXT, webhook: ANYTHING } },
        preserveUnknownFields: FLAG,
      },
    },
    status: {
      type: 'object',
      'x-vendorplane-zero': {},
      properties: {
        conditions: {
          type: 'array',
          items: CONDITION,
          'x-kubernetes-list-type': 'map',
          'x-kubernetes-list-map-keys': ['type'],
        },
        acceptedNames: NAMES,
        storedVersions: TEXTS,
      },
    },
  },
};

function decode(body: JsonObject): DecodedObject {
  const { value, unknownFields } = decodeTyped(body, wholeObject(BODY), 'CustomResourceDefinition');
  const object = value as KubeObject;
  const unknown = [...unknownFields];
  const versions = versionsOf(object).map((version, index) => {
    const schema = version.schema?.openAPIV3Schema;
    if (schema === undefined) return version;
    const known = knownSchema(schema, `spec.versions[${index}].schema.openAPIV3Schema`);
    unknown.push(...known.unknownFields);
    return { ...version, schema: { openAPIV3Schema: known.schema } };
  });
  const typed = {
    ...object,
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: object.metadata ?? {},
    ...(isObject(object['spec']) ? { spec: { ...object['spec'], versions } } : {}),
  };
  return { object: withDefaults(typed), unknownFields: unknown };
}

/** Warnings a definition deserves: formats nothing checks. */
export function definitionWarnings(object: KubeObject): readonly string[] {
  const formats = versionsOf(object).flatMap((version) =>
    version.schema?.openAPIV3Schema === undefined
      ? []
      : knownSchema(version.schema.openAPIV3Schema, '').unknownFormats,
  );
  return [...new Set(formats)].map((format) => `unrecognized format "${format}"`);
}

function prepare(object: KubeObject, old: KubeObject | undefined, subresource: string): KubeObject {
  if (old === undefined) {
    const stored = versionsOf(object).filter((version) => version.storage);
    return {
      ...object,
      status: {
        conditions: null,
        acceptedNames: { plural: '', kind: '' },
        storedVersions: stored.length === 0 ? null : stored.map((version) => version.name),
      },
    };
  }
  if (subresource === 'status') return object;
  const status = (old as Definition).status;
  const storage = versionsOf(object).find((version) => version.storage)?.name;
  const known = status?.storedVersions ?? [];
  const storedVersions = storage === undefined || known.includes(storage) ? known : [...known, storage];
  return { ...object, status: { ...status, storedVersions } };
}

function withDefaults(object: KubeObject): KubeObject {
  const spec = object['spec'];
  if (!isObject(spec)) return object;
  const names = isObject(spec['names']) ? spec['names'] : {};
  const kind = typeof names['kind'] === 'string' ? names['kind'] : '';
  return {
    ...object,
    spec: {
      conversion: { strategy: 'None' },
      ...without(spec, 'names'),
      names: { singular: kind.toLowerCase(), listKind: `${kind}List`, ...names },
    },
  };
}

/** apiextensions.k8s.io/v1 CustomResourceDefinition. */
export const DEFINITION: Resource = builtIn({
  group: 'apiextensions.k8s.io',
  version: 'v1',
  plural: DEFINITIONS,
  kind: 'CustomResourceDefinition',
  description: 'CustomResourceDefinition adds a kind to the API.',
  body: BODY,
  columns: [
    NAME_COLUMN,
    {
      name: 'Created At',
      type: 'date',
      format: '',
      description: 'When the definition was created.',
      priority: 0,
      value: (object) => object.metadata.creationTimestamp ?? null,
    },
  ],
  resource: {
    namespaced: false,
    shortNames: ['crd', 'crds'],
    categories: ['api-extensions'],
    subresources: ['status'],
    countsGenerations: true,
    unconditionalUpdate: false,
    storagePath: 'apiextensions.k8s.io/customresourcedefinitions',
  },
  strategy: { decode, prepare, validate: checkDefinition },
});
