import type { Address, Country, Email, Phone } from '../../domain/subscription/registration.ts';
import type { WireContact } from './wire.ts';

/** Which of its two address forms an installation is set up for (fact sheet 6). Never guessed, never mixed. */
export type AddressFormat = 'CrmCom' | 'International';

/** What decides how contacts are written. */
export interface ContactForm {
  readonly addressFormat?: AddressFormat;
  /** Whether the release knows `is_primary` (R16.1.0 on); then it is sent, else left out. */
  readonly withPrimary: boolean;
}

/** A contact as it is sent, or in plain words why it cannot be. */
export type WrittenContact =
  | { readonly ok: true; readonly wire: WireContact }
  | { readonly ok: false; readonly message: string };

type Names = Readonly<Record<string, string>>;

const SHARED_ADDRESS: Names = { type: 'type', postalCode: 'postal_code', townCity: 'town_city' };

const CRM_COM_ADDRESS: Names = {
  ...SHARED_ADDRESS,
  streetName: 'street_name',
  streetNumber: 'street_number',
  floor: 'floor',
  apartmentNumber: 'apartment_number',
  area: 'area',
  district: 'district',
  municipality: 'municipality',
  poBox: 'po_box',
  poBoxPostalCode: 'po_box_postal_code',
  careOf: 'care_of',
};

const INTERNATIONAL_ADDRESS: Names = {
  ...SHARED_ADDRESS,
  addressLine1: 'address_line_1',
  addressLine2: 'address_line_2',
  stateProvinceCounty: 'state_province_county',
};

const EMAIL: Names = { type: 'type', emailAddress: 'email_address', notes: 'notes' };
const PHONE: Names = { type: 'type', number: 'number', areaCode: 'area_code', notes: 'notes' };

const COUNTRY: Names = {
  id: 'id',
  name: 'name',
  alternativeCode: 'alternative_code',
  twoCharacterCode: 'two_character_code',
  threeCharacterCode: 'three_character_code',
};

/** Fields that are ours or written by rules of their own. */
const APART: ReadonlySet<string> = new Set(['isPrimary', 'country', 'userDefinedFields']);

export function writeAddress(address: Address, { addressFormat, withPrimary }: ContactForm): WrittenContact {
  if (addressFormat === undefined) {
    return refuse('an address is given: set addressFormat of the VendorAccount, it is never guessed');
  }
  if (addressFormat === 'International') {
    if (address.addressLine1 === undefined) return refuse('an international address needs addressLine1');
    // This form has no is_primary.
    return write('address', address, INTERNATIONAL_ADDRESS, 16, false);
  }
  if (address.streetName === undefined && address.type !== 'POBOX') {
    return refuse('an address needs streetName unless its type is POBOX');
  }
  return write('address', address, CRM_COM_ADDRESS, 16, withPrimary);
}

export function writeEmail(email: Email, { withPrimary }: ContactForm): WrittenContact {
  return write('email', email, EMAIL, 8, withPrimary);
}

export function writePhone(phone: Phone, { withPrimary }: ContactForm): WrittenContact {
  return write('phone', phone, PHONE, 8, withPrimary);
}

function write(
  what: string,
  contact: Address | Email | Phone,
  names: Names,
  maxUserStrings: number,
  withPrimary: boolean,
): WrittenContact {
  const wire: Record<string, string | number | boolean | Readonly<Record<string, string>>> = {};
  for (const [field, value] of Object.entries(contact) as [string, string | number | undefined][]) {
    if (APART.has(field) || value === undefined) continue;
    const name = names[field];
    if (name === undefined) {
      return refuse(`the ${what} has ${field}, which this installation's form does not have`);
    }
    wire[name] = value;
  }
  if (withPrimary) wire['is_primary'] = contact.isPrimary ?? true;
  const country = 'country' in contact ? contact.country : undefined;
  if (country !== undefined) {
    const [written, ...others] = Object.entries(writeCountry(country));
    if (written === undefined || others.length > 0) {
      return refuse(`the country of the ${what} needs exactly one of ${Object.keys(COUNTRY).join(', ')}`);
    }
    wire['country_identifier'] = Object.fromEntries([written]);
  }
  for (const [name, text] of Object.entries(contact.userDefinedFields ?? {})) {
    const value = userDefined(name, text, maxUserStrings);
    if (value === undefined) return refuse(`the ${what} has no user-defined field ${name} with such a value`);
    wire[name] = value;
  }
  return { ok: true, wire };
}

function writeCountry(country: Country): Readonly<Record<string, string>> {
  return Object.fromEntries(
    (Object.entries(country) as [string, string | undefined][]).flatMap(([field, value]) =>
      value === undefined ? [] : [[COUNTRY[field] ?? field, value]],
    ),
  );
}

const USER_DEFINED = /^udf_(string|float|date)_([1-9][0-9]?)$/;
const WIRE_DATE = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}$/;

/** Texts 1 to 16 (8 of e-mails and phones), numbers and dates 1 to 4; undefined when there is no such field. */
function userDefined(name: string, text: string, maxStrings: number): string | number | undefined {
  const [, kind, digits] = USER_DEFINED.exec(name) ?? [];
  const at = Number(digits);
  if (kind === 'string') return at <= maxStrings ? text : undefined;
  if (kind === undefined || at > 4) return undefined;
  if (kind === 'date') return WIRE_DATE.test(text) ? text : undefined;
  const value = Number(text);
  return text.trim() !== '' && Number.isFinite(value) ? value : undefined;
}

function refuse(message: string): WrittenContact {
  return { ok: false, message };
}
