import type { DeviceIdentity } from './identity.ts';

/** What a DeviceClaim asks for each of its devices. One object per claim, shared by all its items. */
export interface DesiredDevice {
  /** The vendor's id of the company that shall hold the device. */
  readonly companyId: string;
  readonly orderNumber?: string;
  /** What happens when the device leaves its claim. Travels into the record. */
  readonly releasePolicy: 'Unclaim' | 'Keep';
  /** What happens when the customer lets go of the device behind our back. */
  readonly onVendorRelease: 'Report' | 'Reclaim';
  /** Vendor-specific extras, for example `configurationId`. */
  readonly vendorParams: Readonly<Record<string, string>>;
}

/** What the vendor says of a device that it knows under our reseller account. Interned: compare by value. */
export interface ObservedDevice {
  /** The holder, or absent when the device is known but held by no company. */
  readonly companyId?: string;
  /** Empty: it has none. Absent: the vendor does not say. */
  readonly orderNumber?: string;
  /**
   * Absent: it is in force at its holder. `awaitingCustomer`: registered, and in force once the customer approves.
   * `notRecognised`: registered, and the vendor does not recognise the device as genuine.
   */
  readonly standing?: 'awaitingCustomer' | 'notRecognised';
}

/** What our record holds of a device: that we saw it at the customer a claim declared. */
export interface RecordedDevice {
  readonly companyId: string;
  readonly holder: string;
  readonly releasePolicy: 'Unclaim' | 'Keep';
  /** `Claimed`: by an operation of ours. `Adopted`: it stood there already. */
  readonly how: 'Claimed' | 'Adopted';
  /** The key under which the vendor lists it, where that is none of those it is declared under. */
  readonly listedAs?: string;
  /** The declared order number that the vendor took from us, or was seen to show. */
  readonly orderNumber?: string;
  /** The vendor took the order number in a write of its own, and no look has shown it since. */
  readonly orderNumberUnseen?: true;
  /**
   * Its claim let go of it under the policy Keep. It stays at the company and is nobody's until a claim declares it; the
   * record is what tells a claim of another customer why it is there.
   */
  readonly kept?: true;
}

/** What a claim is told about one of its devices. */
export interface DeviceVerdict {
  readonly state: 'claimed' | 'awaitingCustomer' | 'pending' | 'failed' | 'conflicted';
  /** With `failed` and `conflicted`, and with `pending` when something went wrong on the way. */
  readonly code?: string;
  readonly message?: string;
}

/** The types that a device assignment is made of. */
export interface DeviceTypes {
  readonly subject: DeviceIdentity;
  readonly desired: DesiredDevice;
  readonly row: DeviceRow;
  readonly observed: ObservedDevice;
  readonly recorded: RecordedDevice;
  readonly verdict: DeviceVerdict;
}

/** One row of a vendor's device list. */
export interface DeviceRow {
  readonly identity: DeviceIdentity;
  readonly observed: ObservedDevice;
}
