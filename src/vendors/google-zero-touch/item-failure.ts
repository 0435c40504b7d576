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

const NO_ACCESS: Meaning = {
  ...HELD_BY_OTHER,
  message: 'Google gives no access to the device or its customer; most likely somebody else holds it',
};

const NOT_HELD: Meaning = {
  code: 'NOT_HELD',
  kind: 'heldByOther',
  message: 'the device is not held through this reseller account, so there is nothing to release',
};

/**
 * `status` of one device, without its prefix (reference: PerDeviceStatusInBatch), where it alone decides. Those
 * about tokens concern ChromeOS claims, which are never sent.
 */
const STATUS: Readonly<Record<string, Meaning>> = {
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

/** The library's method pages spell two of its codes otherwise than its list of codes does. */
const SPELLINGS: Readonly<Record<string, string>> = {
  DUPLICATE_DEVICES: 'DUPLICATE_DEVICE',
  AUTHORIZATION_FAILED: 'AUTHORIZATION_FAIL',
};

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
  const identifier = SPELLINGS[result.errorIdentifier ?? ''] ?? result.errorIdentifier;
  // The same customer has it already, and no action is needed (library: Error).
  if (status === 'SUCCESS' || (identifier === 'DUPLICATE_DEVICE' && verb === 'claim')) {
    return { is: 'success' };
  }
  const { code, kind, message } = meaningOf(status, identifier, verb, sent);
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
  if (status === 'SECTION_NOT_YOURS') return verb === 'claim' ? HELD_BY_OTHER : NOT_HELD;
  // Google's own identifier is more exact than its other statuses.
  if (errorIdentifier !== undefined && Object.hasOwn(LIBRARY, errorIdentifier))
    return library(errorIdentifier);
  if (status === 'PERMISSION_DENIED' || errorIdentifier === 'AUTHORIZATION_FAIL')
    return verb === 'claim' ? NO_ACCESS : NOT_HELD;
  if (status === 'INVALID_DEVICE_IDENTIFIER') return wrongIdentifiers(sent);
  return STATUS[status] ?? library('INTERNAL_SERVER_ERROR');
}

/**
 * Google often says only that the identifiers are wrong. The code names the one that was sent; the sentence
 * leaves open whether it or a name beside it is meant.
 */
function wrongIdentifiers(sent: WireIdentifier): Meaning {
  if (sent.imei !== undefined) return wrongly('INVALID_DEVICE_IMEI', 'IMEI');
  if (sent.meid !== undefined) return wrongly('INVALID_DEVICE_MEID', 'MEID');
  if (sent.serialNumber !== undefined) return wrongly('INVALID_DEVICE_SERIAL', 'serial number');
  return library('INVALID_IDENTIFIER_SET');
}

function wrongly(code: string, identifier: string): Meaning {
  const message = `Google does not accept the ${identifier}, or the manufacturer or model that go with it`;
  return { code, kind: 'invalid', message };
}

function library(code: string): Meaning {
  const meaning = LIBRARY[code];
  if (meaning === undefined) throw new RangeError(`${code} is not in the table of library codes`);
  return { code, ...meaning };
}
