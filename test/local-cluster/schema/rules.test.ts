import { describe, expect, test } from 'vitest';
import type { JsonSchema, ValidationRule } from '../../../src/local-cluster/schema/json-schema.ts';
import { checkSchema, compileSchema } from '../../../src/local-cluster/schema/schema.ts';

const TEXT: JsonSchema = { type: 'string', maxLength: 20 };

/** Fields of every kind a rule can meet. */
const FIELDS: Readonly<Record<string, JsonSchema>> = {
  text: TEXT,
  count: { type: 'integer' },
  ratio: { type: 'number' },
  flag: { type: 'boolean' },
  when: { type: 'string', format: 'date-time' },
  wait: { type: 'string', format: 'duration' },
  port: { 'x-kubernetes-int-or-string': true },
  'dashed-name': TEXT,
  namespace: TEXT,
  list: { type: 'array', maxItems: 5, items: TEXT },
  numbers: { type: 'array', maxItems: 5, items: { type: 'integer' } },
  map: { type: 'object', maxProperties: 5, additionalProperties: TEXT },
  items: {
    type: 'array',
    maxItems: 5,
    'x-kubernetes-list-type': 'map',
    'x-kubernetes-list-map-keys': ['name'],
    items: { type: 'object', required: ['name'], properties: { name: TEXT, count: { type: 'integer' } } },
  },
};

function schemaWith(rule: ValidationRule): JsonSchema {
  const spec: JsonSchema = { type: 'object', properties: FIELDS, 'x-kubernetes-validations': [rule] };
  return { type: 'object', properties: { spec } };
}

function messages(schema: JsonSchema, spec: unknown, old?: unknown): readonly string[] {
  const errors = compileSchema(schema).validate({ spec }, old === undefined ? undefined : { spec: old });
  return errors.map((error) => `${error.field}: ${error.message}`);
}

describe('a rule', () => {
  // Each is accepted in a definition, holds for the first value and not for the second.
  test.each<[string, unknown, unknown]>([
    ['has(self.text)', { text: '' }, {}],
    ['size(self.list) == 2', { list: ['a', 'b'] }, { list: [] }],
    ['self.text.size() > 1', { text: 'ab' }, { text: 'a' }],
    ["self.text.startsWith('a') && self.text.endsWith('c')", { text: 'abc' }, { text: 'ab' }],
    ["self.text.matches('^[a-z]+$')", { text: 'abc' }, { text: 'ABC' }],
    ["self.text.contains('b')", { text: 'abc' }, { text: 'ac' }],
    ["self.text in ['a', 'b']", { text: 'a' }, { text: 'c' }],
    ["'k' in self.map", { map: { k: 'v' } }, { map: {} }],
    ['self.count > 3 && self.count % 2 == 0', { count: 4 }, { count: 5 }],
    ['self.ratio >= 0.5', { ratio: 1 }, { ratio: 0.25 }],
    ['self.flag', { flag: true }, { flag: false }],
    [
      "self.when > timestamp('2024-01-01T00:00:00Z')",
      { when: '2025-01-01T00:00:00Z' },
      { when: '2023-01-01T00:00:00Z' },
    ],
    ["self.wait > duration('1h')", { wait: '1h30m' }, { wait: '59m' }],
    ['type(self.port) == int && self.port > 1023', { port: 8080 }, { port: 80 }],
    [
      "self.dashed__dash__name == 'x' && self.__namespace__ == 'n'",
      { 'dashed-name': 'x', namespace: 'n' },
      { 'dashed-name': 'y', namespace: 'n' },
    ],
    ["self.list.all(x, x.startsWith('a'))", { list: ['a', 'ab'] }, { list: ['a', 'b'] }],
    ["self.list.exists(x, x == 'a')", { list: ['b', 'a'] }, { list: ['b'] }],
    ["self.list.exists_one(x, x == 'a')", { list: ['a', 'b'] }, { list: ['a', 'a'] }],
    ['self.numbers.filter(n, n > 1).size() == 1', { numbers: [1, 2] }, { numbers: [2, 3] }],
    ['self.numbers.map(n, n * 2).exists(n, n == 4)', { numbers: [2] }, { numbers: [4] }],
    [
      'self.numbers.isSorted() && self.numbers.sum() == 3 && self.numbers.max() == 2',
      { numbers: [1, 2] },
      { numbers: [2, 1] },
    ],
    ['self.map.all(k, self.map[k] == k)', { map: { a: 'a' } }, { map: { a: 'b' } }],
    ["self.?text.orValue('none') == 'none'", {}, { text: 'some' }],
    [
      'self.items.all(i, !has(i.count) || i.count > 0)',
      { items: [{ name: 'a' }, { name: 'b', count: 1 }] },
      { items: [{ name: 'a', count: 0 }] },
    ],
    ["self.count > 0 ? self.text != '' : true", { count: 0, text: '' }, { count: 1, text: '' }],
    ["self.text.lowerAscii() == 'a' && self.text.replace('A', 'b') == 'b'", { text: 'A' }, { text: 'B' }],
  ])('%s', (rule, good, bad) => {
    const schema = schemaWith({ rule, message: 'no' });
    expect(checkSchema(schema)).toEqual([]);
    expect(messages(schema, good)).toEqual([]);
    expect(messages(schema, bad)).toEqual(['spec: Invalid value: no']);
  });

  test('that meets an absent field fails with the reason', () => {
    const schema = schemaWith({ rule: "self.text == 'a'", message: 'no' });
    expect(messages(schema, {})).toEqual(['spec: Invalid value: no such key: text evaluating rule: no']);
  });

  test('without a message names itself', () => {
    expect(messages(schemaWith({ rule: 'self.flag' }), { flag: false })).toEqual([
      'spec: Invalid value: failed rule: self.flag',
    ]);
  });

  test('falls back to the fixed message when the computed one fails', () => {
    const rule = { rule: 'self.flag', message: 'fixed', messageExpression: "'computed for ' + self.text" };
    expect(messages(schemaWith(rule), { flag: false, text: 'x' })).toEqual([
      'spec: Invalid value: computed for x',
    ]);
    expect(messages(schemaWith(rule), { flag: false })).toEqual(['spec: Invalid value: fixed']);
  });
});

