import type { JsonObject } from '../json.ts';
import type { Knobs } from './knobs.ts';
import { missing, onlyKeyOf, optionalObject, refuseUnknownNames } from './parameters.ts';
import { invalidParameter } from './vendor-error.ts';
import { isWireDate } from './wire-dates.ts';

/** What a field may hold: one of some words, or a value of a kind. */
type Holds = 'text' | 'integer' | 'number' | 'flag' | 'date' | 'country' | readonly string[];

/** One of the contact objects of create (fact sheet 6). */
interface ContactForm {
  readonly fields: Readonly<Record<string, Holds>>;
  readonly mandatory: readonly string[];
}

const CUSTOM = ['CUSTOM1', 'CUSTOM2', 'CUSTOM3', 'CUSTOM4', 'CUSTOM5'];
const ADDRESS_TYPE = ['HOME', 'BUSINESS', 'POBOX', ...CUSTOM];

const COUNTRY_KEYS = ['id', 'name', 'alternative_code', 'two_character_code', 'three_character_code'];

const CRMCOM_ADDRESS: ContactForm = {
  mandatory: ['type'],
  fields: {
    type: ADDRESS_TYPE,
    is_primary: 'flag',
    postal_code: 'text',
    street_name: 'text',
    street_number: 'text',
    floor: 'integer',
    apartment_number: 'text',
    area: 'text',
    town_city: 'text',
    district: 'text',
    municipality: 'text',
    country_identifier: 'country',
    po_box: 'text',
    po_box_postal_code: 'text',
    care_of: 'text',
    ...userDefined(16),
  },
};

const INTERNATIONAL_ADDRESS: ContactForm = {
  mandatory: ['type', 'address_line_1'],
  fields: {
    type: ADDRESS_TYPE,
    postal_code: 'text',
    town_city: 'text',
    country_identifier: 'country',
    address_line_1: 'text',
    address_line_2: 'text',
    state_province_county: 'text',
    ...userDefined(16),
  },
};

const EMAIL: ContactForm = {
  mandatory: ['type', 'email_address'],
  fields: {
    type: ['PERSONAL', 'BUSINESS', ...CUSTOM],
    is_primary: 'flag',
    email_address: 'text',
    notes: 'text',
    ...userDefined(8),
  },
};

const PHONE: ContactForm = {
  mandatory: ['type', 'number'],
  fields: {
    type: ['LANDLINE', 'MOBILE', 'FAX', ...CUSTOM],
    is_primary: 'flag',
    number: 'text',
    area_code: 'text',
    country_identifier: 'country',
    notes: 'text',
    ...userDefined(8),
  },
};

/** Refuses contact objects that are not as the tables have them. They are not kept: nothing can read them back. */
export function checkContacts(input: JsonObject, knobs: Knobs): void {
  const address = optionalObject(input, 'customer_address');
  if (address !== undefined) checkAddress(address, knobs);
  const email = optionalObject(input, 'customer_email');
  if (email !== undefined) checkContact(email, 'customer_email', EMAIL, knobs);
  const phone = optionalObject(input, 'customer_phone');
  if (phone !== undefined) checkContact(phone, 'customer_phone', PHONE, knobs);
}

function checkAddress(address: JsonObject, knobs: Knobs): void {
  const form = knobs.addressFormat === 'crmcom' ? CRMCOM_ADDRESS : INTERNATIONAL_ADDRESS;
  checkContact(address, 'customer_address', form, knobs);
  // "Mandatory on conditions" that are not given. ASSUMED: unless the address is a post-office box.
  const needsStreet = knobs.addressFormat === 'crmcom' && address['type'] !== 'POBOX';
  if (needsStreet) requireFields(address, 'customer_address', ['street_name']);
}

function checkContact(object: JsonObject, at: string, form: ContactForm, knobs: Knobs): void {
  const { fields, mandatory } = withPrimaryFlag(form, knobs);
  refuseUnknownNames(object, Object.keys(fields), `${at}.`, knobs);
  requireFields(object, at, mandatory);
  for (const [name, holds] of Object.entries(fields)) {
    const value = object[name] ?? undefined;
    if (value !== undefined) checkValue(value, `${at}.${name}`, holds, knobs);
  }
}

function withPrimaryFlag(form: ContactForm, knobs: Knobs): ContactForm {
  if (!('is_primary' in form.fields) || knobs.primaryFlag === 'optional') return form;
  if (knobs.primaryFlag === 'required') return { ...form, mandatory: [...form.mandatory, 'is_primary'] };
  const { is_primary: _, ...fields } = form.fields;
  return { ...form, fields };
}

function requireFields(object: JsonObject, at: string, names: readonly string[]): void {
  const absent = names.find((name) => (object[name] ?? '') === '');
  if (absent !== undefined) throw missing(`${at}.${absent}`);
}

function checkValue(value: unknown, at: string, holds: Holds, knobs: Knobs): void {
  if (holds === 'country') {
    onlyKeyOf(optionalObject({ [at]: value }, at) ?? {}, at, COUNTRY_KEYS, knobs);
    return;
  }
  if (!fits(value, holds))
    throw invalidParameter(
      `Parameter ${at} must be ${typeof holds === 'string' ? holds : holds.join(', ')}.`,
    );
}

function fits(value: unknown, holds: Exclude<Holds, 'country'>): boolean {
  switch (holds) {
    case 'text':
      return typeof value === 'string';
    case 'integer':
      return Number.isSafeInteger(value);
    case 'number':
      return typeof value === 'number';
    case 'flag':
      return typeof value === 'boolean';
    case 'date':
      return isWireDate(value);
    default:
      return typeof value === 'string' && holds.includes(value);
  }
}

/** The user-defined fields: `strings` texts, four numbers, four dates. */
function userDefined(strings: number): Record<string, Holds> {
  const numbered = (kind: string, count: number, holds: Holds) =>
    Array.from({ length: count }, (_, index) => [`udf_${kind}_${index + 1}`, holds] as const);
  return Object.fromEntries([
    ...numbered('string', strings, 'text'),
    ...numbered('float', 4, 'number'),
    ...numbered('date', 4, 'date'),
  ]);
}
