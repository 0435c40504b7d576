import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { claim, customer, imei, phones } from '../support/fleet.ts';
import { bePatient } from '../support/patience.ts';
import { held, startFleet } from '../support/scenes.ts';
import { condition, eventually, type Scene, type Stage, startStage } from '../support/stage.ts';

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

const fleet = (namespace: string, account?: object): Promise<Scene> => startFleet(stage, namespace, account);

describe.concurrent('a claim', () => {
  test('adopts what the customer holds and claims the rest in one batch', async () => {
    const scene = await fleet('adopt');
    await held(scene, 0, 2);
    await scene.apply(claim('phones', phones(0, 6)));
    const done = await scene.settled('DeviceClaim', 'phones', 'AllClaimed');
    expect(done.status?.['devices']).toMatchObject({ desired: 6, claimed: 6, pending: 0, failed: 0 });
    const writes = await scene.vendor.ledger({ mutating: true });
    expect(writes.map(({ endpoint, items }) => [endpoint, items?.length])).toEqual([
      ['devices.claimAsync', 4],
    ]);
    expect(Object.values(await scene.vendor.holdings())).toEqual(Array(6).fill('987654'));
    const account = await scene.until(
      'VendorAccount',
      'google',
      'counting',
      ({ status }) => (status?.['observed'] as { devices: number } | undefined)?.devices === 6,
    );
    expect(account.status).toMatchObject({ pending: { actions: 0, operations: 0 } });
    await scene.until(
      'Customer',
      'acme',
      'counting',
      ({ status }) => (status?.['devices'] as { claimed: number } | undefined)?.claimed === 6,
    );
  });

  test('that grows sends only what is new', async () => {
    const scene = await fleet('grow');
    await scene.apply(claim('phones', phones(0, 3)));
    await scene.settled('DeviceClaim', 'phones', 'AllClaimed');
    await scene.apply(claim('phones', phones(0, 5)));
    const done = await scene.settled('DeviceClaim', 'phones', 'AllClaimed');
    expect(done.status).toMatchObject({ observedGeneration: 2, devices: { desired: 5, claimed: 5 } });
    expect([...(await scene.vendor.claimsSent()).values()]).toEqual([1, 1, 1, 1, 1]);
  });

  test('a wrong check digit, an unknown manufacturer and a duplicate fail alone', async () => {
    const scene = await fleet('partial');
    const [good] = phones(0, 1);
    const wrongDigit = {
      imei: `${imei(1).slice(0, 14)}${(Number(imei(1)[14]) + 1) % 10}`,
      manufacturer: 'Google',
    };
    const nobody = { imei: imei(2), manufacturer: 'Nobody Inc' };
    await scene.apply(claim('phones', [good ?? {}, wrongDigit, nobody, { imei: imei(0) }]));
    const done = await scene.settled('DeviceClaim', 'phones', 'DevicesFailed');
    expect(done.status?.['devices']).toMatchObject({ desired: 4, claimed: 1, pending: 0, failed: 3 });
    expect(done.status?.['failures']).toEqual([
      {
        device: `imei:${wrongDigit.imei}`,
        code: 'INVALID_DEVICE_IMEI',
        message: expect.stringContaining(`it must be ${imei(1)[14]}`) as unknown,
      },
      { device: `imei:${imei(0)}`, code: 'DUPLICATE_DEVICE', message: expect.any(String) as unknown },
      { device: `imei:${imei(2)}`, code: 'INVALID_MANUFACTURER', message: expect.any(String) as unknown },
    ]);
    expect(condition(done, 'Degraded')?.message).toContain('INVALID_DEVICE_IMEI');
    expect(condition(done, 'Stalled')?.reason).toBe('DevicesFailed');

    // Mended, the claim is Ready, and what was claimed is not claimed again.
    await scene.apply(claim('phones', phones(0, 3)));
    await scene.settled('DeviceClaim', 'phones', 'AllClaimed');
    expect((await scene.vendor.claimsSent()).get(imei(0))).toBe(1);
  });

  test('of a device another reseller holds is Conflicted, and never seizes it', async () => {
    const scene = await fleet('other-reseller');
    await held(scene, 0, 1, '555001', { resellerId: '555' });
    await scene.apply(claim('phones', phones(0, 2)));
    const done = await scene.settled('DeviceClaim', 'phones', 'DevicesConflicted');
    expect(done.status).toMatchObject({
      devices: { desired: 2, claimed: 1, conflicted: 1 },
      failures: [{ device: `imei:${imei(0)}`, code: 'HELD_BY_OTHER' }],
    });
    expect(condition(done, 'Conflicted')).toMatchObject({ status: 'True', reason: 'HeldByOther' });
    expect(await scene.vendor.holdings()).toMatchObject({ [imei(0)]: '555001', [imei(1)]: '987654' });
  });

  test('of a device another customer of ours holds leaves it there', async () => {
    const scene = await fleet('other-customer');
    await scene.vendor.ask('POST', '/customers', { companyName: 'Globex', companyId: '111222' });
    await held(scene, 0, 1, '111222');
    await scene.apply(customer('globex', { companyName: 'Globex', companyId: '111222' }));
    await scene.settled('Customer', 'globex', 'CompanyBound');
    await scene.apply(claim('phones', phones(0, 1)));
    const done = await scene.settled('DeviceClaim', 'phones', 'DevicesConflicted');
    expect(done.status?.['failures']).toMatchObject([{ device: `imei:${imei(0)}` }]);
    await scene.until(
      'DeviceClaim',
      'phones',
      'told that another customer of ours holds it',
      (object) => condition(object, 'Conflicted')?.reason === 'HeldByOtherCustomer',
    );
    expect(await scene.vendor.holdings()).toEqual({ [imei(0)]: '111222' });
  });

  test('that names what another claim holds is Conflicted and names that claim', async () => {
    const scene = await fleet('two-claims');
    await scene.apply(claim('first', phones(0, 2)));
    await scene.settled('DeviceClaim', 'first', 'AllClaimed');
    await scene.apply(claim('second', phones(1, 2)));
    const loser = await scene.settled('DeviceClaim', 'second', 'DevicesConflicted');
    expect(loser.status).toMatchObject({ devices: { claimed: 1, conflicted: 1 } });
    const [failure] = (loser.status?.['failures'] ?? []) as readonly { code: string; message: string }[];
    expect(failure).toMatchObject({ code: 'DECLARED_ELSEWHERE' });
    expect(failure?.message).toContain('two-claims/first');
    expect(condition(loser, 'Conflicted')?.reason).toBe('DeclaredElsewhere');
    expect(condition(loser, 'Conflicted')?.message).toContain('two-claims/first');
    await scene.settled('DeviceClaim', 'first', 'AllClaimed');

    // The holder goes; the device stays where it is and the other claim takes it over without a write.
    await scene.remove('DeviceClaim', 'first');
    await scene.settled('DeviceClaim', 'second', 'AllClaimed');
    expect((await scene.vendor.claimsSent()).get(imei(1))).toBe(1);
  });

  test('that is suspended sends nothing, and goes on when it is resumed', async () => {
    const scene = await fleet('suspend');
    await scene.apply(claim('phones', phones(0, 2), { suspend: true }));
    await scene.settled('DeviceClaim', 'phones', 'Suspended');
    expect(await scene.vendor.ledger({ mutating: true })).toEqual([]);
    await scene.patch('DeviceClaim', 'phones', { spec: { suspend: false } });
    await scene.settled('DeviceClaim', 'phones', 'AllClaimed');
  });

  test.each(['Observe', 'Plan'])(
    'under an account in mode %s sends nothing until the mode is Enforce',
    async (mode) => {
      const scene = await fleet(`mode-${mode.toLowerCase()}`, { mode });
      await held(scene, 0, 1);
      await scene.apply(claim('phones', phones(0, 2)));
      const held1 = await scene.settled('DeviceClaim', 'phones', `Mode${mode}`);
      expect(held1.status?.['devices']).toMatchObject({ desired: 2, claimed: 1, pending: 1 });
      await scene.settled('VendorAccount', 'google', 'Connected');
      expect(await scene.vendor.ledger({ mutating: true })).toEqual([]);
      await scene.patch('VendorAccount', 'google', { spec: { mode: 'Enforce' } });
      await scene.settled('DeviceClaim', 'phones', 'AllClaimed');
    },
  );

  test('under an account that meets a fleet it has no record of waits until a person trusts it', async () => {
    const scene = await fleet('first-contact', { firstContact: 'Approve' });
    await held(scene, 0, 1);
    await scene.apply(claim('phones', phones(0, 3)));
    const waiting = await scene.settled('DeviceClaim', 'phones', 'FirstContact');
    expect(condition(waiting, 'Stalled')).toMatchObject({ status: 'True', reason: 'FirstContact' });
    expect(waiting.status?.['devices']).toMatchObject({ desired: 3, claimed: 1, pending: 2 });
    await scene.settled('VendorAccount', 'google', 'FirstContact');
    expect(await scene.vendor.ledger({ mutating: true })).toEqual([]);
    await scene.patch('VendorAccount', 'google', { spec: { firstContact: 'Trust' } });
    await scene.settled('DeviceClaim', 'phones', 'AllClaimed');
    await scene.settled('VendorAccount', 'google', 'Connected');
  });

  test('under a suspended customer sends nothing, releases nothing, and goes on when it is resumed', async () => {
    const scene = await fleet('customer-suspended', { guard: { settle: '0s' } });
    await scene.apply(claim('phones', phones(0, 2), { releasePolicy: 'Unclaim' }));
    await scene.settled('DeviceClaim', 'phones', 'AllClaimed');
    await scene.patch('Customer', 'acme', { spec: { suspend: true } });
    await scene.apply(claim('phones', phones(1, 2), { releasePolicy: 'Unclaim' }));
    await scene.settled('DeviceClaim', 'phones', 'CustomerSuspended');
    expect([...(await scene.vendor.claimsSent()).keys()].sort()).toEqual([0, 1].map(imei));
    await scene.patch('Customer', 'acme', { spec: { suspend: false } });
    await scene.settled('DeviceClaim', 'phones', 'AllClaimed');
    await eventually(
      async () => (await scene.vendor.holdings())[imei(0)] === undefined,
      'what left it is released',
    );
    expect(await scene.vendor.holdings()).toEqual({ [imei(1)]: '987654', [imei(2)]: '987654' });
  });

  test('under a suspended account sends nothing until it is resumed', async () => {
    const scene = await fleet('account-suspended', { suspend: true });
    await scene.apply(claim('phones', phones(0, 1)));
    await scene.settled('VendorAccount', 'google', 'Suspended');
    await scene.until(
      'DeviceClaim',
      'phones',
      'held',
      (object) => condition(object, 'Stalled') !== undefined,
    );
    expect(await scene.vendor.ledger({ mutating: true })).toEqual([]);
    await scene.patch('VendorAccount', 'google', { spec: { suspend: false } });
    await scene.settled('DeviceClaim', 'phones', 'AllClaimed');
  });

  test('reports a device the customer let go of, and claims it again only when told to', async () => {
    const scene = await fleet('released', { resyncInterval: '1s' });
    await held(scene, 0, 1);
    await scene.apply(claim('phones', phones(0, 2)));
    await scene.settled('DeviceClaim', 'phones', 'AllClaimed');
    const [device] = phones(0, 1);
    await scene.vendor.ask('POST', '/drift', { kind: 'customerUnclaims', deviceIdentifier: device });
    const reported = await scene.settled('DeviceClaim', 'phones', 'DevicesConflicted');
    expect(reported.status?.['failures']).toMatchObject([
      {
        device: `imei:${imei(0)}`,
        code: 'RELEASED_BY_CUSTOMER',
        message: expect.stringContaining('Reclaim') as unknown,
      },
    ]);
    expect((await scene.vendor.claimsSent()).get(imei(0))).toBeUndefined();
    await scene.patch('DeviceClaim', 'phones', { spec: { onVendorRelease: 'Reclaim' } });
    await scene.settled('DeviceClaim', 'phones', 'AllClaimed');
    expect((await scene.vendor.claimsSent()).get(imei(0))).toBe(1);
    expect((await scene.vendor.claimsSent()).get(imei(1))).toBe(1);
  });

  test('its customer and its account look again when asked to, and echo the request', async () => {
    const scene = await fleet('requested');
    await held(scene, 0, 1);
    await scene.apply(claim('phones', phones(0, 1)));
    await scene.settled('DeviceClaim', 'phones', 'AllClaimed');
    const annotations = { 'vendorplane.dev/reconcile-requested-at': 'now-please' };
    for (const [kind, name, endpoint] of [
      ['DeviceClaim', 'phones', 'devices.findByOwner'],
      ['Customer', 'acme', 'devices.findByOwner'],
      ['VendorAccount', 'google', 'customers.list'],
    ] as const) {
      const before = (await scene.vendor.ledger({ endpoint })).length;
      await scene.patch(kind, name, { metadata: { annotations } });
      await scene.until(
        kind,
        name,
        'echoing',
        ({ status }) => status?.['lastHandledReconcileAt'] === 'now-please',
      );
      await eventually(
        async () => (await scene.vendor.ledger({ endpoint })).length > before,
        `${kind} looked`,
      );
    }
    // What was let go of meanwhile is seen by the look, long before the next one is due.
    await scene.vendor.ask('POST', '/drift', { kind: 'customerUnclaims', deviceIdentifier: phones(0, 1)[0] });
    await scene.patch('DeviceClaim', 'phones', {
      metadata: { annotations: { 'vendorplane.dev/reconcile-requested-at': 'again' } },
    });
    await scene.settled('DeviceClaim', 'phones', 'DevicesConflicted');
  });

  test('and everything it hangs on can be deleted in any order, and what is held stays held', async () => {
    const scene = await fleet('delete');
    await scene.apply(claim('phones', phones(0, 1)), claim('tablets', phones(5, 1)));
    await scene.settled('DeviceClaim', 'phones', 'AllClaimed');
    await scene.settled('DeviceClaim', 'tablets', 'AllClaimed');
    await scene.remove('VendorAccount', 'google');
    await scene.until(
      'DeviceClaim',
      'phones',
      'without its account',
      (object) => condition(object)?.reason === 'AccountNotFound',
    );
    await scene.remove('Customer', 'acme');
    await scene.until(
      'DeviceClaim',
      'phones',
      'without its customer',
      (object) => condition(object)?.reason === 'CustomerNotFound',
    );
    await scene.remove('DeviceClaim', 'phones');
    await scene.remove('DeviceClaim', 'tablets');
    for (const name of ['phones', 'tablets']) await scene.gone('DeviceClaim', name);
    expect(Object.keys(await scene.vendor.holdings())).toHaveLength(2);
  });
});
