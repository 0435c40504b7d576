import { describe, expect, test } from 'vitest';
import { conditionsOf } from '../../../src/controllers/vendor-operation/conditions.ts';
import { factsOf, statusOf } from '../../../src/controllers/vendor-operation/status.ts';
import type { OperationStateName } from '../../../src/domain/operation.ts';
import { type Condition, conditionFaults } from '../../../src/kube/conditions.ts';
import type { OperationFacts } from '../../../src/ports/journal.ts';

const SUBMITTED = '2026-01-02T03:04:05Z';
const FINISHED = '2026-01-02T03:05:00Z';

function facts(state: OperationStateName, finished: boolean): OperationFacts {
  return {
    state,
    vendorOperationIds: [],
    submittedAtMs: Date.parse(SUBMITTED),
    ...(finished ? { finishedAtMs: Date.parse(FINISHED) } : {}),
    succeeded: 0,
    failed: 0,
    outcomes: [],
  };
}

describe('the conditions of an operation', () => {
  test.each([
    { state: 'Submitted', ended: false, reason: 'Submitted', types: ['Ready', 'Reconciling'] },
    { state: 'InProgress', ended: false, reason: 'InProgress', types: ['Ready', 'Reconciling'] },
    { state: 'Unknown', ended: false, reason: 'OutcomeUnknown', types: ['Ready'] },
    { state: 'Complete', ended: true, reason: 'Complete', types: ['Ready'] },
    { state: 'CompleteWithErrors', ended: true, reason: 'CompleteWithErrors', types: ['Ready'] },
    { state: 'Failed', ended: true, reason: 'Failed', types: ['Ready'] },
    { state: 'Abandoned', ended: true, reason: 'Abandoned', types: ['Ready'] },
    { state: 'Resolved', ended: true, reason: 'Resolved', types: ['Ready'] },
  ] as const)('say of $state whether its outcome is known', ({ state, ended, reason, types }) => {
    const conditions = conditionsOf(facts(state, ended)) as readonly Condition[];
    expect(conditionFaults(conditions)).toEqual([]);
    expect(conditions.map(({ type }) => type)).toEqual(types);
    expect(conditions[0]).toMatchObject({
      status: ended ? 'True' : 'False',
      reason,
      lastTransitionTime: ended ? FINISHED : SUBMITTED,
    });
  });

  test('are not written before anything was sent', () => {
    const { submittedAtMs: _, ...intended } = facts('Intended', false);
    expect(statusOf(intended)).not.toHaveProperty('conditions');
  });

  test('are derived: the facts read back are those that were written', () => {
    const written = facts('CompleteWithErrors', true);
    expect(factsOf(statusOf(written))).toEqual(written);
  });
});
