import type { CustomerStatus } from '../../api/customer.generated.ts';
import type { DeviceClaimStatus } from '../../api/device-claim.generated.ts';
import type { NetflixChargeFeedStatus } from '../../api/netflix-charge-feed.generated.ts';
import type { NetflixDeviceRegistrationStatus } from '../../api/netflix-device-registration.generated.ts';
import type { VendorAccountStatus } from '../../api/vendor-account.generated.ts';
import type { VerizonDeviceDeletionStatus } from '../../api/verizon-device-deletion.generated.ts';
import { type End, endOf, type Resource } from './settled.ts';

/** One resource, as a person sees it. */
export interface Row {
  readonly resource: string;
  readonly ready: string;
  readonly devices: string;
  readonly pending: string;
  readonly failed: string;
  /** Why it is not ready, or what it ended in. */
  readonly waitsFor: string;
  /** Whether that is the end, and the one its manifest names. */
  readonly end: End;
}

export const HEADINGS: Row = {
  resource: 'RESOURCE',
  ready: 'READY',
  devices: 'CLAIMED',
  pending: 'PENDING',
  failed: 'FAILED',
  waitsFor: 'STATUS',
  end: 'moving',
};

const SHORT_NAMES: Readonly<Record<string, string>> = {
  VendorAccount: 'va',
  Customer: 'cust',
  DeviceClaim: 'dclaim',
  NetflixSubscription: 'nsub',
  NetflixDeviceRegistration: 'nreg',
  NetflixChargeFeed: 'nfeed',
  VerizonDeviceDeletion: 'vdel',
};

/** The row of a resource, from its status alone. */
export function rowOf(kind: string, object: Resource): Row {
  const ready = object.status?.conditions?.find(({ type }) => type === 'Ready');
  return {
    resource: `${SHORT_NAMES[kind] ?? kind}/${object.metadata.name}`,
    ready: ready?.status ?? '…',
    ...numbersOf(kind, object.status),
    waitsFor: ready === undefined ? 'not looked at yet' : `${ready.reason}: ${ready.message}`,
    end: endOf(object),
  };
}

function numbersOf(kind: string, status: unknown): Pick<Row, 'devices' | 'pending' | 'failed'> {
  switch (kind) {
    case 'DeviceClaim': {
      const {
        desired = 0,
        claimed = 0,
        pending = 0,
        failed = 0,
      } = (status as DeviceClaimStatus | undefined)?.devices ?? {};
      return { devices: `${claimed}/${desired}`, pending: `${pending}`, failed: `${failed}` };
    }
    case 'VerizonDeviceDeletion': {
      const {
        desired = 0,
        deleted = 0,
        deactivating = 0,
        waiting = 0,
        failed = 0,
      } = (status as VerizonDeviceDeletionStatus | undefined)?.devices ?? {};
      return {
        devices: `${deleted}/${desired} gone`,
        pending: `${deactivating + waiting}`,
        failed: `${failed}`,
      };
    }
    case 'Customer': {
      const devices = (status as CustomerStatus | undefined)?.devices;
      return {
        devices: devices === undefined ? '' : `${devices.claimed}/${devices.declared}`,
        pending: '',
        failed: '',
      };
    }
    case 'NetflixSubscription':
      return { devices: '', pending: '', failed: '' };
    case 'NetflixDeviceRegistration': {
      const {
        desired = 0,
        registered = 0,
        pending = 0,
        failed = 0,
        unconfirmed = 0,
      } = (status as NetflixDeviceRegistrationStatus | undefined)?.devices ?? {};
      return {
        devices: `${registered}/${desired}`,
        pending: `${pending}`,
        failed: `${failed + unconfirmed}`,
      };
    }
    case 'NetflixChargeFeed': {
      const {
        recorded = 0,
        acknowledged = 0,
        pending = 0,
        review = 0,
      } = (status as NetflixChargeFeedStatus | undefined) ?? {};
      return { devices: `${acknowledged}/${recorded}`, pending: `${pending}`, failed: `${review}` };
    }
    default: {
      const pending = (status as VendorAccountStatus | undefined)?.pending;
      return { devices: '', pending: pending === undefined ? '' : `${pending.actions}`, failed: '' };
    }
  }
}
