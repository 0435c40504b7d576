import { isImei } from '../imei.ts';
import type { JsonObject } from '../json.ts';
import type { Catalog } from './options.ts';
import { textIn } from './proto-json.ts';

/** The hardware ids of one device, as the vendor's DeviceIdentifier. */
export interface DeviceIdentifier {
  readonly imei?: string;
  readonly imei2?: string;
  readonly meid?: string;
  readonly meid2?: string;
  readonly serialNumber?: string;
  readonly manufacturer?: string;
  readonly model?: string;
  readonly deviceType?: string;
  readonly chromeOsAttestedDeviceId?: string;
}

/** The fields of DeviceIdentifier (2.3). */
export const IDENTIFIER_FIELDS = [
  'imei',
  'imei2',
  'meid',
  'meid2',
  'serialNumber',
  'manufacturer',
  'model',
  'deviceType',
  'chromeOsAttestedDeviceId',
] as const;

const DEVICE_TYPES = [undefined, 'DEVICE_TYPE_UNSPECIFIED', 'DEVICE_TYPE_ANDROID'];

/** What the identifier rules need to know. */
export interface IdentifierRules {
  readonly catalog: Catalog;
  readonly manufacturerWithImei: 'required' | 'optional';
}

/** Reads the identifier; throws when a field is not a string. Judges nothing. */
export function readIdentifier(json: JsonObject): DeviceIdentifier {
  const set = IDENTIFIER_FIELDS.map((field) => [field, textIn(json, field)] as const);
  return Object.fromEntries(set.filter(([, value]) => value !== undefined));
}

/** Why an identifier is refused: the library's code (1.5) and a sentence in the vendor's manner. */
export interface IdentifierProblem {
  readonly code: string;
  readonly message: string;
}

/** Why the identifier cannot be registered, or undefined when it can. */
export function identifierProblem(
  id: DeviceIdentifier,
  rules: IdentifierRules,
): IdentifierProblem | undefined {
  return formatProblem(id) ?? setProblem(id, rules) ?? nameProblem(id, rules.catalog);
}

/** Why nothing can be looked up by the identifier. It may be partly filled (1.3). */
export function lookupProblem(id: DeviceIdentifier): string | undefined {
  if (hasCellularId(id) || id.serialNumber !== undefined) return formatProblem(id)?.message;
  return 'The device identifier must hold an IMEI, a MEID or a serial number.';
}

/** 14 hexadecimal digits of which the first byte is A0 to FF (section 4). */
function isMeid(text: string): boolean {
  return /^[A-F][0-9A-F]{13}$/i.test(text);
}

function hasCellularId(id: DeviceIdentifier): boolean {
  return id.imei !== undefined || id.meid !== undefined;
}

function formatProblem(id: DeviceIdentifier): IdentifierProblem | undefined {
  if (!DEVICE_TYPES.includes(id.deviceType) || id.chromeOsAttestedDeviceId !== undefined) {
    return problem('INVALID_IDENTIFIER_SET', 'Only Android devices are served.');
  }
  for (const imei of [id.imei, id.imei2]) {
    if (imei !== undefined && !isImei(imei)) return problem('INVALID_DEVICE_IMEI', `Invalid IMEI "${imei}".`);
  }
  for (const meid of [id.meid, id.meid2]) {
    if (meid !== undefined && !isMeid(meid)) return problem('INVALID_DEVICE_MEID', `Invalid MEID "${meid}".`);
  }
  return undefined;
}

/** Cellular: IMEI or MEID, and the manufacturer. Wi-Fi only: serial number, manufacturer and model (1.4). */
function setProblem(id: DeviceIdentifier, rules: IdentifierRules): IdentifierProblem | undefined {
  if (hasCellularId(id)) {
    const missing = rules.manufacturerWithImei === 'required' && id.manufacturer === undefined;
    return missing ? incomplete('A device with an IMEI or MEID needs its manufacturer.') : undefined;
  }
  const complete = id.serialNumber !== undefined && id.manufacturer !== undefined && id.model !== undefined;
  return complete
    ? undefined
    : incomplete('A device needs an IMEI or MEID, or serial number, manufacturer and model.');
}

/** Names are compared as exact strings (section 4). */
function nameProblem(id: DeviceIdentifier, catalog: Catalog): IdentifierProblem | undefined {
  if (id.manufacturer === undefined) return undefined;
  const models = Object.hasOwn(catalog, id.manufacturer) ? catalog[id.manufacturer] : undefined;
  if (models === undefined) {
    return problem('INVALID_MANUFACTURER', `Invalid manufacturer "${id.manufacturer}".`);
  }
  if (id.model === undefined || models.includes(id.model)) return undefined;
  return problem('INVALID_MODEL', `Invalid model "${id.model}" for manufacturer "${id.manufacturer}".`);
}

function incomplete(message: string): IdentifierProblem {
  return problem('INVALID_IDENTIFIER_SET', message);
}

function problem(code: string, message: string): IdentifierProblem {
  return { code, message };
}
