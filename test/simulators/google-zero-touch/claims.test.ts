import { describe, expect, test } from 'vitest';
import { claimOf, IMEIS, ownerOf, runBatch, startWorld, statuses, type World, ZERO_TOUCH } from './world.ts';

const [PHONE, OTHER_PHONE] = IMEIS;
const PHONE_ID = { imei: PHONE, manufacturer: 'Google' };
const STRANGER = '9999999999';

/** A customer of ours beside the first one. */
async function secondCustomer(world: World): Promise<string> {
  await world.admin('POST', '/customers', { companyName: 'Second', companyId: '55502' });
  return '55502';
}

async function strangerHolds(world: World, imei: string): Promise<void> {
  await world.admin('POST', '/devices', {
    deviceIdentifier: { imei, manufacturer: 'Google' },
    customerId: '31337',
    resellerId: STRANGER,
  });
}

describe('which identifiers are accepted', () => {
  test.each([
    ['an IMEI and its manufacturer', { imei: PHONE, manufacturer: 'Google' }, 200],
    ['a MEID and its manufacturer', { meid: 'A0000000002329', manufacturer: 'Samsung' }, 200],
    [
      'serial, manufacturer and model',
      { serialNumber: 'ZX1G22', manufacturer: 'Motorola', model: 'moto g' },
      200,
    ],
    ['two IMEIs', { imei: PHONE, imei2: OTHER_PHONE, manufacturer: 'Google' }, 200],
    ['an IMEI whose check digit is wrong', { imei: '490154203237519', manufacturer: 'Google' }, 400],
    ['an IMEI of 14 digits', { imei: '49015420323751', manufacturer: 'Google' }, 400],
    ['an IMEI of 16 digits', { imei: '4901542032375180', manufacturer: 'Google' }, 400],
    ['a second IMEI whose check digit is wrong', { imei: PHONE, imei2: '1', manufacturer: 'Google' }, 400],
    ['a MEID that begins below A0', { meid: '10000000002329', manufacturer: 'Samsung' }, 400],
    ['an IMEI alone', { imei: PHONE }, 400],
    ['a manufacturer in other letters', { imei: PHONE, manufacturer: 'google' }, 400],
    [
      'a manufacturer named like a property of every object',
      { imei: PHONE, manufacturer: 'constructor' },
      400,
    ],
    ['a model of another manufacturer', { imei: PHONE, manufacturer: 'Google', model: 'moto g' }, 400],
    ['a serial number without a model', { serialNumber: 'ZX1G22', manufacturer: 'Motorola' }, 400],
    ['nothing', {}, 400],
    ['a ChromeOS device', { ...PHONE_ID, deviceType: 'DEVICE_TYPE_CHROME_OS' }, 400],
  ])('%s', async (_, deviceIdentifier, code) => {
    await using world = await startWorld();
    const claim = { deviceIdentifier, sectionType: ZERO_TOUCH, customerId: world.customerId };
    const answer = await world.api('devices:claim', claim);
    expect(answer.status).toBe(code);
    if (code !== 400) return;
    expect(answer.body['error']).toMatchObject({ code: 400, status: 'INVALID_ARGUMENT' });
    expect(statuses(await runBatch(world, 'devices:claimAsync', { claims: [claim] }))).toEqual([
      'INVALID_DEVICE_IDENTIFIER',
    ]);
  });

  test('the manufacturer may be left out where the knob says so', async () => {
    await using world = await startWorld({ manufacturerWithImei: 'optional' });
    const claim = {
      deviceIdentifier: { imei: PHONE },
      sectionType: ZERO_TOUCH,
      customerId: world.customerId,
    };
    expect((await world.api('devices:claim', claim)).status).toBe(200);
  });

  test('the list of manufacturers and models can be replaced', async () => {
    await using world = await startWorld({ catalog: { Own: ['One'] } });
    const own = { imei: PHONE, manufacturer: 'Own', model: 'One' };
    const claim = { deviceIdentifier: own, sectionType: ZERO_TOUCH, customerId: world.customerId };
    expect((await world.api('devices:claim', claim)).status).toBe(200);
    expect((await world.api('devices:claim', claimOf(OTHER_PHONE, world.customerId))).status).toBe(400);
  });
});

