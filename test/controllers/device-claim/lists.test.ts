import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { readLists } from '../../../src/controllers/device-claim/lists.ts';
import { releaseHeld } from '../../../src/controllers/device-claim/release-held.ts';
import { brokenList } from '../../../src/controllers/lists/broken-list.ts';
import type { Lookup, Reader } from '../../../src/controllers/lookup.ts';
import type { ServedDeviceClaim } from '../../../src/controllers/resources.ts';
import type { ConfigMap } from '../../../src/kube/resource.ts';
import { imei } from '../../support/fleet.ts';
import { servedClaim } from '../support/resources.ts';

type Content = Pick<ConfigMap, 'data' | 'binaryData'>;

/** ConfigMaps of these names; all others do not exist. */
function configMaps(contents: Readonly<Record<string, Content | 'unknown'>>): Reader<ConfigMap> {
  return (_namespace, name): Lookup<ConfigMap> => {
    const content = contents[name];
    if (content === undefined) return { state: 'absent' };
    if (content === 'unknown') return { state: 'unknown' };
    const metadata = { name, namespace: 'fleet', uid: `uid-${name}`, resourceVersion: '7' };
    return { state: 'present', object: { metadata, ...content } };
  };
}

function sourced(...names: readonly string[]): ServedDeviceClaim {
  const devicesFrom = names.map((name) => ({ configMapKeyRef: { name, key: 'devices.csv' } }));
  return servedClaim(undefined, { releasePolicy: 'Unclaim', devicesFrom });
}

function gzipped(...names: readonly string[]): ServedDeviceClaim {
  const devicesFrom = names.map((name) => ({ configMapKeyRef: { name, key: 'devices.csv.gz' } }));
  return servedClaim(undefined, { releasePolicy: 'Unclaim', devicesFrom });
}

const csv = (...numbers: readonly number[]): Content => ({
  data: { 'devices.csv': `imei\n${numbers.map(imei).join('\n')}\n` },
});

const keys = (...numbers: readonly number[]): readonly string[] => numbers.map((n) => `imei:${imei(n)}`);

