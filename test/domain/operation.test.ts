import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { advance, type OperationEvent, type OperationPhase, stateName } from '../../src/domain/operation.ts';

const INTENDED: OperationPhase = { is: 'intended' };
const RUNNING: OperationPhase = { is: 'running', waitingFor: ['1', '2'] };
const UNKNOWN: OperationPhase = { is: 'unknown', sinceMs: 5 };
const SOUGHT: OperationPhase = { is: 'sought', operationId: 'k', sinceMs: 5 };
const FINISHED: OperationPhase = { is: 'ended', how: 'finished' };

test.each<{ phase: OperationPhase; event: OperationEvent; next: OperationPhase; why: string }>([
  {
    phase: INTENDED,
    event: { is: 'accepted', operationIds: ['1', '2'] },
    next: RUNNING,
    why: 'accepted with ids, it runs until each of them is finished',
  },
  {
    phase: INTENDED,
    event: { is: 'accepted', operationIds: [] },
    next: FINISHED,
    why: 'accepted without ids, it is over',
  },
  { phase: INTENDED, event: { is: 'answered' }, next: FINISHED, why: 'answered at once, it is over' },
  {
    phase: INTENDED,
    event: { is: 'refused' },
    next: { is: 'ended', how: 'refused' },
    why: 'refused as a whole, it is over',
  },
  { phase: INTENDED, event: { is: 'notSent' }, next: INTENDED, why: 'not sent, it is still meant to be' },
  {
    phase: INTENDED,
    event: { is: 'withdrawn' },
    next: { is: 'ended', how: 'abandoned' },
    why: 'withdrawn, it is over',
  },
  {
    phase: INTENDED,
    event: { is: 'replyLost' },
    next: { is: 'unknown', sinceMs: 9 },
    why: 'without a reply nobody knows',
  },
  {
    phase: INTENDED,
    event: { is: 'restarted' },
    next: { is: 'unknown', sinceMs: 9 },
    why: 'found after a restart, it may have been sent',
  },
  {
    phase: RUNNING,
    event: { is: 'idFinished', operationId: '1' },
    next: { is: 'running', waitingFor: ['2'] },
    why: 'one of two finished, the other is waited for',
  },
  {
    phase: { is: 'running', waitingFor: ['2'] },
    event: { is: 'idFinished', operationId: '2' },
    next: FINISHED,
    why: 'the last one finished, it is over',
  },
  {
    phase: RUNNING,
    event: { is: 'idForgotten', operationId: '1' },
    next: { is: 'unknown', sinceMs: 9 },
    why: 'forgotten by the vendor, nobody knows',
  },
  {
    phase: RUNNING,
    event: { is: 'restarted' },
    next: RUNNING,
    why: 'running before a restart, it is asked after',
  },
  { phase: RUNNING, event: { is: 'observationFailed' }, next: RUNNING, why: 'a failed look moves nothing' },
  { phase: RUNNING, event: { is: 'withdrawn' }, next: RUNNING, why: 'what was sent cannot be withdrawn' },
  {
    phase: FINISHED,
    event: { is: 'outcomesMissing' },
    next: { is: 'unknown', sinceMs: 9 },
    why: 'finished without a word on some items, those are unknown',
  },
  {
    phase: { is: 'ended', how: 'refused' },
    event: { is: 'outcomesMissing' },
    next: { is: 'ended', how: 'refused' },
    why: 'a refused request has no outcomes to miss',
  },
  {
    phase: UNKNOWN,
    event: { is: 'settledByReading' },
    next: FINISHED,
    why: 'read back to the last item, it is over',
  },
  {
    phase: UNKNOWN,
    event: { is: 'restarted' },
    next: { is: 'unknown', sinceMs: 9 },
    why: 'a restart starts the clock of proof anew',
  },
  {
    phase: UNKNOWN,
    event: { is: 'askable', operationId: 'k' },
    next: SOUGHT,
    why: 'unknown and known by a name of ours, it is asked after, as of its loss',
  },
  {
    phase: RUNNING,
    event: { is: 'askable', operationId: 'k' },
    next: RUNNING,
    why: 'what runs is asked after by the ids the vendor gave',
  },
  {
    phase: SOUGHT,
    event: { is: 'idFound', operationId: 'k' },
    next: { is: 'running', waitingFor: ['k'] },
    why: 'found by our name, it runs',
  },
  {
    phase: SOUGHT,
    event: { is: 'idFinished', operationId: 'k' },
    next: FINISHED,
    why: 'found when it is over already, it is over',
  },
  { phase: SOUGHT, event: { is: 'neverArrived' }, next: FINISHED, why: 'what never arrived is over' },
  { phase: SOUGHT, event: { is: 'observationFailed' }, next: SOUGHT, why: 'nor does it move what is sought' },
  {
    phase: UNKNOWN,
    event: { is: 'refused' },
    next: UNKNOWN,
    why: 'what is unknown is not made failed by news of nothing',
  },
])('$why', ({ phase, event, next }) => {
  expect(advance(phase, event, 9)).toEqual(next);
});

