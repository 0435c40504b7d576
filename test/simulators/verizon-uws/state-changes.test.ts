import { describe, expect, test } from 'vitest';
import {
  ACCOUNT,
  addLine,
  change,
  DAY_MS,
  DEACTIVATE,
  deleteByIccid,
  deviceList,
  ledger,
  named,
  START_MS,
  startWorld,
  stateOf,
  type World,
} from './world.ts';

const ICCID = '85000022411113460014';
const ACTIVATE = '<nph:Activate><nph:ServicePlan>Big</nph:ServicePlan></nph:Activate>';
const SUSPEND = '<nph:Suspend/>';
const RESTORE = '<nph:Restore/>';
const INVALID = 'INPUT_INVALID.DeviceState.Invalid';

function status(world: World, requestId: string, account = ACCOUNT) {
  const input = `<nph:AccountName>${account}</nph:AccountName><nph:RequestId>${requestId}</nph:RequestId>`;
  return world.call('DeviceService', 'GetRequestStatus', input);
}

function changeMany(world: World, selection: string, variant = DEACTIVATE) {
  return world.call('CarrierService', 'ChangeDeviceState', variant + selection);
}

async function renew(world: World): Promise<void> {
  await world.admin('POST', '/sessions', { username: world.username, token: world.token });
}

/** The provisioning history of the line, as type and status. */
async function provisioning(world: World): Promise<string[]> {
  const range = `<nph:Earliest>2025-01-01T00:00:00Z</nph:Earliest><nph:Latest>2027-01-01T00:00:00Z</nph:Latest>`;
  const input = `<nph:Device>${named('iccid', ICCID)}</nph:Device><nph:OccurredAtFilter>${range}</nph:OccurredAtFilter>`;
  const answer = await world.call('DeviceService', 'GetDeviceProvisioningHistory', input);
  return answer.all('EventType').map((type, index) => `${type}: ${answer.all('Status')[index]}`);
}

describe('a deactivation', () => {
  test('is accepted, pending, and done', async () => {
    await using world = await startWorld();
    const line = await addLine(world, { iccid: ICCID });
    const accepted = await change(world, ICCID, DEACTIVATE);
    const requestId = accepted.one('RequestId') ?? '';
    expect(requestId).toMatch(/^[0-9a-f-]{36}$/);
    expect(await stateOf(world, ICCID)).toBe('pending deactivation');
    expect((await status(world, requestId)).one('Status')).toBe('Pending');
    expect((await deleteByIccid(world, ICCID)).one('Status')).toBe('Failed');
    await world.advance(1_999);
    expect(await stateOf(world, ICCID)).toBe('pending deactivation');
    await world.advance(1);
    expect((await status(world, requestId)).one('Status')).toBe('Success');
    const device = `<nph:Device>${named('iccid', ICCID)}</nph:Device>`;
    const information = await world.call('DeviceService', 'GetDeviceInformation', device);
    expect(information.one('State')).toBe('deactive');
    expect(information.all('Kind')).toEqual(['iccId']);
    expect(information.one('Connected')).toBe('false');
    expect(await provisioning(world)).toEqual(['Deactivate: Success']);
    const [entry] = await ledger(world, '?endpoint=ChangeDeviceState');
    expect(entry).toMatchObject({
      mutating: true,
      items: [{ action: 'Deactivate', etfWaiver: 'false', kind: 'iccid', identifier: ICCID }],
      effect: [{ change: 'deactivated', at: '2026-01-01T00:00:02.000Z', deviceId: line?.deviceId }],
    });
    expect((await deleteByIccid(world, ICCID)).one('Status')).toBe('Success');
  });

  test('happens at its time, even when nobody looks for days', async () => {
    await using world = await startWorld();
    await addLine(world, { iccid: ICCID });
    await change(world, ICCID, DEACTIVATE);
    await world.advance(3 * DAY_MS);
    const [device] = (await world.admin('GET', '/devices')).body as unknown as { stateSinceMs: number }[];
    expect(device?.stateSinceMs).toBe(START_MS + 2_000);
  });

  test.each([
    ['another reason', DEACTIVATE.replace('FF', 'AA'), 'REQUEST_FAILED.UnexpectedError'],
    ['no reason', DEACTIVATE.replace(/<nph:ReasonCode>.*<\/nph:ReasonCode>/, ''), 'DeserializationFailed'],
    [
      'a waiver that is no truth value',
      DEACTIVATE.replace('false', 'maybe'),
      'REQUEST_FAILED.UnexpectedError',
    ],
    ['no waiver', DEACTIVATE.replace(/<nph:EtfWaiver>.*<\/nph:EtfWaiver>/, ''), undefined],
    ['a waiver', DEACTIVATE.replace('false', 'true'), undefined],
    ['a suspension beside it', DEACTIVATE, 'DeserializationFailed'],
    ['nothing to do', '', 'DeserializationFailed'],
  ])('with %s ends with the fault %s', async (what, variant, fault) => {
    await using world = await startWorld();
    await addLine(world, { iccid: ICCID });
    const tail = what === 'a suspension beside it' ? SUSPEND : '';
    const input = variant + deviceList(['iccid', ICCID]) + tail;
    expect((await world.call('CarrierService', 'ChangeDeviceState', input)).fault).toBe(fault);
    expect(await stateOf(world, ICCID)).toBe(fault === undefined ? 'pending deactivation' : 'active');
  });

  test('is not simulated as Reconnect', async () => {
    await using world = await startWorld();
    const input = `${deviceList(['iccid', ICCID])}<nph:Reconnect/>`;
    const answer = await world.call('CarrierService', 'ChangeDeviceState', input);
    expect(answer.one('faultstring')).toBe('Reconnect is not simulated.');
  });
});

