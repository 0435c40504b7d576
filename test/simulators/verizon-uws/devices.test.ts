import { describe, expect, test } from 'vitest';
import { ACCOUNT, type Answer, addLine, named, START_MS, startWorld, type World } from './world.ts';

const ICCID = '85000022411113460014';

function list(world: World, input: string): Promise<Answer> {
  return world.call('DeviceService', 'GetDeviceList', input);
}

function information(world: World, kind: string, value: string): Promise<Answer> {
  return world.call(
    'DeviceService',
    'GetDeviceInformation',
    `<nph:Device>${named(kind, value)}</nph:Device>`,
  );
}

function after(deviceId: number | string): string {
  return `<nph:LargestDeviceIdSeen>${deviceId}</nph:LargestDeviceIdSeen>`;
}

function created(earliestMs: number, latestMs: number): string {
  const time = (ms: number) => new Date(ms).toISOString();
  return `<nph:CreatedAtFilter><nph:Earliest>${time(earliestMs)}</nph:Earliest><nph:Latest>${time(latestMs)}</nph:Latest></nph:CreatedAtFilter>`;
}

/** The values of `DeviceId` among the extended attributes. */
function ids(answer: Answer): readonly number[] {
  const values = answer.all('Value');
  return answer.all('Key').flatMap((key, index) => (key === 'DeviceId' ? [Number(values[index])] : []));
}

/** Every page of the account by device id. */
async function allPages(world: World): Promise<number[][]> {
  const pages: number[][] = [];
  for (let largest = 0, isComplete = false; !isComplete; ) {
    const answer = await list(world, after(largest));
    const page = [...ids(answer)];
    pages.push(page);
    largest = page.at(-1) ?? Number.NaN;
    isComplete = answer.one('IsComplete') === 'true';
  }
  return pages;
}

