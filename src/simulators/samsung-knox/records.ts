import type { Hardware } from './identifiers.ts';
import type { Approval } from './options.ts';
import type { Transaction } from './transaction.ts';

/** Device states as the portal names them (3.7). */
export type DeviceState = 'Pending' | 'Verified' | 'MPTS error' | 'Exchanging';

/** A device registered by one reseller for one customer. Replaced, never changed. */
export interface DeviceRecord {
  readonly deviceId: number;
  readonly hardwareId: number;
  readonly resellerId: string;
  readonly customerId: string;
  /** The upload that registered it. */
  readonly uploadId: number;
  readonly createdAtMs: number;
  readonly state: DeviceState;
  /** When a Pending device becomes Verified by itself. */
  readonly approvesAtMs?: number;
  /** When lists begin to show it. */
  readonly listedFromMs: number;
  /** When lists cease to show it; set as it is given up. */
  readonly listedUntilMs?: number;
}

/** A customer with a Knox account. Replaced, never changed. */
export interface CustomerRecord {
  readonly customerId: string;
  readonly customerName: string;
  readonly country: string;
  /** The super admin's Samsung Account, where it was created through the API. */
  readonly email?: string;
  /** How this customer approves devices; without it, as the knob says. */
  readonly approval?: Approval;
  /** Names under which the customer offers its profiles to resellers. */
  readonly profileAliases: readonly string[];
}

/** A sub-reseller of a reseller. */
export interface VendorRecord {
  readonly vendorId: string;
  readonly vendorName: string;
  readonly resellerId: string;
}

/** All the store holds, as plain data. */
export interface StoreContent {
  readonly hardware: readonly Hardware[];
  readonly devices: readonly DeviceRecord[];
  readonly customers: readonly CustomerRecord[];
  /** Which reseller works for which customer, in the order it began. */
  readonly associations: readonly Association[];
  readonly vendors: readonly VendorRecord[];
  readonly transactions: readonly Transaction[];
  /** Transaction ids that can no longer be used, as `reseller/id`. */
  readonly usedTransactionIds: readonly string[];
  readonly mpts: readonly string[];
}

export interface Association {
  readonly resellerId: string;
  readonly customerId: string;
}
