import type {
  ServedCustomer,
  ServedDeviceClaim,
  ServedVendorAccount,
} from '../../../src/controllers/resources.ts';

const METADATA = { namespace: 'fleet', uid: 'u', resourceVersion: '1', generation: 1 };

/** A DeviceClaim as the API server answers it, with its defaults. */
export function servedClaim(
  devices: ServedDeviceClaim['spec']['devices'],
  spec: Partial<ServedDeviceClaim['spec']> = {},
): ServedDeviceClaim {
  return {
    metadata: { ...METADATA, name: 'phones' },
    spec: {
      customerRef: { name: 'acme' },
      releasePolicy: 'Keep',
      onVendorRelease: 'Report',
      vendorParams: {},
      suspend: false,
      ...(devices === undefined ? {} : { devices }),
      ...spec,
    },
  };
}

/** A Customer as the API server answers it, with its defaults. */
export function servedCustomer(
  spec: Partial<ServedCustomer['spec']> = {},
  status?: ServedCustomer['status'],
): ServedCustomer {
  return {
    metadata: { ...METADATA, name: 'acme' },
    spec: {
      accountRef: { name: 'google' },
      companyName: 'Acme GmbH',
      adoption: 'Adopt',
      unmanagedDevices: 'Report',
      suspend: false,
      ...spec,
    },
    ...(status === undefined ? {} : { status }),
  };
}

/** A VendorAccount as the API server answers it, with its defaults. */
export function servedAccount(spec: object = {}): ServedVendorAccount {
  return {
    metadata: { ...METADATA, name: 'google' },
    spec: {
      vendor: 'GoogleZeroTouch',
      mode: 'Enforce',
      suspend: false,
      resyncInterval: '1h',
      guard: {
        window: '1h',
        settle: '60s',
        destructive: { maxItems: 100, maxPercent: 10, floor: 10 },
        creations: { maxItems: 0 },
        irreversible: { maxItems: 0 },
        shrinkPercent: 20,
      },
      limits: {},
      googleZeroTouch: {
        partnerId: '1234567890',
        endpoint: 'https://vendor.example',
        credentialsSecretRef: { name: 'key' },
      },
      ...spec,
    },
  } as unknown as ServedVendorAccount;
}
