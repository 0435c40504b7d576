import { describe, expect, test } from 'vitest';
import type { SamsungKnoxOptions } from '../../../src/simulators/samsung-knox/start.ts';
import {
  devices,
  failures,
  IMEIS,
  login,
  order,
  RESELLER,
  run,
  startWorld,
  transaction,
  type World,
} from './world.ts';

type DuplicateRow = [SamsungKnoxOptions['duplicates'] & string, string, string, string | undefined, string];

const [PHONE, SECOND, THIRD] = IMEIS;
/** A dual SIM phone of the fixture. */
const DUAL = { imei: '353456000000015', imei2: '353456000000023', serial: 'R5CT1000001' };

function put(world: World, body: unknown, verb = 'upload') {
  return world.api('PUT', `/devices/${verb}`, body);
}

describe('an upload', () => {
  test('is acknowledged first, then visible, then complete, then listed', async () => {
    await using world = await startWorld();
    const body = order([PHONE], { orderNo: 'PO-1', orderTime: '1767225600', targetService: 'KME' });
    const id = body['transactionId'] as string;
    const ack = await put(world, body);
    expect([ack.status, ack.body]).toEqual([
      200,
      { transactionId: id, state: 'Progress', code: 2000000, message: 'SUCCESS' },
    ]);
    expect(await transaction(world, id)).toEqual({});
    await world.advance(500);
    const shown = { transactionId: id, type: 'Put', operationType: 'UPLOAD', orderNo: 'PO-1' };
    expect(await transaction(world, id)).toEqual({ ...shown, state: 'Progress' });
    await world.advance(1_500);
    expect(await transaction(world, id)).toEqual({ ...shown, state: 'Complete' });
    expect(await devices(world)).toEqual([]);
    await world.advance(1_000);
    expect(await devices(world)).toMatchObject([{ mei: PHONE, customerId: '4001', state: 'Pending' }]);
  });

  test('names failed devices only, and goes on with the others', async () => {
    await using world = await startWorld();
    const shown = await run(world, 'upload', [PHONE, '123', SECOND]);
    expect(shown).toMatchObject({
      state: 'Complete',
      devices: [{ imei: '123', code: 40000007, message: 'DEVICE_IMEI_INVALID', data: null }],
    });
    expect(await devices(world)).toMatchObject([{ mei: PHONE }, { mei: SECOND }]);
  });

  test('shows failures already known while it is at work', async () => {
    await using world = await startWorld();
    const body = order(['1', PHONE, SECOND, '2']);
    await put(world, body);
    await world.advance(1_000);
    const half = await transaction(world, body['transactionId'] as string);
    expect([half['state'], failures(half)]).toEqual(['Progress', { 1: 'DEVICE_IMEI_INVALID' }]);
  });

  test.each([
    ['IMEI', '49015420323751', 'DEVICE_IMEI_INVALID', 'no check digit'],
    ['IMEI', '490154203237519', 'DEVICE_IMEI_INVALID', 'a wrong check digit'],
    ['IMEI', '4901542032375180', 'DEVICE_IMEI_INVALID', 'an IMEISV'],
    ['MEID', '10000000002329', 'DEVICE_MEID_INVALID', 'a first byte below A0'],
    ['MEID', '268435456099999999', 'DEVICE_MEID_INVALID', 'more than 24 bits'],
    ['SN', 'R5CT-000001', 'DEVICE_SERIAL_INVALID', 'a dash'],
    ['SN', 'R'.repeat(21), 'DEVICE_SERIAL_INVALID', 'too long'],
  ])('refuses the %s %s as %s: %s', async (type, device, code) => {
    await using world = await startWorld();
    expect(failures(await run(world, 'upload', [device], { type }))).toEqual({ [device]: code });
    expect(failures(await run(world, 'delete', [device], { type }))).toEqual({ [device]: code });
  });

  test('takes a MEID in either form and a serial number; lists show the decimal form', async () => {
    await using world = await startWorld();
    const meid = await run(world, 'upload', ['A0000000002329'], { type: 'MEID' });
    const again = await run(world, 'upload', ['268435456000009001'], { type: 'MEID' });
    await run(world, 'upload', ['R52W1000001'], { type: 'SN' });
    expect([failures(meid), failures(again)]).toEqual([{}, { '268435456000009001': 'DEVICE_DUPLICATE' }]);
    const [phone, tablet] = await devices(world);
    expect(phone).toMatchObject({ meid: '268435456000009001' });
    expect(phone).not.toHaveProperty('mei');
    expect(tablet).toMatchObject({ serialNumber: 'R52W1000001' });
  });

  test('of what Samsung does not recognise ends as DEVICE_INVALID', async () => {
    await using world = await startWorld();
    await world.admin('POST', '/mpts', { devices: [SECOND, DUAL.serial] });
    const shown = await run(world, 'upload', [PHONE, SECOND, DUAL.imei, DUAL.imei2]);
    expect(failures(shown)).toEqual({
      [SECOND]: 'DEVICE_INVALID',
      [DUAL.imei]: 'DEVICE_INVALID',
      [DUAL.imei2]: 'DEVICE_INVALID',
    });
  });

  test('begins the association with the customer', async () => {
    await using world = await startWorld();
    const path = `/customers/list?resellerId=${RESELLER}`;
    expect((await world.api('GET', path)).body['totalCount']).toBe(0);
    await put(world, order([PHONE]), 'delete');
    expect((await world.api('GET', path)).body['totalCount']).toBe(0);
    await put(world, order([PHONE]));
    expect((await world.api('GET', path)).body).toMatchObject({
      totalCount: 1,
      customers: [{ customerId: '4001' }],
    });
  });
});

