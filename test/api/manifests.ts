import type { Customer } from '../../src/api/customer.generated.ts';
import type { DeviceClaim } from '../../src/api/device-claim.generated.ts';
import type { NetflixCharge } from '../../src/api/netflix-charge.generated.ts';
import type { NetflixChargeFeed } from '../../src/api/netflix-charge-feed.generated.ts';
import type { NetflixDeviceRegistration } from '../../src/api/netflix-device-registration.generated.ts';
import type { NetflixSubscription } from '../../src/api/netflix-subscription.generated.ts';
import type { VendorAccount } from '../../src/api/vendor-account.generated.ts';
import type { VendorOperation } from '../../src/api/vendor-operation.generated.ts';
import type { VendorRecord } from '../../src/api/vendor-record.generated.ts';
import type { VerizonDeviceDeletion } from '../../src/api/verizon-device-deletion.generated.ts';

/**
 * The examples of the public contract as typed constants: that this file compiles is the test that the types can
 * say them. Fields and values are those a reader of the documentation would copy.
 */
const DIGEST = `sha256:${'0'.repeat(64)}` as const;

export const ACCOUNT = {
  apiVersion: 'vendorplane.dev/v1alpha1',
  kind: 'VendorAccount',
  metadata: { name: 'google-emea', namespace: 'fleet' },
  spec: {
    vendor: 'GoogleZeroTouch',
    mode: 'Enforce',
    googleZeroTouch: {
      partnerId: '1234567890',
      endpoint: 'https://androiddeviceprovisioning.googleapis.com',
      credentialsSecretRef: { name: 'google-service-account' },
    },
    caBundleSecretRef: { name: 'private-ca' },
    firstContact: 'Approve',
    resyncInterval: '1h',
    limits: { requestsPerSecond: 8, requestsPerDay: 100000, concurrentRequests: 4, itemsPerRequest: 5000 },
    guard: {
      window: '1h',
      settle: '60s',
      destructive: { maxItems: 100, maxPercent: 10, floor: 10 },
      creations: { maxItems: 0 },
      irreversible: { maxItems: 0 },
      shrinkPercent: 20,
    },
    approvedPlans: [DIGEST],
  },
  status: {
    observedGeneration: 1,
    conditions: [
      {
        type: 'Ready',
        status: 'True',
        observedGeneration: 1,
        lastTransitionTime: '2026-11-22T04:00:00Z',
        reason: 'InSync',
        message: 'Every declared item was seen at the vendor as declared.',
      },
    ],
    quota: { windowRemaining: 8, dayRemaining: 99000, effectiveResyncInterval: '2h' },
    guard: { window: '1h', spent: 0, allowed: 100, requested: 0 },
    observed: {
      customers: 3,
      devices: 1200,
      unmanagedDevices: 7,
      lastCompleteReadAt: '2026-11-22T04:00:00Z',
    },
    pending: {
      actions: 0,
      operations: 0,
      estimatedVendorCalls: 0,
      estimatedFinishAt: '2026-11-22T04:00:00Z',
    },
    planRef: { name: 'vplan-1' },
    promotions: [{ code: '14', name: 'Six months' }],
  },
} as const satisfies VendorAccount;

export const SAMSUNG_ACCOUNT = {
  apiVersion: 'vendorplane.dev/v1alpha1',
  kind: 'VendorAccount',
  metadata: { name: 'samsung-emea', namespace: 'fleet' },
  spec: {
    vendor: 'SamsungKnox',
    mode: 'Plan',
    samsungKnox: {
      resellerId: '7654321',
      authentication: 'SignedIdentifier',
      allowCustomerCreation: false,
      credentialsSecretRef: { name: 'knox-keys' },
    },
    approvals: [{ digest: DIGEST, validUntil: '2026-12-24T18:00:00Z' }],
  },
} as const satisfies VendorAccount;

