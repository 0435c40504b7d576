import { describe, expect, test } from 'vitest';
import {
  ACCOUNT,
  addLine,
  deleteByIccid,
  deviceList,
  ledger,
  named,
  startWorld,
  stateOf,
  type World,
} from './world.ts';

const ICCID = '85000022411113460014';
const IMEI = '990000560000001';
const NO_ACCESS = 'The user does not have access to delete the device.';
const NOT_DEACTIVATED = 'The device is not in deactivate state.';
const UNKNOWN = 'The device was not found.';

function deletions(world: World) {
  return world.admin('GET', '/deletions').then(({ body }) => body as unknown as Record<string, unknown>[]);
}

function deleteList(world: World, list: string, account = `<nph:AccountName>${ACCOUNT}</nph:AccountName>`) {
  return world.call('DeviceService', 'DeleteDevices', account + list);
}

describe('a deactivated line', () => {
  test.each([
    ['esn', '09005470263', 'Esn'],
    ['iccid', ICCID, 'Iccid'],
    ['imei', IMEI, 'Imei'],
    ['meid', 'A10000009296F1', 'Meid'],
    ['eid', '89049032000000000000000000000001', 'Eid'],
  ])('is deleted by its %s, and stays away', async (kind, value, shown) => {
    await using world = await startWorld();
    await addLine(world, { [kind]: value }, { state: 'deactive' });
    const answer = await deleteList(world, deviceList([kind, value]));
    expect(answer.all('Status')).toEqual(['Success']);
    expect(answer.one('Message')).toBeUndefined();
    expect(answer.one('Kind')).toBe(shown);
    expect(answer.one('Identifier')).toBe(value);
    expect((await world.admin('GET', '/devices')).body).toEqual([]);
    expect((await deleteList(world, deviceList([kind, value]))).one('Message')).toBe(UNKNOWN);
    expect(await deletions(world)).toHaveLength(1);
  });

  test('takes its history along, and frees its identifiers', async () => {
    await using world = await startWorld();
    const before = await addLine(world, { imei: IMEI, iccid: ICCID }, { state: 'deactive' });
    const device = { kind: 'imei', identifier: IMEI };
    await world.admin('POST', '/history/generate', { device, history: 'usage', count: 7 });
    await deleteByIccid(world, ICCID);
    expect(await deletions(world)).toMatchObject([
      { deviceId: before?.deviceId, historyRows: { usage: 7, connection: 0, provisioning: 0 } },
    ]);
    expect((await world.admin('GET', '/history')).body).toEqual([]);
    const after = await addLine(world, { imei: IMEI, iccid: ICCID });
    expect(after?.deviceId).toBeGreaterThan(before?.deviceId ?? Number.POSITIVE_INFINITY);
  });

  test('named by two identifiers is one line; named by those of two lines it is none', async () => {
    await using world = await startWorld();
    await addLine(world, { imei: IMEI, iccid: ICCID }, { state: 'deactive' });
    await addLine(world, { imei: '990000560000002', iccid: '85000022412313460016' }, { state: 'deactive' });
    const mixed = deviceList([
      ['imei', IMEI],
      ['iccid', '85000022412313460016'],
    ]);
    expect((await deleteList(world, mixed)).one('Message')).toBe(UNKNOWN);
    const right = deviceList([
      ['imei', IMEI],
      ['iccid', ICCID],
    ]);
    expect((await deleteList(world, right)).one('Kind')).toBe('Imei');
    expect(await deletions(world)).toHaveLength(1);
  });

  test('named twice in one request is deleted once', async () => {
    await using world = await startWorld();
    await addLine(world, { imei: IMEI, iccid: ICCID }, { state: 'deactive' });
    const answer = await deleteList(world, deviceList(['iccid', ICCID], ['imei', IMEI]));
    expect(answer.all('Status')).toEqual(['Success', 'Failed']);
    expect(await deletions(world)).toHaveLength(1);
  });
});

