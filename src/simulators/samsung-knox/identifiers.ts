import { isImei } from '../imei.ts';
import type { CodeName } from './codes.ts';

/** What kind of identifier an upload or delete holds: one kind for each request (3.4). */
export type IdentifierType = 'IMEI' | 'MEID' | 'SN';

export const IDENTIFIER_TYPES: readonly IdentifierType[] = ['IMEI', 'MEID', 'SN'];

/** A physical phone or tablet, whoever holds it. A dual SIM phone has two IMEIs and one serial number (3.7). */
export interface Hardware {
  readonly hardwareId: number;
  readonly imei?: string;
  readonly imei2?: string;
  /** 18 decimal digits, as the vendor's lists show it. */
  readonly meid?: string;
  readonly serialNumber: string;
  readonly model: string;
}

/** Why an identifier is refused before anybody looks for the device, or undefined (section 4). */
export function formatProblem(type: IdentifierType, text: string): CodeName | undefined {
  switch (type) {
    case 'IMEI':
      return isImei(text) ? undefined : 'DEVICE_IMEI_INVALID';
    case 'MEID':
      return decimalMeid(text) === undefined ? 'DEVICE_MEID_INVALID' : undefined;
    case 'SN':
      // The length is ASSUMED.
      return /^[0-9A-Za-z]{1,20}$/.test(text) ? undefined : 'DEVICE_SERIAL_INVALID';
    default:
      return type satisfies never;
  }
}

/** The one form in which two identifiers of the same hardware feature are equal. The text must be well formed. */
export function canonical(type: IdentifierType, text: string): string {
  return type === 'MEID' ? (decimalMeid(text) ?? text) : text;
}

/**
 * The MEID as 18 decimal digits: 10 of its first 32 bits, 8 of its last 24 (section 4); undefined for anything else.
 * That the vendor takes both forms is ASSUMED.
 */
function decimalMeid(text: string): string | undefined {
  if (/^\d{18}$/.test(text)) {
    const fits = Number(text.slice(0, 10)) < 2 ** 32 && Number(text.slice(10)) < 2 ** 24;
    return fits ? text : undefined;
  }
  if (!/^[A-F][0-9A-F]{13}$/i.test(text)) return undefined;
  const manufacturer = Number.parseInt(text.slice(0, 8), 16);
  const serial = Number.parseInt(text.slice(8), 16);
  return String(manufacturer).padStart(10, '0') + String(serial).padStart(8, '0');
}

/** Everything the hardware answers to, as index keys. */
export function hardwareKeys({ imei, imei2, meid, serialNumber }: Omit<Hardware, 'hardwareId'>): string[] {
  const imeis = [imei, imei2].filter((one) => one !== undefined).map((one) => keyOf('IMEI', one));
  return [...imeis, ...(meid === undefined ? [] : [keyOf('MEID', meid)]), keyOf('SN', serialNumber)];
}

/** The index key of one identifier. */
export function keyOf(type: IdentifierType, text: string): string {
  return `${type}:${canonical(type, text)}`;
}
