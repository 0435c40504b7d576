import { describe, expect, test } from 'vitest';
import { claimOf, IMEIS, startWorld, type World, ZERO_TOUCH } from './world.ts';

const MOTO = { serialNumber: 'ZX1G22', manufacturer: 'Motorola', model: 'moto g' };

interface Page {
  readonly devices?: readonly { readonly deviceId: string; readonly name: string }[];
  readonly nextPageToken?: string;
  readonly totalSize?: number;
}

async function page(
  world: World,
  limit: unknown,
  pageToken?: string,
  customerId: unknown = [world.customerId],
) {
  const body = { customerId, sectionType: ZERO_TOUCH, limit, pageToken };
  return world.api('devices:findByOwner', body);
}

/** Walks a listing to its end; returns the ids in the order they came. */
async function walk(world: World, limit: number, customerId?: string[]): Promise<string[]> {
  const ids: string[] = [];
  let token: string | undefined;
  do {
    const { devices, nextPageToken } = (await page(world, limit, token, customerId)).body as Page;
    ids.push(...(devices ?? []).map(({ deviceId }) => deviceId));
    token = nextPageToken;
  } while (token !== undefined);
  return ids;
}

describe('findByOwner', () => {
  test('walks a hundred thousand devices, each once', async () => {
    await using world = await startWorld({ quota: { requests: 5_000, perMs: 100_000 } });
    await world.admin('POST', '/devices/generate', { count: 100_000, customerId: world.customerId });
    const ids = await walk(world, 100);
    expect(new Set(ids).size).toBe(100_000);
    expect(ids).toHaveLength(100_000);
  });

  test('merges the customers asked for and leaves out all others', async () => {
    await using world = await startWorld();
    await world.admin('POST', '/customers', { companyName: 'Second', companyId: '55502' });
    await world.admin('POST', '/customers', { companyName: 'Third', companyId: '55503' });
    for (const [customerId, firstSerial] of [
      ['55501', 0],
      ['55502', 10],
      ['55503', 20],
      ['55501', 30],
    ]) {
      await world.admin('POST', '/devices/generate', { count: 3, customerId, firstSerial });
    }
    expect(await walk(world, 2, ['55501', '55502', '55502'])).toHaveLength(9);
    const first = (await page(world, 1, undefined, ['55501', '55502'])).body as Page;
    expect(first.totalSize).toBe(9);
  });

  test('a page token stays good while devices come and go behind and before it', async () => {
    await using world = await startWorld();
    await world.admin('POST', '/devices/generate', { count: 6, customerId: world.customerId });
    const all = await walk(world, 100);
    const first = (await page(world, 3)).body as Page;
    await world.api('devices:unclaim', { deviceId: all[0], sectionType: ZERO_TOUCH });
    const second = (await page(world, 3, first.nextPageToken)).body as Page;
    expect(second.devices?.map(({ deviceId }) => deviceId)).toEqual(all.slice(3));
    expect(second.totalSize).toBe(5);
  });

  test.each([
    ['no limit', { limit: undefined }, 400],
    ['a limit of 0', { limit: '0' }, 400],
    ['a limit above 100', { limit: '101' }, 400],
    ['a limit that is no number', { limit: 'many' }, 400],
    ['no section type', { sectionType: undefined }, 400],
    ['no customer', { customerId: [] }, 400],
    ['more than 100 customers', { customerId: Array.from({ length: 101 }, (_, id) => String(id + 1)) }, 400],
    ['a customer nobody knows', { customerId: ['1'] }, 404],
    ['a customer of another reseller', { customerId: ['31337'] }, 403],
    ['a page token that is none', { pageToken: 'rubbish' }, 400],
    ['the largest limit', { limit: '100' }, 200],
    ['a limit sent as a number', { limit: 1 }, 200],
  ])('answers %s', async (_, spoilt, code) => {
    await using world = await startWorld();
    await world.admin('POST', '/customers', { companyName: 'Theirs', companyId: '31337', resellerId: '99' });
    const body = { customerId: [world.customerId], sectionType: ZERO_TOUCH, limit: '10', ...spoilt };
    expect((await world.api('devices:findByOwner', body)).status).toBe(code);
  });

  test('a page token is good for its own listing only', async () => {
    await using world = await startWorld();
    await world.admin('POST', '/customers', { companyName: 'Second', companyId: '55502' });
    await world.admin('POST', '/devices/generate', { count: 3, customerId: world.customerId });
    const { nextPageToken } = (await page(world, 1)).body as Page;
    expect((await page(world, 1, nextPageToken, ['55502'])).status).toBe(400);
  });

  test('an empty answer is an empty object', async () => {
    await using world = await startWorld();
    expect((await page(world, 10)).text).toBe('{}');
  });
});