export const NETFLIX_ACCOUNT = {
  apiVersion: 'vendorplane.dev/v1alpha1',
  kind: 'VendorAccount',
  metadata: { name: 'netflix-operator', namespace: 'tv' },
  spec: {
    vendor: 'CrmComNetflix',
    mode: 'Observe',
    crmComNetflix: {
      endpoint: 'https://crm.operator.example',
      organisation: 'telkom',
      unit: '12',
      timeZone: 'Asia/Nicosia',
      addressFormat: 'International',
      release: 'R16.1.0',
      credentialsSecretRef: { name: 'crm-login' },
    },
  },
} as const satisfies VendorAccount;

export const VERIZON_ACCOUNT = {
  apiVersion: 'vendorplane.dev/v1alpha1',
  kind: 'VendorAccount',
  metadata: { name: 'verizon-0252067890', namespace: 'lines' },
  spec: {
    vendor: 'VerizonUws',
    mode: 'Enforce',
    verizonUws: {
      endpoint: 'https://uws.verizon.example/api/v2',
      accountName: '0252067890-00001',
      credentialsSecretRef: { name: 'verizon-login' },
    },
    guard: { irreversible: { maxItems: 5 } },
  },
} as const satisfies VendorAccount;

export const CUSTOMER = {
  apiVersion: 'vendorplane.dev/v1alpha1',
  kind: 'Customer',
  metadata: { name: 'acme', namespace: 'fleet' },
  spec: {
    accountRef: { name: 'google-emea' },
    companyName: 'Acme GmbH',
    companyId: '987654',
    adoption: 'AdoptOrCreate',
    ownerEmails: ['it@acme.example'],
    adminEmails: [],
    languageCode: 'de',
    contact: { firstName: 'Jane', lastName: 'Roe', country: 'DE' },
    unmanagedDevices: 'Report',
  },
  status: {
    companyId: '987654',
    termsStatus: 'TERMS_STATUS_ACCEPTED',
    devices: { declared: 3, claimed: 2, unmanaged: 1 },
  },
} as const satisfies Customer;

export const CLAIM = {
  apiVersion: 'vendorplane.dev/v1alpha1',
  kind: 'DeviceClaim',
  metadata: { name: 'order-4711', namespace: 'fleet' },
  spec: {
    customerRef: { name: 'acme' },
    orderNumber: 'PO-4711',
    releasePolicy: 'Unclaim',
    onVendorRelease: 'Report',
    vendorParams: {},
    devices: [
      { imei: '490154203237518', manufacturer: 'Google', model: 'Pixel 8' },
      { serialNumber: 'ZX1G22', manufacturer: 'Motorola', model: 'moto g' },
      { meid: 'A0000000002329', manufacturer: 'Samsung' },
    ],
    devicesFrom: [{ configMapKeyRef: { name: 'order-4711-devices', key: 'devices.csv' } }],
    suspend: false,
  },
  status: {
    devices: {
      desired: 3,
      claimed: 1,
      pending: 1,
      failed: 1,
      conflicted: 0,
      releasing: 0,
      awaitingCustomer: 0,
    },
    sources: [
      {
        name: 'order-4711-devices',
        key: 'devices.csv',
        uid: 'a-b',
        resourceVersion: '7',
        sha256: '0'.repeat(64),
        rows: 2,
        rejectedRows: 1,
        problem: 'RowsRejected',
        rejections: [{ line: 3, reason: 'NoIdentifier', message: 'The row names no device.' }],
      },
    ],
    failures: [{ device: 'imei:490154203237518', code: 'INVALID_MANUFACTURER', message: 'Not known.' }],
    operations: [{ name: 'vop-1' }],
  },
} as const satisfies DeviceClaim;

