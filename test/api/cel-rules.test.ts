import { describe, expect, test } from 'vitest';
import type { ValidationRule } from '../../src/api/definition.ts';
import { KINDS } from '../../src/api/group.ts';
import { brokenRules, functionsOf, KNOWN_FUNCTIONS, worstSteps } from './cel.ts';
import { RULE_CASES } from './rule-cases.ts';
import { nodesOf, rootSchema, type SchemaNode } from './schema-nodes.ts';

/**
 * An API server refuses a rule whose estimated worst case is above 10,000,000, and a definition above 100,000,000
 * (apiextensions-apiserver, StaticEstimatedCostLimit and StaticEstimatedCRDCostLimit). Our count of steps is
 * coarser than its estimate, so it stays a factor of five below.
 */
const MAX_RULE_STEPS = 2_000_000;

interface PlacedRule extends ValidationRule {
  readonly node: SchemaNode;
}

const RULES = KINDS.flatMap((kind) =>
  nodesOf(rootSchema(kind)).flatMap((node): readonly PlacedRule[] =>
    (node.schema['x-kubernetes-validations'] ?? []).map((rule) => ({ ...rule, node })),
  ),
);

describe('the rules', () => {
  test.each(RULE_CASES.filter(({ broken }) => broken === undefined))('of $kind let pass: $why', (each) => {
    expect(brokenRules(rootSchema(each.kind), each.object, each.old)).toEqual([]);
  });

  test.each(RULE_CASES.filter(({ broken }) => broken !== undefined))('of $kind refuse: $why', (each) => {
    expect(brokenRules(rootSchema(each.kind), each.object, each.old)).toContainEqual({
      path: each.broken?.path,
      message: expect.stringMatching(each.broken?.says as RegExp),
    });
  });

  test('are each refused by at least one case', () => {
    const seen = new Set(
      RULE_CASES.flatMap(({ kind, object, old }) =>
        brokenRules(rootSchema(kind), object, old).map(
          ({ path, message }) => `${path.replace(/\d+/, '')} ${message}`,
        ),
      ),
    );
    const unseen = RULES.map(({ node, message, fieldPath = '' }) => `${node.path}${fieldPath} ${message}`)
      .map((name) => name.replace(/^[.]/, ''))
      .filter((name) => !seen.has(name));
    expect(unseen).toEqual([]);
  });

  test.each(RULES)('call only what every API server knows: $rule', ({ rule }) => {
    expect(functionsOf(rule).filter((name) => !KNOWN_FUNCTIONS.has(name))).toEqual([]);
  });

  test.each(RULES)('stay cheap at worst: $rule', ({ rule, node }) => {
    expect(worstSteps(rule, node.schema, node.repeats)).toBeLessThan(MAX_RULE_STEPS);
  });

  test.each(RULES)('say what to do in one line: $message', ({ message }) => {
    expect(message).not.toContain('\n');
    expect(message.length).toBeGreaterThan(20);
  });

  test.each(RULES.filter(({ rule }) => rule.includes('oldSelf')))(
    'compare with the past only outside of lists: $rule',
    ({ node }) => {
      expect(node.path).not.toMatch(/\[\]|\{\}/);
    },
  );

  test('point only at fields that exist', () => {
    for (const { fieldPath, node } of RULES) {
      if (fieldPath === undefined) continue;
      const paths = nodesOf(node.schema).map(({ path }) => `.${path}`);
      expect(paths, `${node.path} ${fieldPath}`).toContain(fieldPath);
    }
  });
});

test('the count of steps tells a loop over a long list from a plain look', () => {
  const schema = { properties: { list: { maxItems: 1000 } } };
  expect(worstSteps('self.list.all(x, x > 1)', schema, 1)).toBeGreaterThan(1000);
  expect(worstSteps('size(self.list) > 1', schema, 1)).toBeLessThan(100);
});
