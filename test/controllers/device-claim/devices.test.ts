import { describe, expect, test } from 'vitest';
import { DEVICE_LIST } from '../../../src/controllers/device-claim/devices.ts';
import { createItemList } from '../../../src/controllers/lists/item-list.ts';
import type { DeviceIdentity } from '../../../src/domain/device/identity.ts';
import { imei } from '../../support/fleet.ts';

type Entry = DeviceIdentity;

function declared(...devices: readonly Entry[]) {
  const list = createItemList(DEVICE_LIST);
  list.add(devices.map((entry) => ({ declared: entry })));
  return { items: list.items, rejected: list.rejected };
}

const WRONG = `${imei(0).slice(0, 14)}${(Number(imei(0)[14]) + 1) % 10}`;

describe('the devices of a claim', () => {
  test('a list that is not there declares nothing', () => {
    expect(declared()).toEqual({ items: [], rejected: [] });
  });

  test.each<[string, Entry, string]>([
    ['an IMEI whose check digit is wrong would name another device', { imei: WRONG }, 'INVALID_DEVICE_IMEI'],
    [
      'an IMEI without its check digit is not completed',
      { imei: imei(0).slice(0, 14) },
      'INVALID_DEVICE_IMEI',
    ],
    ['a second IMEI is checked as the first is', { imei: imei(0), imei2: WRONG }, 'INVALID_DEVICE_IMEI'],
    ['a MEID begins with A to F', { meid: '10000000002329' }, 'INVALID_DEVICE_MEID'],
    ['a serial number has no spaces within', { serialNumber: 'ZX1 G22' }, 'INVALID_DEVICE_SERIAL'],
    [
      'names alone do not name a device',
      { manufacturer: 'Google', model: 'Pixel 8' },
      'INVALID_IDENTIFIER_SET',
    ],
  ])('%s', (_why, entry, code) => {
    const { items, rejected } = declared(entry, { imei: imei(5) });
    expect(rejected).toMatchObject([{ code }]);
    // The other entry goes on.
    expect(items.map(({ key }) => key)).toEqual([`imei:${imei(5)}`]);
  });

  test.each<[string, Entry]>([
    ['with dashes', { imei: imei(0).replace(/^(..)(.{6})/, '$1-$2-') }],
    ['with spaces', { imei: ` ${imei(0)} ` }],
    ['with another model beside it', { imei: imei(0), model: 'Pixel 9' }],
  ])('the same IMEI %s is a duplicate, told under the name it was given', (_how, again) => {
    const { items, rejected } = declared({ imei: imei(0) }, again);
    expect(items).toHaveLength(1);
    expect(rejected).toEqual([
      {
        device: `imei:${again.imei}`,
        code: 'DUPLICATE_DEVICE',
        message: expect.stringContaining('more than once') as unknown,
      },
    ]);
  });

  test.each([
    { why: 'a second IMEI that is another’s first', again: { imei: imei(1), imei2: imei(0) } },
    {
      why: 'a serial number of one maker and model',
      again: { imei: imei(2), serialNumber: 'zx1g22', manufacturer: 'Motorola', model: 'moto g' },
    },
  ])('entries that share $why name one device, which is told', ({ again }) => {
    const first = { imei: imei(0), serialNumber: 'ZX1G22', manufacturer: 'Motorola', model: 'moto g' };
    const { items, rejected } = declared(first, again);
    expect(items).toHaveLength(1);
    expect(rejected).toMatchObject([{ device: `imei:${again.imei}`, code: 'DUPLICATE_DEVICE' }]);
  });

  test('a MEID in decimal and in small letters is one device', () => {
    const { items, rejected } = declared({ meid: 'a0000000002329' }, { meid: '268435456000009001' });
    expect(items.map(({ key }) => key)).toEqual(['meid:A0000000002329']);
    expect(rejected).toMatchObject([{ code: 'DUPLICATE_DEVICE' }]);
  });

  test('a serial number is another device when another maker made it', () => {
    const { items, rejected } = declared(
      { serialNumber: 'ZX1G22', manufacturer: 'Motorola', model: 'moto g' },
      { serialNumber: 'ZX1G22', manufacturer: 'Google', model: 'Pixel 8' },
    );
    expect(items).toHaveLength(2);
    expect(rejected).toEqual([]);
  });

  test('names stay as they are written, identifiers are canonical', () => {
    const { items } = declared({ imei: ` ${imei(0)}`, manufacturer: 'google ', model: 'PIXEL' });
    expect(items[0]?.subject).toEqual({ imei: imei(0), manufacturer: 'google ', model: 'PIXEL' });
  });
});
