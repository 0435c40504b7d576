import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { RELEASE_FINALIZER } from '../../src/controllers/resources.ts';
import { CONFIG_MAPS, NAMESPACES } from '../../src/kube/resource.ts';
import { claim, customer, imei, phones } from '../support/fleet.ts';
import { bePatient } from '../support/patience.ts';
import { held, startFleet } from '../support/scenes.ts';
import { condition, eventually, type Scene, type Stage, startStage } from '../support/stage.ts';

bePatient();

let stage: Stage;
const { signal } = new AbortController();

beforeAll(async () => {
  stage = await startStage();
  stage.startController();
});

afterAll(async () => {
  const faults = stage.faults();
  await stage.close();
  expect(faults).toEqual([]);
});

const UNCLAIM = { releasePolicy: 'Unclaim' } as const;

function budget(maxItems: number): object {
  return { guard: { settle: '1s', destructive: { maxItems, maxPercent: 100, floor: maxItems } } };
}

/** A fleet whose releases settle quickly; this many devices may be released. */
function fleet(namespace: string, maxItems = 100): Promise<Scene> {
  return startFleet(stage, namespace, budget(maxItems));
}

async function unclaims(scene: Scene): Promise<readonly (number | undefined)[]> {
  const sent = await scene.vendor.ledger({ mutating: true });
  // Alone, or in a batch.
  const unclaim = sent.filter(({ endpoint }) => endpoint.startsWith('devices.unclaim'));
  return unclaim.map(({ items }) => items?.length);
}

async function list(scene: Scene, csv: string, more: object = {}): Promise<void> {
  const metadata = { namespace: scene.namespace, name: 'order' };
  const options = { fieldManager: 'kubectl', force: true };
  const data = { 'devices.csv': csv };
  const applied = await stage.client.apply(CONFIG_MAPS, { metadata, data, ...more }, options, signal);
  expect(applied).toMatchObject({ ok: true });
}

const csvOf = (from: number, count: number): string =>
  `imei,manufacturer\n${phones(from, count)
    .map((phone) => `${phone.imei},${phone.manufacturer}`)
    .join('\n')}\n`;

const fromList = (spec: object = {}): ReturnType<typeof claim> => {
  const devicesFrom = [{ configMapKeyRef: { name: 'order', key: 'devices.csv' } }];
  return claim('phones', [], { devicesFrom, ...UNCLAIM, ...spec });
};

const counts = (scene: Scene): unknown => scene.read('DeviceClaim', 'phones')?.status?.['devices'];

