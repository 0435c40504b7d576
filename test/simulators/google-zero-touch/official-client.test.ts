import {
  androiddeviceprovisioning,
  type androiddeviceprovisioning_v1,
  auth,
} from '@googleapis/androiddeviceprovisioning';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fetchToken, IMEIS, ledger, PARTNER, startWorld, type World, ZERO_TOUCH } from './world.ts';

/**
 * The vendor's own client against the simulator: whatever it sends must be understood, and whatever it is sent must
 * fit its types. The library signs in at a fixed public address, so the token is fetched here with the same key file.
 */
describe('the official client', () => {
  let world: World;
  let client: androiddeviceprovisioning_v1.Androiddeviceprovisioning;
  const now = Date.now();

  beforeAll(async () => {
    world = await startWorld({ operations: { advance: 'perRead' }, clock: { now: () => now } });
    const credentials = new auth.OAuth2();
    credentials.setCredentials({
      access_token: await fetchToken(world.key, now),
      expiry_date: now + 3_000_000,
    });
    client = androiddeviceprovisioning({ version: 'v1', auth: credentials, rootUrl: `${world.url}/` });
  });

  afterAll(() => world[Symbol.asyncDispose]());

  async function finished(name: string | null | undefined) {
    for (let read = 0; read < 10; read += 1) {
      const { data } = await client.operations.get({ name: name ?? '' });
      if (data.done === true) return data;
    }
    throw new Error('the operation did not finish');
  }

  test('creates customers and lists them', async () => {
    const created = await client.partners.customers.create({
      parent: `partners/${PARTNER}`,
      requestBody: {
        customer: { companyName: 'Acme', ownerEmails: ['owner@acme.example'], languageCode: 'de' },
      },
    });
    expect(created.data.name).toBe(`partners/${PARTNER}/customers/${created.data.companyId}`);
    expect(created.data.ownerEmails).toBeUndefined();
    const listed = await client.partners.customers.list({ partnerId: PARTNER });
    expect(listed.data.customers?.map(({ companyName }) => companyName)).toEqual(['XYZ Corp', 'Acme']);
    expect(listed.data.totalSize).toBe(2);
  });

  test('claims a batch, polls it to its end, and finds the devices', async () => {
    const started = await client.partners.devices.claimAsync({
      partnerId: PARTNER,
      requestBody: {
        claims: IMEIS.map((imei) => ({
          deviceIdentifier: { imei, manufacturer: 'Google', model: 'Pixel 8' },
          sectionType: ZERO_TOUCH,
          customerId: world.customerId,
          deviceMetadata: { entries: { ordernumber: 'PO-1' } },
        })),
      },
    });
    expect(started.data).toEqual({ name: expect.stringMatching(/^operations\/apibatchoperation\/\d{19}$/) });
    const done = await finished(started.data.name);
    expect(done.response?.['successCount']).toBe(3);
    const found = await client.partners.devices.findByOwner({
      partnerId: PARTNER,
      requestBody: { customerId: [world.customerId], sectionType: ZERO_TOUCH, limit: '2' },
    });
    expect(found.data.devices).toHaveLength(2);
    expect(found.data.totalSize).toBe(3);
    const rest = await client.partners.devices.findByOwner({
      partnerId: PARTNER,
      requestBody: {
        customerId: [world.customerId],
        sectionType: ZERO_TOUCH,
        limit: '2',
        pageToken: found.data.nextPageToken ?? null,
      },
    });
    expect(rest.data.devices?.[0]?.deviceMetadata?.entries).toEqual({ ordernumber: 'PO-1' });
    expect(rest.data.nextPageToken).toBeUndefined();
  });

  test('claims one device, reads it by id, writes its metadata and lets it go', async () => {
    const deviceIdentifier = { serialNumber: 'ZX1G22', manufacturer: 'Motorola', model: 'moto g' };
    const claimed = await client.partners.devices.claim({
      partnerId: PARTNER,
      requestBody: { deviceIdentifier, sectionType: ZERO_TOUCH, customerId: world.customerId },
    });
    const name = claimed.data.deviceName ?? '';
    const deviceId = claimed.data.deviceId ?? '';
    expect(name).toBe(`partners/${PARTNER}/devices/${deviceId}`);
    const metadata = await client.partners.devices.metadata({
      metadataOwnerId: PARTNER,
      deviceId,
      requestBody: { deviceMetadata: { entries: { phonenumber: '+43 1 234' } } },
    });
    expect(metadata.data.entries).toEqual({ phonenumber: '+43 1 234' });
    const device = await client.partners.devices.get({ name });
    expect(device.data).toEqual({
      name,
      deviceId,
      deviceIdentifier,
      deviceMetadata: { entries: { phonenumber: '+43 1 234' } },
      claims: [{ ownerCompanyId: world.customerId, resellerId: PARTNER, sectionType: ZERO_TOUCH }],
    });
    const lock = await client.partners.devices.getSimLockState({
      partnerId: PARTNER,
      requestBody: { deviceIdentifier },
    });
    expect(lock.data.simLockState).toBe('UNLOCKED');
    const gone = await client.partners.devices.unclaim({
      partnerId: PARTNER,
      requestBody: { deviceId, sectionType: ZERO_TOUCH },
    });
    expect(gone.data).toEqual({});
    await expect(client.partners.devices.get({ name })).rejects.toMatchObject({ status: 404 });
  });

  test('updates metadata and unclaims in batches', async () => {
    const deviceIdentifier = { imei: IMEIS[0], manufacturer: 'Google' };
    const updated = await client.partners.devices.updateMetadataAsync({
      partnerId: PARTNER,
      requestBody: { updates: [{ deviceIdentifier, deviceMetadata: { entries: { ordernumber: '' } } }] },
    });
    expect((await finished(updated.data.name)).response?.['successCount']).toBe(1);
    const found = await client.partners.devices.findByIdentifier({
      partnerId: PARTNER,
      requestBody: { deviceIdentifier, limit: '1' },
    });
    expect(found.data.devices?.[0]?.deviceMetadata).toBeUndefined();
    const unclaimed = await client.partners.devices.unclaimAsync({
      partnerId: PARTNER,
      requestBody: { unclaims: [{ deviceIdentifier, sectionType: ZERO_TOUCH }] },
    });
    expect((await finished(unclaimed.data.name)).response?.['successCount']).toBe(1);
  });

  test('lists vendors and their customers', async () => {
    await world.admin('POST', '/vendors', { companyName: 'Branch', companyId: '777' });
    await world.admin('POST', '/customers', {
      companyName: 'Branch customer',
      companyId: '778',
      vendorId: '777',
    });
    const vendors = await client.partners.vendors.list({ parent: `partners/${PARTNER}` });
    expect(vendors.data.vendors?.[0]?.name).toBe(`partners/${PARTNER}/vendors/777`);
    const customers = await client.partners.vendors.customers.list({
      parent: `partners/${PARTNER}/vendors/777`,
    });
    expect(customers.data.customers?.[0]?.name).toBe(`partners/${PARTNER}/vendors/777/customers/778`);
  });

  test('never met a route the simulator lacks', async () => {
    expect(await ledger(world, '?endpoint=unknown')).toEqual([]);
  });
});