describe('who holds a device', () => {
  test('the same customer may claim it again and gets the same id', async () => {
    await using world = await startWorld();
    const claim = claimOf(PHONE, world.customerId);
    const first = await world.api('devices:claim', claim);
    expect(first.body['deviceId']).toMatch(/^\d{16}$/);
    expect((await world.api('devices:claim', claim)).body).toEqual(first.body);
    const again = await runBatch(world, 'devices:claimAsync', { claims: [claim] });
    expect(again.body['response']).toMatchObject({
      successCount: 1,
      perDeviceStatus: [{ result: { deviceId: first.body['deviceId'] } }],
    });
  });

  test('another customer of ours, or of another reseller, is not disturbed', async () => {
    await using world = await startWorld();
    const second = await secondCustomer(world);
    await world.api('devices:claim', claimOf(PHONE, world.customerId));
    await strangerHolds(world, OTHER_PHONE);
    for (const imei of [PHONE, OTHER_PHONE]) {
      const refused = await world.api('devices:claim', claimOf(imei, second));
      expect(refused.status).toBe(400);
      expect(refused.body['error']).toMatchObject({ status: 'FAILED_PRECONDITION' });
    }
    const claims = [claimOf(PHONE, second), claimOf(OTHER_PHONE, second), claimOf(IMEIS[2], second)];
    const batch = await runBatch(world, 'devices:claimAsync', { claims });
    expect(statuses(batch)).toEqual(['SECTION_NOT_YOURS', 'SECTION_NOT_YOURS', 'SUCCESS']);
    expect(await ownerOf(world, PHONE)).toBe(world.customerId);
  });

  test('the refusal of a synchronous claim is a knob', async () => {
    await using world = await startWorld({ heldElsewhere: 'PERMISSION_DENIED' });
    await strangerHolds(world, PHONE);
    const refused = await world.api('devices:claim', claimOf(PHONE, world.customerId));
    expect(refused.status).toBe(403);
    expect(refused.body['error']).toMatchObject({ status: 'PERMISSION_DENIED' });
  });

  test('each section has its own holder', async () => {
    await using world = await startWorld();
    const second = await secondCustomer(world);
    await world.api('devices:claim', claimOf(PHONE, world.customerId));
    const lock = claimOf(PHONE, second, { sectionType: 'SECTION_TYPE_SIM_LOCK' });
    expect((await world.api('devices:claim', lock)).status).toBe(200);
    const state = await world.api('devices:getSimLockState', { deviceIdentifier: PHONE_ID });
    expect(state.body).toEqual({ simLockState: 'LOCKED_TO_PARTNER' });
    await world.api('devices:unclaim', { deviceIdentifier: PHONE_ID, sectionType: ZERO_TOUCH });
    const found = await world.api('devices:findByIdentifier', { deviceIdentifier: PHONE_ID, limit: '1' });
    expect(found.body['devices']).toMatchObject([{ claims: [{ ownerCompanyId: second }] }]);
  });

  test('only its holder’s reseller can release it', async () => {
    await using world = await startWorld();
    await strangerHolds(world, PHONE);
    const unclaim = { deviceIdentifier: PHONE_ID, sectionType: ZERO_TOUCH };
    expect((await world.api('devices:unclaim', unclaim)).status).toBe(404);
    const batch = await runBatch(world, 'devices:unclaimAsync', { unclaims: [unclaim] });
    expect(statuses(batch)).toEqual(['SECTION_NOT_YOURS']);
    const retry = await world.api('devices:claim', claimOf(PHONE, world.customerId));
    expect(retry.body['error']).toMatchObject({ status: 'FAILED_PRECONDITION' });
  });

  test('an unclaim empties the metadata, and a second one finds nothing to do', async () => {
    await using world = await startWorld();
    const claim = claimOf(PHONE, world.customerId, { deviceMetadata: { entries: { ordernumber: 'PO-1' } } });
    const { body } = await world.api('devices:claim', claim);
    const unclaim = { deviceId: body['deviceId'], sectionType: ZERO_TOUCH };
    const released = await world.api('devices:unclaim', unclaim);
    expect(released.text).toBe('{}');
    expect((await world.api('devices:unclaim', unclaim)).status).toBe(404);
    await world.api('devices:claim', claimOf(PHONE, world.customerId));
    const device = await world.api(`devices/${String(body['deviceId'])}`);
    expect(device.status).toBe(200);
    expect(device.body).not.toHaveProperty('deviceMetadata');
  });

  test('a typo is mended by unclaim and claim', async () => {
    await using world = await startWorld();
    const claim = (serialNumber: string) => ({
      deviceIdentifier: { ...PHONE_ID, serialNumber },
      sectionType: ZERO_TOUCH,
      customerId: world.customerId,
    });
    const serialOf = async () => {
      const found = await world.api('devices:findByIdentifier', {
        deviceIdentifier: { imei: PHONE },
        limit: '1',
      });
      return (found.body['devices'] as { deviceIdentifier: { serialNumber: string } }[])[0]?.deviceIdentifier;
    };
    await world.api('devices:claim', claim('TPYO'));
    await world.api('devices:claim', claim('TYPO'));
    expect((await serialOf())?.serialNumber).toBe('TPYO');
    await world.api('devices:unclaim', { deviceIdentifier: PHONE_ID, sectionType: ZERO_TOUCH });
    await world.api('devices:claim', claim('TYPO'));
    expect((await serialOf())?.serialNumber).toBe('TYPO');
  });
});

