import { describe, expect, test } from 'vitest';
import { isLookDue } from '../../src/controllers/look-request.ts';
import { standingForMs } from '../../src/controllers/missing-since.ts';
import {
  findings,
  MISSING_REFERENCE_GRACE_MS,
  missingReference,
  type Standing,
  unlessUnresolved,
} from '../../src/controllers/standing.ts';
import { conditionFaults, mergeConditions } from '../../src/kube/conditions.ts';
import { servedClaim } from './support/resources.ts';

describe('the conditions of a standing', () => {
  test.each([
    ['ready', ['Ready=True']],
    ['moving', ['Ready=False', 'Reconciling=True']],
    ['stalled', ['Ready=False', 'Stalled=True']],
  ] as const)('%s', (is, expected) => {
    const conditions = mergeConditions([], findings({ is, reason: 'Why', message: 'so' }), {
      now: 0,
      generation: 1,
    });
    expect(conditions.map(({ type, status }) => `${type}=${status}`)).toEqual(expected);
    expect(conditionFaults(conditions)).toEqual([]);
  });
});

describe('a missing reference', () => {
  test.each([
    ['just missed', 0, 'moving'],
    ['missed for nearly as long as it may be on its way', MISSING_REFERENCE_GRACE_MS - 1, 'moving'],
    ['missed for longer', MISSING_REFERENCE_GRACE_MS, 'stalled'],
  ])('%s', (_why, missingForMs, is) => {
    expect(missingReference('SecretNotFound', 'm', missingForMs)).toMatchObject({
      is,
      reason: 'SecretNotFound',
    });
  });

  const at = (ms: number): string => new Date(ms).toISOString();
  test.each([
    ['counts from when it began to be missed', 'False', 'CustomerNotFound', 5_000],
    ['does not count while it stood for another reason', 'False', 'Progressing', 0],
    ['does not count while it was ready', 'True', 'CustomerNotFound', 0],
  ] as const)('%s', (_why, status, reason, ms) => {
    const condition = { type: 'Ready', status, reason, message: 'm', lastTransitionTime: at(10_000) };
    const claim = { ...servedClaim([]), status: { conditions: [condition] } };
    expect(standingForMs(claim, ['CustomerNotFound'], 15_000)).toBe(ms);
  });

  test('does not count back when the clock jumps back, nor before anything was said', () => {
    const condition = {
      type: 'Ready',
      status: 'False',
      reason: 'X',
      message: 'm',
      lastTransitionTime: at(10_000),
    } as const;
    expect(standingForMs({ ...servedClaim([]), status: { conditions: [condition] } }, ['X'], 5_000)).toBe(0);
    expect(standingForMs(servedClaim([]), ['X'], 5_000)).toBe(0);
  });
});

describe('a request to look', () => {
  const asked = (annotation: string | undefined, handled: string | undefined) => {
    const claim = servedClaim([]);
    const annotations =
      annotation === undefined ? {} : { 'vendorplane.dev/reconcile-requested-at': annotation };
    const status = handled === undefined ? {} : { lastHandledReconcileAt: handled };
    return isLookDue({ ...claim, metadata: { ...claim.metadata, annotations }, status });
  };
  test.each([
    ['nobody asked', undefined, undefined, false],
    ['asked for the first time', 'a', undefined, true],
    ['asked and done', 'a', 'a', false],
    ['asked anew', 'b', 'a', true],
    ['taken back', undefined, 'a', false],
  ])('%s', (_why, annotation, handled, due) => {
    expect(asked(annotation, handled)).toBe(due);
  });
});

describe('an outcome nobody knows', () => {
  const own: Standing = { is: 'moving', reason: 'Progressing', message: 'm' };
  const CLAIM = servedClaim([]);
  const READY: Standing = { is: 'ready', reason: 'AllClaimed', message: 'm' };
  const stuck = { moving: false, unresolved: true, operations: ['vop-1'] };

  test('is told with the command to run, once nothing else moves', () => {
    const standing = unlessUnresolved(own, stuck, CLAIM);
    expect(standing).toMatchObject({ is: 'stalled', reason: 'OutcomeUnknown' });
    expect(standing.message).toContain('vendorplane resolve vop-1 -n fleet --as happened');
  });

  test.each([
    ['something still moves', own, { ...stuck, moving: true }],
    ['its writes are held anyway', own, { ...stuck, held: 'ModeObserve' }],
    ['all outcomes are known', own, { ...stuck, unresolved: false }],
    ['it is as declared', READY, stuck],
  ])('is not told while %s', (_why, standing, progress) => {
    expect(unlessUnresolved(standing, progress, CLAIM)).toBe(standing);
  });
});
