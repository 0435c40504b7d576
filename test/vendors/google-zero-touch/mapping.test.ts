import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { luhnCheckDigit } from '../../../src/domain/device/identifier.ts';
import { type DeviceIdentity, identityKeys, parseIdentity } from '../../../src/domain/device/identity.ts';
import { checkIdentity } from '../../../src/vendors/google-zero-touch/identity-check.ts';
import { readResult } from '../../../src/vendors/google-zero-touch/item-failure.ts';
import {
  fromWire,
  searchBy,
  toClaim,
  toMetadataUpdate,
  toRow,
  toUnclaim,
  toWire,
} from '../../../src/vendors/google-zero-touch/mapping.ts';
import { ACME, keyOf, MOTO, OLD, PIXEL } from './samples.ts';

const digits = (count: number): fc.Arbitrary<string> =>
  fc.string({ unit: fc.constantFrom(...'0123456789'.split('')), minLength: count, maxLength: count });
const imei = digits(14).map((body) => body + luhnCheckDigit(body));
const meid = fc
  .string({ unit: fc.constantFrom(...'0123456789ABCDEF'.split('')), minLength: 13, maxLength: 13 })
  .map((rest) => `A${rest}`);
const serial = fc.string({
  unit: fc.constantFrom(...'ABCdef123-/%_'.split('')),
  minLength: 1,
  maxLength: 20,
});
const name = fc.string({ minLength: 1, maxLength: 20, unit: 'grapheme' });

const identity: fc.Arbitrary<DeviceIdentity> = fc
  .record(
    { imei, imei2: imei, meid, serialNumber: serial, manufacturer: name, model: name },
    { requiredKeys: [] },
  )
  .filter((made) => identityKeys(made).length > 0);

describe('an identity on its way to Google and back', () => {
  test('keeps its keys, and so stays the same device', () => {
    fc.assert(
      fc.property(identity, (declared) => {
        const parsed = parseIdentity(declared);
        if (!parsed.ok) throw new Error(parsed.failure.message);
        const wired = JSON.parse(JSON.stringify(toWire(parsed.identity))) as DeviceIdentity;
        expect(identityKeys(fromWire(wired))).toEqual(identityKeys(parsed.identity));
      }),
    );
  });

  test('is named to release it by what it is filed under', () => {
    fc.assert(
      fc.property(identity, (made) => {
        for (const key of identityKeys(made)) {
          expect(identityKeys(toUnclaim(made, key).deviceIdentifier)).toContain(key);
          expect(identityKeys(toMetadataUpdate(made, key, ACME).deviceIdentifier)).toContain(key);
        }
      }),
    );
  });

  test('is canonical when Google lists it otherwise: a lower-case MEID is the same device', () => {
    expect(identityKeys(fromWire({ meid: 'a0000000002329' }))).toEqual(identityKeys(OLD));
  });

  test('with an identifier that is not canonical is kept as listed', () => {
    expect(fromWire({ imei: '12', model: '' })).toEqual({ imei: '12' });
  });
});

describe('what a search asks for', () => {
  test.for<[string, DeviceIdentity, object]>([
    [
      'the IMEI alone: names may be spelled otherwise in the record',
      { ...PIXEL, serialNumber: 'S1' },
      { imei: PIXEL.imei },
    ],
    ['the MEID alone', OLD, { meid: OLD.meid }],
    ['a serial number with the names that make it unique', MOTO, MOTO],
  ])('%s', ([, device, expected]) => {
    expect(searchBy(device)).toEqual(expected);
  });
});

describe('a claim', () => {
  test('names all of the device, the customer, the order and the configuration', () => {
    expect(
      toClaim({ ...PIXEL, serialNumber: 'S1' }, { ...ACME, vendorParams: { configurationId: '77' } }),
    ).toEqual({
      deviceIdentifier: { ...PIXEL, serialNumber: 'S1' },
      sectionType: 'SECTION_TYPE_ZERO_TOUCH',
      customerId: '987654',
      deviceMetadata: { entries: { ordernumber: 'PO-4711' } },
      configurationId: '77',
    });
  });

  test('without an order says nothing of one; an update without one removes it', () => {
    const { orderNumber: _, ...noOrder } = ACME;
    expect(toClaim(PIXEL, noOrder)).not.toHaveProperty('deviceMetadata');
    expect(toMetadataUpdate(PIXEL, keyOf(PIXEL), noOrder).deviceMetadata).toEqual({
      entries: { ordernumber: '' },
    });
  });
});

