/**
 * Writes src/api/*.generated.ts from crds/*.yaml, the only schema: `npm run generate`.
 *
 * - `<kind>.generated.ts`: the types of one kind
 * - `condition.generated.ts`: the one Condition all kinds share
 * - `definitions.generated.ts`: the definitions themselves, so that the published package needs no other file
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { parse } from 'yaml';
import { type SchemaNode, typescriptFromSchema } from './typescript-from-schema.ts';

const ROOT = resolve(import.meta.dirname, '..');
const CRDS = join(ROOT, 'crds');
const API = join(ROOT, 'src/api');
const BANNER = '// Generated from crds/ by `npm run generate`. Do not edit.\n\n';

interface Definition {
  readonly spec: {
    readonly group: string;
    readonly names: { readonly kind: string };
    readonly versions: readonly {
      readonly name: string;
      readonly schema: { readonly openAPIV3Schema: SchemaNode };
    }[];
  };
}

/** File name in src/api → its text. Throws when a definition is not shaped as all of ours are. */
export async function generateApi(): Promise<ReadonlyMap<string, string>> {
  const definitions = readDefinitions();
  const condition = sharedCondition(definitions);
  const files = new Map<string, string>();
  files.set('condition.generated.ts', BANNER + (await typescriptFromSchema(condition, 'Condition')));
  files.set('definitions.generated.ts', BANNER + definitionsModule(definitions));
  for (const definition of definitions) {
    files.set(
      `${kebabCase(kindOf(definition))}.generated.ts`,
      BANNER + (await kindModule(definition, condition)),
    );
  }
  return files;
}

function readDefinitions(): readonly Definition[] {
  return readdirSync(CRDS)
    .filter((file) => file.endsWith('.yaml') && file !== 'kustomization.yaml')
    .sort()
    .map((file) => parse(readFileSync(join(CRDS, file), 'utf8')) as Definition);
}

const kindOf = (definition: Definition): string => definition.spec.names.kind;

function schemaOf(definition: Definition): SchemaNode {
  return definition.spec.versions[0]?.schema.openAPIV3Schema as SchemaNode;
}

function conditionOf(definition: Definition): SchemaNode | undefined {
  return schemaOf(definition).properties?.status?.properties?.conditions?.items;
}

/** The Condition of the first kind, after a check that every kind has the same. */
function sharedCondition(definitions: readonly Definition[]): SchemaNode {
  const [first] = definitions.map(conditionOf);
  if (first === undefined) throw new Error('the first definition has no status.conditions');
  const different = definitions.filter((each) => !isDeepStrictEqual(conditionOf(each), first));
  if (different.length > 0) {
    throw new Error(`status.conditions differs from the other kinds: ${different.map(kindOf).join(', ')}`);
  }
  return first;
}

async function kindModule(definition: Definition, condition: SchemaNode): Promise<string> {
  const imports = [
    "import type { Condition } from './condition.generated.ts';",
    "import type { ObjectMeta } from './object-meta.ts';",
    '',
    '',
  ];
  const types = await typescriptFromSchema(typed(definition, condition), kindOf(definition));
  return imports.join('\n') + types + (await servedSpec(definition));
}

/** The spec as the API server serves it: nobody who reads it repeats a default. Empty without defaults. */
async function servedSpec(definition: Definition): Promise<string> {
  const spec = schemaOf(definition).properties?.spec ?? {};
  const served = mapNodes(spec, withDefaultsRequired);
  if (isDeepStrictEqual(served, spec)) return '';
  const description = `${kindOf(definition)}Spec as the API server serves it, with every default filled in.`;
  return typescriptFromSchema({ ...served, description }, `Served${kindOf(definition)}Spec`);
}

function withDefaultsRequired(node: SchemaNode): SchemaNode {
  const { required = [], properties = {} } = node;
  const defaulted = Object.keys(properties).filter((name) => properties[name]?.default !== undefined);
  return defaulted.length === 0 ? node : { ...node, required: [...required, ...defaulted] };
}

/** The schema as the types should read it: with the envelope, named parts, and the shared Condition. */
function typed(definition: Definition, condition: SchemaNode): SchemaNode {
  const { group, versions } = definition.spec;
  const kind = kindOf(definition);
  const named = mapNodes(schemaOf(definition), (node) =>
    isDeepStrictEqual(node, condition) ? { tsType: 'Condition' } : node,
  );
  const { spec, status } = named.properties ?? {};
  return {
    ...named,
    required: ['apiVersion', 'kind', 'metadata', 'spec'],
    properties: {
      apiVersion: { const: `${group}/${versions[0]?.name}`, description: 'Group and version of the kind.' },
      kind: { const: kind, description: 'The kind.' },
      metadata: { tsType: 'ObjectMeta', description: 'Name, namespace, labels and the like.' },
      spec: { ...spec, title: `${kind}Spec` },
      status: { ...status, title: `${kind}Status` },
    },
  };
}

function mapNodes(node: SchemaNode, change: (node: SchemaNode) => SchemaNode): SchemaNode {
  const { properties, items } = node;
  return change({
    ...node,
    ...(properties === undefined
      ? {}
      : {
          properties: Object.fromEntries(
            Object.entries(properties).map(([name, child]) => [name, mapNodes(child, change)]),
          ),
        }),
    ...(items === undefined ? {} : { items: mapNodes(items, change) }),
  });
}

function definitionsModule(definitions: readonly Definition[]): string {
  const kinds = definitions.map((each) => `  | '${kindOf(each)}'`).join('\n');
  const entries = Object.fromEntries(definitions.map((each) => [kindOf(each), each]));
  return `import type { CustomResourceDefinition } from './definition.ts';

/** Every kind of the group. */
export type Kind =
${kinds};

/** The definitions as they stand in crds/, by kind. */
export const DEFINITIONS: Readonly<Record<Kind, CustomResourceDefinition>> = ${JSON.stringify(entries, null, 2)};
`;
}

/** `VendorAccount` reads `vendor-account`. */
function kebabCase(kind: string): string {
  return kind.replaceAll(/(?<=[a-z])(?=[A-Z])/g, '-').toLowerCase();
}

if (import.meta.main) {
  for (const [file, text] of await generateApi()) writeFileSync(join(API, file), text);
}
