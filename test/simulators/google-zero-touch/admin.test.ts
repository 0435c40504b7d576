import { describe, expect, test } from 'vitest';
import { startGoogleZeroTouch } from '../../../src/simulators/google-zero-touch/start.ts';
import {
  claimOf,
  fetchToken,
  IMEIS,
  type KeyFile,
  ledger,
  ownerOf,
  readOperation,
  send,
  startWorld,
  ZERO_TOUCH,
} from './world.ts';

const [PHONE] = IMEIS;
const PHONE_ID = { imei: PHONE, manufacturer: 'Google' };

describe('the admin face', () => {
  test('explains itself, and refuses what it does not know', async () => {
    await using world = await startWorld();
    const help = await world.admin('GET', '/');
    for (const route of [
      'POST /service-accounts',
      'POST /faults',
      'GET /ledger',
      'PUT /state',
      'POST /drift',
    ]) {
      expect(help.text).toContain(route);
    }
    expect((await world.admin('GET', '/nothing')).status).toBe(404);
    expect((await world.admin('POST', '/drift', { kind: 'earthquake' })).status).toBe(400);
    expect((await world.admin('POST', '/time/advance', { ms: -1 })).status).toBe(400);
    const notJson = await fetch(`${world.adminUrl}/faults`, { method: 'POST', body: '{' });
    expect(notJson.status).toBe(400);
  });

  test('is not reachable through the vendor’s face', async () => {
    await using world = await startWorld();
    for (const path of ['/ledger', '/state', '/'])
      expect((await send(world.url + path, 'GET')).status).toBe(404);
  });

  test('hands out a complete key file', async () => {
    await using world = await startWorld();
    expect(world.key).toEqual({
      type: 'service_account',
      project_id: expect.any(String),
      private_key_id: expect.stringMatching(/^[0-9a-f]{40}$/),
      private_key: expect.stringMatching(/^-----BEGIN PRIVATE KEY-----\n/),
      client_email: expect.stringMatching(/^\S+@\S+\.iam\.gserviceaccount\.com$/),
      client_id: expect.stringMatching(/^\d{21}$/),
      auth_uri: expect.any(String),
      token_uri: `${world.url}/token`,
      auth_provider_x509_cert_url: expect.any(String),
      client_x509_cert_url: expect.any(String),
      universe_domain: 'googleapis.com',
    });
    const listed = await world.admin('GET', '/service-accounts');
    expect(listed.text).not.toContain('PRIVATE');
  });

  test('closes at once, even while a request is being held up', async () => {
    const world = await startWorld();
    await world.admin('POST', '/faults', { fault: 'latency', ms: 600_000 });
    const held = expect(world.api('customers')).rejects.toThrow('fetch failed');
    while ((await ledger(world, '?endpoint=customers.list')).length === 0);
    await world[Symbol.asyncDispose]();
    await held;
  });

  test('two simulators may run side by side, and a taken port is an error', async () => {
    await using world = await startWorld();
    const port = Number(new URL(world.url).port);
    await expect(startGoogleZeroTouch({ port })).rejects.toThrow('EADDRINUSE');
    await expect(startGoogleZeroTouch({ adminPort: port })).rejects.toThrow('EADDRINUSE');
  });
});

describe('drift', () => {
  test('a customer unclaims a device: we no longer see it, and can claim it again', async () => {
    await using world = await startWorld();
    await world.api('devices:claim', claimOf(PHONE, world.customerId));
    await world.admin('POST', '/drift', { kind: 'customerUnclaims', deviceIdentifier: PHONE_ID });
    expect(await ownerOf(world, PHONE)).toBeUndefined();
    expect((await world.api('devices:claim', claimOf(PHONE, world.customerId))).status).toBe(200);
    await world.admin('POST', '/drift', { kind: 'customerUnclaims', deviceIdentifier: PHONE_ID });
    const again = await world.admin('POST', '/drift', {
      kind: 'customerUnclaims',
      deviceIdentifier: PHONE_ID,
    });
    expect(again.status).toBe(409);
  });

  test('another reseller takes a device: invisible, and only a claim tells', async () => {
    await using world = await startWorld();
    await world.api('devices:claim', claimOf(PHONE, world.customerId));
    await world.admin('POST', '/drift', { kind: 'otherResellerTakes', deviceIdentifier: PHONE_ID });
    expect(await ownerOf(world, PHONE)).toBeUndefined();
    expect((await world.api('devices:claim', claimOf(PHONE, world.customerId))).status).toBe(400);
  });

  test('somebody writes metadata in the portal, and a customer’s terms change', async () => {
    await using world = await startWorld();
    const { body } = await world.api('devices:claim', claimOf(PHONE, world.customerId));
    const deviceMetadata = { entries: { ordernumber: 'by hand' } };
    await world.admin('POST', '/drift', {
      kind: 'portalWritesMetadata',
      deviceId: body['deviceId'],
      deviceMetadata,
    });
    const device = await world.api(`devices/${String(body['deviceId'])}`);
    expect(device.body['deviceMetadata']).toEqual(deviceMetadata);
    const termsStatus = 'TERMS_STATUS_STALE';
    await world.admin('POST', '/drift', { kind: 'termsChange', customerId: world.customerId, termsStatus });
    expect((await world.api('customers')).body['customers']).toMatchObject([{ termsStatus }]);
  });
});