export const SUBSCRIPTION = {
  apiVersion: 'vendorplane.dev/v1alpha1',
  kind: 'NetflixSubscription',
  metadata: { name: 'pci123', namespace: 'tv' },
  spec: {
    accountRef: { name: 'netflix-operator' },
    billingSystemCustomerIdentifier: 'pci123',
    state: 'Active',
    recreateAfterCancel: false,
    releasePolicy: 'Keep',
    tokenSecretRef: { name: 'pci123-netflix-token' },
    registration: {
      promotionCode: '14',
      channel: 'WEB',
      validityDurationSeconds: 3600,
      firstName: 'Maria',
      lastName: 'Kyriacou',
      address: {
        type: 'HOME',
        streetName: 'Ilia Papakiriakou',
        streetNumber: '8',
        floor: 2,
        country: { twoCharacterCode: 'CY' },
        userDefinedFields: { udf_string_1: 'x' },
      },
      email: { type: 'PERSONAL', emailAddress: 'maria@example.org' },
      phone: { type: 'MOBILE', number: '99123456', country: { threeCharacterCode: 'CYP' } },
    },
    suspend: false,
  },
  status: {
    subscriptionNumber: 'S0000003566',
    lifeCycleState: 'EFFECTIVE',
    netflixState: 'EFFECTIVE',
    lastConfirmedAction: { verb: 'createSubscription', at: '2026-11-22T04:00:00Z', operation: 'vop-1' },
    tokenExpiresAt: '2026-11-22T05:00:00Z',
    promotions: ['14'],
    prices: ['9,99 €'],
    operations: [{ name: 'vop-2' }],
  },
} as const satisfies NetflixSubscription;
export const DELETION = {
  apiVersion: 'vendorplane.dev/v1alpha1',
  kind: 'VerizonDeviceDeletion',
  metadata: { name: 'retired-2026', namespace: 'lines' },
  spec: {
    accountRef: { name: 'verizon-0252067890' },
    irreversible: true,
    deactivate: 'IfActive',
    etfWaiver: false,
    history: { archive: 'Required', usageSettlesAfter: '72h', lookback: '8760h' },
    devices: [{ kind: 'iccid', identifier: '85000022411113460014' }],
    devicesFrom: [{ configMapKeyRef: { name: 'retired-lines', key: 'devices.csv' } }],
    suspend: false,
  },
  status: {
    devices: {
      desired: 2,
      deleted: 1,
      alreadyGone: 0,
      archived: 1,
      deactivating: 0,
      waiting: 0,
      failed: 1,
    },
    archives: [
      {
        device: 'iccid:85000022411113460014',
        path: '0252067890-00001/iccid-85000022411113460014/2026-11-22T07-30-00.000Z.jsonl.gz',
        sha256: '0'.repeat(64),
        records: 12,
        completedAt: '2026-11-22T07:30:00Z',
      },
    ],
    failures: [{ device: 'esn:09005470263', code: 'FORBIDDEN', message: 'The login may not delete it.' }],
    operations: [{ name: 'vop-1' }],
  },
} as const satisfies VerizonDeviceDeletion;

export const REGISTRATION = {
  apiVersion: 'vendorplane.dev/v1alpha1',
  kind: 'NetflixDeviceRegistration',
  metadata: { name: 'boxes', namespace: 'tv' },
  spec: {
    accountRef: { name: 'netflix-operator' },
    group: { name: 'Telkom Operator' },
    releasePolicy: 'Unregister',
    devices: [{ esn: 'NFANDROID1-PRV-X' }],
    devicesFrom: [{ configMapKeyRef: { name: 'boxes', key: 'devices.csv.gz' } }],
    suspend: false,
  },
  status: {
    devices: {
      desired: 2,
      registered: 1,
      pending: 0,
      unconfirmed: 1,
      failed: 0,
      conflicted: 0,
      releasing: 0,
    },
    sources: [{ name: 'boxes', key: 'devices.csv.gz', rows: 1, rejectedRows: 0 }],
    failures: [{ device: 'esn:NF-1', code: 'UNCONFIRMED', message: 'The vendor gives no reason.' }],
    operations: [{ name: 'vop-4' }],
  },
} as const satisfies NetflixDeviceRegistration;

export const CHARGE_FEED = {
  apiVersion: 'vendorplane.dev/v1alpha1',
  kind: 'NetflixChargeFeed',
  metadata: { name: 'charges', namespace: 'tv' },
  spec: {
    accountRef: { name: 'netflix-operator' },
    pollInterval: '5m',
    acknowledge: 'AfterRecording',
    retention: '720h',
    suspend: false,
  },
  status: {
    recorded: 3,
    acknowledged: 2,
    review: 1,
    pending: 0,
    lastDrainAt: '2026-11-22T04:00:00Z',
    operations: [{ name: 'vop-3' }],
  },
} as const satisfies NetflixChargeFeed;

