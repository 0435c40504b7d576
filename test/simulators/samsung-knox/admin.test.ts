import { describe, expect, test } from 'vitest';
import { startSamsungKnox } from '../../../src/simulators/samsung-knox/start.ts';
import {
  devices,
  failures,
  IMEIS,
  ledger,
  order,
  RESELLER,
  run,
  send,
  startWorld,
  transaction,
} from './world.ts';

const [PHONE, SECOND, THIRD] = IMEIS;

describe('the admin face', () => {
  test('explains itself, and refuses what it does not know', async () => {
    await using world = await startWorld();
    const help = await world.admin('GET', '/');
    for (const route of [
      'POST /oauth-clients',
      'POST /signed-identifiers',
      'POST /customers/{customerId}/approve',
      'POST /hardware',
      'POST /mpts',
      'POST /drift',
      'GET /ledger',
      'PUT /state',
    ]) {
      expect(help.text).toContain(route);
    }
    const bad: [string, string, unknown][] = [
      ['POST', '/customers', {}],
      ['POST', '/customers', { customerName: 'X', country: 'France' }],
      ['POST', '/devices', { device: PHONE }],
      ['POST', '/devices', { device: 'two words', customerId: '4001' }],
      ['POST', '/devices', { device: PHONE, customerId: '4001', state: 'Lost' }],
      ['POST', '/hardware', { imei: PHONE }],
      ['POST', '/hardware', { imei: '1', serialNumber: 'R1' }],
      ['POST', '/vendors', {}],
      ['POST', '/drift', { kind: 'earthquake', device: PHONE }],
      ['POST', '/faults', { fault: 'wrongTag' }],
      ['PUT', '/state', { version: 0 }],
    ];
    for (const [method, path, body] of bad) {
      expect((await world.admin(method, path, body)).status, `${path} ${JSON.stringify(body)}`).toBe(400);
    }
  });

  test('is not reachable through the vendor’s face', async () => {
    await using world = await startWorld();
    for (const path of ['/ledger', '/state', '/'])
      expect((await send(world.url + path, 'GET')).status).toBe(404);
  });

  test('lists credentials without their secrets', async () => {
    await using world = await startWorld();
    await world.admin('POST', '/signed-identifiers', {});
    const clients = await world.admin('GET', '/oauth-clients');
    expect(clients.body).toEqual([
      { clientId: world.client.clientId, resellerId: RESELLER, scopes: ['kdp'], revoked: false },
    ]);
    const identifiers = await world.admin('GET', '/signed-identifiers');
    expect(identifiers.body).toMatchObject([{ resellerId: RESELLER, revoked: false }]);
    expect(identifiers.text).not.toContain('Private');
  });

  test('a phone can be described, and then all its identifiers are one device', async () => {
    await using world = await startWorld();
    const phone = {
      imei: PHONE,
      imei2: SECOND,
      meid: 'A0000000002329',
      serialNumber: 'R5CT7',
      model: 'SM-X',
    };
    await world.admin('POST', '/hardware', phone);
    expect((await world.admin('POST', '/hardware', { ...phone, serialNumber: 'R5CT8' })).status).toBe(409);
    await run(world, 'upload', ['R5CT7'], { type: 'SN' });
    expect(failures(await run(world, 'upload', [SECOND]))).toEqual({ [SECOND]: 'DEVICE_DUPLICATE' });
    expect(await devices(world)).toMatchObject([
      { mei: PHONE, meid: '268435456000009001', serialNumber: 'R5CT7', model: 'SM-X' },
    ]);
  });

  test('the fixture is an option', async () => {
    const hardware = [{ imei: PHONE, imei2: SECOND, serialNumber: 'R5CT7', model: 'SM-X' }];
    await using world = await startWorld({ fixture: { hardware, mpts: [THIRD] } });
    const shown = await run(world, 'upload', [PHONE, SECOND, THIRD]);
    expect(failures(shown)).toEqual({ [SECOND]: 'DEVICE_DUPLICATE', [THIRD]: 'DEVICE_INVALID' });
  });

  test('two simulators may run side by side, and a taken port is an error', async () => {
    await using world = await startWorld();
    const port = Number(new URL(world.url).port);
    await expect(startSamsungKnox({ port })).rejects.toThrow('EADDRINUSE');
    await expect(startSamsungKnox({ adminPort: port })).rejects.toThrow('EADDRINUSE');
  });
});

