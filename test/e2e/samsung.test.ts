import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { LedgerEntry } from '../../src/simulators/ledger.ts';
import { startSamsungKnox } from '../../src/simulators/samsung-knox/start.ts';
import type { Simulator } from '../../src/simulators/simulator.ts';
import { type AskAdmin, adminFace } from '../support/admin-face.ts';
import { imei, type Manifest } from '../support/fleet.ts';
import { bePatient } from '../support/patience.ts';
import {
  condition,
  eventually,
  reasonOf,
  type Scene,
  type Stage,
  type Standing,
  startStage,
} from '../support/stage.ts';

bePatient();

/** The real controller and Samsung, from a manifest to the customer's approval. */

let stage: Stage;
const simulators: Simulator[] = [];

beforeAll(async () => {
  stage = await startStage();
  stage.startController();
});
afterAll(async () => {
  await stage.close();
  for (const simulator of simulators) await simulator.close();
  expect(stage.faults()).toEqual([]);
});

/** A namespace with a Samsung account of its own; its customers approve by hand. */
interface Fleet {
  readonly scene: Scene;
  readonly ask: AskAdmin;
  readonly writes: () => Promise<readonly LedgerEntry[]>;
}

const ACME = '4000000001';

interface AccountSettings {
  readonly samsungKnox?: object;
  readonly authentication?: 'OAuth' | 'SignedIdentifier';
  readonly spec?: object;
}

async function startFleet(
  namespace: string,
  { samsungKnox = {}, authentication = 'OAuth', spec = {} }: AccountSettings = {},
): Promise<Fleet> {
  const simulator = await startSamsungKnox({
    approval: 'manual',
    processingMs: 200,
    statusLagMs: 100,
    listLagMs: 100,
    createCustomer: true,
  });
  simulators.push(simulator);
  const scene = await stage.scene(namespace);
  const ask = adminFace(simulator);
  await scene.secretData(await secretOf(ask, authentication));
  await ask('POST', '/customers', { customerName: 'Acme GmbH', customerId: ACME });
  await scene.apply(
    manifest('VendorAccount', 'samsung', {
      vendor: 'SamsungKnox',
      mode: 'Enforce',
      samsungKnox: {
        resellerId: '2345678901',
        endpoint: simulator.url,
        credentialsSecretRef: { name: 'google-key' },
        authentication,
        ...samsungKnox,
      },
      limits: { requestsPerSecond: 100 },
      ...spec,
    }),
    manifest('Customer', 'acme', {
      accountRef: { name: 'samsung' },
      companyName: 'Acme GmbH',
      companyId: ACME,
    }),
  );
  const writes = async () => (await ask('GET', '/ledger?mutating=true')) as readonly LedgerEntry[];
  return { scene, ask, writes };
}

/** What the Knox API portal hands out, by the keys of the Secret. */
async function secretOf(
  ask: Fleet['ask'],
  authentication: 'OAuth' | 'SignedIdentifier',
): Promise<Readonly<Record<string, string>>> {
  if (authentication === 'OAuth') {
    const { clientId, clientSecret } = (await ask('POST', '/oauth-clients', {})) as Record<string, string>;
    return { clientId: clientId ?? '', clientSecret: clientSecret ?? '' };
  }
  const { clientIdentifier, keysJson } = (await ask('POST', '/signed-identifiers', {})) as {
    readonly clientIdentifier: string;
    readonly keysJson: object;
  };
  return { clientIdentifier, 'keys.json': JSON.stringify(keysJson) };
}

function manifest(kind: string, name: string, spec: Readonly<Record<string, unknown>>): Manifest {
  return { apiVersion: 'vendorplane.dev/v1alpha1', kind, metadata: { name }, spec };
}

function claim(name: string, devices: readonly object[], spec: object = {}): Manifest {
  return manifest('DeviceClaim', name, { customerRef: { name: 'acme' }, devices, ...spec });
}

const phones = (from: number, count: number) =>
  Array.from({ length: count }, (_, index) => ({ imei: imei(from + index), manufacturer: 'Samsung' }));