const events: fc.Arbitrary<OperationEvent> = fc.oneof(
  fc.constantFrom<OperationEvent>(
    { is: 'answered' },
    { is: 'refused' },
    { is: 'notSent' },
    { is: 'withdrawn' },
    { is: 'replyLost' },
    { is: 'restarted' },
    { is: 'observationFailed' },
    { is: 'settledByReading' },
    { is: 'outcomesMissing' },
    { is: 'neverArrived' },
    { is: 'askable', operationId: '1' },
    { is: 'idFound', operationId: '1' },
    { is: 'accepted', operationIds: ['1', '2'] },
  ),
  fc.constantFrom('1', '2').map((operationId): OperationEvent => ({ is: 'idFinished', operationId })),
  fc.constantFrom('1', '2').map((operationId): OperationEvent => ({ is: 'idForgotten', operationId })),
);

describe('for any order of events', () => {
  test('an operation that may have been sent is never abandoned or refused', () => {
    fc.assert(
      fc.property(fc.array(events), (history) => {
        let phase: OperationPhase = { ...INTENDED };
        let mayBeSent = false;
        for (const event of history) {
          phase = advance(phase, event, 9);
          mayBeSent ||= phase.is === 'running' || phase.is === 'unknown';
          if (mayBeSent && phase.is === 'ended') expect(phase.how).toBe('finished');
        }
      }),
    );
  });
});

test.each([
  { phase: INTENDED, results: { succeeded: 0, failed: 0 }, name: 'Intended' },
  { phase: RUNNING, results: { succeeded: 0, failed: 0 }, name: 'Submitted' },
  { phase: UNKNOWN, results: { succeeded: 1, failed: 0 }, name: 'Unknown' },
  { phase: SOUGHT, results: { succeeded: 0, failed: 0 }, name: 'Unknown' },
  { phase: FINISHED, results: { succeeded: 3, failed: 0 }, name: 'Complete' },
  { phase: FINISHED, results: { succeeded: 2, failed: 1 }, name: 'CompleteWithErrors' },
  { phase: FINISHED, results: { succeeded: 0, failed: 1 }, name: 'Failed' },
  { phase: FINISHED, results: { succeeded: 3, failed: 0, resolved: true }, name: 'Resolved' },
  { phase: UNKNOWN, results: { succeeded: 1, failed: 0, resolved: true }, name: 'Unknown' },
  { phase: { is: 'ended', how: 'refused' }, results: { succeeded: 0, failed: 3 }, name: 'Failed' },
  { phase: { is: 'ended', how: 'abandoned' }, results: { succeeded: 0, failed: 3 }, name: 'Abandoned' },
] as const)('$phase.is with $results.failed failures reads $name', ({ phase, results, name }) => {
  expect(stateName(phase, results)).toBe(name);
});
