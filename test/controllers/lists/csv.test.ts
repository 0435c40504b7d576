import { describe, expect, test } from 'vitest';
import { DEVICE_LIST } from '../../../src/controllers/device-claim/devices.ts';
import { type CsvRow, readCsv as read } from '../../../src/controllers/lists/csv.ts';
import type { DeviceIdentity } from '../../../src/domain/device/identity.ts';

const readCsv = (text: string) => read(text, DEVICE_LIST.columns);

async function rows(text: string): Promise<readonly CsvRow<keyof DeviceIdentity>[]> {
  const list = await readCsv(text);
  if (!list.ok) throw new Error(list.message);
  return list.rows;
}

describe('a CSV list', () => {
  test.each<{ why: string; text: string; read: readonly object[] }>([
    {
      why: 'has rows under the names of its header line, counted from line 2',
      text: 'imei,manufacturer\n1,Google\n2,Samsung\n',
      read: [
        { line: 2, entry: { imei: '1', manufacturer: 'Google' } },
        { line: 3, entry: { imei: '2', manufacturer: 'Samsung' } },
      ],
    },
    {
      why: 'may name its columns in any order and leave values out',
      text: 'model,serialNumber,imei\n,ZX1,\nPixel,,5',
      read: [
        { line: 2, entry: { serialNumber: 'ZX1' } },
        { line: 3, entry: { model: 'Pixel', imei: '5' } },
      ],
    },
    {
      why: 'may come from a spreadsheet: byte order mark, CRLF, blanks around values',
      text: '\uFEFFimei , manufacturer\r\n 1 , Google \r\n',
      read: [{ line: 2, entry: { imei: '1', manufacturer: 'Google' } }],
    },
    {
      why: 'may quote values with commas, and counts its empty lines',
      text: 'imei,manufacturer\n\n1,"Foo, Bar"\n\n2,Google',
      read: [
        { line: 3, entry: { imei: '1', manufacturer: 'Foo, Bar' } },
        { line: 5, entry: { imei: '2', manufacturer: 'Google' } },
      ],
    },
    {
      why: 'keeps leading zeros: identifiers are no numbers',
      text: 'serialNumber\n007',
      read: [{ line: 2, entry: { serialNumber: '007' } }],
    },
    { why: 'of a header line alone has no rows', text: 'imei\n', read: [] },
    { why: 'of nothing has no rows', text: '', read: [] },
    {
      why: 'sets a row with too many values aside, and goes on',
      text: 'imei\n1,2\n3',
      read: [
        { line: 2, reason: 'TooManyValues' },
        { line: 3, entry: { imei: '3' } },
      ],
    },
    {
      why: 'sets a row with broken quotes aside, and goes on',
      text: 'imei,model\n1,Pi"xel\n3,Pixel',
      read: [
        { line: 2, reason: 'Unreadable' },
        { line: 3, entry: { imei: '3' } },
      ],
    },
  ])('$why', async ({ text, read }) => {
    const found = await rows(text);
    expect(found).toMatchObject(read);
    expect(found).toHaveLength(read.length);
  });

  test('with a quote that never ends is told as broken: what it swallowed is not simply missing', async () => {
    const found = await rows('imei,model\n1,Pixel\n2,"Pixel\n3,Pixel\n4,Pixel\n');
    expect(found[0]).toMatchObject({ line: 2, entry: { imei: '1' } });
    expect(found.some((row) => 'reason' in row && row.reason === 'Unreadable')).toBe(true);
  });

  test.each([
    { why: 'a column we do not know', text: 'imei,colour\n1,red', says: '"colour"' },
    { why: 'another separator', text: 'imei;model\n1;Pixel', says: '"imei;model"' },
    { why: 'a column twice', text: 'imei,imei\n1,2', says: 'imei twice' },
    {
      why: 'no header line at all',
      text: '490154203237518\n490154203237526',
      says: 'columns are separated by commas and named imei',
    },
  ])('with $why is none, and says so', async ({ text, says }) => {
    const list = await readCsv(text);
    expect(list).toMatchObject({ ok: false, message: expect.stringContaining(says) as unknown });
  });

  test('is read in pieces: a long one holds up nobody', async () => {
    const text = `imei,manufacturer\n${'490154203237518,Google\n'.repeat(100_000)}`;
    let turns = 0;
    const count = setInterval(() => {
      turns += 1;
    }, 0);
    const found = await rows(text);
    clearInterval(count);
    expect(found).toHaveLength(100_000);
    expect(found.at(-1)?.line).toBe(100_001);
    expect(turns).toBeGreaterThan(10);
  });
});
