import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { VENDOR_OPERATIONS } from '../../src/controllers/resources.ts';
import { claim, customer, googleAccount, phones } from '../support/fleet.ts';
import { bePatient } from '../support/patience.ts';
import { startFleet } from '../support/scenes.ts';
import { eventually, type Scene, type Stage, startStage } from '../support/stage.ts';

bePatient();

/** Plays on a stage of its own, since a controller that stops and starts would disturb all others. */
async function onStage(play: (stage: Stage) => Promise<void>): Promise<void> {
  const stage = await startStage();
  try {
    await play(stage);
    expect(stage.faults()).toEqual([]);
  } finally {
    await stage.close();
  }
}

/** The states of the operations of a namespace. */
async function operationStates(stage: Stage, scene: Scene): Promise<readonly (string | undefined)[]> {
  const { signal } = new AbortController();
  const page = await stage.client.list(VENDOR_OPERATIONS, { namespace: scene.namespace, limit: 100 }, signal);
  return page.ok ? page.value.items.map(({ status }) => status?.state) : [];
}

/** A pod is killed when it has not ended within this time: Kubernetes, terminationGracePeriodSeconds, its default. */
const GRACE_MS = 30_000;
/** How long nothing may be logged: longer than any pause after which counts are taken or looks repeated here. */
const QUIET_MS = 2_000;

/** Stops the controller as a rolling update does. */
async function stopGently(stage: Stage): Promise<void> {
  const askedAt = performance.now();
  expect(await stage.stopController('SIGTERM')).toBe(0);
  expect(performance.now() - askedAt).toBeLessThan(GRACE_MS);
}

describe.concurrent('a controller that is stopped and started again', () => {
  test('follows an operation that was under way, and sends nothing twice', () =>
    onStage(async (stage) => {
      const scene = await startFleet(stage, 'under-way');
      await scene.vendor.ask('POST', '/faults', {
        fault: 'operationStuck',
        match: { endpoint: 'devices.claimAsync' },
      });
      await scene.apply(claim('phones', phones(0, 4)));
      stage.startController();
      await eventually(async () => {
        const [state] = await operationStates(stage, scene);
        return state === 'Submitted' || state === 'InProgress';
      }, 'the operation is submitted');
      await stopGently(stage);
      await scene.vendor.ask('POST', '/operations/release', {});
      stage.startController();
      await scene.settled('DeviceClaim', 'phones', 'AllClaimed');
      expect([...(await scene.vendor.claimsSent()).values()]).toEqual([1, 1, 1, 1]);
      expect(await operationStates(stage, scene)).toEqual(['Complete']);
    }));

  test('before a batch was closed has sent nothing, and sends it once', () =>
    onStage(async (stage) => {
      const scene = await startFleet(stage, 'forming');
      await scene.apply(claim('phones', phones(0, 4)));
      stage.startController();
      await scene.until(
        'DeviceClaim',
        'phones',
        'counted',
        ({ status }) => (status?.['devices'] as { pending: number } | undefined)?.pending === 4,
      );
      await stopGently(stage);
      const sent = (await scene.vendor.claimsSent()).size;
      stage.startController();
      await scene.settled('DeviceClaim', 'phones', 'AllClaimed');
      expect(sent).toBe(0);
      expect([...(await scene.vendor.claimsSent()).values()]).toEqual([1, 1, 1, 1]);
    }));

  test('takes up what was changed while it was away', () =>
    onStage(async (stage) => {
      const scene = await startFleet(stage, 'away');
      await scene.apply(claim('gone', phones(0, 1)), claim('kept', phones(5, 1)));
      stage.startController();
      await scene.settled('DeviceClaim', 'gone', 'AllClaimed');
      await scene.settled('DeviceClaim', 'kept', 'AllClaimed');
      await stopGently(stage);
      await scene.remove('DeviceClaim', 'gone');
      await scene.apply(claim('kept', phones(5, 2)), claim('heir', phones(0, 1)));
      stage.startController();
      await scene.settled('DeviceClaim', 'kept', 'AllClaimed');
      await scene.settled('DeviceClaim', 'heir', 'AllClaimed');
      expect([...(await scene.vendor.claimsSent()).values()]).toEqual([1, 1, 1]);
    }));

  test('knows which of two accounts of one vendor identity was first', () =>
    onStage(async (stage) => {
      const scene = await startFleet(stage, 'first');
      await scene.apply(claim('phones', phones(0, 1)));
      stage.startController();
      await scene.settled('DeviceClaim', 'phones', 'AllClaimed');
      await stopGently(stage);
      await scene.apply(googleAccount(scene.vendor.url, {}, 'a-later-one'));
      stage.startController();
      await scene.settled('VendorAccount', 'a-later-one', 'DuplicateAccount');
      await scene.until('VendorAccount', 'google', 'open', ({ status }) =>
        JSON.stringify(status).includes('Connected'),
      );
    }));
});

describe.concurrent('a controller with nothing to do', () => {
  test('asks nothing and writes nothing', () =>
    onStage(async (stage) => {
      const scene = await startFleet(stage, 'idle');
      await scene.apply(
        claim('phones', phones(0, 3)),
        customer('nobody', { companyName: 'Nobody Ltd' }),
        claim('waiting', phones(9, 1), { customerRef: { name: 'nobody' } }),
      );
      stage.startController();
      await scene.settled('DeviceClaim', 'phones', 'AllClaimed');
      await scene.settled('DeviceClaim', 'waiting', 'CustomerNotReady');
      // Counts follow a little later; then it is quiet. One that has something to do for ever never is.
      await eventually(async () => {
        const before = stage.controllerLog().length;
        await sleep(QUIET_MS);
        return stage.controllerLog().length === before;
      }, 'nothing is logged any more');
    }));
});
