import { describe, expect, test } from 'vitest';
import {
  decideCandidacy,
  heldLease,
  isHeldBy,
  isTermValid,
  type LeaseSpec,
  type LeaseTerms,
  releasedLease,
  termsFault,
} from '../../src/kube/lease/decide.ts';

const TERMS: LeaseTerms = {
  identity: 'me',
  leaseDurationMs: 15_000,
  renewDeadlineMs: 10_000,
  retryPeriodMs: 2_000,
};
const THEIRS: LeaseSpec = { holderIdentity: 'them', leaseDurationSeconds: 20, leaseTransitions: 4 };

describe('may the lease be taken', () => {
  const rows: readonly [string, LeaseSpec | undefined, number, number, object][] = [
    ['there is none', undefined, 0, 0, { type: 'acquire', fence: 0 }],
    ['there is none any more, but fences were used', undefined, 0, 7, { type: 'acquire', fence: 7 }],
    ['it was given back', { ...THEIRS, holderIdentity: '' }, 0, 0, { type: 'acquire', fence: 5 }],
    ['it never had a holder', {}, 0, 0, { type: 'acquire', fence: 1 }],
    ['its holder renews it', THEIRS, 19_999, 0, { type: 'standBy' }],
    [
      'its holder has been silent for the duration it asked for',
      THEIRS,
      20_000,
      0,
      { type: 'acquire', fence: 5 },
    ],
    [
      'it names us, but of a process that died',
      { ...THEIRS, holderIdentity: 'me' },
      0,
      0,
      { type: 'standBy' },
    ],
    ['it states no duration: ours counts', { holderIdentity: 'x' }, 14_999, 0, { type: 'standBy' }],
    [
      'somebody set its transitions back',
      { ...THEIRS, holderIdentity: '' },
      0,
      9,
      { type: 'acquire', fence: 9 },
    ],
  ];
  test.each(rows)('%s', (_why, lease, unchangedForMs, leastFence, decision) => {
    expect(decideCandidacy(lease, unchangedForMs, TERMS, leastFence)).toEqual(decision);
  });
});

describe('a term', () => {
  const renewedAt = { wallMs: 1_000_000, monotonicMs: 5_000 };
  test.each([
    ['just renewed', 0, 0, true],
    ['one millisecond before the deadline', 9_999, 9_999, true],
    ['at the deadline', 10_000, 10_000, false],
    ['the machine slept: only the wall clock moved on', 3_600_000, 10, false],
    ['the wall clock was set back', -3_600_000, 9_999, true],
    ['the wall clock was set back, and the time is up', -3_600_000, 10_000, false],
  ])('%s', (_why, wallMs, monotonicMs, isValid) => {
    const now = { wallMs: renewedAt.wallMs + wallMs, monotonicMs: renewedAt.monotonicMs + monotonicMs };
    expect(isTermValid(renewedAt, now, TERMS)).toBe(isValid);
  });

  test('is written with exactly six digits of a second, and given back without a holder', () => {
    const lease = heldLease(
      TERMS,
      5,
      Date.parse('2026-01-01T00:00:00Z'),
      Date.parse('2026-01-01T00:00:01.5Z'),
    );
    expect(lease).toEqual({
      holderIdentity: 'me',
      leaseDurationSeconds: 15,
      acquireTime: '2026-01-01T00:00:00.000000Z',
      renewTime: '2026-01-01T00:00:01.500000Z',
      leaseTransitions: 5,
    });
    const released = releasedLease(lease, Date.parse('2026-01-01T00:00:02Z'));
    expect(released).toMatchObject({ holderIdentity: '', leaseDurationSeconds: 1, leaseTransitions: 5 });
  });

  test('is told by identity and fence together', () => {
    const lease = heldLease(TERMS, 5, 0, 0);
    expect([isHeldBy(lease, 'me', 5), isHeldBy(lease, 'me', 4), isHeldBy(lease, 'them', 5)]).toEqual([
      true,
      false,
      false,
    ]);
    expect(isHeldBy(undefined, 'me', 5)).toBe(false);
  });
});

test.each([
  [{ identity: '' }, 'the identity is empty'],
  [{ leaseDurationMs: 15_500 }, 'the lease duration is not a whole number of seconds'],
  [{ renewDeadlineMs: 15_000 }, 'the renew deadline is not below the lease duration'],
  [{ retryPeriodMs: 0 }, 'the retry period is not above zero'],
  [{ retryPeriodMs: 10_000 }, 'the retry period is not below the renew deadline'],
  [{}, undefined],
])('terms that cannot hold are told: %j', (change, fault) => {
  expect(termsFault({ ...TERMS, ...change })).toBe(fault);
});
