import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { DEVICE_LIST } from '../../../src/controllers/device-claim/devices.ts';
import type { CsvEntry } from '../../../src/controllers/lists/csv.ts';
import { type Listing, readLists } from '../../../src/controllers/lists/declared.ts';
import type { ListFormat } from '../../../src/controllers/lists/format.ts';
import { ESN_LIST } from '../../../src/controllers/netflix-device-registration/esns.ts';
import { LINE_LIST } from '../../../src/controllers/verizon-device-deletion/lines.ts';
import type { KindTypes } from '../../../src/domain/item.ts';
import { imei } from '../../support/fleet.ts';
import { type Content, configMaps, csvOf, METADATA, sourced } from './config-maps.ts';

/** One format, and entries of it. */
interface Example<T extends KindTypes, Column extends string> {
  readonly kind: string;
  readonly format: ListFormat<T, Column>;
  readonly entry: (n: number) => CsvEntry<Column>;
  /** Entry 0 once more, written otherwise where the format allows it. */
  readonly again: CsvEntry<Column>;
  /** What is told of that, beside its code. */
  readonly duplicate: { readonly device: string; readonly message: string };
  readonly wrong: CsvEntry<Column>;
  /** What is told of it, in status. */
  readonly rejected: { readonly device: string; readonly code: string };
  readonly keyOf: (n: number) => string;
}

const iccid = (n: number): string => `8500002241111346${String(n).padStart(4, '0')}`;

listsOf({
  kind: 'DeviceClaim',
  format: DEVICE_LIST,
  entry: (n) => ({ imei: imei(n), manufacturer: 'Google' }),
  again: { imei: ` ${imei(0)}` },
  duplicate: {
    device: `imei: ${imei(0)}`,
    message: 'this claim names the device more than once; remove the other entry',
  },
  wrong: { imei: '490154203237519' },
  rejected: { device: 'imei:490154203237519', code: 'INVALID_DEVICE_IMEI' },
  keyOf: (n) => `imei:${imei(n)}`,
});

listsOf({
  kind: 'NetflixDeviceRegistration',
  format: ESN_LIST,
  entry: (n) => ({ esn: `NFANDROID2-${n}` }),
  again: { esn: 'NFANDROID2-0' },
  duplicate: {
    device: 'esn:NFANDROID2-0',
    message: 'this resource names the device more than once; remove the other entry',
  },
  wrong: { esn: 'NF ANDROID' },
  rejected: { device: 'esn:NF ANDROID', code: 'INVALID_ESN' },
  keyOf: (n) => `esn:NFANDROID2-${n}`,
});

listsOf({
  kind: 'VerizonDeviceDeletion',
  format: LINE_LIST,
  entry: (n) => ({ kind: 'iccid', identifier: iccid(n) }),
  again: { kind: 'ICCID', identifier: '8500 0022 4111 1346 0000' },
  duplicate: {
    device: 'ICCID:8500 0022 4111 1346 0000',
    message: 'this resource names the line more than once; remove the other entry',
  },
  wrong: { kind: 'mdn', identifier: '1' },
  rejected: { device: 'mdn:1', code: 'INVALID_LINE_IDENTIFIER' },
  keyOf: (n) => `iccid:${iccid(n)}`,
});

