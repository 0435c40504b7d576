import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { serverSideApply } from '../../../src/local-cluster/apply/server-side-apply.ts';
import { trackUpdate } from '../../../src/local-cluster/apply/track-update.ts';
import type { KubeObject, ManagedFieldsEntry } from '../../../src/local-cluster/object.ts';
import type { JsonSchema } from '../../../src/local-cluster/schema/schema.ts';
import { applied, conflictsOf, type Model, NOTHING, updated } from './ownership-model.ts';

const TEXT: JsonSchema = { type: 'string' };
const SCHEMA: JsonSchema = {
  type: 'object',
  properties: {
    spec: {
      type: 'object',
      properties: {
        a: TEXT,
        b: TEXT,
        list: { type: 'array', items: TEXT, 'x-kubernetes-list-type': 'atomic' },
        settings: { type: 'object', additionalProperties: TEXT },
        members: { type: 'array', items: TEXT, 'x-kubernetes-list-type': 'set' },
        items: {
          type: 'array',
          'x-kubernetes-list-type': 'map',
          'x-kubernetes-list-map-keys': ['name'],
          items: { type: 'object', required: ['name'], properties: { name: TEXT, value: TEXT } },
        },
      },
    },
  },
};

/** A configuration, written the way people think of it. */
interface Configuration {
  readonly a?: string;
  readonly b?: string;
  readonly list?: string;
  readonly settings: Readonly<Record<string, string>>;
  readonly members: readonly string[];
  readonly items: Readonly<Record<string, string>>;
}

const VALUE = fc.constantFrom('1', '2');
const CONFIGURATION: fc.Arbitrary<Configuration> = fc.record(
  {
    a: VALUE,
    b: VALUE,
    list: VALUE,
    settings: fc.dictionary(fc.constantFrom('k', 'l'), VALUE, { maxKeys: 2, noNullPrototype: true }),
    members: fc.uniqueArray(fc.constantFrom('m', 'n', 'o'), { maxLength: 3 }),
    items: fc.dictionary(fc.constantFrom('x', 'y'), VALUE, { maxKeys: 2, noNullPrototype: true }),
  },
  { requiredKeys: ['settings', 'members', 'items'] },
);

function objectOf({ a, b, list, settings, members, items }: Configuration): KubeObject {
  const spec = {
    ...(a === undefined ? {} : { a }),
    ...(b === undefined ? {} : { b }),
    ...(list === undefined ? {} : { list: [list, list] }),
    ...(Object.keys(settings).length === 0 ? {} : { settings }),
    ...(members.length === 0 ? {} : { members }),
    ...(Object.keys(items).length === 0
      ? {}
      : { items: Object.entries(items).map(([name, value]) => ({ name, value })) }),
  };
  return {
    apiVersion: 'demo/v1',
    kind: 'Thing',
    metadata: { name: 't' },
    ...(Object.keys(spec).length === 0 ? {} : { spec }),
  };
}

function leavesOf({ a, b, list, settings, members, items }: Configuration): ReadonlyMap<string, string> {
  const plain = Object.entries({ a, b, list }).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  return new Map([
    ...plain,
    ...Object.entries(settings).map(([key, value]): [string, string] => [`settings.${key}`, value]),
    ...members.map((member): [string, string] => [`members.${member}`, 'in']),
    ...Object.keys(items).map((name): [string, string] => [`items.${name}`, 'in']),
    ...Object.entries(items).map(([name, value]): [string, string] => [`items.${name}.value`, value]),
  ]);
}

