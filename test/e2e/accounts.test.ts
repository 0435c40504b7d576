import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { claim, customer, googleAccount, phones } from '../support/fleet.ts';
import { bePatient } from '../support/patience.ts';
import { held, startFleet } from '../support/scenes.ts';
import { condition, reasonOf, type Scene, type Stage, startStage } from '../support/stage.ts';

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

/** A namespace with a working account `google` and nothing else. */
async function account(namespace: string, spec: object = {}): Promise<Scene> {
  const scene = await stage.scene(namespace);
  await scene.secret(await scene.vendor.issueKey());
  await scene.apply(googleAccount(scene.vendor.url, spec));
  return scene;
}

describe.concurrent('a customer', () => {
  test('is found by its name, and its devices are counted', async () => {
    const scene = await account('by-name');
    await held(scene, 0, 3);
    await scene.apply(customer('acme'), claim('phones', phones(0, 2)));
    const bound = await scene.settled('Customer', 'acme', 'CompanyBound');
    expect(bound.status?.['companyId']).toBe('987654');
    await scene.settled('DeviceClaim', 'phones', 'AllClaimed');
    await scene.until('Customer', 'acme', 'counted', ({ status }) => {
      const { declared, claimed, unmanaged } = (status?.['devices'] ?? {}) as Record<string, number>;
      return declared === 2 && claimed === 2 && unmanaged === 1;
    });
    expect(await scene.vendor.ledger({ mutating: true })).toEqual([]);
  });

  test('with a name that several companies have is never guessed', async () => {
    const scene = await account('ambiguous', { resyncInterval: '1s' });
    await scene.vendor.ask('POST', '/customers', { companyName: 'Acme GmbH', companyId: '111222' });
    await scene.apply(customer('acme'), claim('phones', phones(0, 1)));
    const stalled = await scene.settled('Customer', 'acme', 'AmbiguousCompany');
    expect(condition(stalled)?.message).toContain('(111222, 987654)');
    expect(condition(stalled)?.message).toContain('set companyId');
    await scene.settled('DeviceClaim', 'phones', 'CustomerNotReady');
    await scene.patch('Customer', 'acme', { spec: { companyId: '987654' } });
    await scene.settled('Customer', 'acme', 'CompanyBound');
    await scene.settled('DeviceClaim', 'phones', 'AllClaimed');
  });

  test('with an id that belongs to another name says so', async () => {
    const scene = await account('misnamed');
    await scene.apply(customer('acme', { companyName: 'Akme', companyId: '987654' }));
    const stalled = await scene.settled('Customer', 'acme', 'CompanyNameMismatch');
    expect(condition(stalled)?.message).toContain('"Acme GmbH"');
  });

  test('that may not adopt says which company it would be', async () => {
    const scene = await account('never');
    await scene.apply(customer('acme', { adoption: 'Never' }));
    const stalled = await scene.settled('Customer', 'acme', 'AdoptionNotAllowed');
    expect(condition(stalled)?.message).toContain('987654');
    expect(stalled.status?.['companyId']).toBeUndefined();
    await scene.patch('Customer', 'acme', { spec: { companyId: '987654' } });
    await scene.settled('Customer', 'acme', 'CompanyBound');
  });

  test('keeps its company when its name is ambiguous later, and cannot be renamed', async () => {
    const scene = await account('bound', { resyncInterval: '1s' });
    await scene.apply(customer('acme'));
    await scene.settled('Customer', 'acme', 'CompanyBound');
    const before = (await scene.vendor.ledger({ endpoint: 'customers.list' })).length;
    await scene.vendor.ask('POST', '/customers', { companyName: 'Acme GmbH', companyId: '111222' });
    while ((await scene.vendor.ledger({ endpoint: 'customers.list' })).length < before + 2) {
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    expect(scene.read('Customer', 'acme')?.status?.['companyId']).toBe('987654');
    expect(reasonOf(scene.read('Customer', 'acme') ?? fail())).toBe('CompanyBound');
    await expect(scene.patch('Customer', 'acme', { spec: { companyName: 'Other' } })).rejects.toThrow(
      'spec.companyName',
    );
  });
});

describe.concurrent('an account', () => {
  test('of a vendor identity that another one stands for is a duplicate, and takes over when that one goes', async () => {
    const scene = await startFleet(stage, 'duplicate');
    await scene.apply(claim('phones', phones(0, 1)));
    await scene.settled('DeviceClaim', 'phones', 'AllClaimed');
    await scene.apply(googleAccount(scene.vendor.url, {}, 'google-again'));
    const duplicate = await scene.settled('VendorAccount', 'google-again', 'DuplicateAccount');
    expect(condition(duplicate)?.message).toContain('duplicate/google already stands');
    expect(condition(duplicate, 'Stalled')).toBeDefined();
    await scene.settled('VendorAccount', 'google', 'Connected');

    await scene.remove('VendorAccount', 'google-again');
    await scene.gone('VendorAccount', 'google-again');
    await scene.settled('VendorAccount', 'google', 'Connected');
  });

  test('that is a duplicate opens by itself once the first one is deleted', async () => {
    const scene = await account('heir');
    await scene.settled('VendorAccount', 'google', 'Connected');
    await scene.apply(googleAccount(scene.vendor.url, {}, 'heir'));
    await scene.settled('VendorAccount', 'heir', 'DuplicateAccount');
    await scene.remove('VendorAccount', 'google');
    await scene.settled('VendorAccount', 'heir', 'Connected');
  });
});

function fail(): never {
  throw new Error('it is not there');
}