describe('which state allows what', () => {
  test.each([
    ['Pre-active', { Activate: undefined, Deactivate: INVALID, Suspend: INVALID, Restore: INVALID }],
    [
      'active',
      {
        Activate: 'REQUEST_FAILED.DeviceAlreadyActive',
        Deactivate: undefined,
        Suspend: undefined,
        Restore: INVALID,
      },
    ],
    ['suspend', { Activate: INVALID, Deactivate: undefined, Suspend: INVALID, Restore: undefined }],
    ['deactive', { Activate: undefined, Deactivate: INVALID, Suspend: INVALID, Restore: INVALID }],
    ['pending MDN change', { Activate: INVALID, Deactivate: INVALID, Suspend: INVALID, Restore: INVALID }],
    ['pending deactivation', { Activate: INVALID, Deactivate: INVALID, Suspend: INVALID, Restore: INVALID }],
  ])('%s: %j', async (state, expected) => {
    await using world = await startWorld();
    const variants = { Activate: ACTIVATE, Deactivate: DEACTIVATE };
    const late = { Suspend: SUSPEND, Restore: RESTORE };
    const faults: Record<string, string | undefined> = {};
    for (const [index, [name, variant]] of Object.entries({ ...variants, ...late }).entries()) {
      const iccid = String(index + 1);
      await addLine(world, { iccid }, { state });
      const list = deviceList(['iccid', iccid]);
      const input = name in late ? list + variant : variant + list;
      faults[name] = (await world.call('CarrierService', 'ChangeDeviceState', input)).fault;
    }
    expect(faults).toEqual(expected);
  });

  test('a suspended line is not deactivated where the knob says so', async () => {
    await using world = await startWorld({ deactivateFromSuspend: 'refused' });
    await addLine(world, { iccid: ICCID }, { state: 'suspend' });
    expect((await change(world, ICCID, DEACTIVATE)).fault).toBe(INVALID);
  });

  test('an activation gives a new number and the plan asked for', async () => {
    await using world = await startWorld();
    await addLine(world, { iccid: ICCID }, { state: 'deactive' });
    await change(world, ICCID, ACTIVATE);
    await world.advance(2_000);
    const device = `<nph:Device>${named('iccid', ICCID)}</nph:Device>`;
    const answer = await world.call('DeviceService', 'GetDeviceInformation', device);
    expect(answer.all('Kind')).toEqual(['iccId', 'mdn', 'msisdn']);
    expect([answer.one('ServicePlan'), answer.one('LastActivationBy')]).toEqual(['Big', 'operator']);
  });

  test('a suspension keeps the number, and ends by itself after 90 days', async () => {
    await using world = await startWorld();
    const line = await addLine(world, { iccid: ICCID });
    await world.call('CarrierService', 'ChangeDeviceState', deviceList(['iccid', ICCID]) + SUSPEND);
    await world.advance(2_000);
    expect(await stateOf(world, ICCID)).toBe('suspend');
    await world.advance(90 * DAY_MS - 1);
    expect(await stateOf(world, ICCID)).toBe('suspend');
    await world.advance(1);
    expect(await stateOf(world, ICCID)).toBe('active');
    await renew(world);
    const device = `<nph:Device>${named('iccid', ICCID)}</nph:Device>`;
    const answer = await world.call('DeviceService', 'GetDeviceInformation', device);
    expect(answer.all('Identifier')).toContain(line?.identifiers['mdn']);
    expect(await provisioning(world)).toEqual(['Suspend: Suspension Confirmed', 'Restore: Success']);
  });

  test('a suspended line that was deactivated stays deactivated', async () => {
    await using world = await startWorld();
    await addLine(world, { iccid: ICCID }, { state: 'suspend' });
    await change(world, ICCID, DEACTIVATE);
    await world.advance(2_000);
    await world.advance(91 * DAY_MS);
    expect(await stateOf(world, ICCID)).toBe('deactive');
  });

  test('a line has five changes a day', async () => {
    await using world = await startWorld();
    await addLine(world, { iccid: ICCID });
    const list = deviceList(['iccid', ICCID]);
    const faults: (string | undefined)[] = [];
    for (let action = 0; action < 6; action += 1) {
      const variant = action % 2 === 0 ? SUSPEND : RESTORE;
      faults.push((await world.call('CarrierService', 'ChangeDeviceState', list + variant)).fault);
      await world.advance(2_000);
    }
    expect(faults).toEqual([...Array(5).fill(undefined), 'REQUEST_FAILED.UnexpectedError']);
    await world.advance(DAY_MS);
    await renew(world);
    expect((await world.call('CarrierService', 'ChangeDeviceState', list + RESTORE)).fault).toBeUndefined();
  });
});