function listsOf<T extends KindTypes, Column extends string>(example: Example<T, Column>): void {
  const { format, entry, again, wrong, keyOf } = example;
  const csv = (...entries: readonly CsvEntry<Column>[]): Content => ({
    data: { 'list.csv': csvOf(format, entries) },
  });
  const from = (...names: readonly string[]): Listing<Column> => ({
    metadata: METADATA,
    spec: { devicesFrom: sourced('list.csv', ...names) },
  });
  const read = (listing: Listing<Column>, contents: Parameters<typeof configMaps>[0] = {}) =>
    readLists(format, listing, configMaps(contents));

  describe(`the lists of a ${example.kind}`, () => {
    test('inline and from ConfigMaps are one', async () => {
      const { spec } = from('one', 'two');
      const listing = { metadata: METADATA, spec: { ...spec, devices: [entry(0)] } };
      const lists = await read(listing, { one: csv(entry(1)), two: csv(entry(2), entry(3)) });
      expect(lists.items.map(({ key }) => key)).toEqual([0, 1, 2, 3].map(keyOf));
      expect(lists).toMatchObject({ count: 4, rejected: [], unread: false, soonRead: false });
      expect(lists.incomplete).toBeUndefined();
      const [one, two] = lists.sources;
      expect(one).toEqual({
        name: 'one',
        key: 'list.csv',
        uid: 'uid-one',
        resourceVersion: '7',
        sha256: expect.stringMatching(/^[0-9a-f]{64}$/) as unknown,
        rows: 1,
        rejectedRows: 0,
      });
      expect(two).toMatchObject({ name: 'two', rows: 2, rejectedRows: 0 });
    });

    test.each<{ why: string; content: Content | 'unknown' | undefined; problem: string; count: number }>([
      { why: 'a ConfigMap that does not exist', content: undefined, problem: 'SourceMissing', count: 0 },
      { why: 'a ConfigMap nobody has read yet', content: 'unknown', problem: 'SourceMissing', count: 0 },
      {
        why: 'a ConfigMap without that key',
        content: { data: { other: '' } },
        problem: 'SourceUnreadable',
        count: 0,
      },
      {
        why: 'an unknown column',
        content: { data: { 'list.csv': 'colour\nred' } },
        problem: 'SourceUnreadable',
        count: 0,
      },
      { why: 'an emptied file', content: { data: { 'list.csv': '' } }, problem: 'EmptyList', count: 0 },
      { why: 'a header line alone', content: csv(), problem: 'EmptyList', count: 0 },
      {
        why: 'a wrong entry: the good rows count',
        content: csv(entry(1), wrong, entry(2)),
        problem: 'RowsRejected',
        count: 2,
      },
      {
        why: 'a row with too many values: the good rows count',
        content: { data: { 'list.csv': `${csvOf(format, [entry(1)])}${',x'.repeat(9)}\n` } },
        problem: 'RowsRejected',
        count: 1,
      },
      {
        why: 'a duplicate: it may have been meant to be another one',
        content: csv(entry(1), entry(1)),
        problem: 'RowsRejected',
        count: 1,
      },
    ])('are incomplete with $why', async ({ content, problem, count }) => {
      const lists = await read(from('one'), content === undefined ? {} : { one: content });
      expect(lists).toMatchObject({ count, incomplete: problem, sources: [{ name: 'one', problem }] });
      expect(lists.items).toHaveLength(count);
    });

    test('are incomplete with one bad source, and the good ones count', async () => {
      const lists = await read(from('one', 'gone'), { one: csv(entry(1), entry(2)) });
      expect(lists.incomplete).toBe('SourceMissing');
      expect(lists.items.map(({ key }) => key)).toEqual([1, 2].map(keyOf));
    });

    test.each([
      { why: 'no list at all', devices: undefined, incomplete: 'EmptyList' },
      { why: 'an empty list', devices: [], incomplete: 'EmptyList' },
      { why: 'a wrong entry', devices: [wrong], incomplete: 'RowsRejected' },
      { why: 'an entry of nothing', devices: [{} as CsvEntry<Column>], incomplete: 'RowsRejected' },
      { why: 'good entries', devices: [entry(1)], incomplete: undefined },
    ])('without sources, with $why: $incomplete', async ({ devices, incomplete }) => {
      const lists = await read({ metadata: METADATA, spec: devices === undefined ? {} : { devices } });
      expect(lists.incomplete).toBe(incomplete);
      expect(lists.sources).toEqual([]);
    });

    test('tell a bad entry as it is written, and a bad row by file and line', async () => {
      const text = `${csvOf(format, [entry(1), wrong])}${',x'.repeat(9)}\n`;
      const { spec } = from('one');
      const listing = { metadata: METADATA, spec: { ...spec, devices: [entry(0), again] } };
      const lists = await read(listing, { one: { data: { 'list.csv': text } } });
      expect(lists.sources[0]).toMatchObject({
        rows: 3,
        rejectedRows: 2,
        rejections: [
          { line: 3, reason: example.rejected.code },
          { line: 4, reason: 'TooManyValues' },
        ],
      });
      expect(lists.rejected).toMatchObject([
        { code: 'DUPLICATE_DEVICE', ...example.duplicate },
        example.rejected,
        { device: 'one/list.csv:4', code: 'TooManyValues' },
      ]);
    });

    test('count once what two sources name, and tell the second', async () => {
      const lists = await read(from('one', 'two'), {
        one: csv(entry(1), entry(2)),
        two: csv(entry(2), entry(3)),
      });
      expect(lists.items.map(({ key }) => key)).toEqual([1, 2, 3].map(keyOf));
      expect(lists.sources[1]).toMatchObject({
        problem: 'RowsRejected',
        rejections: [{ line: 2, reason: 'DUPLICATE_DEVICE' }],
      });
    });

    test('are named to people alike whether parsed or as written', () => {
      const parsed = format.parse(entry(0));
      expect(parsed.ok && format.describe(parsed.item.subject)).toBe(format.describe(entry(0)));
    });
  });
}

