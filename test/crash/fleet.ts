import { CUSTOMERS, DEVICE_CLAIMS, VENDOR_ACCOUNTS } from '../../src/controllers/resources.ts';
import { luhnCheckDigit } from '../../src/domain/device/identifier.ts';
import type { DeviceIdentity } from '../../src/domain/device/identity.ts';
import type { ApplyDraft, KubeObject } from '../../src/kube/object.ts';
import type { ResourceType } from '../../src/kube/resource.ts';

/**
 * The fleet of every crash run: small, with one of each thing that may be done twice by mistake.
 *
 * | claim           | devices | of these                                                            |
 * | --------------- | ------- | ------------------------------------------------------------------- |
 * | acme-phones     | 11      | 4 held by acme already (adopted), 1 held by another reseller        |
 * | acme-scanners   | 9       | 1 of a manufacturer that does not exist                             |
 * | globex-tablets  | 9       | 8 held by globex already, so its batch is one device, read by itself |
 *
 * Acme also holds one device that no claim names.
 */

export interface Manifest {
  readonly type: ResourceType;
  readonly draft: ApplyDraft<KubeObject>;
}

export const NAMESPACE = 'default';
export const SECRET_NAME = 'google-service-account';
export const PARTNER_ID = '1234567890';
export const ACME_ID = '987654';
export const GLOBEX_ID = '987655';
const OTHER_RESELLER_ID = '555';
const OTHER_CUSTOMER_ID = '555001';

const phones = range(11).map((index) => phone(index));
const scanners = range(8).map((index) => ({
  serialNumber: `23130${index}015B`,
  manufacturer: 'Zebra Technologies',
  model: 'TC58',
}));
const tablets = range(9).map((index) => ({
  serialNumber: `HT4D0000${index}`,
  manufacturer: 'Google',
  model: 'Pixel Tablet',
}));
const heldElsewhere = phone(10);
const unknownMaker: DeviceIdentity = { ...phone(90), manufacturer: 'Gooogle' };
const undeclared = phone(91);

/** What stands in the API server before the controller first starts, in the order of application. */
export const MANIFESTS: readonly Manifest[] = [
  manifest(VENDOR_ACCOUNTS, 'google', {
    vendor: 'GoogleZeroTouch',
    mode: 'Enforce',
    firstContact: 'Trust',
    googleZeroTouch: { partnerId: PARTNER_ID, credentialsSecretRef: { name: SECRET_NAME } },
  }),
  manifest(CUSTOMERS, 'acme', {
    accountRef: { name: 'google' },
    companyName: 'Acme GmbH',
    companyId: ACME_ID,
  }),
  manifest(CUSTOMERS, 'globex', { accountRef: { name: 'google' }, companyName: 'Globex Corporation' }),
  claim('acme-phones', 'acme', phones),
  claim('acme-scanners', 'acme', [...scanners, unknownMaker]),
  claim('globex-tablets', 'globex', tablets),
];

/** What the vendor holds before the controller first starts, by path of its admin face. */
export const VENDOR_STATE: Readonly<Record<string, object>> = {
  '/customers': {
    customers: [
      { companyName: 'Acme GmbH', companyId: ACME_ID, termsStatus: 'TERMS_STATUS_ACCEPTED' },
      { companyName: 'Globex Corporation', companyId: GLOBEX_ID, termsStatus: 'TERMS_STATUS_ACCEPTED' },
    ],
  },
  '/devices': {
    devices: [
      ...[...phones.slice(0, 4), undeclared].map((deviceIdentifier) => held(ACME_ID, deviceIdentifier)),
      ...tablets.slice(0, 8).map((deviceIdentifier) => held(GLOBEX_ID, deviceIdentifier)),
      { ...held(OTHER_CUSTOMER_ID, heldElsewhere), resellerId: OTHER_RESELLER_ID },
    ],
  },
};

function phone(index: number): DeviceIdentity {
  const digits = `356938031${String(index).padStart(5, '0')}`;
  return { imei: `${digits}${luhnCheckDigit(digits)}`, manufacturer: 'Google', model: 'Pixel 8' };
}

function claim(name: string, customer: string, devices: readonly DeviceIdentity[]): Manifest {
  return manifest(DEVICE_CLAIMS, name, {
    customerRef: { name: customer },
    orderNumber: `PO-${name}`,
    devices,
  });
}

function manifest(type: ResourceType, name: string, spec: object): Manifest {
  return { type, draft: { metadata: { namespace: NAMESPACE, name }, spec } };
}

function held(customerId: string, deviceIdentifier: DeviceIdentity) {
  return { customerId, deviceIdentifier };
}

function range(length: number): readonly number[] {
  return Array.from({ length }, (_, index) => index);
}
