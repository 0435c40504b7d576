import type { Settings } from './options.ts';
import { VendorError } from './vendor-error.ts';

/** Why the vendor does not do what was asked for one device. */
export interface Refusal {
  readonly kind: RefusalKind;
  readonly message: string;
  /** The library's code, where one says more than the status does. */
  readonly code?: string;
}

export type RefusalKind =
  | 'invalidIdentifier'
  | 'invalidSection'
  | 'invalidCustomer'
  | 'unknownCustomer'
  | 'foreignCustomer'
  | 'invalidMetadata'
  | 'heldElsewhere'
  | 'notHeld'
  | 'notVisible';

/** Prefix of every per-device status (2.3). */
const PREFIX = 'SINGLE_DEVICE_STATUS_';

/**
 * How one refusal looks in a batch and in a synchronous call. Statuses: fact sheet 2.3, 2.7 and 5.2.
 * ASSUMED: the rows of customers and metadata in a batch.
 */
const LOOKS: Readonly<Record<RefusalKind, { readonly inBatch: string; readonly code: number }>> = {
  invalidIdentifier: { inBatch: 'INVALID_DEVICE_IDENTIFIER', code: 400 },
  invalidSection: { inBatch: 'INVALID_SECTION_TYPE', code: 400 },
  invalidCustomer: { inBatch: 'OTHER_ERROR', code: 400 },
  unknownCustomer: { inBatch: 'PERMISSION_DENIED', code: 404 },
  foreignCustomer: { inBatch: 'PERMISSION_DENIED', code: 403 },
  invalidMetadata: { inBatch: 'OTHER_ERROR', code: 400 },
  heldElsewhere: { inBatch: 'SECTION_NOT_YOURS', code: 400 },
  notHeld: { inBatch: 'SECTION_NOT_YOURS', code: 404 },
  notVisible: { inBatch: 'PERMISSION_DENIED', code: 404 },
};

/** The outcome for one device in a batch, as the vendor's PerDeviceStatusInBatch. */
export interface DeviceResult {
  readonly status: string;
  readonly deviceId?: string;
  readonly errorIdentifier?: string;
  readonly errorMessage?: string;
}

export function successResult(deviceId: number | undefined): DeviceResult {
  const id = deviceId === undefined ? {} : { deviceId: String(deviceId) };
  return { status: `${PREFIX}SUCCESS`, ...id };
}

/**
 * `errorIdentifier` is the library's code where there is one: the library tells INVALID_MANUFACTURER from
 * INVALID_DEVICE_IMEI for zero-touch devices, and nothing else in the reply could say so. ASSUMED (1.5, 2.4).
 */
export function refusedResult({ kind, message, code }: Refusal): DeviceResult {
  const result = failedResult(LOOKS[kind].inBatch, message);
  return code === undefined ? result : { ...result, errorIdentifier: code };
}

/** @param name the status with or without its prefix. */
export function failedResult(name: string, errorMessage: string): DeviceResult {
  const errorIdentifier = name.replace(PREFIX, '');
  return { status: PREFIX + errorIdentifier, errorIdentifier, errorMessage };
}

/** The refusal as the error of a synchronous call. */
export function refusalError({ kind, message }: Refusal, settings: Settings): VendorError {
  if (kind !== 'heldElsewhere') return new VendorError(LOOKS[kind].code, message);
  const code = settings.heldElsewhere === 'PERMISSION_DENIED' ? 403 : 400;
  return new VendorError(code, message, settings.heldElsewhere);
}