describe('a transition rule', () => {
  const immutable = schemaWith({ rule: 'self.text == oldSelf.text', message: 'immutable' });

  test('is silent on create and speaks on change', () => {
    expect(messages(immutable, { text: 'a' })).toEqual([]);
    expect(messages(immutable, { text: 'a' }, { text: 'a' })).toEqual([]);
    expect(messages(immutable, { text: 'b' }, { text: 'a' })).toEqual(['spec: Invalid value: immutable']);
  });

  test('with an optional old value runs on create too', () => {
    const rule = {
      rule: "oldSelf.hasValue() || self.text == 'first'",
      message: 'start with first',
      optionalOldSelf: true,
    };
    const schema = schemaWith(rule);
    expect(checkSchema(schema)).toEqual([]);
    expect(messages(schema, { text: 'second' })).toEqual(['spec: Invalid value: start with first']);
    expect(messages(schema, { text: 'second' }, { text: 'first' })).toEqual([]);
  });

  test('follows an item of a list by its key, wherever it moved', () => {
    const items = FIELDS['items'] as JsonSchema;
    const item = {
      ...items.items,
      'x-kubernetes-validations': [{ rule: 'self.count >= oldSelf.count', message: 'only up' }],
    };
    const schema: JsonSchema = { type: 'object', properties: { items: { ...items, items: item } } };
    const errors = compileSchema(schema).validate(
      {
        items: [
          { name: 'b', count: 1 },
          { name: 'a', count: 1 },
        ],
      },
      {
        items: [
          { name: 'a', count: 2 },
          { name: 'b', count: 1 },
        ],
      },
    );
    expect(errors.map((error) => error.field)).toEqual(['items[1]']);
  });
});

describe('what was violated before', () => {
  const strict = schemaWith({ rule: "self.text != 'bad'", message: 'no' });

  test('is forgiven while the value stays as it is', () => {
    expect(messages(strict, { text: 'bad' }, { text: 'bad' })).toEqual([]);
    expect(messages(strict, { text: 'bad', count: 1 }, { text: 'bad' })).toEqual(['spec: Invalid value: no']);
  });
});

describe('a definition', () => {
  test.each<[string, ValidationRule]>([
    ['compares a text with a number', { rule: 'self.text == 1' }],
    ['calls what does not exist', { rule: 'self.text.frobnicate()' }],
    ['asks whether it has a field that does not exist', { rule: '!has(self.nope)' }],
    ['asks so of an item', { rule: 'self.items.all(i, has(i.nope))' }],
    ['names a variable that does not exist', { rule: 'other.text == self.text' }],
    ['computes a message that is no text', { rule: 'self.flag', messageExpression: 'self.count' }],
    ['points to a field that does not exist', { rule: 'self.flag', fieldPath: '.nope' }],
    ['gives a reason nobody knows', { rule: 'self.flag', reason: 'FieldValueOdd' as 'FieldValueInvalid' }],
  ])('is refused when a rule %s', (_name, rule) => {
    expect(checkSchema(schemaWith(rule)).length).toBe(1);
  });

  const nested = (maxItems: number): JsonSchema => ({
    type: 'object',
    properties: { list: { type: 'array', maxItems, items: { type: 'string', maxLength: 64 } } },
    'x-kubernetes-validations': [{ rule: 'self.list.all(x, self.list.exists_one(y, x == y))' }],
  });

  test('may compare each item of a list with each other one while the list is short', () => {
    expect(checkSchema(nested(100))).toEqual([]);
    expect(checkSchema(nested(5000)).map((error) => error.message)).toContainEqual(
      expect.stringContaining('estimated rule cost exceeds budget by factor of'),
    );
  });

  test('must bound the list whose items have rules of their own', () => {
    const bounded = (maxItems?: number): JsonSchema => ({
      type: 'object',
      properties: {
        list: {
          type: 'array',
          ...(maxItems === undefined ? {} : { maxItems }),
          items: {
            type: 'string',
            maxLength: 100,
            'x-kubernetes-validations': [{ rule: "self.matches('^a+$')" }],
          },
        },
      },
    });
    expect(checkSchema(bounded(1000))).toEqual([]);
    expect(checkSchema(bounded()).length).toBeGreaterThan(0);
  });
});