describe('what is not deleted', () => {
  test.each([
    ['active', NOT_DEACTIVATED],
    ['suspend', NOT_DEACTIVATED],
    ['Pre-active', NOT_DEACTIVATED],
    ['pending deactivation', NOT_DEACTIVATED],
    ['deactive', undefined],
  ])('a line in the state %s: %s', async (state, message) => {
    await using world = await startWorld();
    await addLine(world, { iccid: ICCID }, { state });
    expect((await deleteByIccid(world, ICCID)).one('Message')).toBe(message);
    expect(await stateOf(world, ICCID)).toBe(message === undefined ? undefined : state);
  });

  test('a line of another’s account, or one the login has no right to', async () => {
    await using world = await startWorld();
    await addLine(world, { iccid: '1' }, { state: 'deactive', accountName: 'other' });
    await addLine(world, { iccid: '2' }, { state: 'deactive', deletable: false });
    const list = deviceList(['iccid', '1'], ['iccid', '2']);
    expect((await deleteList(world, list, '<nph:AccountName/>')).all('Message')).toEqual([
      NO_ACCESS,
      NO_ACCESS,
    ]);
    expect(await deletions(world)).toEqual([]);
  });

  test('a line of the login’s that is not in the account named', async () => {
    await using world = await startWorld();
    await world.admin('PATCH', `/users/${world.username}`, { accounts: [ACCOUNT, 'second'] });
    await addLine(world, { iccid: ICCID }, { state: 'deactive', accountName: 'second' });
    expect((await deleteByIccid(world, ICCID)).one('Message')).toBe(UNKNOWN);
    expect((await deleteList(world, deviceList(['iccid', ICCID]), '')).one('Status')).toBe('Success');
  });

  test('nothing at all, when a device is unknown and the knob makes that a fault', async () => {
    await using world = await startWorld({ unknownDevice: 'fault' });
    await addLine(world, { iccid: '1' }, { state: 'deactive' });
    expect((await deleteByIccid(world, '1', '2')).fault).toBe('REQUEST_FAILED.DeviceNotFound');
    expect(await stateOf(world, '1')).toBe('deactive');
  });

  test('nothing at all for 0 or 101 devices; 100 are fine', async () => {
    await using world = await startWorld();
    await world.admin('POST', '/devices/generate', { count: 101, state: 'deactive' });
    const iccids = Array.from({ length: 101 }, (_, serial) => `8914800${String(serial).padStart(13, '0')}`);
    expect((await deleteByIccid(world)).fault).toBe('INPUT_INVALID.NumberofDevices');
    expect((await deleteByIccid(world, ...iccids)).fault).toBe('INPUT_INVALID.NumberofDevices');
    expect(await deletions(world)).toEqual([]);
    const answer = await deleteByIccid(world, ...iccids.slice(1));
    expect(answer.all('Status')).toEqual(Array(100).fill('Success'));
    expect(await deletions(world)).toHaveLength(100);
  });

  test.each([
    ['mdn', '2125550100', 'INPUT_INVALID.Device.Kind.Invalid'],
    ['msisdn', '12125550100', 'INPUT_INVALID.Device.Kind.Invalid'],
    ['serial', '1', 'INPUT_INVALID.Device.Kind.Invalid'],
    ['esn', '9005470263', 'INPUT_INVALID.Device.Identifier.Invalid'],
    ['iccid', '850000224111134600145', 'INPUT_INVALID.Device.Identifier.Invalid'],
    ['imei', '99000056000000A', 'INPUT_INVALID.Device.Identifier.Invalid'],
    ['meid', 'A1000000929', 'INPUT_INVALID.Device.Identifier.Invalid'],
    ['eid', '8904', 'INPUT_INVALID.Device.Identifier.Invalid'],
  ])('%s %s: %s', async (kind, value, fault) => {
    await using world = await startWorld();
    expect((await deleteList(world, deviceList([kind, value]))).fault).toBe(fault);
  });

  test.each([
    ['nobody’s', '9', 'REQUEST_FAILED.AccountNotFound'],
    ['another login’s', 'other', 'REQUEST_FAILED.AccountName'],
  ])('in %s account', async (_whose, account, fault) => {
    await using world = await startWorld();
    await world.admin('POST', '/users', { username: 'stranger', accounts: ['other'] });
    const named = `<nph:AccountName>${account}</nph:AccountName>`;
    expect((await deleteList(world, deviceList(['iccid', ICCID]), named)).fault).toBe(fault);
  });
});

