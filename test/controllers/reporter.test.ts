import { describe, expect, test } from 'vitest';
import { type Announcement, report } from '../../src/controllers/reporter.ts';
import { DEVICE_CLAIMS, type ServedDeviceClaim } from '../../src/controllers/resources.ts';
import { findings, type Standing } from '../../src/controllers/standing.ts';
import type { StatusOutcome } from '../../src/kube/status.ts';
import { ok } from '../../src/ports/failure.ts';
import { createTestClock } from '../support/clock.ts';
import { servedClaim } from './support/resources.ts';

const { signal } = new AbortController();
const MOVING: Standing = { is: 'moving', reason: 'Progressing', message: 'on its way' };
const OTHERWISE: Standing = { is: 'moving', reason: 'VendorUnreachable', message: 'away' };
const READY: Standing = { is: 'ready', reason: 'AllClaimed', message: 'all' };
const FAILED: Standing = { is: 'stalled', reason: 'DevicesFailed', message: 'some' };
const HELD: Standing = { is: 'stalled', reason: 'Suspended', message: 'stopped' };

/** Reports one standing after another on the same claim, and collects what is written and announced. */
async function story(standings: readonly Standing[], outcome: StatusOutcome = 'written', annotations = {}) {
  const announced: Announcement[] = [];
  const statuses: Record<string, unknown>[] = [];
  const clock = createTestClock();
  const plain = servedClaim([]);
  let claim: ServedDeviceClaim = { ...plain, metadata: { ...plain.metadata, annotations } };
  const reporter = {
    clock,
    announce: (_type: unknown, _object: unknown, event: Announcement) => announced.push(event),
    status: {
      write: async (_type: unknown, _object: unknown, status: object) => {
        statuses.push(status as Record<string, unknown>);
        return ok(outcome);
      },
    },
  } as unknown as Parameters<typeof report>[0];
  for (const standing of standings) {
    await report(reporter, DEVICE_CLAIMS, claim, findings(standing), { devices: { desired: 1 } }, signal);
    claim = { ...claim, status: statuses.at(-1) as ServedDeviceClaim['status'] } as ServedDeviceClaim;
    await clock.advance(60_000);
  }
  return { announced: announced.map(({ type, reason }) => `${type} ${reason}`), statuses };
}

describe('events', () => {
  test.each<[string, readonly Standing[], readonly string[]]>([
    ['what became ready is told', [MOVING, READY], ['Normal AllClaimed']],
    ['the same again is not told again', [READY, READY, READY], ['Normal AllClaimed']],
    ['steps on the way are not told', [MOVING, OTHERWISE, MOVING], []],
    ['what needs a person is a warning, once', [MOVING, FAILED, FAILED], ['Warning DevicesFailed']],
    [
      'another reason that needs a person is told',
      [FAILED, HELD],
      ['Warning DevicesFailed', 'Warning Suspended'],
    ],
    ['what ceases to be ready is told', [READY, MOVING], ['Normal AllClaimed', 'Normal Progressing']],
    [
      'what becomes ready again is told again',
      [READY, FAILED, READY],
      ['Normal AllClaimed', 'Warning DevicesFailed', 'Normal AllClaimed'],
    ],
  ])('%s', async (_why, standings, expected) => {
    expect((await story(standings)).announced).toEqual(expected);
  });

  test.each(['unchanged', 'gone'] as const)('nothing is told of a status that was %s', async (outcome) => {
    expect((await story([READY], outcome)).announced).toEqual([]);
  });
});

describe('the status', () => {
  test('speaks of the generation it was reckoned from, and holds what the pass had to say', async () => {
    const { statuses } = await story([READY]);
    expect(statuses[0]).toMatchObject({ observedGeneration: 1, devices: { desired: 1 } });
    expect(statuses[0]).not.toHaveProperty('lastHandledReconcileAt');
  });

  test('keeps the time of a condition that stays as it was', async () => {
    const { statuses } = await story([MOVING, OTHERWISE]);
    const times = statuses.map(
      (status) => (status['conditions'] as { lastTransitionTime: string }[])[0]?.lastTransitionTime,
    );
    expect(times[0]).toBe(times[1]);
  });

  test('echoes a request to look again', async () => {
    const { statuses } = await story([READY], 'written', { 'vendorplane.dev/reconcile-requested-at': 'x' });
    expect(statuses[0]).toMatchObject({ lastHandledReconcileAt: 'x' });
  });
});