describe('duplicates', () => {
  test.each([
    ['error2025', '4001', RESELLER, 'DEVICE_DUPLICATE', 'even our own customer’s, since 25.11'],
    ['error2025', '4002', RESELLER, 'DEVICE_DUPLICATE', 'another customer’s'],
    ['error2025', '4002', '777', 'DEVICE_DUPLICATE', 'another reseller’s'],
    ['silent2023', '4001', RESELLER, undefined, 'skipped without a word'],
    ['silent2023', '4002', RESELLER, 'DEVICE_DUPLICATE', 'another customer’s'],
    ['silent2023', '4001', '777', 'DEVICE_DUPLICATE', 'another reseller’s'],
    ['errorPre2023', '4001', RESELLER, 'DEVICE_DUPLICATE', 'an error before 23.12'],
    ['errorPre2023', '4002', RESELLER, 'DEVICE_DUPLICATE', 'another customer’s'],
  ] as DuplicateRow[])(
    'under %s a device of customer %s at %s: %s, %s',
    async (duplicates, customerId, resellerId, code) => {
      await using world = await startWorld({ duplicates });
      await world.admin('POST', '/devices', { device: PHONE, customerId, resellerId });
      const shown = await run(world, 'upload', [PHONE, SECOND]);
      expect(failures(shown)).toEqual(code === undefined ? {} : { [PHONE]: code });
      const held = (await devices(world)).filter(({ mei }) => mei === PHONE);
      expect(held.map((one) => one['customerId'])).toEqual(resellerId === RESELLER ? [customerId] : []);
      expect(await devices(world)).toContainEqual(
        expect.objectContaining({ mei: SECOND, customerId: '4001' }),
      );
    },
  );

  test('either IMEI of a dual SIM phone registers it, and the other then exists already', async () => {
    await using world = await startWorld();
    expect(failures(await run(world, 'upload', [DUAL.imei2]))).toEqual({});
    expect(failures(await run(world, 'upload', [DUAL.imei]))).toEqual({ [DUAL.imei]: 'DEVICE_DUPLICATE' });
    expect(await devices(world)).toMatchObject([{ mei: DUAL.imei, serialNumber: DUAL.serial }]);
    const bySerial = await run(world, 'upload', [DUAL.serial], { type: 'SN' });
    expect(failures(bySerial)).toEqual({ [DUAL.serial]: 'DEVICE_DUPLICATE' });
  });

  test('a phone named twice in one upload is registered once and fails once', async () => {
    await using world = await startWorld();
    const shown = await run(world, 'upload', [DUAL.imei, PHONE, DUAL.imei2]);
    expect(failures(shown)).toEqual({ [DUAL.imei2]: 'DEVICE_DUPLICATE' });
    expect(await devices(world)).toHaveLength(2);
  });

  test('a device moves to another customer by delete and upload', async () => {
    await using world = await startWorld();
    await run(world, 'upload', [PHONE]);
    await run(world, 'delete', [PHONE]);
    expect(failures(await run(world, 'upload', [PHONE], { customerId: '4002' }))).toEqual({});
    expect(await devices(world)).toMatchObject([{ mei: PHONE, customerId: '4002' }]);
  });
});

