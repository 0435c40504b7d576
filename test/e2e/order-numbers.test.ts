import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { claim, imei, phones } from '../support/fleet.ts';
import { bePatient } from '../support/patience.ts';
import { held, startFleet } from '../support/scenes.ts';
import { eventually, type Scene, type Stage, startStage } from '../support/stage.ts';

bePatient();

let stage: Stage;

beforeAll(async () => {
  stage = await startStage();
  stage.startController();
});

afterAll(async () => {
  const faults = stage.faults();
  await stage.close();
  expect(faults).toEqual([]);
});

/** The order number of each device as the vendor has it, by IMEI. */
async function orders(scene: Scene): Promise<Readonly<Record<string, string | undefined>>> {
  const { store } = (await scene.vendor.ask('GET', '/state')) as {
    readonly store: {
      readonly devices: readonly {
        readonly identifier: { readonly imei: string };
        readonly metadata: Readonly<Record<string, string>>;
      }[];
    };
  };
  return Object.fromEntries(
    store.devices.map(({ identifier, metadata }) => [identifier.imei, metadata['ordernumber']]),
  );
}

/** What was sent to change something, endpoint by endpoint. */
async function writes(scene: Scene): Promise<readonly (readonly [string, number | undefined])[]> {
  const sent = await scene.vendor.ledger({ mutating: true });
  return sent.map(({ endpoint, items }) => [endpoint, items?.length]);
}

describe.concurrent('the order number of a claim', () => {
  test('is changed at the vendor by editing the manifest, in one call, and without another claim', async () => {
    const scene = await startFleet(stage, 'order-edit');
    await scene.apply(claim('phones', phones(0, 3), { orderNumber: 'PO-1' }));
    await scene.settled('DeviceClaim', 'phones', 'AllClaimed');
    await scene.apply(claim('phones', phones(0, 3), { orderNumber: 'PO-2' }));
    await eventually(
      async () => Object.values(await orders(scene)).every((order) => order === 'PO-2'),
      'every device has the new order number',
    );
    const done = await scene.settled('DeviceClaim', 'phones', 'AllClaimed');
    expect(done.status?.['devices']).toMatchObject({ desired: 3, claimed: 3, pending: 0 });
    expect(await writes(scene)).toEqual([
      ['devices.claimAsync', 3],
      ['devices.updateMetadataAsync', 3],
    ]);
    const { stdout } = await scene.kubectl('get', 'vop', '-o', 'jsonpath={.items[*].spec.partition}');
    expect(stdout).toContain('"orderNumber":"PO-2"');
  });

  test('is all that is written when devices go over to another claim of the same customer', async () => {
    const scene = await startFleet(stage, 'order-move');
    await scene.apply(claim('phones', phones(0, 3), { orderNumber: 'PO-1', releasePolicy: 'Unclaim' }));
    await scene.settled('DeviceClaim', 'phones', 'AllClaimed');
    await scene.apply(
      claim('phones', phones(0, 2), { orderNumber: 'PO-1', releasePolicy: 'Unclaim' }),
      claim('others', phones(2, 1), { orderNumber: 'PO-3', releasePolicy: 'Unclaim' }),
    );
    await scene.settled('DeviceClaim', 'others', 'AllClaimed');
    await scene.settled('DeviceClaim', 'phones', 'AllClaimed');
    expect(await orders(scene)).toEqual({ [imei(0)]: 'PO-1', [imei(1)]: 'PO-1', [imei(2)]: 'PO-3' });
    expect(await writes(scene)).toEqual([
      ['devices.claimAsync', 3],
      ['devices.updateMetadataAsync', 1],
    ]);
  });

  test('is put right after somebody changed it in the vendor’s portal, at the next look', async () => {
    const scene = await startFleet(stage, 'order-drift');
    await held(scene, 0, 2, '987654', { deviceMetadata: { entries: { ordernumber: 'PO-1' } } });
    await scene.apply(claim('phones', phones(0, 2), { orderNumber: 'PO-1' }));
    await scene.settled('DeviceClaim', 'phones', 'AllClaimed');
    await scene.vendor.ask('POST', '/drift', {
      kind: 'portalWritesMetadata',
      deviceIdentifier: { imei: imei(1) },
      deviceMetadata: { entries: { ordernumber: 'WRONG' } },
    });
    await scene.patch('DeviceClaim', 'phones', {
      metadata: { annotations: { 'vendorplane.dev/reconcile-requested-at': 'now' } },
    });
    await eventually(async () => (await orders(scene))[imei(1)] === 'PO-1', 'the order number is back');
    await scene.settled('DeviceClaim', 'phones', 'AllClaimed');
    expect(await writes(scene)).toEqual([['devices.updateMetadataAsync', 1]]);
  });
});