describe('the ledger', () => {
  test('holds every request in order: what it asked, what it was told, what it changed', async () => {
    await using world = await startWorld();
    await world.admin('DELETE', '/ledger');
    await world.api('customers?pageSize=5');
    await world.api('devices:claim', claimOf(PHONE, world.customerId, { deviceMetadata: { entries: {} } }));
    await world.api('devices:claim', claimOf(PHONE, world.customerId));
    await world.api('devices:unclaim', { deviceIdentifier: PHONE_ID, sectionType: ZERO_TOUCH });
    const entries = await ledger(world);
    expect(entries.map(({ seq }) => seq)).toEqual([2, 3, 4, 5]);
    expect(entries[0]).toEqual({
      seq: 2,
      at: '2026-01-01T00:00:00.000Z',
      method: 'GET',
      path: '/v1/partners/1234567890/customers',
      query: 'pageSize=5',
      endpoint: 'customers.list',
      mutating: false,
      status: 200,
    });
    expect(entries[1]).toMatchObject({
      endpoint: 'devices.claim',
      mutating: true,
      items: [{ deviceIdentifier: PHONE_ID, customerId: world.customerId }],
      effect: [{ change: 'claimed', customerId: world.customerId, sectionType: ZERO_TOUCH }],
    });
    expect(entries[2]).not.toHaveProperty('effect');
    expect(entries[3]).toMatchObject({ effect: [{ change: 'unclaimed' }] });
    expect(await ledger(world, '?mutating=true&since=3')).toHaveLength(2);
    expect(await ledger(world, '?mutating=false')).toHaveLength(1);
  });

  test('holds no token, no key and no address of a person', async () => {
    await using world = await startWorld();
    const customer = { companyName: 'Acme', ownerEmails: ['owner@acme.example'] };
    await world.api('customers', { customer });
    const text = JSON.stringify(await ledger(world));
    expect(text).toContain('Acme');
    expect(text).not.toContain('owner@');
    expect(text).not.toContain(world.token);
  });

  test('forgets the oldest entries beyond its size', async () => {
    await using world = await startWorld({ ledgerEntries: 10 });
    for (let request = 0; request < 30; request += 1) await world.api('customers');
    const entries = await ledger(world);
    expect(entries.length).toBeLessThanOrEqual(11);
    expect(entries.at(-1)?.['seq']).toBe(31);
  });
});

describe('the state', () => {
  test('dumped from one simulator and loaded into another goes on where it was', async () => {
    await using first = await startWorld();
    await using second = await startWorld();
    await first.api('devices:claim', claimOf(PHONE, first.customerId));
    const claims = [claimOf(IMEIS[1], first.customerId)];
    const name = (await first.api('devices:claimAsync', { claims })).body['name'] as string;
    const state = (await first.admin('GET', '/state')).body;
    expect(JSON.stringify(state)).not.toContain('PRIVATE');
    await second.admin('PUT', '/state', state);
    const moved = { ...second, token: first.token };
    await second.advance(60_000);
    expect((await readOperation(moved, name)).body['done']).toBe(true);
    const found = await send(
      `${second.url}/v1/partners/1234567890/devices:findByOwner`,
      'POST',
      { customerId: [first.customerId], sectionType: ZERO_TOUCH, limit: 10 },
      first.token,
    );
    expect(found.body['totalSize']).toBe(2);
    expect((await second.admin('PUT', '/state', { version: 0 })).status).toBe(400);
  });

  test('is the same for the same seed and the same requests, and another for another seed', async () => {
    const storeAfter = async (seed: number) => {
      await using world = await startWorld({ seed });
      await world.admin('POST', '/faults', { fault: 'partialFailure', ratio: 0.5 });
      await world.api('devices:claimAsync', { claims: IMEIS.map((imei) => claimOf(imei, world.customerId)) });
      await world.advance(60_000);
      const { store, operations } = (await world.admin('GET', '/state')).body;
      return JSON.stringify({ store, operations });
    };
    const once = await storeAfter(7);
    expect(await storeAfter(7)).toBe(once);
    expect(await storeAfter(8)).not.toBe(once);
  });
});

describe('the time', () => {
  test('is real by default and moves forward by command', async () => {
    const simulator = await startGoogleZeroTouch({});
    try {
      const key = (await send(`${simulator.adminUrl}/service-accounts`, 'POST', {}))
        .body as unknown as KeyFile;
      expect(await fetchToken(key, Date.now())).not.toBe('');
      const moved = await send(`${simulator.adminUrl}/time/advance`, 'POST', { ms: 86_400_000 });
      expect(moved.body['offsetMs']).toBe(86_400_000);
      expect(await fetchToken(key, Date.now())).toBe('');
      expect(await fetchToken(key, Date.now() + 86_400_000)).not.toBe('');
    } finally {
      await simulator.close();
    }
  });
});