describe('a delete', () => {
  test('takes devices by any of their identifiers, once', async () => {
    await using world = await startWorld();
    await run(world, 'upload', [DUAL.imei, PHONE]);
    const shown = await run(world, 'delete', [DUAL.imei2, PHONE]);
    expect(shown).toMatchObject({ state: 'Complete', type: 'Delete', operationType: 'DELETE' });
    expect(shown).not.toHaveProperty('devices');
    expect(await devices(world)).toEqual([]);
    const again = await run(world, 'delete', [PHONE]);
    expect(again).toMatchObject({
      devices: [{ imei: PHONE, code: 40000044, message: 'RESELLER_CUSTOMER_DEVICE_NOT_FOUND' }],
    });
  });

  test.each([
    ['for another customer', { customerId: '4002', resellerId: RESELLER }],
    ['at another reseller', { customerId: '4001', resellerId: '777' }],
  ])('of a device registered %s fails and changes nothing', async (_why, holder) => {
    await using world = await startWorld();
    await world.admin('POST', '/devices', { device: PHONE, ...holder });
    const shown = await run(world, 'delete', [PHONE]);
    expect(failures(shown)).toEqual({ [PHONE]: 'RESELLER_CUSTOMER_DEVICE_NOT_FOUND' });
    const state = (await world.admin('GET', '/state')).body['store'] as { devices: object[] };
    expect(state.devices).toMatchObject([holder]);
  });

  test('shows in the list only a while after it is complete', async () => {
    await using world = await startWorld();
    await run(world, 'upload', [PHONE]);
    await put(world, order([PHONE]), 'delete');
    await world.advance(2_999);
    expect(await devices(world)).toHaveLength(1);
    await world.advance(1);
    expect(await devices(world)).toHaveLength(0);
  });

  test('by removeTransactionId undoes one upload, and nothing that came later', async () => {
    await using world = await startWorld();
    const upload = await run(world, 'upload', [PHONE, SECOND, '123']);
    await run(world, 'upload', [THIRD]);
    await run(world, 'delete', [SECOND]);
    await run(world, 'upload', [SECOND]);
    const undo = { type: undefined, devices: undefined, removeTransactionId: upload['transactionId'] };
    const shown = await run(world, 'delete', [], undo);
    expect(failures(shown)).toEqual({ [SECOND]: 'RESELLER_CUSTOMER_DEVICE_NOT_FOUND' });
    expect((await devices(world)).map(({ mei }) => mei)).toEqual([THIRD, SECOND]);
  });

  test('by removeTransactionId of an upload that failed altogether has nothing to do, and takes its time', async () => {
    await using world = await startWorld();
    const { transactionId } = await run(world, 'upload', ['1']);
    const undo = { type: undefined, devices: undefined, removeTransactionId: transactionId };
    await put(world, order([], { ...undo, transactionId: 'undo' }), 'delete');
    await world.advance(1_999);
    expect((await transaction(world, 'undo'))['state']).toBe('Progress');
    await world.advance(1);
    expect((await transaction(world, 'undo'))['state']).toBe('Complete');
  });

  test('cannot be undone by removeTransactionId', async () => {
    await using world = await startWorld();
    const { transactionId } = await run(world, 'delete', [PHONE]);
    const undo = { type: undefined, devices: undefined, removeTransactionId: transactionId };
    const refused = await put(world, order([], undo), 'delete');
    expect(refused.body).toMatchObject({ state: 'Rejected', message: 'TRANSACTION_ID_INVALID' });
  });

  test('by removeTransactionId takes a phone that the upload named twice', async () => {
    await using world = await startWorld();
    const { transactionId } = await run(world, 'upload', [PHONE, PHONE]);
    const undo = { type: undefined, devices: undefined, removeTransactionId: transactionId };
    expect(failures(await run(world, 'delete', [], undo))).toEqual({});
    expect(await devices(world)).toEqual([]);
  });

  test('by removeTransactionId for the wrong customer takes nothing', async () => {
    await using world = await startWorld();
    const { transactionId } = await run(world, 'upload', [PHONE]);
    const undo = { type: undefined, devices: undefined, removeTransactionId: transactionId };
    const shown = await run(world, 'delete', [], { ...undo, customerId: '4002' });
    expect(failures(shown)).toEqual({ [PHONE]: 'RESELLER_CUSTOMER_DEVICE_NOT_FOUND' });
    expect(await devices(world)).toHaveLength(1);
  });
});

