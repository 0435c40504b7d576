import { CUSTOMERS, DEVICE_CLAIMS, VENDOR_ACCOUNTS } from '../../src/controllers/resources.ts';
import type { RecordedDevice } from '../../src/domain/device/facts.ts';
import { luhnCheckDigit } from '../../src/domain/device/identifier.ts';
import type { DeviceIdentity } from '../../src/domain/device/identity.ts';
import { type Fleet, type Manifest, manifest, NAMESPACE, range } from './fleet.ts';
import { SAMSUNG } from './samsung.ts';

const ACME = '4000000001';
const GLOBEX = '4000000002';

function galaxy(index: number): DeviceIdentity & { readonly imei: string } {
  const digits = `353456001${String(index).padStart(5, '0')}`;
  return { imei: `${digits}${luhnCheckDigit(digits)}`, manufacturer: 'Samsung', model: 'SM-S911B' };
}

function customer(name: string, companyName: string, companyId: string): Manifest {
  return manifest(CUSTOMERS, name, { accountRef: { name: SAMSUNG.accountName }, companyName, companyId });
}

function claim(name: string, customerName: string, devices: readonly DeviceIdentity[]): Manifest {
  return manifest(DEVICE_CLAIMS, name, {
    customerRef: { name: customerName },
    devices,
    releasePolicy: 'Unclaim',
  });
}

const known = range(3).map(galaxy);
const [staying, leaving, moving] = known as [DeviceIdentity, DeviceIdentity, DeviceIdentity];

/** What an earlier controller uploaded for acme. */
const RECORDED: RecordedDevice = {
  companyId: ACME,
  holder: `DeviceClaim/${NAMESPACE}/acme`,
  releasePolicy: 'Unclaim',
  how: 'Claimed',
};

/**
 * | device | stood      | is declared for | so it is                                     |
 * | ------ | ---------- | --------------- | -------------------------------------------- |
 * | 0      | at acme    | acme            | left alone                                   |
 * | 1      | at acme    | nobody          | released                                     |
 * | 2      | at acme    | globex          | released, then claimed                       |
 * | 3, 4   | –          | acme            | claimed                                      |
 * | 5      | –          | globex          | claimed                                      |
 */
export const SAMSUNG_FLEET: Fleet = {
  vendor: SAMSUNG,
  manifests: [
    manifest(VENDOR_ACCOUNTS, SAMSUNG.accountName, {
      vendor: 'SamsungKnox',
      mode: 'Enforce',
      firstContact: 'Trust',
      samsungKnox: { resellerId: '2345678901', credentialsSecretRef: { name: SAMSUNG.secretName } },
      guard: { settle: '30s', destructive: { maxItems: 100, maxPercent: 100, floor: 100 } },
    }),
    customer('acme', 'Acme GmbH', ACME),
    customer('globex', 'Globex Corporation', GLOBEX),
    claim('acme', 'acme', [staying, galaxy(3), galaxy(4)]),
    claim('globex', 'globex', [moving, galaxy(5)]),
  ],
  vendorState: [
    [
      '/customers',
      {
        customers: [
          { customerName: 'Acme GmbH', customerId: ACME, associated: true },
          { customerName: 'Globex Corporation', customerId: GLOBEX, associated: true },
        ],
      },
    ],
    ['/devices', { devices: known.map(({ imei }) => ({ device: imei, customerId: ACME })) }],
  ],
  records: [staying, leaving, moving].map(({ imei }) => ({
    kind: 'device',
    key: `imei:${imei}`,
    value: RECORDED,
  })),
  companies: [ACME, GLOBEX],
  atMost: { released: 2 },
};