describe('findByIdentifier', () => {
  async function found(world: World, deviceIdentifier: object): Promise<number> {
    const { body } = await world.api('devices:findByIdentifier', { deviceIdentifier, limit: '10' });
    return ((body as Page).devices ?? []).length;
  }

  test('finds by part of the identifier, either IMEI, and a serial number in any case', async () => {
    await using world = await startWorld();
    const both = { imei: IMEIS[0], imei2: IMEIS[1], manufacturer: 'Google' };
    for (const deviceIdentifier of [both, MOTO]) {
      await world.api('devices:claim', {
        deviceIdentifier,
        sectionType: ZERO_TOUCH,
        customerId: world.customerId,
      });
    }
    expect(await found(world, { imei: IMEIS[0] })).toBe(1);
    expect(await found(world, { imei: IMEIS[1] })).toBe(1);
    expect(await found(world, { imei: IMEIS[2] })).toBe(0);
    expect(await found(world, { imei: IMEIS[0], manufacturer: 'Samsung' })).toBe(0);
    expect(await found(world, { serialNumber: 'zx1g22' })).toBe(1);
  });

  test('tells serial numbers of different models apart at registration, and shows both when asked for the number', async () => {
    await using world = await startWorld();
    for (const model of ['moto g', 'moto g play']) {
      const deviceIdentifier = { ...MOTO, model };
      await world.api('devices:claim', {
        deviceIdentifier,
        sectionType: ZERO_TOUCH,
        customerId: world.customerId,
      });
    }
    expect(await found(world, { serialNumber: 'ZX1G22' })).toBe(2);
    expect(await found(world, MOTO)).toBe(1);
    const lower = { deviceIdentifier: { ...MOTO, serialNumber: 'zx1g22' }, sectionType: ZERO_TOUCH };
    expect((await world.api('devices:unclaim', lower)).status).toBe(404);
  });

  test('shows nothing of other resellers', async () => {
    await using world = await startWorld();
    const deviceIdentifier = { imei: IMEIS[0], manufacturer: 'Google' };
    const seeded = await world.admin('POST', '/devices', {
      deviceIdentifier,
      customerId: '7',
      resellerId: '99',
    });
    expect(await found(world, { imei: IMEIS[0] })).toBe(0);
    const [device] = seeded.body['devices'] as { deviceId: string }[];
    expect((await world.api(`devices/${device?.deviceId}`)).status).toBe(404);
  });

  test.each([
    ['without any hardware id', { manufacturer: 'Google' }],
    ['with a malformed IMEI', { imei: '49015420323751' }],
  ])('refuses a lookup %s', async (_, deviceIdentifier) => {
    await using world = await startWorld();
    const answer = await world.api('devices:findByIdentifier', { deviceIdentifier, limit: '1' });
    expect(answer.status).toBe(400);
  });
});

describe('customers', () => {
  const GOOD = { companyName: 'Acme', ownerEmails: ['owner@acme.example'] };

  test('a page size of 0, or none, lists them all; a larger one than 100 counts as 100', async () => {
    await using world = await startWorld();
    const customers = Array.from({ length: 149 }, (_, index) => ({ companyName: `Customer ${index}` }));
    await world.admin('POST', '/customers', { customers });
    const sizes = [];
    for (const query of ['', '?pageSize=0', '?pageSize=60', '?pageSize=500']) {
      sizes.push(((await world.api(`customers${query}`)).body['customers'] as unknown[]).length);
    }
    expect(sizes).toEqual([150, 150, 60, 100]);
    const first = await world.api('customers?pageSize=100');
    const rest = await world.api(`customers?pageSize=100&pageToken=${String(first.body['nextPageToken'])}`);
    expect(rest.body['customers']).toHaveLength(50);
    expect((await world.api('customers?pageSize=-1')).status).toBe(400);
  });

  test('the same call twice makes two', async () => {
    await using world = await startWorld();
    const first = await world.api('customers', { customer: GOOD });
    const second = await world.api('customers', { customer: GOOD });
    expect(first.body).toEqual({
      name: `partners/1234567890/customers/${String(first.body['companyId'])}`,
      companyId: expect.stringMatching(/^\d+$/),
      companyName: 'Acme',
      termsStatus: 'TERMS_STATUS_NOT_ACCEPTED',
    });
    expect(second.body['companyId']).not.toBe(first.body['companyId']);
  });

  test.each([
    ['without a name', { companyName: '' }],
    ['without an owner', { ownerEmails: [] }],
    ['with a personal account as owner', { ownerEmails: ['someone@gmail.com'] }],
    ['with an address that is none', { ownerEmails: ['someone'] }],
    ['in a language the vendor lacks', { languageCode: 'tlh' }],
    ['under an id of its own choice', { companyId: '5' }],
  ])('refuses one %s', async (_, spoilt) => {
    await using world = await startWorld();
    expect((await world.api('customers', { customer: { ...GOOD, ...spoilt } })).status).toBe(400);
  });

  test('vendors and their customers are lists of their own', async () => {
    await using world = await startWorld();
    await world.admin('POST', '/vendors', { companyName: 'Branch', companyId: '777' });
    await world.admin('POST', '/customers', {
      companyName: 'Of the branch',
      companyId: '778',
      vendorId: '777',
    });
    expect((await world.api('customers')).body['totalSize']).toBe(1);
    expect((await world.api('vendors')).body['vendors']).toEqual([
      { name: 'partners/1234567890/vendors/777', companyId: '777', companyName: 'Branch' },
    ]);
    expect((await world.api('vendors/777/customers')).body['totalSize']).toBe(1);
    expect((await world.api('vendors/1/customers')).status).toBe(404);
    expect((await world.api('devices:claim', claimOf(IMEIS[0], '778'))).status).toBe(200);
  });
});
