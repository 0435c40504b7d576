import { describe, expect, test } from 'vitest';
import { standingOf } from '../../../src/controllers/netflix-subscription/standing.ts';

const QUIET = { moving: false, unresolved: false } as const;

describe('what a subscription is told', () => {
  test.each([
    ['TOKEN_EXPIRED', 'TokenExpired'],
    ['RECORD_LOST', 'RecordLost'],
    ['SUBSCRIPTION_GONE', 'GoneAtVendor'],
  ])('says a code of our own once: %s is the reason %s', (code, reason) => {
    const standing = standingOf({ state: 'failed', code, message: 'what to do' }, QUIET);
    expect(standing).toEqual({ is: 'stalled', reason, message: 'what to do' });
  });

  test('names the vendor’s code where no reason does', () => {
    const verdict = { state: 'failed', code: 'INVALID_STATE', message: 'refused' } as const;
    expect(standingOf(verdict, QUIET)).toEqual({
      is: 'stalled',
      reason: 'SubscriptionRefused',
      message: 'INVALID_STATE: refused',
    });
  });

  test('names the last refusal while it goes on', () => {
    const verdict = { state: 'pending', code: 'INVALID_STATE', message: 'refused' } as const;
    expect(standingOf(verdict, { ...QUIET, moving: true })).toMatchObject({
      is: 'moving',
      reason: 'Progressing',
      message: 'INVALID_STATE: refused',
    });
  });
});