describe.concurrent('a release', () => {
  test('follows an edit, and only what was taken out goes', async () => {
    const scene = await fleet('release-edit');
    await held(scene, 10, 2);
    await scene.apply(claim('phones', phones(0, 5), UNCLAIM));
    await scene.settled('DeviceClaim', 'phones', 'AllClaimed');
    await scene.apply(claim('phones', phones(0, 3), UNCLAIM));
    await scene.until(
      'DeviceClaim',
      'phones',
      'releasing',
      () => (counts(scene) as { releasing: number }).releasing === 2,
    );
    const done = await scene.settled('DeviceClaim', 'phones', 'AllClaimed');
    expect(done.status?.['devices']).toMatchObject({ desired: 3, claimed: 3, releasing: 0 });
    expect(await unclaims(scene)).toEqual([2]);
    // What no claim ever named is none of ours.
    expect(Object.keys(await scene.vendor.holdings()).sort()).toEqual([0, 1, 2, 10, 11].map(imei).sort());
    await scene.until(
      'Customer',
      'acme',
      'counting two unmanaged',
      ({ status }) => (status?.['devices'] as { unmanaged: number } | undefined)?.unmanaged === 2,
    );
  });

  test('comes first when one edit exchanges a device for another, and the status says what is in between', async () => {
    const scene = await startFleet(stage, 'exchange', { guard: { settle: '3s' } });
    await scene.apply(claim('phones', phones(0, 2), UNCLAIM));
    await scene.settled('DeviceClaim', 'phones', 'AllClaimed');
    await scene.apply(claim('phones', [...phones(0, 1), ...phones(8, 1)], UNCLAIM));
    await scene.until(
      'DeviceClaim',
      'phones',
      'in between',
      () => (counts(scene) as { releasing: number }).releasing === 1,
    );
    expect(counts(scene)).toMatchObject({ desired: 2, claimed: 1, pending: 1, releasing: 1 });
    await scene.until(
      'DeviceClaim',
      'phones',
      'exchanged',
      () => (counts(scene) as { claimed: number }).claimed === 2,
    );
    expect(counts(scene)).toMatchObject({ claimed: 2, pending: 0, releasing: 0 });
    expect(await scene.vendor.holdings()).toEqual({ [imei(0)]: '987654', [imei(8)]: '987654' });
    const sent = await scene.vendor.ledger({ mutating: true });
    const verbs = sent.map(({ endpoint }) => endpoint.replace('Async', ''));
    expect(verbs).toEqual(['devices.claim', 'devices.unclaim', 'devices.claim']);
  });

  test('does not happen under Keep, and the claim has no finalizer', async () => {
    const scene = await fleet('release-keep');
    await scene.apply(claim('phones', phones(0, 3)));
    const done = await scene.settled('DeviceClaim', 'phones', 'AllClaimed');
    expect(done.metadata.finalizers ?? []).toEqual([]);
    await scene.apply(claim('phones', phones(0, 1)));
    await scene.settled('DeviceClaim', 'phones', 'AllClaimed');
    await scene.remove('DeviceClaim', 'phones');
    await scene.gone('DeviceClaim', 'phones');
    expect(Object.keys(await scene.vendor.holdings())).toHaveLength(3);
    expect(await unclaims(scene)).toEqual([]);
  });

  test('holds up the deletion of a claim until the vendor has taken everything back', async () => {
    const scene = await fleet('release-delete');
    await scene.apply(claim('phones', phones(0, 4), UNCLAIM));
    const done = await scene.settled('DeviceClaim', 'phones', 'AllClaimed');
    expect(done.metadata.finalizers).toContain(RELEASE_FINALIZER);
    await scene.remove('DeviceClaim', 'phones');
    await scene.gone('DeviceClaim', 'phones');
    expect(await scene.vendor.holdings()).toEqual({});
    expect(await unclaims(scene)).toEqual([4]);
  });

  test('does not happen when the namespace is deleted: the vendor’s side is kept, and everything ends', async () => {
    const scene = await fleet('release-namespace');
    await scene.apply(claim('phones', phones(0, 4), UNCLAIM));
    await scene.settled('DeviceClaim', 'phones', 'AllClaimed');
    const namespace = await scene.kubectl(
      'get',
      'namespace',
      scene.namespace,
      '-o',
      'jsonpath={.metadata.uid}',
    );
    await stage.client.delete(NAMESPACES, { name: scene.namespace }, {}, signal);
    await eventually(async () => {
      const found = await stage.client.get(NAMESPACES, { name: scene.namespace }, signal);
      return !found.ok && found.failure.kind === 'notFound';
    }, 'the namespace is gone');
    expect(Object.keys(await scene.vendor.holdings())).toHaveLength(4);
    expect(await unclaims(scene)).toEqual([]);
    await eventually(async () => {
      const about = `involvedObject.kind=Namespace,involvedObject.uid=${namespace.stdout}`;
      const events = await scene.kubectl('get', 'events', '-n', 'default', '--field-selector', about);
      return events.stdout.includes('KeptAtVendor');
    }, 'an event about the namespace, found by its uid');
  });

  test('waits for the guard, all of it, and goes when the budget is raised', async () => {
    const scene = await fleet('release-guard', 2);
    await scene.apply(claim('phones', phones(0, 6), UNCLAIM));
    await scene.settled('DeviceClaim', 'phones', 'AllClaimed');
    await scene.apply(claim('phones', phones(0, 2), UNCLAIM));
    const blocked = await scene.settled('DeviceClaim', 'phones', 'GuardBlocked');
    expect(blocked.status?.['devices']).toMatchObject({ desired: 2, claimed: 2, releasing: 4 });
    expect(await unclaims(scene)).toEqual([]);
    await scene.until(
      'VendorAccount',
      'google',
      'showing its guard',
      ({ status }) => (status?.['guard'] as { requested: number } | undefined)?.requested === 4,
    );
    await scene.patch('VendorAccount', 'google', { spec: budget(4) });
    await scene.settled('DeviceClaim', 'phones', 'AllClaimed');
    expect(await unclaims(scene)).toEqual([4]);
  });

  test('is the first half of a move to another customer', async () => {
    const scene = await fleet('release-move');
    await scene.vendor.ask('POST', '/customers', { companyName: 'Globex', companyId: '111222' });
    await scene.apply(customer('globex', { companyName: 'Globex', companyId: '111222' }));
    await scene.apply(claim('phones', phones(0, 3), UNCLAIM));
    await scene.settled('DeviceClaim', 'phones', 'AllClaimed');
    await scene.apply(
      claim('phones', phones(0, 2), UNCLAIM),
      claim('moved', phones(2, 1), { customerRef: { name: 'globex' } }),
    );
    await scene.settled('DeviceClaim', 'moved', 'AllClaimed');
    expect(await scene.vendor.holdings()).toEqual({
      [imei(0)]: '987654',
      [imei(1)]: '987654',
      [imei(2)]: '111222',
    });
    expect(await unclaims(scene)).toEqual([1]);
  });
});

