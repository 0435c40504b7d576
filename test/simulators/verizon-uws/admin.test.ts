import { describe, expect, test } from 'vitest';
import { startVerizonUws } from '../../../src/simulators/verizon-uws/start.ts';
import {
  ACCOUNT,
  addLine,
  change,
  DEACTIVATE,
  deleteByIccid,
  ledger,
  MINUTE_MS,
  startWorld,
  stateOf,
  type World,
} from './world.ts';

const ICCID = '85000022411113460014';
const DEVICE = { kind: 'iccid', identifier: ICCID };

function drift(world: World, kind: string, more: object = {}) {
  return world.admin('POST', '/drift', { kind, device: DEVICE, ...more });
}

describe('the admin face', () => {
  test('explains itself', async () => {
    await using world = await startWorld();
    const help = (await world.admin('GET', '/')).text;
    for (const route of [
      'POST /users',
      'POST /devices',
      'POST /drift',
      'GET /deletions',
      'GET /ledger',
      'PUT /state',
    ])
      expect(help).toContain(route);
  });

  test('is not reachable through the vendor’s face', async () => {
    await using world = await startWorld();
    for (const path of ['/ledger', '/state', '/']) expect((await fetch(world.url + path)).status).toBe(404);
  });

  test.each([
    ['POST', '/devices', { identifiers: {} }, 400],
    ['POST', '/devices', { identifiers: { iccid: 'x' } }, 400],
    ['POST', '/devices', { identifiers: { serial: '1' } }, 400],
    ['POST', '/devices', { identifiers: { iccid: ICCID } }, 409],
    ['POST', '/devices', { identifiers: { iccid: '1' }, state: 'asleep' }, 400],
    ['POST', '/devices', { identifiers: { iccid: '1' }, createdAt: 'soon' }, 400],
    ['POST', '/devices', { identifiers: { iccid: '1' }, customFields: { Other: 'x' } }, 400],
    ['POST', '/devices', { identifiers: { iccid: '1' }, accountName: 1 }, 400],
    ['POST', '/devices/generate', { count: -1 }, 400],
    ['POST', '/drift', { kind: 'earthquake', device: DEVICE }, 400],
    ['POST', '/drift', { kind: 'deleted', device: { kind: 'iccid', identifier: '1' } }, 404],
    ['POST', '/drift', { kind: 'stateChanges', device: DEVICE }, 400],
    ['POST', '/drift', { kind: 'comesBack', identifiers: { iccid: '1' } }, 404],
    ['POST', '/drift', { kind: 'movesAccount', device: DEVICE }, 400],
    ['POST', '/history/generate', { device: DEVICE, history: 'weather' }, 400],
    ['POST', '/users', { accounts: 'one' }, 400],
    ['PATCH', '/users/nobody', {}, 404],
    ['POST', '/sessions', { username: 'nobody' }, 404],
    ['POST', '/sessions', { username: 'operator', token: 'short' }, 400],
    ['PUT', '/state', { version: 2 }, 400],
    ['GET', '/nothing', undefined, 404],
  ])('refuses %s %s %j with %i', async (method, path, body, status) => {
    await using world = await startWorld();
    await addLine(world, { iccid: ICCID });
    expect((await world.admin(method, path, body)).status).toBe(status);
  });

  test('never shows or notes a password or a token', async () => {
    await using world = await startWorld();
    await addLine(world, { iccid: ICCID }, { state: 'deactive' });
    await deleteByIccid(world, ICCID);
    const shown = JSON.stringify([await ledger(world), (await world.admin('GET', '/users')).body]);
    expect(shown).toContain(ICCID);
    expect(shown).not.toContain(world.password);
    expect(shown).not.toContain(world.token);
  });

  test('closes at once while a query stalls, and two run side by side', async () => {
    const world = await startWorld();
    await world.admin('POST', '/faults', { fault: 'stall', ms: 600_000 });
    const input = '<nph:LargestDeviceIdSeen>0</nph:LargestDeviceIdSeen>';
    const held = expect(world.call('DeviceService', 'GetDeviceList', input)).rejects.toThrow('fetch failed');
    while ((await ledger(world, '?endpoint=GetDeviceList')).length === 0);
    const port = Number(new URL(world.url).port);
    await expect(startVerizonUws({ port })).rejects.toThrow('EADDRINUSE');
    await expect(startVerizonUws({ adminPort: port })).rejects.toThrow('EADDRINUSE');
    await world[Symbol.asyncDispose]();
    await held;
  });
});

