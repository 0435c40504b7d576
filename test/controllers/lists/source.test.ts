import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { readSource } from '../../../src/controllers/lists/source.ts';
import type { ConfigMap } from '../../../src/kube/resource.ts';

const COLUMNS = { names: ['imei', 'manufacturer'], shared: [] } as const;
const TEXT = 'imei,manufacturer\n490154203237518,Café\n';
/** More than anything that fits into a ConfigMap and is a list unpacks to. */
const BOMB_BYTES = 65 * 1024 * 1024;

function binary(key: string, bytes: Buffer): ConfigMap {
  return { metadata: { name: 'order' }, binaryData: { [key]: bytes.toString('base64') } } as ConfigMap;
}

describe('the bytes of a list', () => {
  test.each([
    { why: 'text in UTF-8', key: 'devices.csv', bytes: Buffer.from(TEXT) },
    { why: 'the same with a byte order mark', key: 'devices.csv', bytes: Buffer.from(`\ufeff${TEXT}`) },
    { why: 'packed', key: 'devices.csv.gz', bytes: gzipSync(TEXT) },
  ])('are read: $why', async ({ key, bytes }) => {
    const { entries, unreadable } = await readSource(binary(key, bytes), key, COLUMNS);
    expect(unreadable).toBeUndefined();
    expect(entries).toEqual([{ declared: { imei: '490154203237518', manufacturer: 'Café' }, line: 2 }]);
  });

  test.each([
    {
      why: 'packed under a key that does not say so',
      key: 'devices.csv',
      bytes: gzipSync(TEXT),
      says: 'end its key with .gz',
    },
    {
      why: 'plain under a key that says packed',
      key: 'devices.csv.gz',
      bytes: Buffer.from(TEXT),
      says: 'gzip',
    },
    { why: 'packed and cut off', key: 'devices.csv.gz', bytes: gzipSync(TEXT).subarray(0, -6), says: 'gzip' },
    {
      why: 'packed, of zeros without end',
      key: 'devices.csv.gz',
      bytes: gzipSync(Buffer.alloc(BOMB_BYTES)),
      says: 'more than a list of devices can be',
    },
    {
      why: 'as a spreadsheet writes “Unicode text”',
      key: 'devices.csv',
      bytes: Buffer.from(`\ufeff${TEXT}`, 'utf16le'),
      says: 'UTF-8',
    },
    {
      why: 'in Latin-1: a name in it would reach the vendor as another one',
      key: 'devices.csv',
      bytes: Buffer.from(TEXT, 'latin1'),
      says: 'UTF-8',
    },
  ])('are no list, and why is told in words: $why', async ({ key, bytes, says }) => {
    const { entries, unreadable } = await readSource(binary(key, bytes), key, COLUMNS);
    expect(entries).toEqual([]);
    expect(unreadable).toContain(says);
    expect(unreadable).toMatch(/^[ -~]+$/);
  });
});
