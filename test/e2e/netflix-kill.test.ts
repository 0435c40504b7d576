import { afterAll, beforeAll, expect, test } from 'vitest';
import { NETFLIX_CHARGES } from '../../src/controllers/resources.ts';
import { addCharges, type World } from '../simulators/crmcom-netflix/world.ts';
import { type OperatorScene, startOperator, subscription } from '../support/netflix.ts';
import { bePatient } from '../support/patience.ts';
import { condition, eventually, type Stage, startStage } from '../support/stage.ts';

bePatient();

let stage: Stage;
const worlds: World[] = [];
const { signal } = new AbortController();

beforeAll(async () => {
  stage = await startStage();
});

afterAll(async () => {
  await stage.close();
  for (const world of worlds) await world[Symbol.asyncDispose]();
});

const CHARGES = 200;

/** How many requests the vendor has seen that were meant to change something. */
async function progress(scene: OperatorScene): Promise<number> {
  const { body } = await scene.world.admin('GET', '/counters');
  const counters = Object.values(body as Readonly<Record<string, { readonly requests: number }>>);
  return counters.reduce((sum, { requests }) => sum + requests, 0);
}

test('killed again and again, no charge is lost or told twice, and nobody is created twice', async () => {
  const scene = await startOperator(stage, 'netflix-kill', worlds);
  const numbers = await addCharges(scene.world, 'pci150', CHARGES);
  const feed = { accountRef: { name: 'operator' }, acknowledge: 'AfterRecording', pollInterval: '1s' };
  const metadata = { name: 'charges' };
  const apiVersion = 'vendorplane.dev/v1alpha1';
  await scene.apply(subscription('ann'), { apiVersion, kind: 'NetflixChargeFeed', metadata, spec: feed });
  for (const moreRequests of [2, 5, 8, 10, 12]) {
    stage.startController();
    const before = await progress(scene);
    // Wherever that finds it: between a record and its acknowledgement, or a reply and its record.
    await eventually(async () => (await progress(scene)) >= before + moreRequests, 'the vendor hears of it');
    await stage.stopController('SIGKILL');
  }
  stage.startController();
  await scene.until(
    'NetflixChargeFeed',
    'charges',
    'drained',
    ({ status }) => status?.['acknowledged'] === CHARGES,
  );
  await scene.until('NetflixSubscription', 'ann', 'created', (object) =>
    ['RegistrationOpen', 'TokenLost'].includes(condition(object)?.reason ?? ''),
  );
  expect(await scene.effects('subscriptions.create')).toBe(1);
  const sent = await scene.sent('charges.acknowledge');
  const told = sent.flatMap(({ effect = [] }) =>
    (effect as { number?: string }[]).map(({ number }) => number),
  );
  expect(new Set(told)).toEqual(new Set(numbers));
  expect(told).toHaveLength(CHARGES);
  const page = await stage.client.list(NETFLIX_CHARGES, { namespace: scene.namespace, limit: 1_000 }, signal);
  const recorded = page.ok ? page.value.items.map(({ spec }) => spec.number) : [];
  expect(recorded.sort()).toEqual([...numbers].sort());
});
