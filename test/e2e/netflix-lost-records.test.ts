import { describe, expect, test } from 'vitest';
import { RECONCILE_REQUESTED_ANNOTATION } from '../../src/api/group.ts';
import { type ServedVendorRecord, VENDOR_RECORDS } from '../../src/controllers/resources.ts';
import { arm, turn, type World } from '../simulators/crmcom-netflix/world.ts';
import type { Manifest } from '../support/fleet.ts';
import { type OperatorScene, startOperator, subscriberRegisters, subscription } from '../support/netflix.ts';
import { bePatient } from '../support/patience.ts';
import { condition, type Stage, startStage } from '../support/stage.ts';

bePatient();

const KIND = 'NetflixDeviceRegistration';
const NAME = 'boxes';
const { signal } = new AbortController();

const ALL = ['NF-1', 'NF-2', 'NF-3'];

function devicesOf(esns: readonly string[]): readonly { readonly esn: string }[] {
  return esns.map((esn) => ({ esn }));
}

function registration(name: string, esns: readonly string[]): Manifest {
  return {
    apiVersion: 'vendorplane.dev/v1alpha1',
    kind: KIND,
    metadata: { name },
    spec: { accountRef: { name: 'operator' }, group: { name: 'Demo Operator' }, devices: devicesOf(esns) },
  };
}

/** What one test has to itself: a controller that it stops and starts, and three registered devices. */
interface Play {
  readonly stage: Stage;
  readonly scene: OperatorScene;
  /** Takes all records away while no controller runs; answers what they were. */
  readonly loseRecords: () => Promise<readonly ServedVendorRecord[]>;
  /** The devices of each call that was sent to register some. */
  readonly calls: () => Promise<readonly (readonly string[])[]>;
  readonly list: (esns: readonly string[]) => Promise<void>;
}

async function play(namespace: string, act: (scene: Play) => Promise<void>): Promise<void> {
  const stage = await startStage();
  const worlds: World[] = [];
  try {
    stage.startController();
    const scene = await startOperator(stage, namespace, worlds);
    await turn(scene.world, { repeatedDevice: 'ok' });
    await scene.apply(registration(NAME, ALL));
    await scene.settled(KIND, NAME, 'AllRegistered');
    await act({
      stage,
      scene,
      loseRecords: async () => {
        await stage.stopController('SIGKILL');
        const page = await stage.client.list(VENDOR_RECORDS, { namespace, limit: 500 }, signal);
        if (!page.ok) throw new Error(page.failure.message);
        for (const { metadata } of page.value.items) {
          await stage.client.delete(VENDOR_RECORDS, { namespace, name: metadata.name }, {}, signal);
        }
        return page.value.items;
      },
      calls: async () => {
        const sent = await scene.sent('devices.register');
        return sent.map(({ items = [] }) => items.map(({ esn }) => String(esn)).sort());
      },
      list: (esns) => scene.patch(KIND, NAME, { spec: { devices: devicesOf(esns) } }),
    });
    expect(stage.faults()).toEqual([]);
    expect(stage.controllerLog()).not.toContain('fault in our own code');
  } finally {
    await stage.close();
    for (const world of worlds) await world[Symbol.asyncDispose]();
  }
}