describe('the lists of a claim', () => {
  test('inline and from ConfigMaps are one', async () => {
    const claim = sourced('one', 'two');
    const withInline = { ...claim, spec: { ...claim.spec, devices: [{ imei: imei(0) }] } };
    const read = await readLists(withInline, configMaps({ one: csv(1), two: csv(2, 3) }));
    expect(read.items.map(({ key }) => key)).toEqual(keys(0, 1, 2, 3));
    expect(read.incomplete).toBeUndefined();
    expect(read.sources).toMatchObject([
      { name: 'one', key: 'devices.csv', uid: 'uid-one', resourceVersion: '7', rows: 1, rejectedRows: 0 },
      { name: 'two', rows: 2, rejectedRows: 0 },
    ]);
    expect(read.sources[0]?.sha256).toMatch(/^[0-9a-f]{64}$/);
  });

  test.each<{
    why: string;
    claim: ServedDeviceClaim;
    content: Content | 'unknown' | undefined;
    problem: string;
    items: number;
  }>([
    {
      why: 'a ConfigMap that does not exist',
      claim: sourced('one'),
      content: undefined,
      problem: 'SourceMissing',
      items: 0,
    },
    {
      why: 'a ConfigMap nobody has read yet',
      claim: sourced('one'),
      content: 'unknown',
      problem: 'SourceMissing',
      items: 0,
    },
    {
      why: 'a ConfigMap without that key',
      claim: sourced('one'),
      content: { data: { other: '' } },
      problem: 'SourceUnreadable',
      items: 0,
    },
    {
      why: 'an unknown column',
      claim: sourced('one'),
      content: { data: { 'devices.csv': 'colour\nred' } },
      problem: 'SourceUnreadable',
      items: 0,
    },
    {
      why: 'something that is no gzip',
      claim: gzipped('one'),
      content: { binaryData: { 'devices.csv.gz': Buffer.from('imei\n1').toString('base64') } },
      problem: 'SourceUnreadable',
      items: 0,
    },
    {
      why: 'a gzip that was cut off',
      claim: gzipped('one'),
      content: {
        binaryData: {
          'devices.csv.gz': gzipSync(`imei\n${imei(1)}\n${imei(2)}`)
            .subarray(0, 30)
            .toString('base64'),
        },
      },
      problem: 'SourceUnreadable',
      items: 0,
    },
    {
      why: 'a gzip that unpacks to far more than any list',
      claim: gzipped('one'),
      content: {
        binaryData: { 'devices.csv.gz': gzipSync(Buffer.alloc(70 * 1024 * 1024, '\n')).toString('base64') },
      },
      problem: 'SourceUnreadable',
      items: 0,
    },
    {
      why: 'an emptied file',
      claim: sourced('one'),
      content: { data: { 'devices.csv': '' } },
      problem: 'EmptyList',
      items: 0,
    },
    {
      why: 'a header line alone',
      claim: sourced('one'),
      content: { data: { 'devices.csv': 'imei\n' } },
      problem: 'EmptyList',
      items: 0,
    },
    {
      why: 'a wrong check digit: the good rows are claimed',
      claim: sourced('one'),
      content: { data: { 'devices.csv': `imei\n${imei(1)}\n490154203237519\n${imei(2)}` } },
      problem: 'RowsRejected',
      items: 2,
    },
    {
      why: 'a row with too many values: the good rows are claimed',
      claim: sourced('one'),
      content: { data: { 'devices.csv': `imei\n${imei(1)},x\n${imei(2)}` } },
      problem: 'RowsRejected',
      items: 1,
    },
    {
      why: 'a duplicate: it may have been meant to be another device',
      claim: sourced('one'),
      content: csv(1, 1),
      problem: 'RowsRejected',
      items: 1,
    },
  ])('hold back releases: $why', async ({ claim, content, problem, items }) => {
    const read = await readLists(claim, configMaps(content === undefined ? {} : { one: content }));
    expect(read.incomplete).toBe(problem);
    expect(read.sources).toMatchObject([{ name: 'one', problem }]);
    expect(read.items).toHaveLength(items);
    expect(releaseHeld(claim, read)).toMatchObject([
      { type: 'ReleaseHeld', status: 'True', reason: problem },
    ]);
  });

  test('one bad source holds back what the good ones no longer name', async () => {
    const read = await readLists(sourced('one', 'gone'), configMaps({ one: csv(1, 2) }));
    expect(read.incomplete).toBe('SourceMissing');
    expect(read.items.map(({ key }) => key)).toEqual(keys(1, 2));
  });

  test.each([
    { why: 'no list at all', devices: undefined, incomplete: 'EmptyList' },
    { why: 'an empty list', devices: [], incomplete: 'EmptyList' },
    { why: 'a wrong entry', devices: [{ imei: '1' }], incomplete: 'RowsRejected' },
    { why: 'good entries', devices: [{ imei: imei(1) }], incomplete: undefined },
  ])('of a claim without sources, $why: $incomplete', async ({ devices, incomplete }) => {
    const read = await readLists(servedClaim(devices), configMaps({}));
    expect(read.incomplete).toBe(incomplete);
  });

  test('a bad row is told by file, line and reason', async () => {
    const text = `imei,model\n${imei(1)},Pixel\n490154203237519,Pixel\n${imei(2)},Pixel,x\n`;
    const read = await readLists(sourced('one'), configMaps({ one: { data: { 'devices.csv': text } } }));
    expect(read.sources[0]).toMatchObject({
      rows: 3,
      rejectedRows: 2,
      rejections: [
        { line: 3, reason: 'INVALID_DEVICE_IMEI' },
        { line: 4, reason: 'TooManyValues' },
      ],
    });
    expect(read.rejected).toMatchObject([
      { device: 'imei:490154203237519', code: 'INVALID_DEVICE_IMEI' },
      { device: 'one/devices.csv:4', code: 'TooManyValues' },
    ]);
  });

  test('a device that two sources name counts once, and the second is told', async () => {
    const read = await readLists(sourced('one', 'two'), configMaps({ one: csv(1, 2), two: csv(2, 3) }));
    expect(read.items.map(({ key }) => key)).toEqual(keys(1, 2, 3));
    expect(read.sources[1]).toMatchObject({
      problem: 'RowsRejected',
      rejections: [{ line: 2, reason: 'DUPLICATE_DEVICE' }],
    });
  });

  test('at most twenty rejections stand in status, all are counted', async () => {
    const text = `imei\n${'1\n'.repeat(500)}`;
    const read = await readLists(sourced('one'), configMaps({ one: { data: { 'devices.csv': text } } }));
    expect(read.sources[0]?.rejectedRows).toBe(500);
    expect(read.sources[0]?.rejections).toHaveLength(20);
  });

  test('100,000 devices fit into one gzip file of a ConfigMap', async () => {
    const numbers = Array.from({ length: 100_000 }, (_, index) => index);
    const packed = gzipSync(`imei,manufacturer\n${numbers.map((n) => `${imei(n)},Google`).join('\n')}\n`);
    const binaryData = { 'devices.csv.gz': packed.toString('base64') };
    expect(binaryData['devices.csv.gz'].length).toBeLessThan(1024 * 1024);
    const read = await readLists(gzipped('one'), configMaps({ one: { binaryData } }));
    expect(read.items).toHaveLength(100_000);
    expect(read.sources[0]).toMatchObject({ rows: 100_000, rejectedRows: 0 });
    expect(read.incomplete).toBeUndefined();
  });
});

test('a list that was not looked at yet is soon read, unless looking has failed', async () => {
  const claim = sourced('one');
  const failure = { kind: 'unauthorized', code: 'Forbidden', message: 'no' } as const;
  const notYet = await readLists(claim, () => ({ state: 'unknown' }));
  expect(notYet).toMatchObject({ unread: true, soonRead: true });
  const failing = await readLists(claim, () => ({ state: 'unknown', failure }));
  expect(failing).toMatchObject({ unread: true, soonRead: false });
  expect(failing.version).not.toBe(notYet.version);
  expect(await readLists(claim, configMaps({ one: csv(1) }))).toMatchObject({
    unread: false,
    soonRead: false,
  });
});

describe('a list that cannot be read', () => {
  const nowMs = Date.parse('2026-01-01T00:00:00Z');

  test('says which and what to do', async () => {
    const claim = sourced('one');
    const missing = await readLists(claim, configMaps({}));
    expect(brokenList(claim, missing, nowMs)).toMatchObject({ reason: 'SourceMissing' });
    const content = { data: { 'devices.csv': 'colour\nred' } };
    const unreadable = await readLists(claim, configMaps({ one: content }));
    expect(brokenList(claim, unreadable, nowMs)).toMatchObject({
      is: 'stalled',
      reason: 'SourceUnreadable',
      message: expect.stringContaining('"colour"') as unknown,
    });
  });

  test('is not one with bad rows: those fail as devices', async () => {
    const claim = sourced('one');
    const read = await readLists(claim, configMaps({ one: csv(1, 1) }));
    expect(brokenList(claim, read, nowMs)).toBeUndefined();
  });

  test('holds back nothing under Keep, so nothing is said', async () => {
    const claim = { ...sourced('one'), spec: { ...sourced('one').spec, releasePolicy: 'Keep' as const } };
    expect(releaseHeld(claim, await readLists(claim, configMaps({})))).toEqual([]);
  });
});
