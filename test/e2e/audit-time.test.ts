import { afterAll, beforeAll, expect, test } from 'vitest';
import { FINISHED_DAY_LABEL, VENDOR_OPERATIONS } from '../../src/controllers/resources.ts';
import { claim, phones } from '../support/fleet.ts';
import { writeOperation } from '../support/operations.ts';
import { bePatient } from '../support/patience.ts';
import { startFleet } from '../support/scenes.ts';
import { eventually, type Scene, type Stage, startStage } from '../support/stage.ts';

bePatient();

let stage: Stage;
const { signal } = new AbortController();
const DAY_MS = 86_400_000;

beforeAll(async () => {
  stage = await startStage();
});

afterAll(() => stage.close());

async function operationsIn({ namespace }: Scene): Promise<readonly string[]> {
  const page = await stage.client.list(VENDOR_OPERATIONS, { namespace, limit: 500 }, signal);
  if (!page.ok) throw new Error(page.failure.message);
  return page.value.items.map(({ metadata }) => metadata.name).sort();
}

test('operations go after a week, and what the guard counted stays counted without them', async () => {
  const budget = { guard: { settle: '1s', destructive: { maxItems: 2, maxPercent: 100, floor: 2 } } };
  const scene = await startFleet(stage, 'audit', budget);
  const nowMs = Date.now();
  await writeOperation(stage.client, scene.namespace, 'vop-0old', nowMs - 8 * DAY_MS);
  await writeOperation(stage.client, scene.namespace, 'vop-0young', nowMs - 6 * DAY_MS);
  await writeOperation(stage.client, scene.namespace, 'vop-0unlabelled', nowMs - 8 * DAY_MS);
  const unlabelled = { namespace: scene.namespace, name: 'vop-0unlabelled' };
  const labels = { metadata: { labels: { [FINISHED_DAY_LABEL]: null } } };
  expect((await stage.client.mergePatch(VENDOR_OPERATIONS, unlabelled, labels, signal)).ok).toBe(true);
  stage.startController();
  await eventually(async () => (await operationsIn(scene)).length === 1, 'the old ones go');
  expect(await operationsIn(scene)).toEqual(['vop-0young']);

  const unclaim = { releasePolicy: 'Unclaim' };
  await scene.apply(claim('phones', phones(0, 4), unclaim));
  await scene.settled('DeviceClaim', 'phones', 'AllClaimed');
  await scene.apply(claim('phones', phones(0, 2), unclaim));
  await scene.settled('DeviceClaim', 'phones', 'AllClaimed');
  expect(await stage.stopController('SIGTERM')).toBe(0);
  expect(await scene.kubectl('delete', 'vop', '--all')).toMatchObject({ code: 0 });
  stage.startController();
  await scene.apply(claim('phones', phones(0, 1), unclaim));
  const blocked = await scene.settled('DeviceClaim', 'phones', 'GuardBlocked');
  expect(blocked.status?.['devices']).toMatchObject({ claimed: 1, releasing: 1 });
  expect(await operationsIn(scene)).toEqual([]);
});
