/** The kinds that are reconciled. */
export const KINDS = [
  'VendorAccount',
  'Customer',
  'DeviceClaim',
  'NetflixSubscription',
  'VerizonDeviceDeletion',
  'NetflixChargeFeed',
  'NetflixDeviceRegistration',
] as const;

export type ReconciledKind = (typeof KINDS)[number];

/** How many resources of one kind are looked at side by side. ASSUMED: a pass waits for one status write at most. */
export const WORKERS = 4;
