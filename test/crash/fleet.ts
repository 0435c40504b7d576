import { CUSTOMERS, DEVICE_CLAIMS, VENDOR_ACCOUNTS } from '../../src/controllers/resources.ts';
import { luhnCheckDigit } from '../../src/domain/device/identifier.ts';
import type { DeviceIdentity } from '../../src/domain/device/identity.ts';
import type { ApplyDraft, KubeObject } from '../../src/kube/object.ts';
import type { ResourceType } from '../../src/kube/resource.ts';
import type { RecordChange } from '../../src/ports/records.ts';
import type { PlayedVendor } from './vendor.ts';

/** What stands in a world before its first controller starts. */
export interface Fleet {
  readonly vendor: PlayedVendor;
  /** In the order of application. */
  readonly manifests: readonly Manifest[];
  /** What the vendor holds: what its admin face is told, by path and in this order. */
  readonly vendorState: readonly (readonly [path: string, state: object])[];
  /** What an earlier controller recorded. */
  readonly records?: readonly (RecordChange & { readonly kind: string })[];
  /** Names of claims that are being deleted; finalizers hold them. */
  readonly deleted?: readonly string[];
  /** Applied before the second controller starts. */
  readonly edits?: readonly Manifest[];
  /** Companies whose devices a controller must have read before anything it says counts. */
  readonly companies?: readonly string[];
  /** Keys of items that are declared one by one, each of which a controller must have looked at. */
  readonly items?: readonly string[];
  /** The most that the vendor may ever have done, whatever happens. */
  readonly atMost?: {
    readonly released?: number;
    readonly created?: number;
    readonly deactivated?: number;
    readonly deleted?: number;
  };
}

export interface Manifest {
  readonly type: ResourceType;
  readonly draft: ApplyDraft<KubeObject>;
}

export const NAMESPACE = 'default';
export const SECRET_NAME = 'google-service-account';
export const PARTNER_ID = '1234567890';
export const ACME_ID = '987654';
export const GLOBEX_ID = '987655';

/** Both companies, as the vendor lists them. */
export const COMPANIES = [
  { companyName: 'Acme GmbH', companyId: ACME_ID, termsStatus: 'TERMS_STATUS_ACCEPTED' },
  { companyName: 'Globex Corporation', companyId: GLOBEX_ID, termsStatus: 'TERMS_STATUS_ACCEPTED' },
];

/** The Customers of both: one bound by its id, one found by its name. */
export const BOTH_CUSTOMERS: readonly Manifest[] = [
  customer('acme', { companyName: 'Acme GmbH', companyId: ACME_ID }),
  customer('globex', { companyName: 'Globex Corporation' }),
];

export function account(spec: object = {}): Manifest {
  return manifest(VENDOR_ACCOUNTS, 'google', {
    vendor: 'GoogleZeroTouch',
    mode: 'Enforce',
    firstContact: 'Trust',
    googleZeroTouch: { partnerId: PARTNER_ID, credentialsSecretRef: { name: SECRET_NAME } },
    ...spec,
  });
}

export function customer(name: string, spec: object): Manifest {
  return manifest(CUSTOMERS, name, { accountRef: { name: 'google' }, ...spec });
}

export function claim(
  name: string,
  customerName: string,
  devices: readonly DeviceIdentity[],
  {
    finalizers = [],
    ...spec
  }: { readonly finalizers?: readonly string[] } & Readonly<Record<string, unknown>> = {},
): Manifest {
  return manifest(
    DEVICE_CLAIMS,
    name,
    { customerRef: { name: customerName }, devices, ...spec },
    finalizers.length === 0 ? {} : { finalizers },
  );
}

export function manifest(type: ResourceType, name: string, spec: object, metadata: object = {}): Manifest {
  return { type, draft: { metadata: { namespace: NAMESPACE, name, ...metadata }, spec } };
}

/** A device that stands with a company of ours at the vendor. */
export function held(customerId: string, deviceIdentifier: DeviceIdentity): object {
  return { customerId, deviceIdentifier };
}

export function phone(index: number): DeviceIdentity {
  const digits = `356938031${String(index).padStart(5, '0')}`;
  return { imei: `${digits}${luhnCheckDigit(digits)}`, manufacturer: 'Google', model: 'Pixel 8' };
}

export function scanner(index: number): DeviceIdentity {
  return { serialNumber: `23130${index}015B`, manufacturer: 'Zebra Technologies', model: 'TC58' };
}

export function tablet(index: number): DeviceIdentity {
  return { serialNumber: `HT4D0000${index}`, manufacturer: 'Google', model: 'Pixel Tablet' };
}

export function range(length: number, from = 0): readonly number[] {
  return Array.from({ length }, (_, index) => from + index);
}