describe('a row', () => {
  test('shows the holder of the zero-touch section and no other', () => {
    const claims = [
      { sectionType: 'SECTION_TYPE_SIM_LOCK', ownerCompanyId: '1' },
      { sectionType: 'SECTION_TYPE_ZERO_TOUCH', ownerCompanyId: '2' },
    ];
    expect(toRow({ deviceIdentifier: PIXEL, claims }).observed).toMatchObject({ companyId: '2' });
    expect(toRow({ deviceIdentifier: PIXEL, claims: claims.slice(0, 1) }).observed).not.toHaveProperty(
      'companyId',
    );
  });

  test('shows the order number, and none when it is empty', () => {
    const withOrder = (ordernumber: string) =>
      toRow({ deviceMetadata: { entries: { ordernumber } } }).observed;
    expect(withOrder('PO-1')).toEqual({ orderNumber: 'PO-1' });
    expect(withOrder('')).toEqual({ orderNumber: '' });
    expect(toRow({}).observed).toEqual({ orderNumber: '' });
  });
});

describe('which identifiers a device needs', () => {
  test.for<[string, DeviceIdentity, string | undefined]>([
    ['an IMEI and its maker are enough', { imei: '490154203237518', manufacturer: 'Google' }, undefined],
    ['a MEID and its maker are enough', OLD, undefined],
    ['a serial number with both names is enough', MOTO, undefined],
    [
      'an IMEI without maker',
      { imei: '490154203237518' },
      'zero-touch needs manufacturer with an imei: add manufacturer, exactly as the device reports it',
    ],
    [
      'a MEID with an empty maker',
      { meid: 'A0000000002329', manufacturer: '' },
      'zero-touch needs manufacturer with a meid: add manufacturer, exactly as the device reports it',
    ],
    [
      'a serial number without names',
      { serialNumber: 'Z' },
      'zero-touch needs manufacturer and model with a serialNumber: add manufacturer and model, exactly as the device reports it',
    ],
    [
      'a serial number without model',
      { serialNumber: 'Z', manufacturer: 'M' },
      'zero-touch needs manufacturer and model with a serialNumber: add model, exactly as the device reports it',
    ],
    [
      'a second IMEI alone',
      { imei2: '490154203237518' },
      'an imei2 alone does not name a device: add its imei',
    ],
    [
      'no identifier',
      { manufacturer: 'M', model: 'N' },
      'the device has no identifier: add its imei, its meid, or its serialNumber with manufacturer and model',
    ],
  ])('%s', ([, device, message]) => {
    expect(checkIdentity(device)).toEqual(
      message === undefined ? undefined : { code: 'INVALID_IDENTIFIER_SET', kind: 'invalid', message },
    );
  });
});

