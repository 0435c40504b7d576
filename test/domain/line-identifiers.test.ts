import { describe, expect, test } from 'vitest';
import { lineNameOfKey, parseLineName } from '../../src/domain/line/identifier.ts';

describe('a line is named', () => {
  test.each([
    ['esn', '09005470263', 'esn:09005470263'],
    ['ICCID', '8500 0022 4111 1346 0014', 'iccid:85000022411113460014'],
    ['imei', '990000560000001', 'imei:990000560000001'],
    ['meid', 'a0000000002329', 'meid:A0000000002329'],
    ['eid', '8'.repeat(32), `eid:${'8'.repeat(32)}`],
  ])('by its %s', (kind, identifier, key) => {
    const parsed = parseLineName(kind, identifier);
    expect(parsed).toMatchObject({ ok: true, key });
    expect(parsed.ok && lineNameOfKey(key)).toEqual(parsed.ok && parsed.name);
  });

  test.each([
    ['mdn', '5551234567', 'it changes with the line’s state'],
    ['esn', '9005470263', 'a leading zero was lost'],
    ['iccid', '8.5000022411113e19', 'a spreadsheet made a number of it'],
    ['iccid', '12345', 'it is too short'],
    ['imei', '99000056000000x', 'it has a letter'],
    ['meid', 'G0000000002329', 'it is not hexadecimal'],
    ['', '', 'it is nothing'],
  ])('not by the %s %s: %s', (kind, identifier) => {
    expect(parseLineName(kind, identifier)).toMatchObject({
      ok: false,
      failure: { code: 'INVALID_LINE_IDENTIFIER', kind: 'invalid' },
    });
  });
});