describe('what others do to a line', () => {
  test('it goes deactive in the portal, and can be deleted', async () => {
    await using world = await startWorld();
    await addLine(world, { iccid: ICCID });
    const changed = await drift(world, 'stateChanges', { state: 'deactive' });
    expect(changed.body).toMatchObject({ state: 'deactive', identifiers: { iccid: ICCID } });
    expect(changed.body['identifiers']).not.toHaveProperty('mdn');
    expect((await deleteByIccid(world, ICCID)).one('Status')).toBe('Success');
  });

  test('its SIM is paired anew: the phone loses the SIM it had', async () => {
    await using world = await startWorld();
    await addLine(world, { imei: '990000560000001', iccid: ICCID });
    await addLine(world, { imei: '990000560000002', iccid: '2' });
    const paired = await drift(world, 'pairedAnew', { identifiers: { imei: '990000560000002' } });
    expect(paired.body['identifiers']).toMatchObject({ imei: '990000560000002', iccid: ICCID });
    const devices = (await world.admin('GET', '/devices')).body as unknown as { identifiers: object }[];
    expect(devices[1]?.identifiers).not.toHaveProperty('imei');
    expect(devices[1]?.identifiers).toMatchObject({ iccid: '2' });
  });

  test('somebody deletes it, and it comes back as another', async () => {
    await using world = await startWorld();
    const before = await addLine(world, { iccid: ICCID });
    expect((await drift(world, 'deleted')).body).toMatchObject({
      by: 'portal',
      identifiers: { iccid: ICCID },
    });
    expect(await stateOf(world, ICCID)).toBeUndefined();
    const back = await drift(world, 'comesBack', { identifiers: { iccid: ICCID } });
    expect(back.body).toMatchObject({ state: 'active', accountName: ACCOUNT });
    expect(back.body['deviceId']).not.toBe(before?.deviceId);
    expect((await world.admin('GET', '/deletions')).body).toMatchObject([{ by: 'portal' }]);
  });

  test('the login loses the right to delete it, or the whole line', async () => {
    await using world = await startWorld();
    await addLine(world, { iccid: ICCID }, { state: 'deactive' });
    const message = async () => (await deleteByIccid(world, ICCID)).one('Message');
    await drift(world, 'accessChanges', { deletable: false });
    expect(await message()).toBe('The user does not have access to delete the device.');
    await drift(world, 'accessChanges', { deletable: true });
    await drift(world, 'movesAccount', { accountName: 'other' });
    expect(await message()).toBe('The user does not have access to delete the device.');
    await drift(world, 'movesAccount', { accountName: ACCOUNT });
    expect(await message()).toBeUndefined();
  });

  test('every session expires', async () => {
    await using world = await startWorld();
    await world.admin('POST', '/sessions/expire');
    expect((await deleteByIccid(world, ICCID)).fault).toBe('REQUEST_FAILED.SessionToken.Expired');
  });

  test('the password changes', async () => {
    await using world = await startWorld();
    await world.admin('PATCH', `/users/${world.username}`, { password: 'another' });
    const input = `<nph:Username>${world.username}</nph:Username><nph:Password>another</nph:Password>`;
    expect((await world.call('SessionService', 'LogIn', input)).one('SessionToken')).toBeDefined();
  });
});

describe('the ledger', () => {
  test('holds every request in order: what it asked, what it was told, what it changed', async () => {
    await using world = await startWorld();
    await addLine(world, { iccid: ICCID }, { state: 'deactive' });
    await world.admin('DELETE', '/ledger');
    await world.call('DeviceService', 'GetDeviceList', `<nph:AccountName>${ACCOUNT}</nph:AccountName>`);
    await deleteByIccid(world, ICCID);
    await deleteByIccid(world, ICCID);
    const entries = await ledger(world);
    expect(entries[0]).toEqual({
      seq: 2,
      at: '2026-01-01T00:00:00.000Z',
      method: 'POST',
      path: '/api/v2/DeviceService.svc',
      endpoint: 'GetDeviceList',
      mutating: false,
      status: 200,
      items: [{ accountName: ACCOUNT }],
    });
    expect(entries[1]).toMatchObject({
      endpoint: 'DeleteDevices',
      mutating: true,
      effect: [{ change: 'deleted' }],
    });
    expect(entries[2]).not.toHaveProperty('effect');
    expect(await ledger(world, '?mutating=true&since=3')).toHaveLength(1);
  });
});

describe('the state', () => {
  test('dumped from one simulator and loaded into another goes on where it was', async () => {
    await using first = await startWorld();
    await using second = await startWorld();
    await addLine(first, { imei: '990000560000001', iccid: ICCID });
    await addLine(first, { iccid: '2' }, { state: 'suspend' });
    await first.admin('POST', '/history/generate', { device: DEVICE, history: 'usage', count: 3 });
    await addLine(first, { iccid: '3' }, { state: 'deactive' });
    await deleteByIccid(first, '3');
    await change(first, ICCID, DEACTIVATE);
    await second.admin('PUT', '/state', (await first.admin('GET', '/state')).body);
    const moved = { ...second, token: first.token };
    expect(await stateOf(second, ICCID)).toBe('pending deactivation');
    expect(await addLine(second, { iccid: '4' })).toEqual(await addLine(first, { iccid: '4' }));
    await second.advance(2_000);
    expect(await stateOf(second, ICCID)).toBe('deactive');
    expect((await deleteByIccid(moved, ICCID)).one('Status')).toBe('Success');
    expect((await second.admin('GET', '/deletions')).body).toMatchObject([
      { identifiers: { iccid: '3' } },
      { identifiers: { iccid: ICCID }, historyRows: { usage: 3, provisioning: 1 } },
    ]);
    await second.advance(90 * 24 * 60 * MINUTE_MS);
    expect(await stateOf(second, '2')).toBe('active');
  });

  test('is the same for the same seed and the same requests, and another for another seed', async () => {
    const stateAfter = async (seed: number) => {
      await using world = await startWorld({ seed });
      await world.admin('POST', '/devices/generate', { count: 3 });
      await change(world, '89148000000000000001', DEACTIVATE);
      return (await world.admin('GET', '/state')).text;
    };
    const once = await stateAfter(7);
    expect(await stateAfter(7)).toBe(once);
    expect(await stateAfter(8)).not.toBe(once);
  });
});

test('the time is real by default and moves forward by command', async () => {
  await using world = await startWorld({ clock: Date });
  await world.advance(21 * MINUTE_MS);
  expect((await deleteByIccid(world, ICCID)).fault).toBe('REQUEST_FAILED.SessionToken.Expired');
});
