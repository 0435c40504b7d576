import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { NETFLIX_CHARGES, type ServedNetflixCharge } from '../../src/controllers/resources.ts';
import { addCharges, arm, type World } from '../simulators/crmcom-netflix/world.ts';
import type { Manifest } from '../support/fleet.ts';
import { type OperatorScene, startOperator } from '../support/netflix.ts';
import { bePatient } from '../support/patience.ts';
import { condition, eventually, type Stage, startStage } from '../support/stage.ts';

bePatient();

let stage: Stage;
const worlds: World[] = [];
const { signal } = new AbortController();

beforeAll(async () => {
  stage = await startStage();
  stage.startController();
});

afterAll(async () => {
  const faults = stage.faults();
  const log = stage.controllerLog();
  await stage.close();
  for (const world of worlds) await world[Symbol.asyncDispose]();
  expect(faults).toEqual([]);
  expect(log).not.toContain('fault in our own code');
});

function feed(spec: object = {}): Manifest {
  return {
    apiVersion: 'vendorplane.dev/v1alpha1',
    kind: 'NetflixChargeFeed',
    metadata: { name: 'charges' },
    spec: { accountRef: { name: 'operator' }, pollInterval: '1s', ...spec },
  };
}

const DRAIN = { acknowledge: 'AfterRecording' } as const;
const KIND = 'NetflixChargeFeed';

async function recorded({ namespace }: OperatorScene): Promise<readonly ServedNetflixCharge[]> {
  const page = await stage.client.list(NETFLIX_CHARGES, { namespace, limit: 1_000 }, signal);
  if (!page.ok) throw new Error(page.failure.message);
  return page.value.items;
}

/** Numbers the vendor was asked to acknowledge, in order, and how often each took effect. */
async function acknowledged(scene: OperatorScene): Promise<readonly string[]> {
  const sent = await scene.sent('charges.acknowledge');
  return sent.flatMap(({ effect = [] }) =>
    (effect as { number?: string }[]).map(({ number }) => number ?? ''),
  );
}

async function listed({ world }: OperatorScene): Promise<number> {
  const query = { number_of_results: '50', charge_status: 'PROCESSED', offset: '0' };
  const { data } = await world.get('netflix/charges/list', query);
  return (data as { charges_set: unknown[] }).charges_set.length;
}

/** Every charge is recorded, the vendor was told of each once, and of none that is not recorded. */
async function expectKept(scene: OperatorScene, numbers: readonly string[]): Promise<void> {
  const charges = await recorded(scene);
  expect(charges.map(({ spec }) => spec.number).sort()).toEqual([...numbers].sort());
  expect([...(await acknowledged(scene))].sort()).toEqual([...numbers].sort());
  expect(charges.every(({ status }) => status?.acknowledged)).toBe(true);
}