describe.concurrent('registered devices whose records were lost', () => {
  test('are RecordLost, over restarts and edits of the list, until a person wants them registered again', () =>
    play('records-lost', async ({ stage, scene, loseRecords, calls, list }) => {
      const lost = await loseRecords();
      expect(lost.length).toBeGreaterThan(0);
      stage.startController();
      const stopped = await scene.settled(KIND, NAME, 'RecordLost');
      expect(condition(stopped, 'Stalled')?.message).toContain(`kubectl annotate netflixdeviceregistration`);
      expect(stopped.status).toMatchObject({ devices: { desired: 3, registered: 0, lost: 3, pending: 0 } });
      expect(stopped.status?.['failures']).toMatchObject([
        { device: 'esn:NF-1', code: 'RECORD_LOST' },
        { device: 'esn:NF-2', code: 'RECORD_LOST' },
        { device: 'esn:NF-3', code: 'RECORD_LOST' },
      ]);

      // One that came later was never registered, and is no loss.
      await list([...ALL, 'NF-4']);
      const edited = await scene.until(
        KIND,
        NAME,
        'RecordLost beside one that is registered',
        ({ status }) => (status?.['devices'] as { registered: number } | undefined)?.registered === 1,
      );
      expect(edited.status).toMatchObject({ devices: { desired: 4, registered: 1, lost: 3 } });
      expect(condition(edited, 'Degraded')?.reason).toBe('RecordLost');

      await stage.stopController('SIGKILL');
      stage.startController();
      await scene.apply(registration('others', ['NF-9']));
      // This controller has read its records, and acts.
      await scene.settled(KIND, 'others', 'AllRegistered');
      const again = await scene.settled(KIND, NAME, 'RecordLost');
      expect(again.status).toMatchObject({ devices: { desired: 4, registered: 1, lost: 3 } });
      expect(await calls()).toEqual([ALL, ['NF-4'], ['NF-9']]);

      await scene.patch(KIND, NAME, {
        metadata: { annotations: { [RECONCILE_REQUESTED_ANNOTATION]: 'go' } },
      });
      const ready = await scene.settled(KIND, NAME, 'AllRegistered');
      expect(ready.status).toMatchObject({ devices: { registered: 4, lost: 0 } });
      expect(await calls()).toEqual([ALL, ['NF-4'], ['NF-9'], ALL]);
    }));

  test('are ready again when the records come back, and nothing is sent', () =>
    play('records-restored', async ({ stage, scene, loseRecords, calls }) => {
      const lost = await loseRecords();
      stage.startController();
      await scene.settled(KIND, NAME, 'RecordLost');
      await loseRecords();
      for (const { metadata, ...record } of lost) {
        const draft = { ...record, metadata: { namespace: 'records-restored', name: metadata.name } };
        const { labels = {} } = metadata;
        const restored = await stage.client.create(
          VENDOR_RECORDS,
          { ...draft, metadata: { ...draft.metadata, labels } },
          signal,
        );
        if (!restored.ok) throw new Error(restored.failure.message);
      }
      stage.startController();
      const ready = await scene.settled(KIND, NAME, 'AllRegistered');
      expect(ready.status).toMatchObject({ devices: { registered: 3, lost: 0 } });
      expect(await calls()).toEqual([ALL]);
    }));

  test('and a subscription that its status tells of is not created because a look misses it', () =>
    play('records-subscription', async ({ stage, scene, loseRecords }) => {
      await scene.apply(subscription('ann'));
      await subscriberRegisters(scene, 'ann');
      await scene.settled('NetflixSubscription', 'ann', 'SubscriptionActive');
      await loseRecords();
      await arm(scene.world, {
        fault: 'wrongShape',
        body: { data: null, status: { code: 'OK', description: '', message: '' } },
        times: 'always',
        match: { endpoint: 'subscriptions.show' },
      });
      stage.startController();
      await scene.settled('NetflixSubscription', 'ann', 'RecordLost');
      expect(await scene.sent('subscriptions.create')).toHaveLength(1);
      await scene.world.admin('DELETE', '/faults');
      const metadata = { annotations: { [RECONCILE_REQUESTED_ANNOTATION]: 'go' } };
      await scene.patch('NetflixSubscription', 'ann', { metadata });
      await scene.settled('NetflixSubscription', 'ann', 'SubscriptionActive');
      expect(await scene.sent('subscriptions.create')).toHaveLength(1);
    }));

  test('are no loss where records, lists and status agree: a restart changes nothing', () =>
    play('records-whole', async ({ stage, scene, calls, list }) => {
      await stage.stopController('SIGKILL');
      // Edited while nobody looked: fewer of the list are recorded than the status tells of.
      await list(['NF-1', 'NF-8', 'NF-9']);
      stage.startController();
      await scene.settled(KIND, NAME, 'AllRegistered');
      expect(await calls()).toEqual([ALL, ['NF-8', 'NF-9']]);
    }));
});
