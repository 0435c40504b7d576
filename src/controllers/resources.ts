import type { CustomerStatus, ServedCustomerSpec } from '../api/customer.generated.ts';
import type { DeviceClaimStatus, ServedDeviceClaimSpec } from '../api/device-claim.generated.ts';
import { RESOURCES } from '../api/group.ts';
import type { NetflixChargeSpec, NetflixChargeStatus } from '../api/netflix-charge.generated.ts';
import type {
  NetflixChargeFeedStatus,
  ServedNetflixChargeFeedSpec,
} from '../api/netflix-charge-feed.generated.ts';
import type {
  NetflixDeviceRegistrationStatus,
  ServedNetflixDeviceRegistrationSpec,
} from '../api/netflix-device-registration.generated.ts';
import type {
  NetflixSubscriptionStatus,
  ServedNetflixSubscriptionSpec,
} from '../api/netflix-subscription.generated.ts';
import type { ServedVendorAccountSpec, VendorAccountStatus } from '../api/vendor-account.generated.ts';
import type { VendorOperationSpec, VendorOperationStatus } from '../api/vendor-operation.generated.ts';
import type { VendorRecordSpec, VendorRecordStatus } from '../api/vendor-record.generated.ts';
import type {
  ServedVerizonDeviceDeletionSpec,
  VerizonDeviceDeletionStatus,
} from '../api/verizon-device-deletion.generated.ts';
import type { KubeObject } from '../kube/object.ts';
import { defineResource } from '../kube/resource.ts';

/** An object whose spec is always there, as the API server's validation promises. */
type Served<Spec, Status> = KubeObject<Spec, Status> & { readonly spec: Spec };

export type ServedVendorAccount = Served<ServedVendorAccountSpec, VendorAccountStatus>;
export type ServedCustomer = Served<ServedCustomerSpec, CustomerStatus>;
export type ServedDeviceClaim = Served<ServedDeviceClaimSpec, DeviceClaimStatus>;
export type ServedNetflixSubscription = Served<ServedNetflixSubscriptionSpec, NetflixSubscriptionStatus>;
export type ServedVerizonDeviceDeletion = Served<
  ServedVerizonDeviceDeletionSpec,
  VerizonDeviceDeletionStatus
>;
export type ServedNetflixDeviceRegistration = Served<
  ServedNetflixDeviceRegistrationSpec,
  NetflixDeviceRegistrationStatus
>;
export type ServedNetflixChargeFeed = Served<ServedNetflixChargeFeedSpec, NetflixChargeFeedStatus>;
export type ServedNetflixCharge = Served<NetflixChargeSpec, NetflixChargeStatus>;
export type ServedVendorOperation = Served<VendorOperationSpec, VendorOperationStatus>;
export type ServedVendorRecord = Served<VendorRecordSpec, VendorRecordStatus>;

export const VENDOR_ACCOUNTS = defineResource<ServedVendorAccount>(RESOURCES.VendorAccount);
export const CUSTOMERS = defineResource<ServedCustomer>(RESOURCES.Customer);
export const DEVICE_CLAIMS = defineResource<ServedDeviceClaim>(RESOURCES.DeviceClaim);
export const NETFLIX_SUBSCRIPTIONS = defineResource<ServedNetflixSubscription>(RESOURCES.NetflixSubscription);
export const VERIZON_DEVICE_DELETIONS = defineResource<ServedVerizonDeviceDeletion>(
  RESOURCES.VerizonDeviceDeletion,
);
export const NETFLIX_DEVICE_REGISTRATIONS = defineResource<ServedNetflixDeviceRegistration>(
  RESOURCES.NetflixDeviceRegistration,
);
export const NETFLIX_CHARGE_FEEDS = defineResource<ServedNetflixChargeFeed>(RESOURCES.NetflixChargeFeed);
export const NETFLIX_CHARGES = defineResource<ServedNetflixCharge>(RESOURCES.NetflixCharge);
export const VENDOR_OPERATIONS = defineResource<ServedVendorOperation>(RESOURCES.VendorOperation);
export const VENDOR_RECORDS = defineResource<ServedVendorRecord>(RESOURCES.VendorRecord);

/** Which vendor scope a controller-written object belongs to: `scopeHash` of it. */
export const SCOPE_LABEL = 'vendorplane.dev/scope';
/** The UTC day on which a charge was recorded. */
export const RECORDED_DAY_LABEL = 'vendorplane.dev/recorded-day';
/** Stands on operations that have not ended, so that they can be listed alone. */
export const OPEN_LABEL = 'vendorplane.dev/open';

/** Stands on operations that have ended, with the UTC day of their end, so that old ones can be listed alone. */
export const FINISHED_DAY_LABEL = 'vendorplane.dev/finished-day';

/** Stands on resources whose policy asks for a vendor write when they are deleted. */
export const RELEASE_FINALIZER = 'vendorplane.dev/release';