describe.concurrent('a feed of charges', () => {
  test('records each charge, then acknowledges it, fifty at a time, and again when others come', async () => {
    const scene = await startOperator(stage, 'charges-drain', worlds);
    const numbers = [...(await addCharges(scene.world, 'pci150', 120))];
    await scene.apply(feed(DRAIN));
    await scene.until(KIND, 'charges', 'drained', (object) => object.status?.['acknowledged'] === 120);
    numbers.push(...(await addCharges(scene.world, 'pci151', 7)));
    await scene.until(KIND, 'charges', 'drained', (object) => object.status?.['acknowledged'] === 127);
    const ready = await scene.settled(KIND, 'charges', 'Drained');
    expect(ready.status).toMatchObject({ recorded: 127, acknowledged: 127, review: 0 });
    await expectKept(scene, numbers);
    const sizes = (await scene.sent('charges.acknowledge')).map(({ items }) => items?.length);
    expect(sizes.slice(0, 3)).toEqual([50, 50, 20]);
    const [charge] = await recorded(scene);
    expect(charge?.spec).toMatchObject({ amountMinor: 599, currency: 'EUR', chargeStatus: 'APPROVED' });
    expect(await listed(scene)).toBe(0);
  });

  test('that does not acknowledge leaves every charge where it is', async () => {
    const scene = await startOperator(stage, 'charges-never', worlds);
    await addCharges(scene.world, 'pci150', 3);
    await scene.apply(feed());
    await scene.until(KIND, 'charges', 'recorded', (object) => object.status?.['recorded'] === 3);
    await scene.settled(KIND, 'charges', 'Drained');
    expect(await scene.sent('charges.acknowledge')).toEqual([]);
    expect(await listed(scene)).toBe(3);
  });

  test('records contradictory charges for a person and never acknowledges them', async () => {
    const scene = await startOperator(stage, 'charges-review', worlds);
    await scene.world.admin('POST', '/charges/contradictory', {});
    const [good = ''] = await addCharges(scene.world, 'pci150', 1);
    await scene.apply(feed(DRAIN));
    const stopped = await scene.settled(KIND, 'charges', 'ChargesForReview');
    expect(stopped.status).toMatchObject({ recorded: 6, acknowledged: 1, review: 5 });
    expect(condition(stopped, 'Degraded')?.status).toBe('True');
    expect(await acknowledged(scene)).toEqual([good]);
    const reviews = (await recorded(scene)).map(({ status }) => status?.review?.reason);
    expect(reviews.filter((reason) => reason === 'StatusContradicted')).toHaveLength(5);
  });

  test('whose acknowledgement lost its reply finds out by the list, and loses and repeats nothing', async () => {
    const scene = await startOperator(stage, 'charges-lost', worlds);
    const numbers = await addCharges(scene.world, 'pci150', 60);
    await arm(scene.world, { fault: 'dropAfterEffect', match: { endpoint: 'charges.acknowledge' } });
    await scene.apply(feed(DRAIN));
    await scene.until(KIND, 'charges', 'drained', (object) => object.status?.['acknowledged'] === 60);
    await expectKept(scene, numbers);
  });

  test('goes on when its token expires in the middle', async () => {
    const scene = await startOperator(stage, 'charges-token', worlds);
    const numbers = await addCharges(scene.world, 'pci150', 60);
    await arm(scene.world, { fault: 'expireTokens', match: { endpoint: 'charges.acknowledge' } });
    await scene.apply(feed(DRAIN));
    await scene.until(KIND, 'charges', 'drained', (object) => object.status?.['acknowledged'] === 60);
    await expectKept(scene, numbers);
  });

  test('sets aside, alone, what the vendor does not let it acknowledge', async () => {
    const scene = await startOperator(stage, 'charges-refused', worlds);
    const numbers = await addCharges(scene.world, 'pci150', 12);
    await arm(scene.world, {
      fault: 'partialFailure',
      ratio: 0.5,
      match: { endpoint: 'charges.acknowledge' },
    });
    await scene.apply(feed(DRAIN));
    const stopped = await scene.settled(KIND, 'charges', 'ChargesForReview');
    const { acknowledged: done, review } = stopped.status as unknown as Record<string, number>;
    expect(Number(done) + Number(review)).toBe(numbers.length);
    expect(await acknowledged(scene)).toHaveLength(Number(done));
    const refused = (await recorded(scene)).filter(({ status }) => status?.review !== undefined);
    expect(refused.every(({ status }) => status?.review?.reason === 'VendorRefused')).toBe(true);
  });

  test('leaves alone what is not decided yet, and takes it when it is', async () => {
    const scene = await startOperator(stage, 'charges-pending', worlds);
    const [number = ''] = await addCharges(scene.world, 'pci150', 1, { status: 'PENDING' });
    await scene.apply(feed(DRAIN));
    await scene.settled(KIND, 'charges', 'Drained');
    expect(await recorded(scene)).toEqual([]);
    await scene.world.admin('POST', `/charges/${number}/process`, { outcome: 'DECLINED' });
    await scene.until(KIND, 'charges', 'drained', (object) => object.status?.['acknowledged'] === 1);
    const [charge] = await recorded(scene);
    expect(charge?.spec.chargeStatus).toBe('DECLINED');
  });

  test('writes down what a charge is by now when the vendor corrects it, and tells the vendor of none it takes back', async () => {
    const scene = await startOperator(stage, 'charges-corrected', worlds);
    const [number = ''] = await addCharges(scene.world, 'pci150', 1);
    await scene.apply(feed());
    await scene.settled(KIND, 'charges', 'Drained');
    await addCharges(scene.world, 'pci150', 1, { number, amount: 6.99 });
    const amountOf = async (): Promise<number | undefined> => (await recorded(scene))[0]?.spec.amountMinor;
    await eventually(async () => (await amountOf()) === 699, 'the corrected amount');
    await addCharges(scene.world, 'pci150', 1, { number, amount: 6.99, status: 'PENDING' });
    const [other = ''] = await addCharges(scene.world, 'pci151', 1);
    await scene.apply(feed(DRAIN));
    await scene.until(KIND, 'charges', 'drained', (object) => object.status?.['acknowledged'] === 1);
    expect(await acknowledged(scene)).toEqual([other]);
  });

  test('records anew what was deleted before the vendor was told, and only then acknowledges it', async () => {
    const scene = await startOperator(stage, 'charges-removed', worlds);
    const numbers = await addCharges(scene.world, 'pci150', 3);
    await scene.apply(feed());
    await scene.until(KIND, 'charges', 'recorded', (object) => object.status?.['recorded'] === 3);
    const [first, ...rest] = await recorded(scene);
    for (const { metadata } of rest) {
      const ref = { namespace: scene.namespace, name: metadata.name };
      await stage.client.delete(NETFLIX_CHARGES, ref, {}, signal);
    }
    await scene.apply(feed(DRAIN));
    await eventually(
      async () => (await recorded(scene)).filter(({ status }) => status?.acknowledged).length === 3,
      'all are recorded and acknowledged',
    );
    await expectKept(scene, numbers);
    const uids = new Set((await recorded(scene)).map(({ metadata }) => metadata.uid));
    expect(uids).toContain(first?.metadata.uid);
    for (const { metadata } of rest) expect(uids).not.toContain(metadata.uid);
  });

  test('takes no charge with it when it is deleted', async () => {
    const scene = await startOperator(stage, 'charges-deleted', worlds);
    await addCharges(scene.world, 'pci150', 2);
    await scene.apply(feed());
    await scene.until(KIND, 'charges', 'recorded', (object) => object.status?.['recorded'] === 2);
    await scene.remove(KIND, 'charges');
    await scene.gone(KIND, 'charges');
    await eventually(async () => (await recorded(scene)).length === 2, 'the charges stand');
    await addCharges(scene.world, 'pci150', 1);
    expect((await recorded(scene)).length).toBe(2);
  });
});
