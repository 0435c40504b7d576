import { createDeviceIndex, type DeviceIndex } from './device-index.ts';
import type { DeviceIdentifier } from './identifiers.ts';
import type { Entries } from './metadata.ts';

/** Who holds one section of a device. There is at most one claim for each section type. */
export interface Claim {
  readonly sectionType: string;
  readonly ownerCompanyId: string;
  readonly resellerId: string;
}

/** A device the vendor has heard of; without claims it is free, and nobody sees it. Replaced, never changed. */
export interface DeviceRecord {
  readonly deviceId: number;
  readonly identifier: DeviceIdentifier;
  readonly metadata: Entries;
  readonly claims: readonly Claim[];
}

/** A customer of one reseller, perhaps through one of its vendors (sub-resellers). Replaced, never changed. */
export interface CustomerRecord {
  readonly companyId: number;
  readonly companyName: string;
  readonly resellerId: string;
  readonly termsStatus: string;
  readonly vendorId?: number;
}

/** A sub-reseller of a reseller. */
export interface VendorRecord {
  readonly companyId: number;
  readonly companyName: string;
  readonly resellerId: string;
}

/** All the store holds, as plain data. */
export interface StoreContent {
  readonly customers: readonly CustomerRecord[];
  readonly vendors: readonly VendorRecord[];
  readonly devices: readonly DeviceRecord[];
}

/** What reads need: the live store and a frozen copy of it answer alike. */
export interface StoreReads {
  customer(companyId: number): CustomerRecord | undefined;
  /** Ascending by id. */
  customersOf(resellerId: string, vendorId?: number): readonly CustomerRecord[];
  vendor(companyId: number): VendorRecord | undefined;
  /** Ascending by id. */
  vendorsOf(resellerId: string): readonly VendorRecord[];
  device(deviceId: number): DeviceRecord | undefined;
  readonly index: Pick<DeviceIndex, 'byHardware' | 'candidates' | 'held'>;
}

/** The vendor's records. */
export interface Store extends StoreReads {
  putCustomer(customer: CustomerRecord): void;
  putVendor(vendor: VendorRecord): void;
  /** Adds the device, or replaces the one with the same id. */
  putDevice(device: DeviceRecord): void;
  content(): StoreContent;
}

export function createStore(content: StoreContent = { customers: [], vendors: [], devices: [] }): Store {
  const customers = new Map(content.customers.map((customer) => [customer.companyId, customer]));
  const vendors = new Map(content.vendors.map((vendor) => [vendor.companyId, vendor]));
  const devices = new Map(content.devices.map((device) => [device.deviceId, device]));
  const index = createDeviceIndex();
  for (const device of devices.values()) index.add(device);

  return {
    index,
    customer: (companyId) => customers.get(companyId),
    customersOf: (resellerId, vendorId) =>
      [...customers.values()]
        .filter((customer) => customer.resellerId === resellerId && customer.vendorId === vendorId)
        .sort((left, right) => left.companyId - right.companyId),
    vendor: (companyId) => vendors.get(companyId),
    vendorsOf: (resellerId) =>
      [...vendors.values()]
        .filter((vendor) => vendor.resellerId === resellerId)
        .sort((left, right) => left.companyId - right.companyId),
    device: (deviceId) => devices.get(deviceId),
    putCustomer: (customer) => customers.set(customer.companyId, customer),
    putVendor: (vendor) => vendors.set(vendor.companyId, vendor),
    putDevice(device) {
      const before = devices.get(device.deviceId);
      if (before !== undefined) index.remove(before);
      devices.set(device.deviceId, device);
      index.add(device);
    },
    content: () => ({
      customers: [...customers.values()],
      vendors: [...vendors.values()],
      devices: [...devices.values()],
    }),
  };
}
