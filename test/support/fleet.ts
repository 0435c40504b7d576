import { luhnCheckDigit } from '../../src/domain/device/identifier.ts';

/** Manifests as a person writes them, for tests. Every name may be chosen; the defaults belong together. */
export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly annotations?: Readonly<Record<string, string>> };
  readonly spec: Readonly<Record<string, unknown>>;
}

const API_VERSION = 'vendorplane.dev/v1alpha1';

/** A Google account that may write, at the given endpoint. `spec` is laid over it. */
export function googleAccount(endpoint: string, spec: object = {}, name = 'google'): Manifest {
  const googleZeroTouch = {
    partnerId: '1234567890',
    endpoint,
    credentialsSecretRef: { name: 'google-key' },
  };
  const limits = { requestsPerSecond: 100 };
  return manifest('VendorAccount', name, {
    vendor: 'GoogleZeroTouch',
    mode: 'Enforce',
    // What a scene lets the vendor hold beforehand is its own.
    firstContact: 'Trust',
    googleZeroTouch,
    limits,
    ...spec,
  });
}

/** A company known by its id. */
export function customer(name: string, spec: object = {}): Manifest {
  return manifest('Customer', name, { accountRef: { name: 'google' }, companyName: 'Acme GmbH', ...spec });
}

/** A claim of devices for the customer `acme`. */
export function claim(name: string, devices: readonly object[], spec: object = {}): Manifest {
  return manifest('DeviceClaim', name, { customerRef: { name: 'acme' }, devices, ...spec });
}

function manifest(kind: string, name: string, spec: Readonly<Record<string, unknown>>): Manifest {
  return { apiVersion: API_VERSION, kind, metadata: { name }, spec };
}

/** The nth valid IMEI of a type allocation code that the simulator's own phones do not use. */
export function imei(n: number): string {
  const digits = `99000862${String(n).padStart(6, '0')}`;
  return `${digits}${luhnCheckDigit(digits)}`;
}

/** Phones with the IMEIs of these numbers. */
export function phones(
  from: number,
  count: number,
): readonly { readonly imei: string; readonly manufacturer: string; readonly model: string }[] {
  return Array.from({ length: count }, (_, index) => ({
    imei: imei(from + index),
    manufacturer: 'Google',
    model: 'Pixel 8',
  }));
}
