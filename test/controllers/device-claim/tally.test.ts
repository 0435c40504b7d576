import { describe, expect, test } from 'vitest';
import { tally } from '../../../src/controllers/device-claim/tally.ts';
import type { DeviceVerdict } from '../../../src/domain/device/facts.ts';
import { imei } from '../../support/fleet.ts';

const CLAIMED: DeviceVerdict = { state: 'claimed' };
const FAILED: DeviceVerdict = { state: 'failed', code: 'INVALID_MANUFACTURER', message: 'nobody' };
const CONFLICTED: DeviceVerdict = { state: 'conflicted', code: 'HELD_BY_OTHER', message: 'somebody' };
const AWAITING = { state: 'awaitingCustomer' } as const;
const PENDING: DeviceVerdict = { state: 'pending' };
const REJECTED = { device: 'imei:1', code: 'INVALID_DEVICE_IMEI', message: 'no' };

function told(verdicts: readonly DeviceVerdict[], rejected = 0, declared = verdicts.length) {
  const report = verdicts.map((verdict, n) => ({ subject: { imei: imei(n) }, verdict }));
  return tally(
    { count: declared, rejected: Array.from({ length: rejected }, () => REJECTED) },
    {
      restored: true,
      known: true,
      verdicts: report,
      releasing: 0,
      releaseFailures: [],
      operations: [],
      unresolved: false,
      moving: false,
    },
  );
}

describe('the tally of a claim', () => {
  test.each([
    [
      'nothing declared is nothing counted',
      told([]),
      { desired: 0, claimed: 0, pending: 0, failed: 0, conflicted: 0, awaitingCustomer: 0, releasing: 0 },
    ],
    [
      'every state is counted',
      told([CLAIMED, CLAIMED, AWAITING, PENDING, FAILED, CONFLICTED]),
      { desired: 6, claimed: 2, pending: 1, failed: 1, conflicted: 1, awaitingCustomer: 1, releasing: 0 },
    ],
    [
      'a wrong entry is declared and failed',
      told([CLAIMED], 2),
      { desired: 3, claimed: 1, pending: 0, failed: 2, conflicted: 0, awaitingCustomer: 0, releasing: 0 },
    ],
    [
      'what nothing was said of yet is pending',
      told([CLAIMED], 0, 4),
      { desired: 4, claimed: 1, pending: 3, failed: 0, conflicted: 0, awaitingCustomer: 0, releasing: 0 },
    ],
  ])('%s', (_why, { counts }, expected) => {
    expect(counts).toEqual(expected);
    const { desired, ...states } = counts;
    expect(Object.values(states).reduce((sum, count) => sum + count, 0)).toBe(desired);
  });

  test('wrong entries are told first, then refusals, then what others hold', () => {
    const { failures, conflict } = told([CONFLICTED, FAILED], 1);
    expect(conflict).toMatchObject({ code: 'HELD_BY_OTHER' });
    expect(failures).toEqual([
      REJECTED,
      { device: `imei:${imei(1)}`, code: 'INVALID_MANUFACTURER', message: 'nobody' },
      { device: `imei:${imei(0)}`, code: 'HELD_BY_OTHER', message: 'somebody' },
    ]);
  });

  test('fifty are told and all are counted', () => {
    const { counts, failures } = told(
      Array.from({ length: 70 }, () => FAILED),
      10,
    );
    expect(failures).toHaveLength(50);
    expect(counts.failed).toBe(80);
  });
});