describe('a rejection', () => {
  test.each([
    ['upload', { resellerId: undefined }, 400, 4002101, 'RESELLER_ID_MISSING'],
    ['upload', { resellerId: 2345678901 }, 400, 4002101, 'RESELLER_ID_MISSING'],
    ['upload', { resellerId: '42' }, 403, 40300000, 'AUTHORIZATION_FAIL'],
    ['upload', { transactionId: undefined }, 400, 40000013, 'TRANSACTION_ID_INVALID'],
    ['upload', { transactionId: 'two words' }, 400, 40000013, 'TRANSACTION_ID_INVALID'],
    ['upload', { transactionId: 'x'.repeat(65) }, 400, 40000013, 'TRANSACTION_ID_INVALID'],
    ['upload', { customerId: undefined }, 400, 40000011, 'CUSTOMER_ID_INVALID'],
    ['upload', { customerId: 4001 }, 400, 40000011, 'CUSTOMER_ID_INVALID'],
    ['upload', { customerId: '4009' }, 404, 4042104, 'CUSTOMER_NOT_FOUND'],
    ['delete', { customerId: '4009' }, 404, 4042104, 'CUSTOMER_NOT_FOUND'],
    ['upload', { vendorId: '9' }, 404, 40400003, 'VENDOR_NOT_FOUND'],
    ['upload', { type: 'imei' }, 400, 40000000, 'RESOURCE_INVALID_PARAM'],
    ['upload', { devices: [] }, 400, 40000000, 'RESOURCE_INVALID_PARAM'],
    ['upload', { devices: PHONE }, 400, 40000000, 'RESOURCE_INVALID_PARAM'],
    ['upload', { devices: [490154203237518] }, 400, 40000006, 'DEVICE_ID_INVALID'],
    ['upload', { orderNo: 4711 }, 400, 40000000, 'RESOURCE_INVALID_PARAM'],
    ['upload', { orderTime: 'today' }, 400, 40000000, 'RESOURCE_INVALID_PARAM'],
    [
      'upload',
      { profileAliases: [{ alias: 'none', service: 'KME' }] },
      400,
      40000000,
      'RESOURCE_INVALID_PARAM',
    ],
    ['upload', { orderNumber: 'PO' }, 400, 40000000, 'RESOURCE_INVALID_PARAM'],
    ['delete', { vendorId: 'v-1' }, 400, 40000000, 'RESOURCE_INVALID_PARAM'],
    ['delete', { orderNo: 'PO' }, 400, 40000000, 'RESOURCE_INVALID_PARAM'],
    ['delete', { removeTransactionId: 'never' }, 400, 40000000, 'RESOURCE_INVALID_PARAM'],
    ['delete', { devices: undefined }, 400, 40000000, 'RESOURCE_INVALID_PARAM'],
    [
      'delete',
      { removeTransactionId: 'never', devices: undefined, type: undefined },
      400,
      40000013,
      'TRANSACTION_ID_INVALID',
    ],
  ])('of an %s with %j: %i %i', async (verb, spoilt, status, code, message) => {
    await using world = await startWorld();
    const body = order([PHONE], spoilt);
    const answer = await put(world, body, verb);
    expect(answer.status).toBe(status);
    const { transactionId } = body;
    expect(answer.body).toEqual({
      ...(transactionId === undefined ? {} : { transactionId }),
      state: 'Rejected',
      code,
      message,
      data: null,
    });
    await world.advance(10_000);
    expect(await devices(world)).toEqual([]);
    expect((await world.admin('GET', '/operations')).body).toEqual([]);
  });

  test.each([
    [{ unknownCustomerStatus: 200 }, 200, 4042104],
    [{ rejectionCodes: 'gen2' }, 404, 40400002],
  ] as [SamsungKnoxOptions, number, number][])(
    'of an unknown customer under %j',
    async (knob, status, code) => {
      await using world = await startWorld(knob);
      const answer = await put(world, order([PHONE], { customerId: '4009' }));
      expect([answer.status, answer.body['state'], answer.body['code']]).toEqual([status, 'Rejected', code]);
    },
  );

  test('of another reseller’s vendor, and of a profile alias without its service', async () => {
    await using world = await startWorld();
    await world.admin('POST', '/vendors', { vendorId: 'v-1', resellerId: '777' });
    const vendor = await put(world, order([PHONE], { vendorId: 'v-1' }));
    expect(vendor.body['message']).toBe('VENDOR_NOT_FOUND');
    await world.admin('PATCH', '/customers/4001', { profileAliases: ['kiosk'] });
    const alias = await put(world, order([PHONE], { profileAliases: [{ alias: 'kiosk' }] }));
    expect(alias.body['message']).toBe('RESOURCE_INVALID_PARAM');
  });

  test('of a body that is no JSON object', async () => {
    await using world = await startWorld();
    expect((await put(world, [])).body).toMatchObject({ state: 'Rejected', code: 40000000 });
  });

  test('of more devices than the limit, as a whole', async () => {
    await using world = await startWorld();
    const many = Array.from({ length: 10_001 }, () => PHONE);
    const refused = await put(world, order(many));
    expect([refused.status, refused.body['code']]).toEqual([400, 40000003]);
    expect((await put(world, order(many), 'delete')).body['code']).toBe(40000003);
    expect((await put(world, order(many.slice(1)))).status).toBe(200);
    await using wide = await startWorld({ maxDevicesPerRequest: 100_000 });
    expect((await put(wide, order(many))).status).toBe(200);
  });
});