export const CHARGE = {
  apiVersion: 'vendorplane.dev/v1alpha1',
  kind: 'NetflixCharge',
  metadata: { name: 'nchg-1', namespace: 'tv' },
  spec: {
    accountRef: { name: 'netflix-operator' },
    number: 'I00002662',
    billingSystemCustomerIdentifier: 'pci150',
    amountMinor: 599,
    currency: 'USD',
    localAmountMinor: 550,
    localCurrency: 'EUR',
    paidThroughDate: '2017-02-04T00:00:00Z',
    chargeStatus: 'APPROVED',
    receivedOn: '2017-02-06T05:18:47Z',
    decidedOn: '2017-02-06T05:22:07Z',
    asReceived: { amount: '5.989999771118164' },
  },
  status: {
    acknowledged: true,
    acknowledgedAt: '2026-11-22T04:00:00Z',
    referenceNumber: 'vp-1',
    review: { reason: 'StatusContradicted', message: 'A person must look.' },
  },
} as const satisfies NetflixCharge;

export const OPERATION = {
  apiVersion: 'vendorplane.dev/v1alpha1',
  kind: 'VendorOperation',
  metadata: { name: 'vop-1', namespace: 'fleet' },
  spec: {
    accountRef: { name: 'google-emea' },
    verb: 'claim',
    requestKey: 'k-1',
    partition: { customer: '987654', identifierType: 'IMEI', orderNumber: 'PO-4711' },
    itemCount: 1,
    itemsSha256: '0'.repeat(64),
    itemsGzip: 'H4sIAAAAAAAAAw==',
    sample: ['imei:490154203237518'],
    planDigest: DIGEST,
    fence: 3,
  },
  status: {
    state: 'CompleteWithErrors',
    cursor: 1,
    vendorOperationIds: ['operations/apibatchoperation/1'],
    submittedAt: '2026-11-22T04:00:00Z',
    finishedAt: '2026-11-22T04:00:10Z',
    results: { succeeded: 0, failed: 1 },
    outcomes: [{ code: 'INVALID_MANUFACTURER', message: 'Not known.', count: 1, items: '0' }],
    resolutions: [
      { item: 'imei:490154203237518', as: 'NotHappened', by: 'jane', at: '2026-11-22T05:00:00Z' },
    ],
  },
} as const satisfies VendorOperation;

export const RECORD = {
  apiVersion: 'vendorplane.dev/v1alpha1',
  kind: 'VendorRecord',
  metadata: { name: 'vrec-1', namespace: 'fleet' },
  spec: {
    accountRef: { name: 'google-emea' },
    vendorScope: 'GoogleZeroTouch https://androiddeviceprovisioning.googleapis.com 1234567890',
    content: 'Holdings',
    slice: 'device-00',
    formatVersion: 1,
    entries: 0,
    sha256: '0'.repeat(64),
    dataGzip: 'H4sIAAAAAAAAAw==',
    fence: 3,
    updatedAt: '2026-11-22T04:00:00Z',
  },
} as const satisfies VendorRecord;

export const MANIFESTS = [
  ACCOUNT,
  SAMSUNG_ACCOUNT,
  NETFLIX_ACCOUNT,
  VERIZON_ACCOUNT,
  CUSTOMER,
  CLAIM,
  SUBSCRIPTION,
  DELETION,
  REGISTRATION,
  CHARGE_FEED,
  CHARGE,
  OPERATION,
  RECORD,
] as const;

/** The manifest with some fields of its spec replaced by anything, right or wrong. */
export function withSpec<T extends { readonly spec: object }>(manifest: T, changes: object) {
  return { ...manifest, spec: { ...manifest.spec, ...changes } };
}

/** The manifest without some fields of its spec. */
export function withoutSpec<T extends { readonly spec: object }>(manifest: T, ...names: readonly string[]) {
  const kept = Object.entries(manifest.spec).filter(([name]) => !names.includes(name));
  return { ...manifest, spec: Object.fromEntries(kept) };
}