describe('GetDeviceList', () => {
  test('shows more than 2,000 lines in pages by id', async () => {
    await using world = await startWorld();
    await world.admin('POST', '/devices/generate', { count: 4_001 });
    const pages = await allPages(world);
    expect(pages.map((page) => page.length)).toEqual([2_000, 2_000, 1]);
    const seen = pages.flat();
    expect(new Set(seen).size).toBe(4_001);
    expect(seen).toEqual(seen.toSorted((left, right) => left - right));
  });

  test('is complete with a full last page, and empty behind it', async () => {
    await using world = await startWorld();
    await world.admin('POST', '/devices/generate', { count: 4 });
    const limit = '<nph:MaxNumberOfDevices>2</nph:MaxNumberOfDevices>';
    const first = await list(world, after(0) + limit);
    expect(first.one('IsComplete')).toBe('false');
    const second = await list(world, after(ids(first)[1] ?? 0) + limit);
    expect(second.one('IsComplete')).toBe('true');
    const beyond = await list(world, after(ids(second)[1] ?? 0) + limit);
    expect(ids(beyond)).toEqual([]);
    expect(beyond.one('IsComplete')).toBe('true');
  });

  test('without an id goes by time of creation', async () => {
    await using world = await startWorld();
    const times = ['2025-03-01T00:00:00Z', '2025-01-01T00:00:00Z', '2025-02-01T00:00:00Z'];
    for (const [index, createdAt] of times.entries())
      await addLine(world, { iccid: String(index) }, { createdAt });
    const range = created(Date.UTC(2025, 0, 1), Date.UTC(2025, 1, 1));
    expect((await list(world, range)).all('CreatedAt')).toEqual([
      '2025-01-01T00:00:00.000Z',
      '2025-02-01T00:00:00.000Z',
    ]);
    expect(ids(await list(world, after(0)))).toHaveLength(3);
  });

  test.each([
    ['<nph:DeviceStateFilter>DEACTIVE</nph:DeviceStateFilter>', ['2']],
    ['<nph:DeviceStateFilter>Active</nph:DeviceStateFilter>', ['1', '3', '4']],
    ['<nph:DeviceGroupName>fleet</nph:DeviceGroupName>', ['1']],
    ['<nph:DeviceServicePlanFilter>Big</nph:DeviceServicePlanFilter>', ['3']],
    [
      '<nph:DeviceCustomFieldFilter><nph:Name>CustomField2</nph:Name><nph:Value>x</nph:Value></nph:DeviceCustomFieldFilter>',
      ['2'],
    ],
    [created(START_MS + 1, START_MS + 2), []],
    [created(START_MS, START_MS), ['1', '2', '3']],
    ['<nph:AccountName>second</nph:AccountName>', ['4']],
    [`<nph:AccountName>${ACCOUNT}</nph:AccountName>`, ['1', '2', '3']],
    [after(0), ['1', '2', '3', '4']],
  ])('filters by %s', async (filter, expected) => {
    await using world = await startWorld();
    await world.admin('PATCH', `/users/${world.username}`, { accounts: [ACCOUNT, 'second'] });
    await addLine(world, { iccid: '1' }, { groupName: 'fleet' });
    await addLine(world, { iccid: '2' }, { state: 'deactive', customFields: { CustomField2: 'x' } });
    await addLine(world, { iccid: '3' }, { servicePlan: 'Big' });
    await addLine(world, { iccid: '4' }, { accountName: 'second', createdAt: '2025-01-01T00:00:00Z' });
    await addLine(world, { iccid: '5' }, { accountName: 'foreign' });
    const answer = await list(world, filter);
    const found = answer.all('Identifier').filter((value) => value.length === 1);
    expect(found.toSorted(), answer.text).toEqual(expected);
  });

  test.each([
    ['<nph:DeviceStateFilter>asleep</nph:DeviceStateFilter>', 'INPUT_INVALID.DeviceState.Invalid'],
    ['<nph:AccountName>9</nph:AccountName>', 'REQUEST_FAILED.AccountNotFound'],
    [after('x'), 'REQUEST_FAILED.UnexpectedError'],
    [created(2, 1), 'REQUEST_FAILED.UnexpectedError'],
    [created(1, 2).replace(/<nph:Latest>.*<\/nph:Latest>/, ''), 'DeserializationFailed'],
    [created(1, 2).replace(/T[^<]*Z/, ''), 'REQUEST_FAILED.UnexpectedError'],
    [`${after(0)}<nph:DeviceStateFilter>active</nph:DeviceStateFilter>`, 'DeserializationFailed'],
  ])('refuses %s with %s', async (input, fault) => {
    await using world = await startWorld();
    expect((await list(world, input)).fault).toBe(fault);
  });

  test('of a login without accounts is refused', async () => {
    await using world = await startWorld();
    await world.admin('PATCH', `/users/${world.username}`, { accounts: [] });
    expect((await list(world, after(0))).fault).toBe('REQUEST_FAILED.NoAccounts');
  });

  test('lacks DeviceId by knob, and has a wrapper by knob', async () => {
    await using world = await startWorld({ deviceIdAttribute: 'missing', deviceListWrapper: 'Devices' });
    await addLine(world, { iccid: ICCID });
    const answer = await list(world, after(0));
    expect(ids(answer)).toEqual([]);
    expect(answer.text).toMatch(/<Output[^>]*><a:Devices><a:DeviceInformation>/);
  });
});