describe('what one device’s result means', () => {
  const byImei = { imei: '1' };
  test.for<[string, string, string | undefined, 'claim' | 'unclaim', object, string, string]>([
    [
      'somebody else holds it',
      'SECTION_NOT_YOURS',
      undefined,
      'claim',
      byImei,
      'HELD_BY_OTHER',
      'heldByOther',
    ],
    [
      'a customer that is not ours',
      'PERMISSION_DENIED',
      'INVALID_CUSTOMER_ID',
      'claim',
      byImei,
      'INVALID_CUSTOMER_ID',
      'invalid',
    ],
    ['no access to it', 'PERMISSION_DENIED', undefined, 'claim', byImei, 'HELD_BY_OTHER', 'heldByOther'],
    [
      'no access to it, as the list of codes spells it',
      'OTHER_ERROR',
      'AUTHORIZATION_FAIL',
      'claim',
      byImei,
      'HELD_BY_OTHER',
      'heldByOther',
    ],
    [
      'no access to it, as the method pages spell it',
      'OTHER_ERROR',
      'AUTHORIZATION_FAILED',
      'claim',
      byImei,
      'HELD_BY_OTHER',
      'heldByOther',
    ],
    [
      'nothing of ours to release',
      'SECTION_NOT_YOURS',
      undefined,
      'unclaim',
      byImei,
      'NOT_HELD',
      'heldByOther',
    ],
    [
      'the identifier, which was an IMEI',
      'INVALID_DEVICE_IDENTIFIER',
      undefined,
      'claim',
      byImei,
      'INVALID_DEVICE_IMEI',
      'invalid',
    ],
    [
      'the identifier, which was a MEID',
      'INVALID_DEVICE_IDENTIFIER',
      undefined,
      'claim',
      { meid: '1' },
      'INVALID_DEVICE_MEID',
      'invalid',
    ],
    [
      'the identifier, which was a serial number',
      'INVALID_DEVICE_IDENTIFIER',
      'X9',
      'claim',
      { serialNumber: '1' },
      'INVALID_DEVICE_SERIAL',
      'invalid',
    ],
    [
      'the identifier, and none was sent',
      'INVALID_DEVICE_IDENTIFIER',
      undefined,
      'claim',
      {},
      'INVALID_IDENTIFIER_SET',
      'invalid',
    ],
    [
      'the identifier, and Google says that it is the maker',
      'INVALID_DEVICE_IDENTIFIER',
      'INVALID_MANUFACTURER',
      'claim',
      byImei,
      'INVALID_MANUFACTURER',
      'invalid',
    ],
    [
      'something else, and Google says that it is the customer',
      'OTHER_ERROR',
      'INVALID_CUSTOMER_ID',
      'claim',
      byImei,
      'INVALID_CUSTOMER_ID',
      'invalid',
    ],
    ['something else', 'OTHER_ERROR', undefined, 'claim', byImei, 'INTERNAL_SERVER_ERROR', 'passing'],
    ['nobody knows', 'UNKNOWN_ERROR', 'toString', 'claim', byImei, 'INTERNAL_SERVER_ERROR', 'passing'],
    [
      'a status from the future',
      'ON_HOLIDAY',
      undefined,
      'claim',
      byImei,
      'INTERNAL_SERVER_ERROR',
      'passing',
    ],
    [
      'too many devices',
      'DEVICE_LIMIT_EXCEEDED',
      undefined,
      'claim',
      byImei,
      'DEVICE_LIMIT_EXCEEDED',
      'passing',
    ],
    [
      'a section that does not exist',
      'INVALID_SECTION_TYPE',
      undefined,
      'claim',
      byImei,
      'INVALID_PARAM_DEFAULT',
      'invalid',
    ],
    [
      'a token we never send',
      'INVALID_TOKEN',
      undefined,
      'claim',
      byImei,
      'INVALID_PARAM_DEFAULT',
      'invalid',
    ],
    [
      'another token we never send',
      'REVOKED_TOKEN',
      undefined,
      'claim',
      byImei,
      'INVALID_PARAM_DEFAULT',
      'invalid',
    ],
  ])('%s', ([, status, errorIdentifier, verb, sent, code, kind]) => {
    const result = {
      status: `SINGLE_DEVICE_STATUS_${status}`,
      ...(errorIdentifier === undefined ? {} : { errorIdentifier }),
    };
    expect(readResult(result, verb, sent)).toMatchObject({ is: 'failure', failure: { code, kind } });
  });

  test.each(['DUPLICATE_DEVICE', 'DUPLICATE_DEVICES'])(
    'a device that the same customer has already is a success, spelled %s',
    (errorIdentifier) => {
      const result = { status: 'SINGLE_DEVICE_STATUS_OTHER_ERROR', errorIdentifier };
      expect(readResult(result, 'claim', byImei)).toEqual({ is: 'success' });
    },
  );

  test('Google’s own words follow ours', () => {
    const result = { status: 'SINGLE_DEVICE_STATUS_OTHER_ERROR', errorMessage: 'Try\nlater.' };
    expect(readResult(result, 'claim', byImei)).toMatchObject({
      failure: { message: 'Google failed at this device; Google says: Try later.' },
    });
  });

  test.for<[string, { status?: string } | undefined]>([
    ['no result', undefined],
    ['a result without status', {}],
    ['the status that stands for none', { status: 'SINGLE_DEVICE_STATUS_UNSPECIFIED' }],
    ['a word that is no status of a device', { status: 'SUCCESS' }],
  ])('%s says nothing', ([, result]) => {
    expect(readResult(result, 'claim', byImei)).toEqual({ is: 'unsaid' });
  });
});
