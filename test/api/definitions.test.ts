import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import type { JsonSchema } from '../../src/api/definition.ts';
import { DEFINITIONS } from '../../src/api/definitions.generated.ts';
import { GROUP, KINDS, RESOURCES, VERSION } from '../../src/api/group.ts';
import { nodesOf, rootSchema, type SchemaNode } from './schema-nodes.ts';

const CRDS = resolve(import.meta.dirname, '../../crds');
const USER_WRITTEN = [
  'Customer',
  'DeviceClaim',
  'NetflixChargeFeed',
  'NetflixDeviceRegistration',
  'NetflixSubscription',
  'VendorAccount',
  'VerizonDeviceDeletion',
];

/** Keywords a node of ours may use. What is missing here would need a second thought about a real API server. */
const KEYWORDS = new Set([
  'type',
  'description',
  'properties',
  'additionalProperties',
  'required',
  'items',
  'enum',
  'default',
  'format',
  'pattern',
  'minLength',
  'maxLength',
  'maxItems',
  'maxProperties',
  'minimum',
  'maximum',
  'x-kubernetes-list-type',
  'x-kubernetes-list-map-keys',
  'x-kubernetes-validations',
]);

interface Check {
  readonly name: string;
  readonly holds: (node: SchemaNode) => boolean;
}

const isBounded = ({ type, enum: values, maxLength }: JsonSchema) =>
  type !== 'string' || values !== undefined || maxLength !== undefined;

const CHECKS: readonly Check[] = [
  { name: 'has a type', holds: ({ schema }) => schema.type !== undefined },
  {
    name: 'uses known keywords only',
    holds: ({ schema }) => Object.keys(schema).every((k) => KEYWORDS.has(k)),
  },
  {
    name: 'has a description that ends as a sentence, so that kubectl explain teaches',
    holds: ({ schema }) => /^[A-Z].*[.]$/.test(schema.description ?? ''),
  },
  { name: 'bounds its length if it is a string', holds: ({ schema }) => isBounded(schema) },
  {
    name: 'is bounded and atomic if it is a list, but for conditions, a map by type',
    holds: ({ path, schema }) =>
      schema.type !== 'array' ||
      (schema.maxItems !== undefined &&
        schema['x-kubernetes-list-type'] === (path === 'status.conditions' ? 'map' : 'atomic')),
  },
  {
    name: 'has fields or a bounded number of keys if it is an object',
    holds: ({ schema }) =>
      schema.type !== 'object' || (schema.properties === undefined) === (schema.maxProperties !== undefined),
  },
  {
    name: 'has a format and a smallest value if it is an integer, and in a spec a largest one',
    holds: ({ path, schema }) =>
      schema.type !== 'integer' ||
      (schema.format !== undefined &&
        schema.minimum !== undefined &&
        (path.startsWith('status') || schema.maximum !== undefined)),
  },
  {
    name: 'requires only fields it has',
    holds: ({ schema }) => (schema.required ?? []).every((name) => schema.properties?.[name] !== undefined),
  },
  {
    name: 'requires no field that has a default',
    holds: ({ schema }) =>
      (schema.required ?? []).every((name) => schema.properties?.[name]?.default === undefined),
  },
];

describe.each(KINDS)('%s', (kind) => {
  const definition = DEFINITIONS[kind];
  const [version] = definition.spec.versions;

  test.each(CHECKS)('every node $name', ({ holds }) => {
    const offenders = nodesOf(rootSchema(kind)).filter((node) => !holds(node));
    expect(offenders.map(({ path }) => path)).toEqual([]);
  });

  test('stands in a file named for its plural', () => {
    const file = join(CRDS, `${definition.spec.names.plural}.yaml`);
    expect(parse(readFileSync(file, 'utf8'))).toEqual(definition);
  });

  test('is namespaced, of the one group and version, with a status of its own', () => {
    expect(definition.metadata.name).toBe(`${definition.spec.names.plural}.${GROUP}`);
    expect(definition.spec).toMatchObject({ group: GROUP, scope: 'Namespaced' });
    expect(version).toMatchObject({
      name: VERSION,
      served: true,
      storage: true,
      subresources: { status: {} },
    });
    expect(rootSchema(kind).required).toEqual(['spec']);
  });

  test('is in the category vendorplane exactly if users write it', () => {
    expect(definition.spec.names.categories ?? []).toEqual(
      USER_WRITTEN.includes(kind) ? ['vendorplane'] : [],
    );
  });

  test('can be suspended and asked for a look exactly if users write it', () => {
    const { spec, status } = rootSchema(kind).properties ?? {};
    expect(spec?.properties?.suspend?.default).toBe(USER_WRITTEN.includes(kind) ? false : undefined);
    expect(status?.properties?.lastHandledReconcileAt !== undefined).toBe(USER_WRITTEN.includes(kind));
    expect(status?.properties?.observedGeneration).toBeDefined();
  });

  test('shows columns that point at fields it has', () => {
    const paths = new Set(nodesOf(rootSchema(kind)).map((node) => node.path));
    for (const { jsonPath } of version.additionalPrinterColumns) {
      const field = jsonPath.replace(/^[.]/, '').replace(/\[[?][(]@[.]type=="\w+"[)]\]/, '[]');
      const isKnown = paths.has(field) || field === 'metadata.creationTimestamp';
      // spec.partition is a map: its keys are no fields.
      expect(isKnown || field.startsWith('spec.partition.'), jsonPath).toBe(true);
    }
    expect(version.additionalPrinterColumns.some(({ name }) => name === 'Age')).toBe(true);
  });
});

test('every kind has a name of its own in every form a person may type', () => {
  const names = KINDS.flatMap((kind) => {
    const { plural, singular } = DEFINITIONS[kind].spec.names;
    return [plural, singular, ...RESOURCES[kind].shortNames];
  });
  expect(new Set(names).size).toBe(names.length);
});

test('the kustomization lists every definition', () => {
  const { resources } = parse(readFileSync(join(CRDS, 'kustomization.yaml'), 'utf8')) as {
    resources: string[];
  };
  const files = readdirSync(CRDS).filter((file) => file.endsWith('.yaml') && file !== 'kustomization.yaml');
  expect(resources.sort()).toEqual(files.sort());
});

describe('the checks themselves', () => {
  const WRONG: readonly (readonly [string, JsonSchema])[] = [
    ['has a type', {}],
    ['uses known keywords only', { nullable: true } as JsonSchema],
    ['has a description that ends as a sentence, so that kubectl explain teaches', { description: 'words' }],
    ['bounds its length if it is a string', { type: 'string' }],
    [
      'is bounded and atomic if it is a list, but for conditions, a map by type',
      { type: 'array', maxItems: 3 },
    ],
    ['has fields or a bounded number of keys if it is an object', { type: 'object' }],
    [
      'has a format and a smallest value if it is an integer, and in a spec a largest one',
      { type: 'integer' },
    ],
    ['requires only fields it has', { required: ['a'], properties: {} }],
    ['requires no field that has a default', { required: ['a'], properties: { a: { default: 1 } } }],
  ];

  test.each(WRONG)('“%s” finds a node that breaks it', (name, schema) => {
    const check = CHECKS.find((each) => each.name === name);
    expect(check?.holds({ path: 'spec.x', schema, repeats: 1 })).toBe(false);
  });
});