describe('several lines at once', () => {
  test('change each for itself, and cannot be polled', async () => {
    await using world = await startWorld();
    await addLine(world, { iccid: '1' });
    await addLine(world, { iccid: '2' }, { state: 'deactive' });
    const answer = await changeMany(world, deviceList(['iccid', '1'], ['iccid', '2'], ['iccid', '1']));
    await world.advance(2_000);
    expect([await stateOf(world, '1'), await stateOf(world, '2')]).toEqual(['deactive', 'deactive']);
    const requests = (await world.admin('GET', '/requests')).body as unknown as {
      items: { outcome: string }[];
    }[];
    expect(requests[0]?.items.map(({ outcome }) => outcome)).toEqual(['Success', 'Failed', 'Failed']);
    expect((await status(world, answer.one('RequestId') ?? '')).fault).toBe('REQUEST_FAILED.UnexpectedError');
  });

  test('must all be known, and at most 200', async () => {
    await using world = await startWorld();
    await addLine(world, { iccid: '1' });
    const unknown = await changeMany(world, deviceList(['iccid', '1'], ['iccid', '2']));
    expect(unknown.fault).toBe('REQUEST_FAILED.DeviceNotFound');
    const many = deviceList(...Array.from({ length: 201 }, (): [string, string] => ['iccid', '1']));
    expect((await changeMany(world, many)).fault).toBe('INPUT_INVALID.NumberofDevices');
    expect((await changeMany(world, '<nph:DeviceList/>')).fault).toBe('INPUT_INVALID.NumberofDevices');
    expect(await stateOf(world, '1')).toBe('active');
  });

  test('without a device list: every line of the account that the filters leave', async () => {
    await using world = await startWorld();
    await addLine(world, { iccid: '1' }, { groupName: 'old' });
    await addLine(world, { iccid: '2' });
    await addLine(world, { iccid: '3' }, { accountName: 'foreign' });
    const account = `<nph:AccountName>${ACCOUNT}</nph:AccountName>`;
    const group = '<nph:DeviceGroupName>old</nph:DeviceGroupName>';
    const states = async () => Promise.all(['1', '2', '3'].map((iccid) => stateOf(world, iccid)));
    await world.call('CarrierService', 'ChangeDeviceState', account + DEACTIVATE + group);
    expect(await states()).toEqual(['pending deactivation', 'active', 'active']);
    await world.call('CarrierService', 'ChangeDeviceState', account + DEACTIVATE);
    expect(await states()).toEqual(['pending deactivation', 'pending deactivation', 'active']);
  });

  test('are chosen in one way: a device list excludes the others, and none is a fault', async () => {
    await using world = await startWorld();
    await addLine(world, { iccid: ICCID });
    const account = `<nph:AccountName>${ACCOUNT}</nph:AccountName>`;
    const both = account + DEACTIVATE + deviceList(['iccid', ICCID]);
    expect((await world.call('CarrierService', 'ChangeDeviceState', both)).fault).toBe(
      'REQUEST_FAILED.UnexpectedError',
    );
    expect((await changeMany(world, '')).fault).toBe('INPUT_INVALID.Account.NotDefined');
    const none = await world.call(
      'CarrierService',
      'ChangeDeviceState',
      `${account}${DEACTIVATE}<nph:DeviceServicePlanFilter>x</nph:DeviceServicePlanFilter>`,
    );
    expect(none.fault).toBe('INPUT_INVALID.NumberofDevices');
    expect(await stateOf(world, ICCID)).toBe('active');
  });

  test('by account are at most 10,000', async () => {
    await using world = await startWorld();
    await world.admin('POST', '/devices/generate', { count: 10_001 });
    const input = `<nph:AccountName>${ACCOUNT}</nph:AccountName>${DEACTIVATE}`;
    const answer = await world.call('CarrierService', 'ChangeDeviceState', input);
    expect(answer.fault).toBe('INPUT_INVALID.MaxRequestsExceeded');
  });
});