/** The leaves of a stored object, read without any code of the merge. An item may have lost its value. */
function leavesIn(object: KubeObject | undefined): ReadonlyMap<string, string> {
  const { a, b, list, settings = {}, members = [], items = [] } = (object?.['spec'] ?? {}) as StoredSpec;
  const plain = Object.entries({ a, b, list: list?.[0] });
  return new Map(
    [
      ...plain,
      ...Object.entries(settings).map(([key, value]) => [`settings.${key}`, value] as const),
      ...members.map((member) => [`members.${member}`, 'in'] as const),
      ...items.map(({ name }) => [`items.${name}`, 'in'] as const),
      ...items.map(({ name, value }) => [`items.${name}.value`, value] as const),
    ].filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}

interface StoredSpec {
  readonly a?: string;
  readonly b?: string;
  readonly list?: readonly string[];
  readonly settings?: Readonly<Record<string, string>>;
  readonly members?: readonly string[];
  readonly items?: readonly { readonly name: string; readonly value?: string }[];
}

/** Who owns which leaf, from the text of the record. */
function ownersIn(object: KubeObject | undefined): ReadonlyMap<string, ReadonlySet<string>> {
  const owners = new Map<string, Set<string>>();
  for (const entry of object?.metadata.managedFields ?? []) {
    for (const leaf of ownedLeaves(entry))
      owners.set(leaf, (owners.get(leaf) ?? new Set()).add(entry.manager as string));
  }
  return owners;
}

function ownedLeaves(entry: ManagedFieldsEntry): readonly string[] {
  const spec = (entry.fieldsV1?.['f:spec'] ?? {}) as Record<string, Record<string, object>>;
  const below = (field: string): [string, object][] =>
    Object.entries(spec[field] ?? {}).filter(([step]) => step !== '.');
  return [
    ...['a', 'b', 'list'].filter((name) => spec[`f:${name}`] !== undefined),
    ...below('f:settings').map(([step]) => `settings.${step.slice(2)}`),
    ...below('f:members').map(([step]) => `members.${JSON.parse(step.slice(2)) as string}`),
    ...below('f:items').flatMap(([step, fields]) => {
      const name = (JSON.parse(step.slice(2)) as { name: string }).name;
      return [
        ...('.' in fields ? [`items.${name}`] : []),
        ...('f:value' in fields ? [`items.${name}.value`] : []),
      ];
    }),
  ];
}

function withItemsOf(live: KubeObject, next: KubeObject): KubeObject {
  const { items } = (live['spec'] ?? {}) as StoredSpec;
  return items === undefined ? next : { ...next, spec: { ...(next['spec'] as object), items } };
}

function told(model: Model): unknown {
  const owners = [...model.owners].filter(([, held]) => held.size > 0);
  return {
    values: [...model.values].map(([leaf, value]) => `${leaf}: ${value}`).sort(),
    owners: owners.map(([leaf, held]) => `${leaf}: ${[...held].sort().join(' ')}`).sort(),
  };
}

function apply(
  live: KubeObject | undefined,
  manager: string,
  configuration: Configuration,
  force: boolean,
  now: string,
): ReturnType<typeof serverSideApply> {
  return serverSideApply({
    live,
    applied: objectOf(configuration),
    manager,
    force,
    schema: SCHEMA,
    subresource: '',
    now,
  });
}

const APPLY = fc.record({
  kind: fc.constant('apply' as const),
  manager: fc.constantFrom('alice', 'bob', 'carol'),
  configuration: CONFIGURATION,
  force: fc.boolean(),
});
// A PUT that leaves the items alone: taking over the field of an item, but not the item, is outside the model.
const UPDATE = fc.record({
  kind: fc.constant('update' as const),
  manager: fc.constantFrom('editor', 'owner'),
  configuration: CONFIGURATION,
});

describe('field ownership', () => {
  test('is what the model of leaves and owners says, after any history', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(APPLY, UPDATE), { minLength: 1, maxLength: 12 }), (history) => {
        let model = NOTHING;
        let live: KubeObject | undefined;
        for (const [index, step] of history.entries()) {
          const now = `2024-01-01T00:00:${String(index).padStart(2, '0')}Z`;
          if (step.kind === 'update') {
            if (live === undefined) continue;
            // An object without any record is not tracked by plain writes; the model has no such state.
            if ((live.metadata.managedFields ?? []).length === 0) continue;
            const next = withItemsOf(live, objectOf({ ...step.configuration, items: {} }));
            live = trackUpdate(live, next, step.manager, '', SCHEMA, now);
            model = updated(model, step.manager, leavesIn(next));
          } else {
            if (live !== undefined && (live.metadata.managedFields ?? []).length === 0) continue;
            const wanted = leavesOf(step.configuration);
            const expected = conflictsOf(model, step.manager, wanted);
            const result = apply(live, step.manager, step.configuration, step.force, now);
            if (!result.ok) {
              expect(step.force).toBe(false);
              expect(result.kind === 'conflict' && result.causes.length).toBe(expected.length);
              continue;
            }
            if (!step.force) expect(expected).toEqual([]);
            live = result.object;
            model = applied(model, step.manager, wanted);
            const again = apply(live, step.manager, step.configuration, false, 'later');
            expect(again.ok && again.object).toBe(live);
          }
          expect(told({ values: leavesIn(live), owners: ownersIn(live) })).toEqual(told(model));
        }
      }),
      { numRuns: 300 },
    );
  });
});