const gzipped = { metadata: METADATA, spec: { devicesFrom: sourced('devices.csv.gz', 'one') } };
const packed = (bytes: Buffer): Content => ({ binaryData: { 'devices.csv.gz': bytes.toString('base64') } });

describe('a packed list', () => {
  test.each([
    { why: 'it is no gzip', content: Buffer.from('imei\n1') },
    { why: 'it was cut off', content: gzipSync(`imei\n${imei(1)}\n${imei(2)}`).subarray(0, 30) },
    {
      why: 'it unpacks to far more than any list',
      content: gzipSync(Buffer.alloc(70 * 1024 * 1024, '\n')),
    },
  ])('cannot be read where $why', async ({ content }) => {
    const lists = await readLists(DEVICE_LIST, gzipped, configMaps({ one: packed(content) }));
    expect(lists).toMatchObject({ incomplete: 'SourceUnreadable', items: [] });
  });

  test('of 100,000 devices fits into one ConfigMap', async () => {
    const numbers = Array.from({ length: 100_000 }, (_, index) => index);
    const bytes = gzipSync(`imei,manufacturer\n${numbers.map((n) => `${imei(n)},Google`).join('\n')}\n`);
    const content = packed(bytes);
    expect(content.binaryData?.['devices.csv.gz']?.length).toBeLessThan(1024 * 1024);
    const lists = await readLists(DEVICE_LIST, gzipped, configMaps({ one: content }));
    expect(lists.items).toHaveLength(100_000);
    expect(lists.sources[0]).toMatchObject({ rows: 100_000, rejectedRows: 0 });
    expect(lists.incomplete).toBeUndefined();
  });
});

test('at most twenty rejections stand with a source, all are counted', async () => {
  const listing = { metadata: METADATA, spec: { devicesFrom: sourced('devices.csv', 'one') } };
  const text = `imei\n${'1\n'.repeat(500)}`;
  const lists = await readLists(DEVICE_LIST, listing, configMaps({ one: { data: { 'devices.csv': text } } }));
  expect(lists.sources[0]?.rejectedRows).toBe(500);
  expect(lists.sources[0]?.rejections).toHaveLength(20);
});

test('a list that was not looked at yet is soon read, unless looking has failed', async () => {
  const failure = { kind: 'unauthorized', code: 'Forbidden', message: 'no' } as const;
  const notYet = await readLists(DEVICE_LIST, gzipped, () => ({ state: 'unknown' }));
  expect(notYet).toMatchObject({ unread: true, soonRead: true });
  const failing = await readLists(DEVICE_LIST, gzipped, () => ({ state: 'unknown', failure }));
  expect(failing).toMatchObject({ unread: true, soonRead: false });
  expect(failing.version).not.toBe(notYet.version);
});
