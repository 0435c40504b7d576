import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { stringFormat } from '../../../src/local-cluster/schema/formats.ts';
import { compilePattern } from '../../../src/local-cluster/schema/patterns.ts';
import { compileSchema, type JsonSchema } from '../../../src/local-cluster/schema/schema.ts';
import { widgetSchema } from './recorded.ts';

const WIDGET = compileSchema(widgetSchema());

const LEAF = fc.constantFrom<unknown>(null, 0, 1.5, 'Google', '', true);
const NAME = fc.constantFrom(
  'vendor',
  'mode',
  'replicas',
  'title',
  'limits',
  'perDay',
  'items',
  'name',
  'value',
  'settings',
  'raw',
  'note',
  'nope',
);
const TREE = fc.letrec((tie) => ({
  any: fc.oneof({ maxDepth: 4 }, LEAF, fc.array(tie('any'), { maxLength: 3 }), tie('object')),
  object: fc.dictionary(NAME, tie('any'), { maxKeys: 5, noNullPrototype: true }),
})).object;

describe('any body at all', () => {
  test('pruned twice is pruned once, and names each unknown field the first time', () => {
    fc.assert(
      fc.property(TREE, (spec) => {
        const first = WIDGET.prune({ spec, nope: 1 });
        expect(first.unknownFields).toContain('nope');
        expect(WIDGET.prune(first.object)).toEqual({ object: first.object, unknownFields: [] });
      }),
    );
  });

  test('given defaults twice has them once, and the body is not written to', () => {
    fc.assert(
      fc.property(TREE, (spec) => {
        const body = { spec };
        const before = structuredClone(body);
        const once = WIDGET.applyDefaults(body);
        expect(body).toEqual(before);
        expect(WIDGET.applyDefaults(once)).toEqual(once);
      }),
    );
  });

  test('is validated without a throw, and unchanged nothing but a transition rule is held against it', () => {
    fc.assert(
      fc.property(TREE, (spec) => {
        const body = WIDGET.applyDefaults({ spec });
        WIDGET.validate(body);
        const held = WIDGET.validate(body, body).filter((error) => !error.message.includes('is immutable'));
        expect(held).toEqual([]);
      }),
    );
  });
});

describe('pruning', () => {
  const schema: JsonSchema = {
    type: 'object',
    properties: {
      template: {
        type: 'object',
        'x-kubernetes-embedded-resource': true,
        properties: { spec: { type: 'object', properties: {} } },
      },
      open: {
        type: 'object',
        'x-kubernetes-preserve-unknown-fields': true,
        properties: { closed: { type: 'object', properties: {} } },
      },
    },
  };

  test('keeps type and metadata of an embedded resource, and prunes again below an open object', () => {
    const { object, unknownFields } = compileSchema(schema).prune({
      apiVersion: 'a/v1',
      metadata: { any: 1 },
      template: { kind: 'K', metadata: { name: 'x' }, spec: { y: 1 }, z: 1 },
      open: { free: { x: 1 }, closed: { x: 1 } },
    });
    expect(unknownFields).toEqual(['template.spec.y', 'template.z', 'open.closed.x']);
    expect(object).toEqual({
      apiVersion: 'a/v1',
      metadata: { any: 1 },
      template: { kind: 'K', metadata: { name: 'x' }, spec: {} },
      open: { free: { x: 1 }, closed: {} },
    });
  });
});

describe('alternatives', () => {
  const schema = compileSchema({
    type: 'object',
    properties: {
      all: { type: 'integer', allOf: [{ minimum: 1 }, { maximum: 3 }] },
      any: { type: 'string', anyOf: [{ pattern: '^a' }, { pattern: '^b' }] },
      not: { type: 'string', not: { enum: ['x'] } },
    },
  });

  test.each<[string, unknown, readonly string[]]>([
    ['pass when one of anyOf fits', { any: 'b', all: 2, not: 'y' }, []],
    [
      'fail when allOf misses one',
      { all: 9 },
      [
        'Invalid value: "": "all" must validate all the schemas (allOf)',
        'Invalid value: 9: all in body should be less than or equal to 3',
      ],
    ],
    [
      'fail when none of anyOf fits',
      { any: 'c' },
      [
        'Invalid value: "": "any" must validate at least one schema (anyOf)',
        'Invalid value: "c": any in body should match \'^a\'',
      ],
    ],
    [
      'fail when the excluded one fits',
      { not: 'x' },
      ['Invalid value: "": "not" must not validate the schema (not)'],
    ],
  ])('%s', (_name, object, expected) => {
    expect(schema.validate(object).map((error) => error.message)).toEqual(expected);
  });
});

describe('formats', () => {
  test.each<[string, readonly string[], readonly string[]]>([
    [
      'date-time',
      ['2024-01-01T00:00:00Z', '2024-02-29t23:59:59.5+02:00'],
      ['2024-01-01', '2023-02-29T00:00:00Z', '2024-01-01T24:00:00Z'],
    ],
    ['date', ['2024-02-29'], ['2024-13-01', '2024-1-1']],
    ['duration', ['1h30m', 'PT1H', '0', '3 days', '100ms'], ['soon', '', '5', '1x']],
    ['ipv4', ['10.0.0.1'], ['::1', '10.0.0.256']],
    ['cidr', ['10.0.0.0/8', 'fd00::/64'], ['10.0.0.0', '10.0.0.0/33']],
    ['uri', ['https://example.com/x', '/path'], ['not a uri']],
    ['uuid', ['123e4567-e89b-12d3-a456-426614174000'], ['123e4567']],
    ['byte', ['', 'dg==', 'dmFs'], ['d', 'dg=', '***']],
    ['email', ['a@b.c'], ['a', 'a@@b']],
    ['hostname', ['a.b-c.d'], ['-a', 'a..b']],
  ])('%s tells good from bad', (format, good, bad) => {
    const accepts = stringFormat(format);
    expect(good.filter((text) => accepts?.(text) !== true)).toEqual([]);
    expect(bad.filter((text) => accepts?.(text) !== false)).toEqual([]);
  });
});

describe('patterns in the dialect of Go', () => {
  test.each<[string, string, string]>([
    ['(?i)^abc$', 'ABC', 'abd'],
    ['^[[:alpha:]]+$', 'abc', 'ab1'],
    ['\\Aa\\z', 'a', 'ab'],
    ['^[a-z\\-]+\\/x$', 'a-b/x', 'a_b/x'],
    ['^.$', '😀', '😀😀'],
    ['(?P<year>\\d{4})', '2024', '20'],
  ])('%s', (pattern, good, bad) => {
    const compiled = compilePattern(pattern);
    expect(compiled).toBeInstanceOf(RegExp);
    expect((compiled as RegExp).test(good)).toBe(true);
    expect((compiled as RegExp).test(bad)).toBe(false);
  });

  test.each(['(?=a)', '(a)\\1', '[', '(', '*'])('%s does not compile', (pattern) => {
    expect(compilePattern(pattern)).toHaveProperty('error');
  });
});