describe('a transaction id', () => {
  test('can be used once, for uploads and deletes together', async () => {
    await using world = await startWorld();
    const body = order([PHONE]);
    await put(world, body);
    for (const verb of ['upload', 'delete']) {
      const again = await put(world, body, verb);
      expect([again.status, again.body['state'], again.body['code']]).toEqual([400, 'Rejected', 40000014]);
    }
    await world.advance(10_000);
    expect(await devices(world)).toHaveLength(1);
  });

  test.each([
    [true, 40000014],
    [false, 2000000],
  ])('of a rejected request is used up: %s', async (rejectionUsesTransactionId, code) => {
    await using world = await startWorld({ rejectionUsesTransactionId });
    const body = order([PHONE]);
    await put(world, { ...body, customerId: '4009' });
    expect((await put(world, body)).body['code']).toBe(code);
  });

  test('belongs to its reseller: another one may use the same, and sees its own only', async () => {
    await using world = await startWorld();
    const made = await world.admin('POST', '/oauth-clients', { resellerId: '777' });
    const client = made.body as unknown as World['client'];
    const token = (await login(world.url, client)).body['access_token'] as string;
    const headers = { authorization: `Bearer ${token}` };
    const body = order([PHONE]);
    await put(world, body);
    const other = { ...body, resellerId: '777', devices: [SECOND] };
    expect((await world.api('PUT', '/devices/upload', other, headers)).body['state']).toBe('Progress');
    await world.advance(10_000);
    const seen = await world.api('GET', '/devices?resellerId=777', undefined, headers);
    expect(seen.body['devices']).toMatchObject([{ mei: SECOND }]);
    expect(await devices(world)).toMatchObject([{ mei: PHONE }]);
    const status = await world.api('GET', '/devices/status?resellerId=777', undefined, headers);
    expect(status.body['devices']).toMatchObject({ totalCount: 1 });
  });
});

describe('codes', () => {
  test.each([
    ['asInSamples', 'number', 'string'],
    ['numbers', 'number', 'number'],
    ['strings', 'string', 'string'],
  ] as const)(
    'under %s are a %s in acknowledgements and a %s in the device list',
    async (codes, inAck, inList) => {
      await using world = await startWorld({ codes });
      const ack = await put(world, order([PHONE]));
      const list = await world.api('GET', `/devices?resellerId=${RESELLER}`);
      const error = await world.api('GET', '/devices');
      const kinds = [ack, list, error].map(({ body }) => typeof body['code']);
      expect(kinds).toEqual([inAck, inList, inAck]);
    },
  );

  test('under mixed are now a string, now a number', async () => {
    await using world = await startWorld({ codes: 'mixed' });
    const shown = await run(
      world,
      'upload',
      Array.from({ length: 40 }, (_, index) => `${index}`),
    );
    const kinds = (shown['devices'] as { code: unknown }[]).map(({ code }) => typeof code);
    expect(new Set(kinds)).toEqual(new Set(['string', 'number']));
  });
});
