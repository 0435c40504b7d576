import { type Hardware, hardwareKeys, type IdentifierType, keyOf } from './identifiers.ts';
import type { Association, CustomerRecord, DeviceRecord, StoreContent, VendorRecord } from './records.ts';
import type { Transaction } from './transaction.ts';

/** Nothing at all. */
export const EMPTY: StoreContent = {
  hardware: [],
  devices: [],
  customers: [],
  associations: [],
  vendors: [],
  transactions: [],
  usedTransactionIds: [],
  mpts: [],
};

/** The vendor's records. */
export interface Store {
  /** The hardware that answers to the identifier. */
  findHardware(type: IdentifierType, identifier: string): Hardware | undefined;
  hardware(hardwareId: number): Hardware;
  putHardware(hardware: Hardware): void;
  /** The registration of the hardware, whoever has it; there is at most one. */
  registered(hardwareId: number): DeviceRecord | undefined;
  /** Every registration there is now, whoever has it, oldest first. */
  registrations(): readonly DeviceRecord[];
  /** Adds the device, or replaces the one with the same id. */
  putDevice(device: DeviceRecord): void;
  /** What a list shows at that moment, oldest first. */
  listed(resellerId: string, customerId: string | undefined, nowMs: number): readonly DeviceRecord[];
  customer(customerId: string): CustomerRecord | undefined;
  customers(): readonly CustomerRecord[];
  putCustomer(customer: CustomerRecord): void;
  associate(association: Association): void;
  /** The customers the reseller works for, in the order that began. */
  customersOf(resellerId: string): readonly CustomerRecord[];
  vendor(vendorId: string): VendorRecord | undefined;
  putVendor(vendor: VendorRecord): void;
  /** Uses the id up; false when it has been used before. */
  useTransactionId(resellerId: string, transactionId: string): boolean;
  freeTransactionId(resellerId: string, transactionId: string): void;
  putTransaction(transaction: Transaction): void;
  transaction(resellerId: string, transactionId: string): Transaction | undefined;
  /** Oldest first. */
  transactions(): readonly Transaction[];
  readonly mpts: Set<string>;
  content(): StoreContent;
}

export function createStore(content: StoreContent = EMPTY): Store {
  const hardware = new Map(content.hardware.map((one) => [one.hardwareId, one]));
  const hardwareIds = new Map<string, number>();
  const devices = new Map(content.devices.map((device) => [device.deviceId, device]));
  const holders = new Map<number, number>();
  const customers = new Map(content.customers.map((customer) => [customer.customerId, customer]));
  const associations = new Map(content.associations.map((one) => [pair(one), one]));
  const vendors = new Map(content.vendors.map((vendor) => [vendor.vendorId, vendor]));
  const transactions = new Map(content.transactions.map((one) => [transactionKey(one), one]));
  const usedTransactionIds = new Set(content.usedTransactionIds);
  const mpts = new Set(content.mpts);
  for (const one of hardware.values()) indexHardware(one);
  for (const device of devices.values()) indexDevice(device);

  function indexHardware(one: Hardware): void {
    for (const key of hardwareKeys(one)) hardwareIds.set(key, one.hardwareId);
  }

  function indexDevice({ hardwareId, deviceId, listedUntilMs }: DeviceRecord): void {
    if (listedUntilMs === undefined) holders.set(hardwareId, deviceId);
    else if (holders.get(hardwareId) === deviceId) holders.delete(hardwareId);
  }

  return {
    findHardware(type, identifier) {
      const id = hardwareIds.get(keyOf(type, identifier));
      return id === undefined ? undefined : hardware.get(id);
    },
    hardware: (hardwareId) => hardware.get(hardwareId) as Hardware,
    putHardware(one) {
      for (const key of hardwareKeys(hardware.get(one.hardwareId) ?? one)) hardwareIds.delete(key);
      hardware.set(one.hardwareId, one);
      indexHardware(one);
    },
    registered(hardwareId) {
      const deviceId = holders.get(hardwareId);
      return deviceId === undefined ? undefined : devices.get(deviceId);
    },
    registrations: () => [...devices.values()].filter(({ listedUntilMs }) => listedUntilMs === undefined),
    putDevice(device) {
      devices.set(device.deviceId, device);
      indexDevice(device);
    },
    listed: (resellerId, customerId, nowMs) =>
      [...devices.values()].filter(
        (device) =>
          device.resellerId === resellerId &&
          (customerId === undefined || device.customerId === customerId) &&
          isListed(device, nowMs),
      ),
    customer: (customerId) => customers.get(customerId),
    customers: () => [...customers.values()],
    putCustomer: (customer) => customers.set(customer.customerId, customer),
    associate: (association) => associations.set(pair(association), association),
    customersOf: (resellerId) =>
      [...associations.values()]
        .filter((one) => one.resellerId === resellerId)
        .map(({ customerId }) => customers.get(customerId))
        .filter((customer) => customer !== undefined),
    vendor: (vendorId) => vendors.get(vendorId),
    putVendor: (vendor) => vendors.set(vendor.vendorId, vendor),
    useTransactionId(resellerId, transactionId) {
      const key = transactionKey({ resellerId, transactionId });
      if (usedTransactionIds.has(key)) return false;
      usedTransactionIds.add(key);
      return true;
    },
    freeTransactionId: (resellerId, transactionId) =>
      usedTransactionIds.delete(transactionKey({ resellerId, transactionId })),
    putTransaction: (transaction) => transactions.set(transactionKey(transaction), transaction),
    transaction: (resellerId, transactionId) =>
      transactions.get(transactionKey({ resellerId, transactionId })),
    transactions: () => [...transactions.values()],
    mpts,
    content: () => ({
      hardware: [...hardware.values()],
      devices: [...devices.values()],
      customers: [...customers.values()],
      associations: [...associations.values()],
      vendors: [...vendors.values()],
      transactions: [...transactions.values()],
      usedTransactionIds: [...usedTransactionIds],
      mpts: [...mpts],
    }),
  };
}

function isListed({ listedFromMs, listedUntilMs }: DeviceRecord, nowMs: number): boolean {
  return listedFromMs <= nowMs && (listedUntilMs === undefined || nowMs < listedUntilMs);
}

function pair({ resellerId, customerId }: Association): string {
  return `${resellerId}/${customerId}`;
}

function transactionKey(name: Pick<Transaction, 'resellerId' | 'transactionId'>): string {
  return `${name.resellerId}/${name.transactionId}`;
}