describe.concurrent('a claim at Samsung', () => {
  test('waits for the customer’s approval, says so, and is done with it', async () => {
    const { scene, ask, writes } = await startFleet('approval');
    // Samsung lists a customer only after its first upload: its id is enough.
    await scene.settled('Customer', 'acme', 'CompanyBound');
    await scene.apply(claim('phones', phones(0, 3), { orderNumber: 'PO-1' }));
    const waiting = await scene.until(
      'DeviceClaim',
      'phones',
      'awaiting the customer',
      (object) => reasonOf(object) === 'AwaitingCustomer',
    );
    expect(waiting.status?.['devices']).toMatchObject({
      desired: 3,
      claimed: 0,
      awaitingCustomer: 3,
      failed: 0,
    });
    expect(condition(waiting)).toMatchObject({ status: 'False' });
    expect(condition(waiting, 'AwaitingCustomer')).toMatchObject({ status: 'True' });
    expect(condition(waiting, 'Reconciling')).toMatchObject({ status: 'True' });
    expect(condition(waiting, 'Stalled')).toBeUndefined();
    await eventually(async () => {
      const { devices } = (await ask('POST', `/customers/${ACME}/approve`, {})) as { devices: object[] };
      return devices.length === 3;
    }, 'the customer has devices to approve');
    const done = await scene.settled('DeviceClaim', 'phones', 'AllClaimed');
    expect(done.status?.['devices']).toMatchObject({ claimed: 3, awaitingCustomer: 0 });
    expect(condition(done, 'AwaitingCustomer')).toBeUndefined();
    expect((await writes()).map(({ endpoint }) => endpoint)).toEqual(['devices.upload']);
  });

  test('whose reply was lost is asked after by our own transaction id, and not sent twice', async () => {
    const { scene, ask, writes } = await startFleet('lost-reply');
    await ask('POST', '/faults', { fault: 'dropAfterEffect', match: { endpoint: 'devices.upload' } });
    await scene.apply(claim('phones', phones(10, 2)));
    await scene.until(
      'DeviceClaim',
      'phones',
      'uploaded',
      (object) => reasonOf(object) === 'AwaitingCustomer',
    );
    expect(await writes()).toHaveLength(1);
    const journal = await scene.kubectl('get', 'vop', '-o', 'json');
    const operations = (JSON.parse(journal.stdout) as { items: Operation[] }).items;
    expect(operations).toMatchObject([
      { status: { state: 'Complete', vendorOperationIds: [operations[0]?.spec.requestKey] } },
    ]);
  });

  test('for a customer that Samsung does not know fails with its code', async () => {
    const { scene } = await startFleet('nobody');
    await scene.apply(
      manifest('Customer', 'nobody', {
        accountRef: { name: 'samsung' },
        companyName: 'Nobody',
        companyId: '4999999999',
      }),
      claim('phones', phones(20, 1), { customerRef: { name: 'nobody' } }),
    );
    const failed = await scene.settled('DeviceClaim', 'phones', 'DevicesFailed');
    expect(failed.status?.['failures']).toMatchObject([{ code: 'INVALID_CUSTOMER_ID' }]);
  });

  test('of what others hold, or Samsung does not recognise, fails for these alone', async () => {
    const { scene, ask } = await startFleet('refusals');
    await ask('PATCH', `/customers/${ACME}`, { approval: { afterMs: 0 } });
    await ask('POST', '/devices', { device: imei(30), customerId: '4888888888', resellerId: '9999999999' });
    await ask('POST', '/mpts', { devices: [imei(31)] });
    await scene.apply(claim('phones', phones(30, 3)));
    const failed = await scene.settled('DeviceClaim', 'phones', 'DevicesFailed');
    expect(failed.status?.['devices']).toMatchObject({ desired: 3, claimed: 1, failed: 1, conflicted: 1 });
    expect(failed.status?.['failures']).toMatchObject([
      { device: `imei:${imei(31)}`, code: 'INVALID_DEVICE' },
      { device: `imei:${imei(30)}`, code: 'HELD_BY_OTHER' },
    ]);
  });

  test('of a dual SIM phone by its second IMEI is recognised in the list, which shows the first', async () => {
    const { scene, ask, writes } = await startFleet('dual-sim', { spec: { resyncInterval: '1s' } });
    await ask('PATCH', `/customers/${ACME}`, { approval: { afterMs: 0 } });
    // A phone of the fixture.
    await scene.apply(claim('phones', [{ imei: '353456000000023' }]));
    await scene.settled('DeviceClaim', 'phones', 'AllClaimed');
    const looks = async () =>
      ((await ask('GET', '/ledger?endpoint=devices.list')) as readonly LedgerEntry[]).length;
    const before = await looks();
    await eventually(async () => (await looks()) > before + 2, 'Samsung is looked at again');
    expect(reasonOf(await scene.settled('DeviceClaim', 'phones', 'AllClaimed'))).toBe('AllClaimed');
    expect((await writes()).map(({ endpoint }) => endpoint)).toEqual(['devices.upload']);
  });

  test('of a device that is there already is resolved by reading the list', async () => {
    const { scene, ask, writes } = await startFleet('duplicate');
    await ask('PATCH', `/customers/${ACME}`, { approval: { afterMs: 0 } });
    // Until the upload, looks do not show what a person has just registered in the portal.
    await ask('POST', '/faults', { fault: 'staleReads', ms: 600_000 });
    await ask('POST', '/devices', { device: imei(40), customerId: ACME });
    await scene.apply(claim('phones', phones(40, 1)));
    await eventually(async () => (await writes()).length === 1, 'the upload');
    await ask('DELETE', '/faults');
    await scene.settled('DeviceClaim', 'phones', 'AllClaimed');
    expect((await writes()).map(({ endpoint }) => endpoint)).toEqual(['devices.upload']);
  });
});

