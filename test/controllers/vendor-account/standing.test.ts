import { describe, expect, test } from 'vitest';
import { standingOf } from '../../../src/controllers/vendor-account/standing.ts';
import type { AccountSummary } from '../../../src/engine/account.ts';
import type { Failure, FailureKind } from '../../../src/ports/failure.ts';

const NOTHING = { base: 0, spent: 0, allowed: 0, requested: 0 };
const SUMMARY: AccountSummary = {
  connected: true,
  writes: true,
  started: true,
  contact: 'open',
  health: {},
  facts: {},
  plannedItems: 0,
  writtenItems: {},
  resyncIntervalMs: 3_600_000,
  pendingCalls: 0,
  openOperations: 0,
  waitingActions: 0,
  guard: { destructive: NOTHING, creations: NOTHING, irreversible: NOTHING },
};
const READ = { lastCompleteAtMs: 1 };
const failure = (kind: FailureKind): Failure => ({ kind, code: 'CODE', message: 'why' });

describe('how an account stands', () => {
  test.each<[string, AccountSummary, AccountSummary['health'] | undefined, boolean, string, string]>([
    [
      'suspended, whatever else is wrong',
      { ...SUMMARY, trouble: failure('unauthorized') },
      READ,
      true,
      'stalled',
      'Suspended',
    ],
    [
      'credentials refused',
      { ...SUMMARY, trouble: failure('unauthorized') },
      READ,
      false,
      'stalled',
      'CredentialsRejected',
    ],
    ['asked to wait', { ...SUMMARY, trouble: failure('throttled') }, READ, false, 'moving', 'Throttled'],
    [
      'its list was refused',
      SUMMARY,
      { ...READ, failure: failure('rejected') },
      false,
      'stalled',
      'VendorRefused',
    ],
    [
      'its list does not exist there',
      SUMMARY,
      { failure: failure('notFound') },
      false,
      'stalled',
      'VendorRefused',
    ],
    [
      'its list could not be read this time',
      SUMMARY,
      { ...READ, failure: failure('transient') },
      false,
      'moving',
      'VendorUnreachable',
    ],
    ['its list was never read', SUMMARY, {}, false, 'moving', 'Connecting'],
    ['nobody asked for its list yet', SUMMARY, undefined, false, 'moving', 'Connecting'],
    ['read', SUMMARY, READ, false, 'ready', 'Connected'],
  ])('%s', (_why, summary, companies, suspended, is, reason) => {
    expect(standingOf({ ...summary, health: companies ?? {} }, suspended)).toMatchObject({ is, reason });
  });

  test('a failure is told in the words of its code', () => {
    const standing = standingOf({ ...SUMMARY, health: READ, trouble: failure('unauthorized') }, false);
    expect(standing.message).toContain('CODE: why');
  });
});
