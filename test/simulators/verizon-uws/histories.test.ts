import { describe, expect, test } from 'vitest';
import { type Answer, addLine, DAY_MS, named, START_MS, startWorld, stateOf, type World } from './world.ts';

const IMEI = '990000560000001';
const ICCID = '85000022411113460014';
const DEVICE = { kind: 'imei', identifier: IMEI };
const HISTORIES = {
  usage: { operation: 'GetDeviceUsageHistory', filter: 'TimestampFilter', time: 'Timestamp' },
  connection: { operation: 'GetDeviceConnectionHistory', filter: 'OccurredAtFilter', time: 'OccurredAt' },
  provisioning: { operation: 'GetDeviceProvisioningHistory', filter: 'OccurredAtFilter', time: 'OccurredAt' },
} as const;

type Kind = keyof typeof HISTORIES;

interface Query {
  readonly earliestMs?: number;
  readonly latestMs?: number;
  readonly by?: readonly [string, string];
}

function read(world: World, kind: Kind, query: Query = {}): Promise<Answer> {
  const { earliestMs = START_MS - 400 * DAY_MS, latestMs = START_MS + DAY_MS, by = ['imei', IMEI] } = query;
  const { operation, filter } = HISTORIES[kind];
  const range = `<nph:Earliest>${new Date(earliestMs).toISOString()}</nph:Earliest><nph:Latest>${new Date(latestMs).toISOString()}</nph:Latest>`;
  const input = `<nph:Device>${named(...by)}</nph:Device><nph:${filter}>${range}</nph:${filter}>`;
  return world.call('DeviceService', operation, input);
}

async function line(world: World): Promise<void> {
  await addLine(world, { imei: IMEI, iccid: ICCID });
}

async function generate(world: World, history: Kind, count: number, more: object = {}): Promise<void> {
  const answer = await world.admin('POST', '/history/generate', { device: DEVICE, history, count, ...more });
  expect(answer.status, answer.text).toBe(200);
}