describe.concurrent('a move', () => {
  test('out of a claim with Keep is HeldByKeep, too, when the old claim let go of it before the new one came', async () => {
    const scene = await fleet('move-keep-first');
    await scene.vendor.ask('POST', '/customers', { companyName: 'Globex', companyId: '111222' });
    await scene.apply(customer('globex', { companyName: 'Globex', companyId: '111222' }));
    await scene.apply(claim('phones', phones(0, 3)));
    await scene.settled('DeviceClaim', 'phones', 'AllClaimed');
    await scene.apply(claim('phones', phones(0, 2)));
    await scene.settled('DeviceClaim', 'phones', 'AllClaimed');
    await scene.apply(claim('moved', phones(2, 1), { customerRef: { name: 'globex' } }));
    const moved = await scene.settled('DeviceClaim', 'moved', 'DevicesConflicted');
    expect(condition(moved, 'Conflicted')?.reason).toBe('HeldByKeep');
    expect(await scene.vendor.holdings()).toMatchObject({ [imei(2)]: '987654' });
    expect(await unclaims(scene)).toEqual([]);
  });

  test('out of a claim with Keep waits for a person, and says how to proceed', async () => {
    const scene = await fleet('move-keep');
    await scene.vendor.ask('POST', '/customers', { companyName: 'Globex', companyId: '111222' });
    await scene.apply(customer('globex', { companyName: 'Globex', companyId: '111222' }));
    await scene.apply(claim('phones', phones(0, 3)));
    await scene.settled('DeviceClaim', 'phones', 'AllClaimed');
    await scene.apply(
      claim('phones', phones(0, 3)),
      claim('moved', phones(2, 1), { customerRef: { name: 'globex' } }),
    );
    await scene.settled('DeviceClaim', 'moved', 'DevicesConflicted');
    await scene.remove('DeviceClaim', 'phones');
    const kept = await scene.until(
      'DeviceClaim',
      'moved',
      'told that it is kept there',
      (object) => condition(object, 'Conflicted')?.reason === 'HeldByKeep',
    );
    expect(condition(kept, 'Conflicted')?.message).toContain('releasePolicy Unclaim');
    expect(await scene.vendor.holdings()).toMatchObject({ [imei(2)]: '987654' });
    expect(await unclaims(scene)).toEqual([]);
  });
});

describe.concurrent('a list in a ConfigMap', () => {
  test('takes effect as soon as it is there, and every time it changes', async () => {
    const scene = await fleet('list-change');
    await scene.apply(fromList());
    await scene.until(
      'DeviceClaim',
      'phones',
      'missing its list',
      (object) => condition(object)?.reason === 'SourceMissing',
    );
    await list(scene, csvOf(0, 3));
    const first = await scene.settled('DeviceClaim', 'phones', 'AllClaimed');
    expect(first.status?.['sources']).toMatchObject([
      { name: 'order', key: 'devices.csv', rows: 3, rejectedRows: 0 },
    ]);
    await list(scene, csvOf(1, 4));
    await eventually(
      async () =>
        Object.keys(await scene.vendor.holdings())
          .sort()
          .join() === [1, 2, 3, 4].map(imei).sort().join(),
      'one device released and two claimed',
    );
    expect(await unclaims(scene)).toEqual([1]);
  });

  test('may be packed', async () => {
    const scene = await fleet('list-gzip');
    const binaryData = { 'devices.csv.gz': gzipSync(csvOf(0, 200)).toString('base64') };
    await list(scene, '', { data: {}, binaryData });
    const devicesFrom = [{ configMapKeyRef: { name: 'order', key: 'devices.csv.gz' } }];
    await scene.apply(fromList({ devicesFrom }));
    const done = await scene.settled('DeviceClaim', 'phones', 'AllClaimed');
    expect(done.status?.['devices']).toMatchObject({ desired: 200, claimed: 200 });
  });

  test.each([
    { why: 'emptied', name: 'list-empty', csv: 'imei,manufacturer\n', reason: 'EmptyList' },
    {
      why: 'with a typo',
      name: 'list-typo',
      csv: `imei,manufacturer\n${imei(0)},Google\n490154203237519,Google\n`,
      reason: 'RowsRejected',
    },
    {
      why: 'that is no list of devices',
      name: 'list-unreadable',
      csv: 'colour\nred\n',
      reason: 'SourceUnreadable',
    },
    { why: 'that is gone', name: 'list-gone', csv: undefined, reason: 'SourceMissing' },
  ])('$why releases nothing, and says so', async ({ name, csv, reason }) => {
    const scene = await fleet(name);
    await list(scene, csvOf(0, 3));
    await scene.apply(fromList());
    await scene.settled('DeviceClaim', 'phones', 'AllClaimed');
    if (csv === undefined) {
      await stage.client.delete(CONFIG_MAPS, { namespace: scene.namespace, name: 'order' }, {}, signal);
    } else await list(scene, csv);
    await scene.until(
      'DeviceClaim',
      'phones',
      'holding its releases',
      (object) =>
        condition(object, 'ReleaseHeld')?.reason === reason && condition(object)?.status === 'False',
    );
    // Mended, with a device less: only that one goes.
    await list(scene, csvOf(0, 2));
    await scene.until(
      'DeviceClaim',
      'phones',
      'releasing again',
      (object) =>
        condition(object, 'ReleaseHeld') === undefined && condition(object)?.reason === 'AllClaimed',
    );
    await eventually(async () => Object.keys(await scene.vendor.holdings()).length === 2, 'one is released');
    expect(await unclaims(scene)).toEqual([1]);
  });
});
