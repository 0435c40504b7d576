import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Condition, conditionFaults, type Finding, mergeConditions } from '../../src/kube/conditions.ts';

const FIRST = { now: Date.parse('2026-01-01T00:00:00.900Z'), generation: 1 };
const LATER = { now: Date.parse('2026-01-01T01:00:00.100Z'), generation: 2 };

function finding(type: string, status: Finding['status'], reason = 'Because'): Finding {
  return { type, status, reason, message: 'It is so.' };
}

describe('merging', () => {
  test('a new condition gets the time of now, to the second', () => {
    expect(mergeConditions([], [finding('Ready', 'False')], FIRST)).toEqual([
      { ...finding('Ready', 'False'), lastTransitionTime: '2026-01-01T00:00:00Z', observedGeneration: 1 },
    ]);
  });

  test('another reason is no transition, another status is', () => {
    const first = mergeConditions([], [finding('Ready', 'False', 'Waiting')], FIRST);
    const second = mergeConditions(first, [finding('Ready', 'False', 'Failing')], LATER);
    const third = mergeConditions(second, [finding('Ready', 'True')], LATER);
    expect(second[0]).toMatchObject({ reason: 'Failing', lastTransitionTime: '2026-01-01T00:00:00Z' });
    expect(third[0]).toMatchObject({ status: 'True', lastTransitionTime: '2026-01-01T01:00:00Z' });
  });

  test('only Ready stands while it is not True; what was not found any more goes', () => {
    const first = mergeConditions(
      [],
      [finding('Ready', 'False'), finding('Reconciling', 'True'), finding('Degraded', 'True')],
      FIRST,
    );
    const second = mergeConditions(
      first,
      [finding('Reconciling', 'False'), finding('Ready', 'Unknown')],
      LATER,
    );
    expect(first.map((condition) => condition.type)).toEqual(['Ready', 'Degraded', 'Reconciling']);
    expect(second.map((condition) => condition.type)).toEqual(['Ready']);
  });

  const anyFinding = fc.record({
    type: fc.constantFrom('Ready', 'Reconciling', 'Stalled', 'Degraded', 'Conflicted'),
    status: fc.constantFrom<Finding['status']>('True', 'False', 'Unknown'),
    reason: fc.constantFrom('One', 'Two'),
    message: fc.constantFrom('It is so.', 'It is not so.'),
  });
  const findings = fc.uniqueArray(anyFinding, { selector: (one) => one.type });

  test('the same findings again change nothing, in whatever order and however much later', () => {
    fc.assert(
      fc.property(findings, findings, (before, now) => {
        const first = mergeConditions(mergeConditions([], before, FIRST), now, FIRST);
        const again = mergeConditions(first, now.toReversed(), { ...LATER, generation: FIRST.generation });
        expect(again).toEqual(first);
      }),
    );
  });

  test('what is merged from lawful findings has no fault', () => {
    fc.assert(
      fc.property(findings, findings, (before, now) => {
        const isTrue = (type: string): boolean =>
          now.some((one) => one.type === type && one.status === 'True');
        const isHindered = ['Reconciling', 'Stalled', 'Degraded'].some(isTrue);
        fc.pre(now.some((one) => one.type === 'Ready'));
        fc.pre(!(isTrue('Reconciling') && isTrue('Stalled')) && !(isTrue('Ready') && isHindered));
        const merged = mergeConditions(mergeConditions([], before, FIRST), now, LATER);
        expect(conditionFaults(merged)).toEqual([]);
      }),
    );
  });
});

describe('faults', () => {
  const at = { lastTransitionTime: '2026-01-01T00:00:00Z', observedGeneration: 1 };
  const ready: Condition = { ...finding('Ready', 'False'), ...at };

  test.each([
    ['C1', []],
    ['C2', [ready, ready]],
    ['C3', [ready, { ...finding('Reconciling', 'True'), ...at }, { ...finding('Stalled', 'True'), ...at }]],
    ['C4', [ready, { ...finding('Stalled', 'False'), ...at }]],
    [
      'C5',
      [
        { ...finding('Ready', 'True'), ...at },
        { ...finding('Degraded', 'True'), ...at },
      ],
    ],
    ['C6', [{ ...ready, reason: 'not camel case' }]],
    ['C6', [{ ...ready, message: ' ' }]],
    ['C7', [{ ...ready, message: 'Since 2026-01-01 it waits.' }]],
    ['C8', [ready, { ...finding('Stalled', 'True'), ...at, observedGeneration: 2 }]],
  ])('%s is told', (code, conditions) => {
    expect(conditionFaults(conditions).map((fault) => fault.slice(0, 2))).toEqual([code]);
  });

  test('what is in order has none', () => {
    expect(conditionFaults([ready, { ...finding('Stalled', 'True'), ...at }])).toEqual([]);
  });
});
