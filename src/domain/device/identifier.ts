/**
 * The identifiers of a mobile device: how they are written, checked and made canonical. Rules are the GSMA's
 * and 3GPP2's; which of them a vendor wants is the vendor's business.
 */

export type Identifier<Code extends string> =
  | { readonly ok: true; readonly value: string }
  | { readonly ok: false; readonly code: Code; readonly message: string };

/** Longest serial number accepted. ASSUMED: vendors publish none; Samsung's are about 11 characters. */
const MAX_SERIAL_CHARACTERS = 64;

/**
 * An IMEI: 15 digits of which the last is the Luhn check digit (3GPP TS 23.003, annex B). Spaces, dashes and
 * slashes are typing aids. 14 digits (no check digit) and 16 (IMEISV) are refused rather than completed: a
 * guessed digit names another device.
 */
export function parseImei(text: string): Identifier<'INVALID_DEVICE_IMEI'> {
  const digits = text.replace(/[\s/-]/g, '');
  if (!/^\d{15}$/.test(digits)) {
    return refuse('INVALID_DEVICE_IMEI', `an IMEI has 15 digits, ${quote(text)} does not`);
  }
  const expected = luhnCheckDigit(digits.slice(0, 14));
  if (digits[14] !== expected) {
    return refuse(
      'INVALID_DEVICE_IMEI',
      `the check digit of IMEI ${digits} is wrong: after ${digits.slice(0, 14)} it must be ${expected}; compare with the device`,
    );
  }
  return { ok: true, value: digits };
}

/**
 * A MEID: 14 hexadecimal digits whose first byte is A0 to FF, or the same in its 18-digit decimal form
 * (10 digits for the first 32 bits, 8 for the last 24; 3GPP2 S.R0048). Canonical form: upper-case hexadecimal.
 */
export function parseMeid(text: string): Identifier<'INVALID_DEVICE_MEID'> {
  const compact = text.replace(/[\s-]/g, '').toUpperCase();
  const hex = /^\d{18}$/.test(compact) ? meidFromDecimal(compact) : compact;
  if (hex === undefined || !/^[A-F][0-9A-F]{13}$/.test(hex)) {
    return refuse(
      'INVALID_DEVICE_MEID',
      `a MEID has 14 hexadecimal digits and begins with A to F (or 18 decimal digits), ${quote(text)} does not`,
    );
  }
  return { ok: true, value: hex };
}

/** A serial number: printable, without spaces at its ends, case-sensitive as the device reports it. */
export function parseSerial(text: string): Identifier<'INVALID_DEVICE_SERIAL'> {
  const serial = text.trim();
  if (serial === '' || serial.length > MAX_SERIAL_CHARACTERS || !/^[\x21-\x7e]+$/.test(serial)) {
    return refuse(
      'INVALID_DEVICE_SERIAL',
      `a serial number has 1 to ${MAX_SERIAL_CHARACTERS} printable characters and no spaces, ${quote(text)} does not`,
    );
  }
  return { ok: true, value: serial };
}

/** The digit that makes a number pass the Luhn test (ISO/IEC 7812-1, annex B). */
export function luhnCheckDigit(digits: string): string {
  let sum = 0;
  for (let i = 0; i < digits.length; i += 1) {
    const digit = digits.charCodeAt(digits.length - 1 - i) - 48;
    const doubled = i % 2 === 0 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return String((10 - (sum % 10)) % 10);
}

function meidFromDecimal(digits: string): string | undefined {
  const high = Number(digits.slice(0, 10));
  const low = Number(digits.slice(10));
  if (high > 0xffff_ffff || low > 0xff_ffff) return undefined;
  return (high.toString(16).padStart(8, '0') + low.toString(16).padStart(6, '0')).toUpperCase();
}

function refuse<Code extends string>(code: Code, message: string): Identifier<Code> {
  return { ok: false, code, message };
}

function quote(text: string): string {
  return JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}…` : text);
}