describe.each(['usage', 'connection', 'provisioning'] as const)('the %s history', (kind) => {
  const { time } = HISTORIES[kind];

  test('comes in pages of 500, each going on a millisecond behind the last row', async () => {
    await using world = await startWorld();
    await line(world);
    await generate(world, kind, 1_001);
    const sizes: number[] = [];
    const seen = new Set<string>();
    for (let earliestMs = START_MS - 400 * DAY_MS, isComplete = false; !isComplete; ) {
      const answer = await read(world, kind, { earliestMs });
      const times = answer.all(time);
      sizes.push(times.length);
      expect(times).toEqual(times.toSorted());
      for (const at of times) seen.add(at);
      earliestMs = Date.parse(times.at(-1) ?? '') + 1;
      isComplete = answer.one('IsComplete') === 'true';
    }
    expect(sizes).toEqual([500, 500, 1]);
    expect(seen.size).toBe(1_001);
  });

  test('of exactly 500 rows is complete with its first page', async () => {
    await using world = await startWorld();
    await line(world);
    await generate(world, kind, 500);
    const page = await read(world, kind);
    expect([page.all(time).length, page.one('IsComplete')]).toEqual([500, 'true']);
  });

  test('of another’s line is not shown, by whatever name', async () => {
    await using world = await startWorld();
    await line(world);
    await generate(world, kind, 1);
    const moved = { kind: 'movesAccount', device: DEVICE, accountName: 'other' };
    await world.admin('POST', '/drift', moved);
    for (const by of [
      ['imei', IMEI],
      ['iccid', ICCID],
    ] as const)
      expect((await read(world, kind, { by })).fault).toBe('REQUEST_FAILED.DeviceNotFound');
  });

  test('includes both ends of the range', async () => {
    await using world = await startWorld();
    await line(world);
    await generate(world, kind, 3, { from: '2025-12-01T00:00:00Z', stepMs: 1_000 });
    const first = Date.UTC(2025, 11, 1);
    expect((await read(world, kind, { earliestMs: first, latestMs: first + 1_000 })).all(time)).toHaveLength(
      2,
    );
    expect((await read(world, kind, { earliestMs: first + 1, latestMs: first + 999 })).all(time)).toEqual([]);
  });

  test('never ends when more than 500 rows have the same time', async () => {
    await using world = await startWorld();
    await line(world);
    await generate(world, kind, 5_000, { from: '2025-12-01T00:00:00Z', stepMs: 0 });
    const at = Date.UTC(2025, 11, 1);
    const page = await read(world, kind, { earliestMs: at, latestMs: at });
    expect(page.all(time)).toHaveLength(500);
    expect(page.one('IsComplete')).toBe('false');
    expect((await read(world, kind, { earliestMs: at + 1 })).all(time)).toEqual([]);
  });

  test('is empty for a line without a past, and unknown for no line', async () => {
    await using world = await startWorld();
    await line(world);
    const empty = await read(world, kind);
    expect([empty.all(time), empty.one('IsComplete')]).toEqual([[], 'true']);
    const unknown = await read(world, kind, { by: ['imei', '990000560000009'] });
    expect(unknown.fault).toBe('REQUEST_FAILED.DeviceNotFound');
    const nobody = await read(world, kind, { by: ['iccid', '9'] });
    expect(nobody.fault).toBe('REQUEST_FAILED.DeviceNotFound');
  });

  test('loses rows under the fault of short reads, and stalls under that of stalls', async () => {
    await using world = await startWorld();
    await line(world);
    await generate(world, kind, 5);
    await world.admin('POST', '/faults', { fault: 'shortRead', items: 2 });
    const short = await read(world, kind);
    expect([short.all(time).length, short.one('IsComplete')]).toEqual([3, 'true']);
    await world.admin('POST', '/faults', { fault: 'stall', ms: 1, readyAfterMs: 2_000 });
    expect((await read(world, kind)).fault).toBe('REQUEST_FAILED.UnexpectedError');
    expect((await read(world, kind, { latestMs: START_MS })).all(time)).toHaveLength(5);
    await world.advance(3_000);
    expect((await read(world, kind)).all(time)).toHaveLength(5);
  });
});

