import type { ItemFailure } from '../../domain/item.ts';
import { redactText } from '../../http/redact.ts';
import type { WireDeviceResult, WireIdentifier } from './wire.ts';

interface Meaning {
  readonly code: string;
  readonly kind: ItemFailure['kind'];
  readonly message: string;
}

/** The library's codes (library: Error) and what each means for the item it is said of. */
const LIBRARY: Readonly<Record<string, Omit<Meaning, 'code'>>> = {
  INVALID_DEVICE_IMEI: { kind: 'invalid', message: 'Google does not accept the IMEI' },
  INVALID_DEVICE_MEID: { kind: 'invalid', message: 'Google does not accept the MEID' },
  INVALID_DEVICE_SERIAL: { kind: 'invalid', message: 'Google does not accept the serial number' },
  INVALID_MANUFACTURER: {
    kind: 'invalid',
    message: 'the manufacturer is not in Google’s list; it must equal what the device reports',
  },
  INVALID_MODEL: {
    kind: 'invalid',
    message: 'the model is not in Google’s list for this manufacturer; it must equal what the device reports',
  },
  INVALID_IDENTIFIER_SET: { kind: 'invalid', message: 'Google needs other identifiers to name this device' },
  INVALID_CUSTOMER_ID: { kind: 'invalid', message: 'Google does not know the customer' },
  INVALID_DEVICE: { kind: 'invalid', message: 'Google does not know the device' },
  INVALID_DEVICE_ID: { kind: 'invalid', message: 'Google does not know the device' },
  INVALID_PARAM_DEFAULT: { kind: 'invalid', message: 'Google does not accept the request for this device' },
  INTERNAL_SERVER_ERROR: { kind: 'passing', message: 'Google failed at this device' },
};

const HELD_BY_OTHER: Meaning = {
  code: 'HELD_BY_OTHER',
  kind: 'heldByOther',
  message: 'another company or reseller holds the device; only its holder can release it',
};

const NOT_HELD: Meaning = {
  code: 'NOT_HELD',
  kind: 'heldByOther',
  message: 'the device is not held through this reseller account, so there is nothing to release',
};

/**
 * `status` of one device, without its prefix (reference: PerDeviceStatusInBatch). Those about tokens concern
 * ChromeOS claims, which are never sent.
 */
const STATUS: Readonly<Record<string, Meaning>> = {
  SECTION_NOT_YOURS: HELD_BY_OTHER,
  PERMISSION_DENIED: HELD_BY_OTHER,
  INVALID_SECTION_TYPE: library('INVALID_PARAM_DEFAULT'),
  INVALID_TOKEN: library('INVALID_PARAM_DEFAULT'),
  REVOKED_TOKEN: library('INVALID_PARAM_DEFAULT'),
  UNKNOWN_ERROR: library('INTERNAL_SERVER_ERROR'),
  OTHER_ERROR: library('INTERNAL_SERVER_ERROR'),
  DEVICE_LIMIT_EXCEEDED: {
    code: 'DEVICE_LIMIT_EXCEEDED',
    kind: 'passing',
    message: 'the customer has as many devices as Google allows',
  },
};

const PREFIX = 'SINGLE_DEVICE_STATUS_';

/** What one device's result says: success, a failure, or nothing that can be relied on. */
export type DeviceResult =
  | { readonly is: 'success' }
  | { readonly is: 'failure'; readonly failure: ItemFailure }
  | { readonly is: 'unsaid' };

/** `sent` is the identifier the result speaks of: which field is wrong is told by which was sent. */
export function readResult(
  result: WireDeviceResult | undefined,
  verb: 'claim' | 'unclaim' | 'updateMetadata',
  sent: WireIdentifier,
): DeviceResult {
  const status = result?.status?.startsWith(PREFIX) === true ? result.status.slice(PREFIX.length) : undefined;
  if (result === undefined || status === undefined || status === 'UNSPECIFIED') return { is: 'unsaid' };
  if (status === 'SUCCESS') return { is: 'success' };
  const { code, kind, message } = meaningOf(status, result.errorIdentifier, verb, sent);
  const words = redactText(result.errorMessage ?? '');
  return {
    is: 'failure',
    failure: { code, kind, message: words === '' ? message : `${message}; Google says: ${words}` },
  };
}

function meaningOf(
  status: string,
  errorIdentifier: string | undefined,
  verb: 'claim' | 'unclaim' | 'updateMetadata',
  sent: WireIdentifier,
): Meaning {
  const held = STATUS[status];
  if (held === HELD_BY_OTHER) return verb === 'claim' ? HELD_BY_OTHER : NOT_HELD;
  // Google's own identifier is more exact than its status.
  if (errorIdentifier !== undefined && Object.hasOwn(LIBRARY, errorIdentifier))
    return library(errorIdentifier);
  if (status === 'INVALID_DEVICE_IDENTIFIER') return library(suspect(sent));
  return held ?? library('INTERNAL_SERVER_ERROR');
}

/** Which identifier a refusal must mean. */
function suspect(sent: WireIdentifier): string {
  if (sent.imei !== undefined) return 'INVALID_DEVICE_IMEI';
  if (sent.meid !== undefined) return 'INVALID_DEVICE_MEID';
  return sent.serialNumber === undefined ? 'INVALID_IDENTIFIER_SET' : 'INVALID_DEVICE_SERIAL';
}

function library(code: string): Meaning {
  const meaning = LIBRARY[code];
  if (meaning === undefined) throw new RangeError(`${code} is not in the table of library codes`);
  return { code, ...meaning };
}
