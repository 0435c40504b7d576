import { describe, expect, test } from 'vitest';
import { besides, standingOf } from '../../../src/controllers/device-claim/standing.ts';
import { findings } from '../../../src/controllers/standing.ts';
import { conditionFaults, mergeConditions } from '../../../src/kube/conditions.ts';

type Counts = Parameters<typeof standingOf>[0]['counts'];
type Facts = Parameters<typeof standingOf>[1];

const counts = (part: Partial<Counts>): Counts => ({
  desired: 0,
  claimed: 0,
  awaitingCustomer: 0,
  pending: 0,
  failed: 0,
  conflicted: 0,
  releasing: 0,
  ...part,
});
const UNREAD = { kind: 'transient', code: 'HTTP_503', message: 'away' } as const;

const ROWS: readonly [why: string, Counts, Facts, is: string, reason: string][] = [
  ['nothing declared is done', counts({}), { moving: false }, 'ready', 'AllClaimed'],
  [
    'all seen at the customer is done',
    counts({ desired: 2, claimed: 2 }),
    { moving: false },
    'ready',
    'AllClaimed',
  ],
  [
    '… also while the vendor cannot be read',
    counts({ desired: 2, claimed: 2 }),
    { moving: true, readFailure: UNREAD },
    'ready',
    'AllClaimed',
  ],
  [
    '… and also when writes would be held',
    counts({ desired: 2, claimed: 2 }),
    { moving: false, held: 'ModeObserve' },
    'ready',
    'AllClaimed',
  ],
  [
    'a mode that lets nothing be written',
    counts({ desired: 2, pending: 2 }),
    { moving: false, held: 'ModeObserve' },
    'stalled',
    'ModeObserve',
  ],
  [
    'a mode in which a person approves',
    counts({ desired: 2, pending: 2 }),
    { moving: false, held: 'ModePlan' },
    'stalled',
    'ModePlan',
  ],
  [
    'a suspended account',
    counts({ desired: 2, pending: 2 }),
    { moving: false, held: 'AccountSuspended' },
    'stalled',
    'AccountSuspended',
  ],
  [
    'a suspended claim',
    counts({ desired: 2, pending: 2 }),
    { moving: false, held: 'ResourceSuspended' },
    'stalled',
    'Suspended',
  ],
  [
    'a vendor that cannot be read',
    counts({ desired: 2, pending: 2 }),
    { moving: true, readFailure: UNREAD },
    'moving',
    'VendorUnreachable',
  ],
  [
    'a failed read that nothing waits for',
    counts({ desired: 2, claimed: 1, failed: 1 }),
    { moving: false, readFailure: UNREAD },
    'stalled',
    'DevicesFailed',
  ],
  [
    'something on its way, whatever failed',
    counts({ desired: 3, claimed: 1, failed: 1, pending: 1 }),
    { moving: true },
    'moving',
    'Progressing',
  ],
  [
    'something nobody spoke of yet',
    counts({ desired: 3, claimed: 1, pending: 2 }),
    { moving: false },
    'moving',
    'Progressing',
  ],
  [
    'refusals are left',
    counts({ desired: 3, claimed: 2, failed: 1 }),
    { moving: false },
    'stalled',
    'DevicesFailed',
  ],
  [
    'refusals before conflicts',
    counts({ desired: 3, claimed: 1, failed: 1, conflicted: 1 }),
    { moving: false },
    'stalled',
    'DevicesFailed',
  ],
  [
    'others hold what is left',
    counts({ desired: 3, claimed: 2, conflicted: 1 }),
    { moving: false },
    'stalled',
    'DevicesConflicted',
  ],
];

describe('how a claim stands', () => {
  test.each(ROWS)('%s', (_why, own, facts, is, reason) => {
    expect(standingOf({ counts: own, failures: [] }, facts)).toMatchObject({ is, reason });
  });

  test.each(ROWS)('%s: the conditions are sound', (_why, own, facts) => {
    const tallied = { counts: own, failures: [] };
    const said = findings(standingOf(tallied, facts), besides(tallied));
    expect(conditionFaults(mergeConditions([], said, { now: 0, generation: 1 }))).toEqual([]);
  });

  test.each([
    ['no failure', counts({ desired: 2, claimed: 2 }), []],
    ['some failed, others go on', counts({ desired: 2, claimed: 1, failed: 1 }), ['Degraded']],
    ['all failed: nothing goes on', counts({ desired: 2, failed: 2 }), []],
    ['others hold some', counts({ desired: 2, claimed: 1, conflicted: 1 }), ['Conflicted']],
    ['both', counts({ desired: 3, claimed: 1, failed: 1, conflicted: 1 }), ['Degraded', 'Conflicted']],
  ])('beside it, with %s', (_why, own, types) => {
    expect(besides({ counts: own, failures: [] }).map(({ type }) => type)).toEqual(types);
  });

  test('Conflicted names the first device that another holds, and who holds it', () => {
    const conflict = {
      device: 'imei:2',
      code: 'DECLARED_ELSEWHERE',
      message: 'DeviceClaim/fleet/b declares it',
    };
    const tallied = { counts: counts({ desired: 2, claimed: 1, conflicted: 1 }), failures: [], conflict };
    expect(besides(tallied)[0]?.message).toBe('imei:2: DECLARED_ELSEWHERE: DeviceClaim/fleet/b declares it');
  });

  test.each([
    ['HELD_BY_OTHER_CUSTOMER', 'HeldByOtherCustomer'],
    ['HELD_BY_KEEP', 'HeldByKeep'],
    ['HELD_BY_OTHER', 'HeldByOther'],
    ['DECLARED_ELSEWHERE', 'DeclaredElsewhere'],
    ['RELEASED_BY_CUSTOMER', 'ReleasedByCustomer'],
    ['RELEASE_HELD', 'HeldByFormerClaim'],
    ['SOMETHING_NEW', 'DevicesConflicted'],
  ])('Conflicted because of %s has the reason %s', (code, reason) => {
    const conflict = { device: 'imei:2', code, message: 'why' };
    const tallied = { counts: counts({ desired: 2, claimed: 1, conflicted: 1 }), failures: [], conflict };
    expect(besides(tallied)).toMatchObject([{ type: 'Conflicted', status: 'True', reason }]);
  });

  test('Degraded names the first device, its code and the reason', () => {
    const failures = [{ device: 'imei:1', code: 'INVALID_MODEL', message: 'not in the list' }];
    const [degraded] = besides({ counts: counts({ desired: 2, claimed: 1, failed: 1 }), failures });
    expect(degraded?.message).toBe('imei:1: INVALID_MODEL: not in the list');
  });
});