describe('what the vendor says of histories', () => {
  test('a stalled query goes on stalling until its work is done', async () => {
    await using world = await startWorld({ historyStallMs: 1 });
    await line(world);
    await world.admin('POST', '/faults', { fault: 'stall', ms: 30, readyAfterMs: 2_000 });
    const before = performance.now();
    await read(world, 'connection');
    expect(performance.now() - before).toBeGreaterThanOrEqual(29);
    expect((await read(world, 'connection')).fault).toBe('REQUEST_FAILED.UnexpectedError');
    await world.advance(2_029);
    expect((await read(world, 'connection')).fault).toBe('REQUEST_FAILED.UnexpectedError');
    await world.advance(1);
    expect((await read(world, 'connection')).fault).toBeUndefined();
  });

  test.each([
    ['usage', 'REQUEST_FAILED.UnexpectedError'],
    ['connection', 'REQUEST_FAILED.UnexpectedError'],
    ['provisioning', undefined],
  ] as const)('by knob, a long range of the %s history stalls with %s', async (kind, fault) => {
    await using world = await startWorld({ historyStallsOverMs: 7 * DAY_MS, historyStallMs: 1 });
    await line(world);
    const week = { earliestMs: START_MS - 7 * DAY_MS, latestMs: START_MS };
    expect((await read(world, kind, week)).fault).toBeUndefined();
    const longer = { ...week, earliestMs: week.earliestMs - 1 };
    expect((await read(world, kind, longer)).fault).toBe(fault);
    await world.advance(4_000);
    expect((await read(world, kind, longer)).fault).toBeUndefined();
  });

  test('usage trickles in late, and is kept for twelve months', async () => {
    await using world = await startWorld();
    await line(world);
    await generate(world, 'usage', 1, { from: new Date(START_MS).toISOString(), lateMs: 3 * DAY_MS });
    const latestMs = START_MS + 400 * DAY_MS;
    const rows = async () => (await read(world, 'usage', { latestMs })).all('Timestamp').length;
    expect(await rows()).toBe(0);
    // The session would not outlive the wait.
    const later = async (ms: number) => {
      await world.advance(ms);
      await world.admin('POST', '/sessions', { username: world.username, token: world.token });
    };
    await later(3 * DAY_MS);
    expect(await rows()).toBe(1);
    await later(362 * DAY_MS);
    expect(await rows()).toBe(1);
    await later(1);
    expect(await rows()).toBe(0);
  });

  test('usage comes in any order inside a page, by knob', async () => {
    await using world = await startWorld({ usageOrder: 'shuffled' });
    await line(world);
    await generate(world, 'usage', 600);
    const page = (await read(world, 'usage')).all('Timestamp');
    expect(page).not.toEqual(page.toSorted());
    const rest = await read(world, 'usage', { earliestMs: Date.parse(page.toSorted().at(-1) ?? '') + 1 });
    expect(rest.all('Timestamp')).toHaveLength(100);
  });

  test('rows carry what the vendor counts', async () => {
    await using world = await startWorld();
    await line(world);
    for (const kind of ['usage', 'connection'] as const) await generate(world, kind, 3);
    const usage = await read(world, 'usage');
    expect([usage.all('BytesUsed'), usage.all('SmsUsed')]).toEqual([
      ['1000', '1001', '1002'],
      ['0', '1', '2'],
    ]);
    expect(usage.all('Key').slice(0, 2)).toEqual(['MoSms', 'MtSms']);
    const connection = await read(world, 'connection');
    expect(connection.all('Value').filter((value) => value.startsWith('St'))).toEqual([
      'Start',
      'Stop',
      'Start',
    ]);
  });

  test('a change of the pairing hides the past, which the old IMEI still shows', async () => {
    await using world = await startWorld();
    await line(world);
    await generate(world, 'usage', 4);
    const rows = async (by: readonly [string, string]) =>
      (await read(world, 'usage', { by })).all('Timestamp').length;
    expect(await rows(['iccid', ICCID])).toBe(4);
    const identifiers = { imei: '990000560000002' };
    await world.admin('POST', '/drift', { kind: 'pairedAnew', device: DEVICE, identifiers });
    expect(await rows(['iccid', ICCID])).toBe(0);
    expect(await rows(['imei', '990000560000002'])).toBe(0);
    expect(await rows(['imei', IMEI])).toBe(4);
    expect(await stateOf(world, ICCID)).toBe('active');
  });

  test.each([
    [
      'without a range',
      (input: string) => input.replace(/<nph:TimestampFilter>.*<\/nph:TimestampFilter>/, ''),
      'DeserializationFailed',
    ],
    [
      'with the other filter',
      (input: string) => input.replaceAll('TimestampFilter', 'OccurredAtFilter'),
      'DeserializationFailed',
    ],
    [
      'with times that are none',
      (input: string) => input.replace('2025', 'soon'),
      'REQUEST_FAILED.UnexpectedError',
    ],
    [
      'with a day that is none',
      (input: string) => input.replace('01-01T', '13-01T'),
      'REQUEST_FAILED.UnexpectedError',
    ],
    [
      'with the range in the common namespace',
      (input: string) => input.replaceAll(/nph:(Earliest|Latest)/g, 'nph1:$1'),
      undefined,
    ],
    ['with a time without a zone', (input: string) => input.replaceAll('Z<', '<'), undefined],
  ])('a query %s ends with %s', async (_how, spoil, fault) => {
    await using world = await startWorld();
    await line(world);
    const range =
      '<nph:Earliest>2025-01-01T00:00:00Z</nph:Earliest><nph:Latest>2025-02-01T00:00:00Z</nph:Latest>';
    const input = `<nph:Device>${named('imei', IMEI)}</nph:Device><nph:TimestampFilter>${range}</nph:TimestampFilter>`;
    expect((await world.call('DeviceService', 'GetDeviceUsageHistory', spoil(input))).fault).toBe(fault);
  });
});