test.concurrent('an exchange at Samsung is one edit: the old device is released, then the new one is uploaded', async () => {
  const { scene, ask, writes } = await startFleet('exchange', { spec: { guard: { settle: '3s' } } });
  await ask('PATCH', `/customers/${ACME}`, { approval: { afterMs: 0 } });
  await scene.apply(claim('phones', phones(60, 2), { releasePolicy: 'Unclaim' }));
  await scene.settled('DeviceClaim', 'phones', 'AllClaimed');
  const [kept, broken] = phones(60, 2);
  const [fresh] = phones(69, 1);
  await scene.patch('DeviceClaim', 'phones', { spec: { devices: [kept, fresh] } });
  const between = await scene.until(
    'DeviceClaim',
    'phones',
    'in between',
    (object) => devicesOf(object).releasing === 1,
  );
  expect(between.status?.['devices']).toMatchObject({ desired: 2, claimed: 1, pending: 1, releasing: 1 });
  expect(condition(between)).toMatchObject({ status: 'False', reason: 'Progressing' });
  const done = await scene.until(
    'DeviceClaim',
    'phones',
    'exchanged',
    (object) => devicesOf(object).claimed === 2,
  );
  expect(done.status?.['devices']).toMatchObject({ claimed: 2, releasing: 0 });
  const sent = (await writes()).map(({ endpoint, items = [] }) => [
    endpoint,
    ...items.map((item) => (item as { device: string }).device),
  ]);
  expect(sent.slice(1)).toEqual([
    ['devices.delete', broken?.imei],
    ['devices.upload', fresh?.imei],
  ]);
});

describe.concurrent('a customer that Samsung does not have', () => {
  const NEW = {
    accountRef: { name: 'samsung' },
    companyName: 'New AG',
    adoption: 'AdoptOrCreate',
    ownerEmails: ['it@new.example'],
    contact: { firstName: 'Ada', lastName: 'New', country: 'DE' },
  };
  const spec = { guard: { creations: { maxItems: 1 } } };

  test('is created once where the account allows it, with a signed identifier too', async () => {
    const { scene, writes } = await startFleet('creation', {
      authentication: 'SignedIdentifier',
      samsungKnox: { allowCustomerCreation: true },
      spec,
    });
    await scene.apply(manifest('Customer', 'new', NEW));
    // The list is looked at twice before, with time for it to catch up.
    const bound = await scene.settled('Customer', 'new', 'CompanyBound');
    expect(bound.status?.['companyId']).toMatch(/^\d+$/);
    expect((await writes()).map(({ endpoint }) => endpoint)).toEqual(['customers.create']);
  });

  test('is not created where it does not', async () => {
    const { scene, writes } = await startFleet('no-creation', { spec });
    await scene.apply(manifest('Customer', 'new', NEW));
    const refused = await scene.until(
      'Customer',
      'new',
      'stalled',
      (object) => condition(object, 'Stalled') !== undefined,
    );
    expect(condition(refused)?.message).toContain('NOT_IMPLEMENTED');
    expect(await writes()).toEqual([]);
  });
});

function devicesOf({ status }: Standing): { readonly releasing?: number; readonly claimed?: number } {
  return status?.['devices'] ?? {};
}

interface Operation {
  readonly spec: { readonly requestKey: string };
}

// Alone, when all others are done: the controller is theirs, too.
test('a claim under way when the controller is killed is asked after by the next one', async () => {
  const { scene, ask, writes } = await startFleet('killed');
  await scene.settled('Customer', 'acme', 'CompanyBound');
  await ask('POST', '/faults', { fault: 'latency', ms: 1_500, match: { endpoint: 'devices.upload' } });
  await scene.apply(claim('phones', phones(50, 2)));
  await eventually(async () => (await writes()).length === 1, 'the upload has left');
  await stage.stopController('SIGKILL');
  stage.startController();
  await scene.until('DeviceClaim', 'phones', 'uploaded', (object) => reasonOf(object) === 'AwaitingCustomer');
  expect(await writes()).toHaveLength(1);
});
