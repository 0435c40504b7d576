import { expect, test } from 'vitest';
import { conclude, REFRESH_MS } from '../../src/controllers/conclude.ts';
import { DEVICE_CLAIMS } from '../../src/controllers/resources.ts';
import type { Standing } from '../../src/controllers/standing.ts';
import { operationsField } from '../../src/controllers/status-fields.ts';
import { retry, settled, stalled } from '../../src/kube/controller.ts';
import { failed, ok, type Result } from '../../src/ports/failure.ts';
import { createTestClock } from '../support/clock.ts';
import { servedClaim } from './support/resources.ts';

const READY: Standing = { is: 'ready', reason: 'AllClaimed', message: 'all' };
const MOVING: Standing = { is: 'moving', reason: 'Progressing', message: 'some' };
const STALLED: Standing = { is: 'stalled', reason: 'DevicesFailed', message: 'none' };
const AWAY = { kind: 'transient', code: 'HTTP_503', message: 'away' } as const;

async function concluded(standing: Standing, againMs?: number, answer: Result<string> = ok('written')) {
  const written: object[] = [];
  const reporter = {
    status: {
      write: async (_type: unknown, _object: unknown, status: object) => {
        written.push(status);
        return answer;
      },
    },
    announce: () => undefined,
    clock: createTestClock(),
  } as unknown as Parameters<typeof conclude>[0];
  const fields = { devices: { desired: 1 } };
  const conclusion = { standing, fields, ...(againMs === undefined ? {} : { againMs }) };
  const { signal } = new AbortController();
  return { result: await conclude(reporter, DEVICE_CLAIMS, servedClaim([]), conclusion, signal), written };
}

test.each([
  { why: 'ready', standing: READY, againMs: undefined, result: settled(REFRESH_MS) },
  { why: 'on its way', standing: MOVING, againMs: undefined, result: settled(REFRESH_MS) },
  { why: 'on its way and in a hurry', standing: MOVING, againMs: 5_000, result: settled(5_000) },
  { why: 'stalled', standing: STALLED, againMs: undefined, result: stalled('DevicesFailed', REFRESH_MS) },
])('a resource that is $why is told so and looked at again', async ({ standing, againMs, result }) => {
  const concluding = await concluded(standing, againMs);
  expect(concluding.result).toEqual(result);
  expect(concluding.written).toMatchObject([
    {
      devices: { desired: 1 },
      conditions: expect.arrayContaining([
        expect.objectContaining({ type: 'Ready', reason: standing.reason }),
      ]) as unknown,
    },
  ]);
});

test('a status that could not be written is tried again', async () => {
  expect((await concluded(READY, undefined, failed(AWAY))).result).toEqual(retry(AWAY));
});

test('at most fifty operations stand in a status, and none where there are none', () => {
  const names = Array.from({ length: 70 }, (_, index) => `vop-${index}`);
  expect(operationsField(names).operations).toHaveLength(50);
  expect(operationsField(names).operations?.[0]).toEqual({ name: 'vop-0' });
  expect(operationsField([])).toEqual({});
});