describe('GetRequestStatus', () => {
  test('knows its own requests only, under their account', async () => {
    await using world = await startWorld();
    await world.admin('PATCH', `/users/${world.username}`, { accounts: [ACCOUNT, 'second'] });
    await addLine(world, { iccid: ICCID });
    const requestId = (await change(world, ICCID, DEACTIVATE)).one('RequestId') ?? '';
    expect((await status(world, requestId, 'second')).fault).toBe('REQUEST_FAILED.UnexpectedError');
    expect((await status(world, 'nonsense')).fault).toBe('REQUEST_FAILED.UnexpectedError');
    expect((await status(world, requestId)).one('RequestId')).toBe(requestId);
  });

  test('belongs to the other service by knob', async () => {
    await using world = await startWorld({ requestStatusService: 'CarrierService' });
    await addLine(world, { iccid: ICCID });
    const requestId = (await change(world, ICCID, DEACTIVATE)).one('RequestId') ?? '';
    expect((await status(world, requestId)).fault).toBe('ActionNotSupported');
    const input = `<nph:AccountName>${ACCOUNT}</nph:AccountName><nph:RequestId>${requestId}</nph:RequestId>`;
    expect((await world.call('CarrierService', 'GetRequestStatus', input)).one('Status')).toBe('Pending');
  });
});

describe('changes that go wrong', () => {
  test('a stuck one stays pending until it is released', async () => {
    await using world = await startWorld();
    await addLine(world, { iccid: ICCID });
    await world.admin('POST', '/faults', { fault: 'operationStuck' });
    const requestId = (await change(world, ICCID, DEACTIVATE)).one('RequestId') ?? '';
    await world.advance(DAY_MS);
    expect(await stateOf(world, ICCID)).toBe('pending deactivation');
    expect((await world.admin('POST', '/requests/release', { requestId: 'other' })).body).toEqual({
      released: 0,
    });
    expect((await world.admin('POST', '/requests/release', { requestId })).body).toEqual({ released: 1 });
    await world.advance(0);
    const [device] = (await world.admin('GET', '/devices')).body as unknown as Record<string, unknown>[];
    expect(device).toMatchObject({ state: 'deactive', stateSinceMs: START_MS + DAY_MS });
  });

  test('a failed one goes back to where it was', async () => {
    await using world = await startWorld();
    await addLine(world, { iccid: ICCID });
    await world.admin('POST', '/faults', { fault: 'partialFailure', ratio: 1 });
    const requestId = (await change(world, ICCID, DEACTIVATE)).one('RequestId') ?? '';
    await world.advance(2_000);
    expect((await status(world, requestId)).one('Status')).toBe('Failed');
    expect(await stateOf(world, ICCID)).toBe('active');
  });

  test('a hollow one reports success and has changed nothing', async () => {
    await using world = await startWorld();
    await addLine(world, { iccid: ICCID });
    await world.admin('POST', '/faults', { fault: 'hollowSuccess' });
    const requestId = (await change(world, ICCID, DEACTIVATE)).one('RequestId') ?? '';
    await world.advance(2_000);
    expect((await status(world, requestId)).one('Status')).toBe('Success');
    expect(await stateOf(world, ICCID)).toBe('active');
    expect((await ledger(world, '?endpoint=ChangeDeviceState'))[0]).not.toHaveProperty('effect');
  });

  test('one whose status disappears goes on', async () => {
    await using world = await startWorld();
    await addLine(world, { iccid: ICCID });
    await world.admin('POST', '/faults', { fault: 'operationDisappears' });
    const requestId = (await change(world, ICCID, DEACTIVATE)).one('RequestId') ?? '';
    for (let look = 0; look < 2; look += 1)
      expect((await status(world, requestId)).fault).toBe('REQUEST_FAILED.UnexpectedError');
    await world.advance(2_000);
    expect(await stateOf(world, ICCID)).toBe('deactive');
  });

  test('one whose line somebody else has changed meanwhile has failed', async () => {
    await using world = await startWorld();
    await addLine(world, { iccid: ICCID });
    const requestId = (await change(world, ICCID, DEACTIVATE)).one('RequestId') ?? '';
    const device = { kind: 'iccid', identifier: ICCID };
    await world.admin('POST', '/drift', { kind: 'stateChanges', device, state: 'suspend' });
    await world.advance(2_000);
    expect((await status(world, requestId)).one('Status')).toBe('Failed');
    expect(await stateOf(world, ICCID)).toBe('suspend');
  });
});
