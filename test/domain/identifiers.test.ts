import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { luhnCheckDigit, parseImei, parseMeid, parseSerial } from '../../src/domain/device/identifier.ts';
import { describeIdentity, identityKeys, parseIdentity } from '../../src/domain/device/identity.ts';

describe('an IMEI', () => {
  test.each([
    { text: '490154203237518', why: 'with the right check digit is taken as it is' },
    { text: '49-015420-323751-8', why: 'may be written with the dashes of its parts' },
    { text: '49 015420 323751 8', why: 'may be written with spaces' },
    { text: '49015420/3237518', why: 'may be written with a slash' },
  ])('$text $why', ({ text }) => {
    expect(parseImei(text)).toEqual({ ok: true, value: '490154203237518' });
  });

  test.each([
    { text: '490154203237517', why: 'has a wrong check digit' },
    { text: '49015420323751', why: 'lacks the check digit, and a guessed one would name another device' },
    { text: '4901542032375186', why: 'is an IMEISV' },
    { text: '4.90154E+14', why: 'was mangled by a spreadsheet' },
    { text: '49015420323751８', why: 'has a digit that is not ASCII' },
    { text: '', why: 'is empty' },
  ])('$text is refused: it $why', ({ text }) => {
    expect(parseImei(text)).toMatchObject({ ok: false, code: 'INVALID_DEVICE_IMEI' });
  });

  test('with one digit changed, or two neighbours of different value swapped, is found out', () => {
    const digits = fc.stringMatching(/^\d{14}$/);
    fc.assert(
      fc.property(digits, fc.nat(14), fc.integer({ min: 1, max: 9 }), (body, at, by) => {
        const imei = body + luhnCheckDigit(body);
        const wrong = imei.slice(0, at) + ((Number(imei[at]) + by) % 10) + imei.slice(at + 1);
        expect(parseImei(imei).ok).toBe(true);
        expect(parseImei(wrong).ok).toBe(false);
      }),
    );
  });
});

describe('a MEID', () => {
  test.each([
    { text: 'A0000000002329', value: 'A0000000002329', why: 'is hexadecimal' },
    { text: 'a0000000002329', value: 'A0000000002329', why: 'is written in small letters' },
    { text: 'AF 0123 45 0ABCDE', value: 'AF0123450ABCDE', why: 'is written in parts' },
    // 3GPP2 S.R0048, the example of annex B: AF0123450ABCDE is 293608736500703710.
    { text: '293608736500703710', value: 'AF0123450ABCDE', why: 'is the decimal form of the same' },
  ])('$text $why', ({ text, value }) => {
    expect(parseMeid(text)).toEqual({ ok: true, value });
  });

  test.each([
    { text: '90000000002329', why: 'begins with a digit, as pseudo-ESN ranges do not' },
    { text: 'A000000000232', why: 'is too short' },
    { text: 'A00000000023291', why: 'carries a check digit' },
    { text: '429496729600000000', why: 'has a first decimal part beyond 32 bits' },
    { text: '293608736516777216', why: 'has a second decimal part beyond 24 bits' },
    { text: '000000000100000001', why: 'is decimal for a first byte below A0' },
  ])('$text is refused: it $why', ({ text }) => {
    expect(parseMeid(text)).toMatchObject({ ok: false, code: 'INVALID_DEVICE_MEID' });
  });

  test('names the same device in its decimal and its hexadecimal form', () => {
    const high = fc.integer({ min: 0xa000_0000, max: 0xffff_ffff });
    fc.assert(
      fc.property(high, fc.integer({ min: 0, max: 0xff_ffff }), (first, last) => {
        const hex = first.toString(16).padStart(8, '0') + last.toString(16).padStart(6, '0');
        const decimal = String(first).padStart(10, '0') + String(last).padStart(8, '0');
        expect(parseMeid(decimal)).toEqual(parseMeid(hex));
      }),
    );
  });
});

describe('a serial number', () => {
  test.each([
    { text: 'ZX1G22', ok: true, why: 'is plain' },
    { text: ' ZX1G22 ', ok: true, why: 'has spaces around it, which are not part of it' },
    { text: 'zx1g22', ok: true, why: 'keeps its letters as the device reports them' },
    { text: 'ZX 1G22', ok: false, why: 'has a space within' },
    { text: 'ZX1G22ü', ok: false, why: 'has a letter no device reports' },
    { text: 'x'.repeat(65), ok: false, why: 'is too long' },
    { text: '   ', ok: false, why: 'is empty' },
  ])('$text: $ok, for it $why', ({ text, ok }) => {
    expect(parseSerial(text)).toMatchObject(ok ? { ok, value: text.trim() } : { ok });
  });
});

describe('a device', () => {
  test('is filed under its strongest identifier, and found under every one', () => {
    const parsed = parseIdentity({
      serialNumber: 'zx1g22',
      meid: 'a0000000002329',
      imei: '49-015420-323751-8',
      manufacturer: 'Motorola',
      model: 'moto g',
    });
    expect(parsed).toMatchObject({ ok: true, key: 'imei:490154203237518' });
    expect(parsed.ok && identityKeys(parsed.identity)).toEqual([
      'imei:490154203237518',
      'meid:A0000000002329',
      'serial:Motorola/moto%20g/ZX1G22',
    ]);
  });

  test.each([
    { declared: {}, code: 'INVALID_IDENTIFIER_SET', why: 'has nothing to be known by' },
    { declared: { model: 'Pixel 8' }, code: 'INVALID_IDENTIFIER_SET', why: 'has only a name' },
    {
      declared: { serialNumber: 'ZX1G22', imei: '1' },
      code: 'INVALID_DEVICE_IMEI',
      why: 'has one wrong identifier beside a right one',
    },
  ])('that $why is refused with $code', ({ declared, code }) => {
    expect(parseIdentity(declared)).toMatchObject({ ok: false, failure: { code, kind: 'invalid' } });
  });

  test('of one maker never has the serial key of a device of another', () => {
    const text = fc.string({ minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(text, text, text, text, (maker, model, otherMaker, otherModel) => {
        fc.pre(maker !== otherMaker || model !== otherModel);
        const key = identityKeys({ serialNumber: 'S', manufacturer: maker, model });
        expect(identityKeys({ serialNumber: 'S', manufacturer: otherMaker, model: otherModel })).not.toEqual(
          key,
        );
      }),
    );
  });

  test('is described by its strongest identifier, even where that is wrong', () => {
    expect(describeIdentity({ serialNumber: 'S', imei: 'oops' })).toBe('imei:oops');
    expect(describeIdentity({ imei2: '490154203237518' })).toBe('imei:490154203237518');
    expect(describeIdentity({})).toBe('a device without identifier');
  });
});
