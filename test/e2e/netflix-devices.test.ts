import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CONFIG_MAPS } from '../../src/kube/resource.ts';
import { arm, type World } from '../simulators/crmcom-netflix/world.ts';
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

const KIND = 'NetflixDeviceRegistration';

function operator(namespace: string, spec: object = {}): Promise<OperatorScene> {
  const guard = { settle: '1s', destructive: { maxItems: 100, maxPercent: 100, floor: 100 } };
  return startOperator(stage, namespace, worlds, { guard, ...spec });
}

function registration(name: string, esns: readonly string[], spec: object = {}): Manifest {
  const devices = esns.map((esn) => ({ esn }));
  return {
    apiVersion: 'vendorplane.dev/v1alpha1',
    kind: KIND,
    metadata: { name },
    spec: { accountRef: { name: 'operator' }, group: { name: 'Demo Operator' }, devices, ...spec },
  };
}

const UNREGISTER = { releasePolicy: 'Unregister' } as const;

/** What is truly registered at the vendor. */
async function registered({ world }: OperatorScene): Promise<readonly string[]> {
  const { text } = await world.admin('GET', '/esns?operatorId=1');
  return [...text.matchAll(/"(NF-[^"]+)"/g)].map(([, esn]) => esn ?? '').sort();
}

describe.concurrent('registered devices', () => {
  test('travel together in one call, those of several resources too', async () => {
    const scene = await operator('devices-together');
    await scene.apply(registration('one', ['NF-1', 'NF-2']), registration('two', ['NF-3']));
    await scene.settled(KIND, 'one', 'AllRegistered');
    await scene.settled(KIND, 'two', 'AllRegistered');
    expect(await registered(scene)).toEqual(['NF-1', 'NF-2', 'NF-3']);
    expect(await scene.sent('devices.register')).toHaveLength(1);
  });

  test('come from a gzip CSV, 1,000 a call', async () => {
    const scene = await operator('devices-list');
    const esns = Array.from({ length: 2_500 }, (_, index) => `NF-${String(index).padStart(5, '0')}`);
    const data = gzipSync(`esn\n${esns.join('\n')}\n`).toString('base64');
    const metadata = { namespace: scene.namespace, name: 'boxes' };
    const binaryData = { 'devices.csv.gz': data };
    const options = { fieldManager: 'kubectl', force: true };
    await stage.client.apply(CONFIG_MAPS, { metadata, binaryData }, options, signal);
    const devicesFrom = [{ configMapKeyRef: { name: 'boxes', key: 'devices.csv.gz' } }];
    await scene.apply(registration('boxes', [], { devicesFrom }));
    const ready = await scene.settled(KIND, 'boxes', 'AllRegistered');
    expect(ready.status).toMatchObject({ devices: { desired: 2_500, registered: 2_500 } });
    const sizes = (await scene.sent('devices.register')).map(({ items }) => items?.length ?? 0);
    expect(sizes.sort((a, b) => b - a)).toEqual([1_000, 1_000, 500]);
  });

  test('that the vendor names as failed are unconfirmed, alone', async () => {
    const scene = await operator('devices-unconfirmed');
    await scene.world.admin('POST', '/esns', { esns: ['NF-2'] });
    await scene.apply(registration('boxes', ['NF-1', 'NF-2', 'NF-3', 'NF 4', 'NF-1']));
    const stopped = await scene.settled(KIND, 'boxes', 'DevicesFailed');
    expect(stopped.status).toMatchObject({
      devices: { desired: 5, registered: 2, unconfirmed: 1, failed: 2 },
    });
    expect(condition(stopped, 'Degraded')?.status).toBe('True');
    expect(JSON.stringify(stopped.status?.['failures'])).toContain('"esn:NF-2","code":"UNCONFIRMED"');
    await scene.patch(KIND, 'boxes', { spec: { devices: [{ esn: 'NF-1' }, { esn: 'NF-2' }] } });
    await scene.settled(KIND, 'boxes', 'DevicesUnconfirmed');
    expect(await scene.sent('devices.register')).toHaveLength(1);
  });

  test('whose registration lost its reply are asked for again, and count only where the vendor says so', async () => {
    const scene = await operator('devices-lost');
    await arm(scene.world, { fault: 'dropBeforeEffect', match: { endpoint: 'devices.register' } });
    await scene.apply(registration('boxes', ['NF-1']));
    await scene.settled(KIND, 'boxes', 'AllRegistered');
    expect(await registered(scene)).toEqual(['NF-1']);

    const other = await operator('devices-lost-after');
    await arm(other.world, { fault: 'dropAfterEffect', match: { endpoint: 'devices.register' } });
    await other.apply(registration('boxes', ['NF-1']));
    await other.settled(KIND, 'boxes', 'DevicesUnconfirmed');
    expect(await registered(other)).toEqual(['NF-1']);
  });

  test('are unregistered when they leave a resource that says so, and with it, and else stay', async () => {
    const scene = await operator('devices-leave');
    await scene.apply(
      registration('ours', ['NF-1', 'NF-2', 'NF-3'], UNREGISTER),
      registration('kept', ['NF-9']),
    );
    await scene.settled(KIND, 'ours', 'AllRegistered');
    await scene.settled(KIND, 'kept', 'AllRegistered');
    await scene.patch(KIND, 'ours', { spec: { devices: [{ esn: 'NF-1' }, { esn: 'NF-2' }] } });
    await eventually(async () => !(await registered(scene)).includes('NF-3'), 'NF-3 left');
    await scene.settled(KIND, 'ours', 'AllRegistered');
    await scene.remove(KIND, 'ours');
    await scene.remove(KIND, 'kept');
    await scene.gone(KIND, 'ours');
    await scene.gone(KIND, 'kept');
    expect(await registered(scene)).toEqual(['NF-9']);
  });

  test('are not unregistered beyond the guard, nor because of a list that cannot be trusted', async () => {
    const scene = await operator('devices-guard', {
      guard: { settle: '1s', destructive: { maxItems: 1, maxPercent: 100, floor: 1 } },
    });
    await scene.apply(registration('boxes', ['NF-1', 'NF-2', 'NF-3'], UNREGISTER));
    await scene.settled(KIND, 'boxes', 'AllRegistered');
    await scene.patch(KIND, 'boxes', { spec: { devices: [{ esn: 'NF-1' }, { esn: 'NF 2' }] } });
    const held = await scene.until(
      KIND,
      'boxes',
      'held',
      (object) => condition(object, 'ReleaseHeld') !== undefined,
    );
    expect(condition(held, 'ReleaseHeld')?.reason).toBe('RowsRejected');
    await scene.patch(KIND, 'boxes', { spec: { devices: [{ esn: 'NF-1' }] } });
    await scene.settled(KIND, 'boxes', 'GuardBlocked');
    expect(await registered(scene)).toEqual(['NF-1', 'NF-2', 'NF-3']);
    expect(await scene.sent('devices.unregister')).toEqual([]);
  });
});
