import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { claim, customer, imei, phones } from '../support/fleet.ts';
import { bePatient } from '../support/patience.ts';
import { startFleet } from '../support/scenes.ts';
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

const GLOBEX = {
  companyName: 'Globex AG',
  adoption: 'AdoptOrCreate',
  ownerEmails: ['owner@globex.example'],
  adminEmails: ['admin@globex.example'],
  languageCode: 'de',
};

function budget(maxItems: number): object {
  return { guard: { creations: { maxItems } } };
}

/** What the vendor truly did, creation by creation. */
async function created(scene: Scene): Promise<readonly unknown[]> {
  const sent = await scene.vendor.ledger({ endpoint: 'customers.create' });
  return sent.flatMap(({ effect }) => effect ?? []);
}

const companyIdOf = (scene: Scene, name: string): string | undefined =>
  scene.read('Customer', name)?.status?.['companyId'] as string | undefined;

describe.concurrent('a customer the vendor does not have', () => {
  test('waits for a budget, is then created once, and takes devices', async () => {
    const scene = await startFleet(stage, 'create-company');
    await scene.apply(
      customer('globex', GLOBEX),
      claim('phones', phones(0, 2), { customerRef: { name: 'globex' } }),
    );
    const blocked = await scene.settled('Customer', 'globex', 'GuardBlocked');
    expect(condition(blocked)?.message).toContain('guard.creations.maxItems');
    await scene.until(
      'DeviceClaim',
      'phones',
      'waiting for its customer',
      (object) => reasonOf(object) === 'CustomerNotReady',
    );
    await scene.until('VendorAccount', 'google', 'showing the budget that is asked for', ({ status }) => {
      const guard = status?.['guard'] as { readonly creations?: { readonly requested: number } } | undefined;
      return guard?.creations?.requested === 1;
    });
    expect(await created(scene)).toEqual([]);
    await scene.patch('VendorAccount', 'google', { spec: budget(1) });
    const bound = await scene.settled('Customer', 'globex', 'CompanyBound');
    expect(await created(scene)).toHaveLength(1);
    await scene.settled('DeviceClaim', 'phones', 'AllClaimed');
    expect(await scene.vendor.holdings()).toEqual({
      [imei(0)]: bound.status?.['companyId'],
      [imei(1)]: bound.status?.['companyId'],
    });
    // Mail addresses went to the vendor and nowhere else.
    const { stdout } = await scene.kubectl('get', 'vop,vrec', '-o', 'yaml');
    expect(stdout).toContain('Globex AG');
    expect(stdout).not.toContain('globex.example');
    expect(stage.controllerLog()).not.toContain('globex.example');
  });

  test('that two resources name is created once, and both are bound to it', async () => {
    const scene = await startFleet(stage, 'create-twins', budget(5));
    await scene.apply(customer('globex', GLOBEX), customer('globex-too', GLOBEX));
    await scene.settled('Customer', 'globex', 'CompanyBound');
    await scene.settled('Customer', 'globex-too', 'CompanyBound');
    expect(companyIdOf(scene, 'globex')).toBe(companyIdOf(scene, 'globex-too'));
    expect(await created(scene)).toHaveLength(1);
  });

  test('is found by its name when the reply to its creation is lost', async () => {
    const scene = await startFleet(stage, 'create-lost', budget(5));
    await scene.vendor.ask('POST', '/faults', {
      fault: 'dropAfterEffect',
      match: { endpoint: 'customers.create' },
    });
    await scene.apply(customer('globex', GLOBEX));
    await scene.settled('Customer', 'globex', 'CompanyBound');
    expect(await created(scene)).toHaveLength(1);
    expect(await scene.vendor.ledger({ endpoint: 'customers.create' })).toHaveLength(1);
  });

  test('is not created without owners', async () => {
    const scene = await startFleet(stage, 'create-no-owners', budget(5));
    await scene.apply(customer('globex', { ...GLOBEX, ownerEmails: [] }));
    await scene.settled('Customer', 'globex', 'OwnerEmailsMissing');
    expect(await scene.vendor.ledger({ endpoint: 'customers.create' })).toEqual([]);
  });
});

describe.concurrent('a customer the vendor has', () => {
  test('twice under one name is never guessed, and bound once its id is named', async () => {
    const scene = await startFleet(stage, 'ambiguous-company', budget(5));
    await scene.vendor.ask('POST', '/customers', { companyName: 'Globex AG', companyId: '111' });
    await scene.vendor.ask('POST', '/customers', { companyName: 'Globex AG', companyId: '222' });
    await scene.apply(customer('globex', GLOBEX));
    const stalled = await scene.settled('Customer', 'globex', 'AmbiguousCompany');
    expect(condition(stalled)?.message).toContain('111, 222');
    await scene.apply(customer('globex', { ...GLOBEX, companyId: '222' }));
    await scene.settled('Customer', 'globex', 'CompanyBound');
    expect(companyIdOf(scene, 'globex')).toBe('222');
  });

  test('shows whether it accepted the vendor’s terms, and is awaited until it has', async () => {
    const scene = await startFleet(stage, 'company-terms');
    await scene.vendor.ask('POST', '/customers', {
      companyName: 'Globex AG',
      companyId: '333',
      termsStatus: 'TERMS_STATUS_NOT_ACCEPTED',
    });
    await scene.apply(customer('globex', GLOBEX));
    const bound = await scene.settled('Customer', 'globex', 'CompanyBound');
    expect(bound.status?.['termsStatus']).toBe('NotAccepted');
    expect(condition(bound, 'AwaitingCustomer')?.reason).toBe('TermsNotAccepted');
    await scene.vendor.ask('POST', '/drift', {
      kind: 'termsChange',
      customerId: '333',
      termsStatus: 'TERMS_STATUS_ACCEPTED',
    });
    await scene.patch('Customer', 'globex', {
      metadata: { annotations: { 'vendorplane.dev/reconcile-requested-at': 'now' } },
    });
    await scene.until(
      'Customer',
      'globex',
      'not awaited any more',
      (object) =>
        object.status?.['termsStatus'] === 'Accepted' && condition(object, 'AwaitingCustomer') === undefined,
    );
  });
});
