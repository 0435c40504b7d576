import { describe, expect, test } from 'vitest';
import { create, startWorld, turn } from './world.ts';

const HOME = { type: 'HOME', street_name: 'Ilia Papakiriakou' };
const ABROAD = { type: 'HOME', address_line_1: '8 Ilia Papakiriakou' };
const MAIL = { type: 'PERSONAL', email_address: 'maria@example.com' };
const PHONE = { type: 'MOBILE', number: '99123456' };

const USER_DEFINED = { udf_float_4: 1.5, udf_date_4: '2026-01-31T00:00:00' };

const EVERY_ADDRESS_FIELD = {
  ...HOME,
  ...USER_DEFINED,
  is_primary: true,
  postal_code: '3020',
  street_number: '8',
  floor: 2,
  apartment_number: '202',
  area: 'Plati',
  town_city: 'Aglanjia',
  district: 'Nicosia',
  municipality: 'Aglanjia',
  country_identifier: { three_character_code: 'CYP' },
  po_box: '70022',
  po_box_postal_code: 'AG70022',
  care_of: 'Maria',
  udf_string_16: 'text',
};

const EVERY_FIELD_ABROAD = {
  ...ABROAD,
  ...USER_DEFINED,
  address_line_2: 'Flat 202',
  state_province_county: 'Nicosia',
  postal_code: '3020',
  town_city: 'Aglanjia',
  country_identifier: { name: 'Cyprus' },
  udf_string_16: 'text',
};

const EVERY_PHONE_FIELD = {
  ...PHONE,
  ...USER_DEFINED,
  is_primary: false,
  area_code: '357',
  country_identifier: { alternative_code: 'c-1' },
  notes: 'evenings',
  udf_string_8: 'text',
};

const EVERY_MAIL_FIELD = { ...MAIL, ...USER_DEFINED, is_primary: true, notes: 'work', udf_string_8: 'text' };

describe('the contacts of create', () => {
  test.each([
    ['an address with every field', { customer_address: EVERY_ADDRESS_FIELD }],
    ['a phone with every field', { customer_phone: EVERY_PHONE_FIELD }],
    ['an email with every field', { customer_email: EVERY_MAIL_FIELD }],
    ['a post-office box without a street', { customer_address: { type: 'POBOX', po_box: '70022' } }],
    ['fields that are null', { customer_address: { ...HOME, floor: null }, customer_email: null }],
  ])('may be %s', async (_, contacts) => {
    await using world = await startWorld();
    const answer = await create(world, 'pci1', contacts);
    expect(answer.code, answer.text).toBe('OK');
  });

  test.each([
    ['an address without a type', { customer_address: { street_name: 'Street' } }],
    ['an address of a type that is none', { customer_address: { ...HOME, type: 'CASTLE' } }],
    ['a home without a street', { customer_address: { type: 'HOME' } }],
    ['a floor in quotes', { customer_address: { ...HOME, floor: '2' } }],
    ['half a floor', { customer_address: { ...HOME, floor: 2.5 } }],
    ['a street number without quotes', { customer_address: { ...HOME, street_number: 8 } }],
    [
      'an international field in an address of the other format',
      { customer_address: { ...HOME, ...ABROAD } },
    ],
    ['a seventeenth user-defined text', { customer_address: { ...HOME, udf_string_17: 'x' } }],
    ['a user-defined number in quotes', { customer_address: { ...HOME, udf_float_1: '1.5' } }],
    [
      'a user-defined date with an offset',
      { customer_address: { ...HOME, udf_date_1: '2026-01-31T00:00:00Z' } },
    ],
    [
      'a user-defined date that is none',
      { customer_address: { ...HOME, udf_date_1: '2026-13-31T00:00:00' } },
    ],
    ['a country as a text', { customer_address: { ...HOME, country_identifier: 'CY' } }],
    ['a country without a key', { customer_address: { ...HOME, country_identifier: {} } }],
    [
      'a country with a key it does not have',
      { customer_address: { ...HOME, country_identifier: { code: 'CY' } } },
    ],
    ['a set of addresses', { customer_address: [HOME] }],
    ['a phone without a number', { customer_phone: { type: 'FAX' } }],
    ['a phone of an email’s type', { customer_phone: { ...PHONE, type: 'PERSONAL' } }],
    ['a ninth user-defined text of a phone', { customer_phone: { ...PHONE, udf_string_9: 'x' } }],
    ['an email without an address', { customer_email: { type: 'BUSINESS' } }],
    ['an email with a country', { customer_email: { ...MAIL, country_identifier: { id: '1' } } }],
    ['a flag that is none', { customer_email: { ...MAIL, is_primary: 'true' } }],
  ])('are refused for %s, and nothing is created', async (_, contacts) => {
    await using world = await startWorld();
    expect((await create(world, 'pci1', contacts)).code).toBe('INVALID_PARAMETER');
    expect((await world.admin('GET', '/subscribers')).body).toEqual([]);
  });

  test('may name a country by two keys where the knob says so', async () => {
    await using world = await startWorld();
    const country_identifier = { two_character_code: 'CY', name: 'Cyprus' };
    const contacts = { customer_address: { ...HOME, country_identifier } };
    expect((await create(world, 'pci1', contacts)).code).toBe('INVALID_PARAMETER');
    await turn(world, { semiOptionalStrict: false });
    expect((await create(world, 'pci1', contacts)).code).toBe('OK');
  });

  test('take the international format, and only it, where the installation does', async () => {
    await using world = await startWorld({ knobs: { addressFormat: 'international' } });
    const codes = [];
    for (const customer_address of [
      HOME,
      { type: 'HOME' },
      { ...ABROAD, is_primary: true },
      EVERY_FIELD_ABROAD,
    ])
      codes.push((await create(world, 'pci1', { customer_address })).code);
    expect(codes).toEqual(['INVALID_PARAMETER', 'INVALID_PARAMETER', 'INVALID_PARAMETER', 'OK']);
  });

  test.each([
    ['required', 'INVALID_PARAMETER', 'OK'],
    ['absent', 'OK', 'INVALID_PARAMETER'],
    ['optional', 'OK', 'OK'],
  ])('whose is_primary is %s: without it %s, with it %s', async (primaryFlag, without, withIt) => {
    await using world = await startWorld();
    await turn(world, { primaryFlag });
    const contacts = [
      ['customer_address', HOME],
      ['customer_phone', PHONE],
      ['customer_email', MAIL],
    ] as const;
    for (const [name, contact] of contacts) {
      expect((await create(world, `${name} 1`, { [name]: contact })).code).toBe(without);
      const flagged = { ...contact, is_primary: true };
      expect((await create(world, `${name} 2`, { [name]: flagged })).code).toBe(withIt);
    }
  });
});
