import { describe, expect, test } from 'vitest';
import { parseSought } from '../../../src/cli/find/identifier.ts';

describe('an identifier as people write it', () => {
  test.each([
    ['490154203237518', 'imei:490154203237518'],
    ['49-015420-323751-8', 'imei:490154203237518'],
    ['imei:490154203237518', 'imei:490154203237518'],
    ['a0000000002329', 'meid:A0000000002329'],
    ['ZX1G22', 'serial:Motorola/moto%20g/ZX1G22'],
    ['serial:zx1g22', 'serial:Motorola/moto%20g/ZX1G22'],
    ['serial:Motorola/moto%20g/ZX1G22', 'serial:Motorola/moto%20g/ZX1G22'],
    ['NFANDROID1-PRV-4711', 'esn:NFANDROID1-PRV-4711'],
    ['85000022411113460014', 'iccid:85000022411113460014'],
  ])('%s means the item %s', (text, key) => {
    expect(parseSought(text).matches(key)).toBe(true);
  });

  test.each([
    ['490154203237518', 'imei:356938030000013', 'another number'],
    ['serial:490154203237518', 'imei:490154203237518', 'another kind of identifier'],
    ['154203237518', 'imei:490154203237518', 'a part of a number'],
    ['Motorola', 'serial:Motorola/moto%20g/ZX1G22', 'a name and no identifier'],
  ])('%s does not mean %s: it is %s', (text, key) => {
    expect(parseSought(text).matches(key)).toBe(false);
  });

  test('a wrong identifier is found as it is written', () => {
    expect(parseSought('490154203237519').isWritten(' 490154203237519')).toBe(true);
    expect(parseSought('490154203237519').isWritten('490154203237518')).toBe(false);
  });
});
