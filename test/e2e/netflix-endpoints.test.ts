import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { arm, ledger, startWorld, type World } from '../simulators/crmcom-netflix/world.ts';
import {
  type OperatorScene,
  operatorAccount,
  startOperator,
  subscriberRegisters,
  subscription,
} from '../support/netflix.ts';
import { bePatient } from '../support/patience.ts';
import { condition, eventually, type Stage, startStage } from '../support/stage.ts';

bePatient();

let stage: Stage;
const worlds: World[] = [];

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

/** The same account at another installation, with a login of the same name. */
async function moveTo(scene: OperatorScene, { url }: Pick<World, 'url'>): Promise<void> {
  await scene.patch('VendorAccount', 'operator', { spec: { crmComNetflix: { endpoint: url } } });
}

const boxes = {
  apiVersion: 'vendorplane.dev/v1alpha1',
  kind: 'NetflixDeviceRegistration',
  metadata: { name: 'boxes' },
  spec: {
    accountRef: { name: 'operator' },
    group: { name: 'Demo Operator' },
    devices: [{ esn: 'NF-1' }, { esn: 'NF-2' }],
  },
};

describe.concurrent('the endpoint of an account', () => {
  test('is the same however it is written: a second account of it is a duplicate', async () => {
    const scene = await startOperator(stage, 'endpoint-spelling', worlds);
    await scene.settled('VendorAccount', 'operator', 'Connected');
    const again = operatorAccount({ ...scene.world, url: `${scene.world.url}/./` }, {});
    await scene.apply({ ...again, metadata: { name: 'again' } });
    await scene.settled('VendorAccount', 'again', 'DuplicateAccount');
    await scene.settled('VendorAccount', 'operator', 'Connected');
  });

  test('that is edited makes it another identity: what is open at the former one is neither lost nor sent again', async () => {
    const scene = await startOperator(stage, 'endpoint-edit', worlds, { resyncInterval: '5s' });
    const other = await startWorld({ clock: { now: () => Date.now() } });
    worlds.push(other);
    await scene.apply(boxes, subscription('bob'));
    await scene.settled('NetflixDeviceRegistration', 'boxes', 'AllRegistered');
    await subscriberRegisters(scene, 'bob');
    await scene.settled('NetflixSubscription', 'bob', 'SubscriptionActive');
    // A creation never arrives, and nobody knows that.
    await arm(scene.world, { fault: 'dropBeforeEffect', match: { endpoint: 'subscriptions.create' } });
    await scene.apply(subscription('ann'));
    const creations = async (): Promise<number> => (await scene.sent('subscriptions.create')).length;
    await eventually(async () => (await creations()) === 2, 'the creation of ann is sent');

    await moveTo(scene, other);
    // Nothing that was recorded at the former endpoint is taken for done, or done once more, at this one unasked.
    const lost = await scene.settled('NetflixDeviceRegistration', 'boxes', 'RecordLost');
    expect(condition(lost)?.status).toBe('False');
    expect(await ledger(other, '?mutating=true&endpoint=devices.register')).toEqual([]);

    await moveTo(scene, scene.world);
    await scene.settled('NetflixDeviceRegistration', 'boxes', 'AllRegistered');
    await scene.settled('NetflixSubscription', 'bob', 'SubscriptionActive');
    // Taken up where it was: it is looked for, and not sent again.
    const looks = async (): Promise<number> =>
      (await ledger(scene.world, '?endpoint=subscriptions.show')).filter((entry) =>
        JSON.stringify(entry).includes('ann'),
      ).length;
    const before = await looks();
    await eventually(async () => (await looks()) > before + 1, 'ann is looked for');
    expect(await creations()).toBe(2);
    expect(await scene.effects('subscriptions.create')).toBe(1);
    expect(await scene.sent('devices.register')).toHaveLength(1);
  });
});