describe('knobs of the reply', () => {
  test.each([
    ['deactivate', NOT_DEACTIVATED],
    ['deactive', 'The device is not in deactive state.'],
  ] as const)('notDeactivatedWording %s', async (notDeactivatedWording, message) => {
    await using world = await startWorld({ notDeactivatedWording });
    await addLine(world, { iccid: ICCID });
    expect((await deleteByIccid(world, ICCID)).one('Message')).toBe(message);
  });

  test.each([
    ['asPrinted', 'Iccid', 'iccId'],
    ['lower', 'iccid', 'iccid'],
    ['upper', 'ICCID', 'ICCID'],
  ] as const)('kindCase %s', async (kindCase, afterDelete, inLists) => {
    await using world = await startWorld({ kindCase });
    await addLine(world, { iccid: ICCID }, { state: 'deactive' });
    const device = `<nph:Device>${named('iccid', ICCID)}</nph:Device>`;
    expect((await world.call('DeviceService', 'GetDeviceInformation', device)).one('Kind')).toBe(inLists);
    expect((await deleteByIccid(world, ICCID)).one('Kind')).toBe(afterDelete);
  });
});

describe('faults of its own', () => {
  test('some devices fail and stay, with the words that were ordered', async () => {
    await using world = await startWorld({ seed: 5 });
    await world.admin('POST', '/devices/generate', { count: 40, state: 'deactive' });
    await world.admin('POST', '/faults', {
      fault: 'partialFailure',
      ratio: 0.5,
      perDeviceStatus: 'Try later.',
    });
    const iccids = Array.from({ length: 40 }, (_, serial) => `8914800${String(serial).padStart(13, '0')}`);
    const answer = await deleteByIccid(world, ...iccids);
    const failed = answer.all('Status').filter((status) => status === 'Failed').length;
    expect(failed).toBeGreaterThan(8);
    expect(failed).toBeLessThan(32);
    expect(answer.all('Message').filter((message) => message === 'Try later.')).toHaveLength(failed);
    expect(await deletions(world)).toHaveLength(40 - failed);
  });

  test('the reply leaves out the last results, though the lines are gone', async () => {
    await using world = await startWorld();
    await world.admin('POST', '/devices/generate', { count: 3, state: 'deactive' });
    await world.admin('POST', '/faults', { fault: 'missingResults', items: 2 });
    const iccids = [0, 1, 2].map((serial) => `8914800${String(serial).padStart(13, '0')}`);
    expect((await deleteByIccid(world, ...iccids)).all('Status')).toEqual(['Success']);
    expect(await deletions(world)).toHaveLength(3);
  });

  test('the reply is lost after the delete', async () => {
    await using world = await startWorld();
    await addLine(world, { iccid: ICCID }, { state: 'deactive' });
    await world.admin('POST', '/faults', { fault: 'dropAfterEffect', match: { endpoint: 'DeleteDevices' } });
    await expect(deleteByIccid(world, ICCID)).rejects.toThrow('fetch failed');
    expect(await stateOf(world, ICCID)).toBeUndefined();
    expect(await ledger(world, '?mutating=true')).toMatchObject([
      { status: 0, fault: 'dropAfterEffect', effect: [{ change: 'deleted' }] },
    ]);
  });
});
