import { describe, expect, test } from 'vitest';
import { applyStrategicMerge } from '../../../src/local-cluster/patch/strategic-merge.ts';
import type { JsonSchema } from '../../../src/local-cluster/schema/schema.ts';

const MERGED_BY_NAME: JsonSchema = {
  type: 'array',
  'x-kubernetes-patch-strategy': 'merge',
  'x-kubernetes-patch-merge-key': 'name',
  items: { type: 'object', properties: { name: { type: 'string' }, v: { type: 'integer' } } },
};
const SCHEMA: JsonSchema = {
  type: 'object',
  properties: {
    items: MERGED_BY_NAME,
    set: { type: 'array', 'x-kubernetes-patch-strategy': 'merge', items: { type: 'string' } },
    plain: { type: 'array', items: { type: 'string' } },
    whole: {
      type: 'object',
      'x-kubernetes-patch-strategy': 'replace',
      additionalProperties: { type: 'string' },
    },
    map: { type: 'object', additionalProperties: { type: 'string' } },
  },
};
const TARGET = {
  items: [
    { name: 'a', v: 1 },
    { name: 'b', v: 2 },
    { name: 'c', v: 3 },
  ],
  set: ['x', 'y'],
  plain: ['p'],
  whole: { k: '1' },
  map: { k: '1', l: '2' },
};

describe('a strategic merge patch', () => {
  test.each<[string, unknown, unknown]>([
    [
      'merges an item by its key and keeps the order',
      { items: [{ name: 'b', v: 9 }] },
      { items: [TARGET.items[0], { name: 'b', v: 9 }, TARGET.items[2]] },
    ],
    [
      'puts new items first',
      { items: [{ name: 'z', v: 0 }] },
      { items: [{ name: 'z', v: 0 }, ...TARGET.items] },
    ],
    [
      'deletes an item by its key',
      { items: [{ $patch: 'delete', name: 'b' }] },
      { items: [TARGET.items[0], TARGET.items[2]] },
    ],
    ['replaces a list', { items: [{ name: 'q' }, { $patch: 'replace' }] }, { items: [{ name: 'q' }] }],
    [
      'orders items as told',
      { '$setElementOrder/items': [{ name: 'c' }, { name: 'a' }], items: [{ name: 'c', v: 4 }] },
      {
        items: [
          { name: 'b', v: 2 },
          { name: 'c', v: 4 },
          { name: 'a', v: 1 },
        ],
      },
    ],
    ['merges a set', { set: ['y', 'z'] }, { set: ['x', 'y', 'z'] }],
    ['deletes members of a set', { '$deleteFromPrimitiveList/set': ['x'] }, { set: ['y'] }],
    ['replaces a list that has no strategy', { plain: ['q'] }, { plain: ['q'] }],
    ['replaces a map whose strategy says so', { whole: { m: '3' } }, { whole: { m: '3' } }],
    ['empties a map', { map: { $patch: 'delete' } }, { map: {} }],
    ['keeps only some keys', { map: { $retainKeys: ['l', 'm'], m: '3' } }, { map: { l: '2', m: '3' } }],
    ['removes a field by null', { plain: null }, { plain: undefined }],
  ])('%s', (_name, patch, changed) => {
    const result = applyStrategicMerge(TARGET, patch, SCHEMA);
    expect(result).toEqual({ ok: true, value: { ...TARGET, ...(changed as object) } });
  });

  test.each<[string, unknown]>([
    ['is no object', []],
    ['has an instruction nobody knows', { map: { $patch: 'frobnicate' } }],
    ['has an item without its key', { items: [{ v: 1 }] }],
    ['orders by something that is no list', { '$setElementOrder/items': 'a' }],
  ])('is refused when it %s', (_name, patch) => {
    expect(applyStrategicMerge(TARGET, patch, SCHEMA).ok).toBe(false);
  });
});