describe('GetDeviceInformation', () => {
  test('shows a line in service with everything it has', async () => {
    await using world = await startWorld();
    const device = await addLine(
      world,
      { imei: '990000560000001', iccid: ICCID },
      { customFields: { CustomField1: '<&>' } },
    );
    const answer = await information(world, 'IMEI', '990000560000001');
    expect(answer.text).toContain('<Output xmlns:a="http://schemas.datacontract.org/2004/07/NPhase');
    expect(answer.one('AccountName')).toBe(ACCOUNT);
    expect(answer.one('State')).toBe('active');
    expect(answer.all('Kind')).toEqual(['iccId', 'imei', 'mdn', 'msisdn']);
    expect(answer.all('Identifier')).toEqual([
      ICCID,
      '990000560000001',
      device?.identifiers['mdn'],
      device?.identifiers['msisdn'],
    ]);
    expect(answer.one('CreatedAt')).toBe('2026-01-01T00:00:00.000Z');
    expect(answer.one('IPAddress')).toMatch(/^10\./);
    expect(answer.one('ServicePlan')).toBe('M2M 5MB');
    expect(answer.all('Value')).toContain('<&>');
    expect(ids(answer)).toEqual([device?.deviceId]);
    const order = [...answer.text.matchAll(/<a:(\w+)/g)].map((match) => match[1]);
    const members = [
      'AccountName',
      'BillingCycleEndDate',
      'CarrierInformation',
      'Connected',
      'CreatedAt',
      'CustomFields',
      'DeviceGroupNames',
      'DeviceIdentifiers',
      'ExtendedAttributes',
      'IPAddress',
      'LastActivationBy',
      'LastActivationDate',
      'LastConnectionDate',
    ];
    expect(order.filter((name) => members.includes(name as string))).toEqual(members);
  });

  test('finds a line by number while it has one', async () => {
    await using world = await startWorld();
    const device = await addLine(world, { iccid: ICCID });
    expect((await information(world, 'mdn', device?.identifiers['mdn'] ?? '')).one('State')).toBe('active');
    expect((await information(world, 'msisdn', device?.identifiers['msisdn'] ?? '')).one('State')).toBe(
      'active',
    );
  });

  test('of a deactivated line shows no number, no address and no plan', async () => {
    await using world = await startWorld();
    await addLine(world, { iccid: ICCID }, { state: 'deactive' });
    const answer = await information(world, 'iccid', ICCID);
    expect(answer.all('Kind')).toEqual(['iccId']);
    expect([answer.one('IPAddress'), answer.one('ServicePlan')]).toEqual([undefined, undefined]);
  });

  test.each([
    ['iccid', '1', 'REQUEST_FAILED.DeviceNotFound'],
    ['iccid', '2', 'REQUEST_FAILED.DeviceNotFound'],
    ['eid', '89049032000000000000000000000001', 'INPUT_INVALID.Device.Kind.Invalid'],
    ['mdn', '1', 'INPUT_INVALID.Device.Identifier.Invalid'],
  ])('of %s %s is refused with %s', async (kind, value, fault) => {
    await using world = await startWorld();
    await addLine(world, { iccid: '2' }, { accountName: 'foreign' });
    expect((await information(world, kind, value)).fault).toBe(fault);
  });
});

describe('reads that lie', () => {
  test('stale reads show the lines of the moment the fault was armed', async () => {
    await using world = await startWorld();
    await addLine(world, { iccid: ICCID });
    await world.admin('POST', '/faults', { fault: 'staleReads', ms: 5_000 });
    const device = { kind: 'iccid', identifier: ICCID };
    await world.admin('POST', '/drift', { kind: 'stateChanges', device, state: 'deactive' });
    expect((await information(world, 'iccid', ICCID)).one('State')).toBe('active');
    await world.advance(5_000);
    expect((await information(world, 'iccid', ICCID)).one('State')).toBe('deactive');
  });

  test('a short page says it is complete, even when it is empty', async () => {
    await using world = await startWorld();
    await world.admin('POST', '/devices/generate', { count: 5 });
    for (const [items, left] of [
      [2, 3],
      [9, 0],
    ]) {
      await world.admin('POST', '/faults', { fault: 'shortRead', items });
      const answer = await list(world, after(0));
      expect(ids(answer)).toHaveLength(left as number);
      expect(answer.one('IsComplete')).toBe('true');
    }
  });

  test('overlapping pages repeat a line', async () => {
    await using world = await startWorld();
    await world.admin('POST', '/devices/generate', { count: 4 });
    const all = ids(await list(world, after(0)));
    await world.admin('POST', '/faults', { fault: 'overlappingPages' });
    expect(ids(await list(world, after(all[1] ?? 0)))).toEqual(all.slice(1));
  });
});