describe('drift', () => {
  test.each(['customerDeletes', 'mspDeletes'])(
    '%s: the device is gone, and can be uploaded again',
    async (kind) => {
      await using world = await startWorld();
      await run(world, 'upload', [PHONE]);
      await world.admin('POST', '/drift', { kind, device: PHONE });
      expect(await devices(world)).toEqual([]);
      expect((await world.admin('POST', '/drift', { kind, device: PHONE })).status).toBe(404);
      expect(failures(await run(world, 'upload', [PHONE]))).toEqual({});
    },
  );

  test('mspMoves: the same record has another customer', async () => {
    await using world = await startWorld();
    await run(world, 'upload', [PHONE]);
    const [before] = await devices(world);
    await world.admin('POST', '/drift', { kind: 'mspMoves', device: PHONE, customerId: '4002' });
    expect(await devices(world)).toEqual([{ ...before, customerId: '4002', customerName: 'Globex' }]);
  });

  test('otherResellerTakes: invisible, and only an upload tells', async () => {
    await using world = await startWorld();
    await run(world, 'upload', [PHONE]);
    for (const device of [PHONE, SECOND])
      await world.admin('POST', '/drift', { kind: 'otherResellerTakes', device });
    expect(await devices(world)).toEqual([]);
    expect(failures(await run(world, 'upload', [PHONE, SECOND]))).toEqual({
      [PHONE]: 'DEVICE_DUPLICATE',
      [SECOND]: 'DEVICE_DUPLICATE',
    });
  });

  test('an exchange changes the IMEI under the same record, or is undone', async () => {
    await using world = await startWorld();
    await run(world, 'upload', [PHONE]);
    const [before] = await devices(world);
    await world.admin('POST', '/drift', { kind: 'exchangeStarts', device: PHONE });
    expect(await devices(world)).toEqual([{ ...before, state: 'Exchanging' }]);
    await world.admin('POST', '/drift', { kind: 'exchangeEnds', device: PHONE });
    expect(await devices(world)).toEqual([{ ...before, state: 'Verified' }]);
    await world.admin('POST', '/drift', { kind: 'exchangeEnds', device: PHONE, newImei: SECOND });
    expect(await devices(world)).toEqual([{ ...before, mei: SECOND, state: 'Verified' }]);
    expect(failures(await run(world, 'upload', [PHONE, SECOND]))).toEqual({ [SECOND]: 'DEVICE_DUPLICATE' });
  });

  test('mptsRejects: the state says so', async () => {
    await using world = await startWorld();
    await run(world, 'upload', [PHONE]);
    await world.admin('POST', '/drift', { kind: 'mptsRejects', device: PHONE });
    expect(await devices(world)).toMatchObject([{ state: 'MPTS error' }]);
  });
});

describe('the ledger', () => {
  test('holds what was asked, what was told, and what came of it later', async () => {
    await using world = await startWorld();
    await world.admin('DELETE', '/ledger');
    await run(world, 'upload', [PHONE, '1'], { transactionId: 'one' });
    await run(world, 'delete', [], {
      transactionId: 'two',
      removeTransactionId: 'one',
      type: undefined,
      devices: undefined,
    });
    const common = { transactionId: 'one', customerId: '4001', type: 'IMEI' };
    const entries = await ledger(world, '?mutating=true');
    expect(entries).toEqual([
      {
        seq: 2,
        at: '2026-01-01T00:00:00.000Z',
        method: 'PUT',
        path: '/kcs/v1/rp/devices/upload',
        endpoint: 'devices.upload',
        mutating: true,
        items: [
          { ...common, device: PHONE },
          { ...common, device: '1' },
        ],
        status: 200,
        effect: [{ change: 'uploaded', device: PHONE, customerId: '4001' }],
      },
      expect.objectContaining({
        endpoint: 'devices.delete',
        items: [{ transactionId: 'two', customerId: '4001', removeTransactionId: 'one' }],
        effect: [{ change: 'deleted', device: PHONE, customerId: '4001' }],
      }),
    ]);
  });

  test('holds no secret, no token and no address of a person', async () => {
    await using world = await startWorld({ createCustomer: true });
    const contact = { country: 'US', firstName: 'Ada', lastName: 'L', service: 'KME' };
    await world.api('POST', '/customers', { customerName: 'Acme', email: 'it@acme.example', ...contact });
    const entries = await ledger(world);
    expect(entries.at(-1)).toMatchObject({
      items: [{ customerName: 'Acme' }],
      effect: [{ change: 'customerCreated' }],
    });
    const text = JSON.stringify(entries);
    for (const secret of ['it@', world.token, world.client.clientSecret]) expect(text).not.toContain(secret);
  });
});

describe('the state', () => {
  test('dumped from one simulator and loaded into another goes on where it was', async () => {
    await using first = await startWorld();
    await using second = await startWorld();
    await run(first, 'upload', [PHONE]);
    await first.api('PUT', '/devices/upload', order([SECOND], { transactionId: 'half' }));
    const state = (await first.admin('GET', '/state')).body;
    const text = JSON.stringify(state);
    expect(text).not.toContain(first.client.clientSecret);
    expect(text).not.toContain('Private');
    await second.admin('PUT', '/state', state);
    const headers = { authorization: `Bearer ${first.token}` };
    const moved = {
      ...second,
      api: (method: string, path: string) => second.api(method, path, undefined, headers),
    };
    for (let request = 0; request < 5; request += 1) await devices(moved);
    await second.advance(10_000);
    expect((await transaction(moved, 'half'))['state']).toBe('Complete');
    expect((await devices(moved)).map(({ mei }) => mei)).toEqual([PHONE, SECOND]);
    expect((await ledger(second)).filter((entry) => 'effect' in entry)).toEqual([]);
  });

  test('is the same for the same seed and the same calls', async () => {
    const once = async (seed: number) => {
      await using world = await startWorld({ seed });
      await run(world, 'upload', [PHONE], { transactionId: 'same' });
      return (await world.admin('GET', '/state')).text;
    };
    expect(await once(7)).toBe(await once(7));
    expect(await once(7)).not.toBe(await once(8));
  });
});