describe('what else a claim is refused for', () => {
  test.each([
    ['no section type', { sectionType: undefined }, 400, 'INVALID_SECTION_TYPE'],
    [
      'the unspecified section type',
      { sectionType: 'SECTION_TYPE_UNSPECIFIED' },
      400,
      'INVALID_SECTION_TYPE',
    ],
    ['no customer', { customerId: undefined }, 400, 'OTHER_ERROR'],
    ['a customer nobody knows', { customerId: '1' }, 404, 'PERMISSION_DENIED'],
    ['a customer of another reseller', { customerId: '31337' }, 403, 'PERMISSION_DENIED'],
    [
      'a metadata key Android has not',
      { deviceMetadata: { entries: { colour: 'red' } } },
      400,
      'OTHER_ERROR',
    ],
    ['a ChromeOS customer', { googleWorkspaceCustomerId: 'C01' }, 400, 'OTHER_ERROR'],
    ['a SIM-lock profile outside its section', { simlockProfileId: '7' }, 400, 'INVALID_SECTION_TYPE'],
  ])('%s', async (_, spoilt, code, status) => {
    await using world = await startWorld();
    await world.admin('POST', '/customers', {
      companyName: 'Theirs',
      companyId: '31337',
      resellerId: STRANGER,
    });
    const claim = claimOf(PHONE, world.customerId, spoilt);
    expect((await world.api('devices:claim', claim)).status).toBe(code);
    expect(statuses(await runBatch(world, 'devices:claimAsync', { claims: [claim] }))).toEqual([status]);
    expect(await ownerOf(world, PHONE)).toBeUndefined();
  });

  test('an unknown customer fails the whole batch where the knob says so', async () => {
    await using world = await startWorld({ unknownCustomerInBatch: 'request' });
    const claims = [claimOf(PHONE, world.customerId), claimOf(OTHER_PHONE, '1')];
    expect((await world.api('devices:claimAsync', { claims })).status).toBe(404);
    expect(await ownerOf(world, PHONE)).toBeUndefined();
  });

  test('a field the vendor does not have is refused by name, at any depth', async () => {
    await using world = await startWorld();
    const claim = claimOf(PHONE, world.customerId, { deviceIdentifier: { ...PHONE_ID, imie: '1' } });
    for (const [path, body] of [
      ['devices:claim', claim],
      ['devices:claimAsync', { claims: [claim] }],
    ] as const) {
      const refused = await world.api(path, body);
      expect(refused.status).toBe(400);
      expect(refused.text).toContain('imie');
    }
  });
});

describe('metadata', () => {
  async function metadataOf(world: World, deviceId: string, entries: object) {
    return world.api(`devices/${deviceId}/metadata`, { deviceMetadata: { entries } });
  }

  async function claimed(world: World): Promise<string> {
    return (await world.api('devices:claim', claimOf(PHONE, world.customerId))).body['deviceId'] as string;
  }

  test('given keys are set, an empty value removes its key, others stay', async () => {
    await using world = await startWorld();
    const id = await claimed(world);
    await metadataOf(world, id, { ordernumber: 'PO-1', phonenumber: '+43' });
    expect((await metadataOf(world, id, { phonenumber: '' })).body).toEqual({
      entries: { ordernumber: 'PO-1' },
    });
    expect((await metadataOf(world, id, { ordernumber: '' })).text).toBe('{}');
  });

  test.each([
    ['reject', 400, undefined],
    ['accept', 200, { entries: { colour: 'red' } }],
    ['drop', 200, {}],
  ] as const)('an unknown key under the knob %s', async (unknownMetadataKeys, code, body) => {
    await using world = await startWorld({ unknownMetadataKeys });
    const answer = await metadataOf(world, await claimed(world), { colour: 'red' });
    expect(answer.status).toBe(code);
    if (body !== undefined) expect(answer.body).toEqual(body);
  });

  test('a device we do not hold has none for us', async () => {
    await using world = await startWorld();
    await strangerHolds(world, PHONE);
    const update = { deviceIdentifier: PHONE_ID, deviceMetadata: { entries: { ordernumber: 'PO-1' } } };
    const batch = await runBatch(world, 'devices:updateMetadataAsync', { updates: [update] });
    expect(statuses(batch)).toEqual(['PERMISSION_DENIED']);
    expect((await metadataOf(world, '1', { ordernumber: 'PO-1' })).status).toBe(404);
  });
});
