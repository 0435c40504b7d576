import type { Identifiers } from './identifiers.ts';
import type { DeviceState } from './states.ts';

/** A line: a device and its SIM as Verizon knows them. Replaced, never changed. Times are milliseconds. */
export interface Device {
  /** Ascends in the order of birth; never used twice. */
  readonly deviceId: number;
  readonly accountName: string;
  readonly identifiers: Identifiers;
  readonly state: DeviceState;
  /** Since when it is in that state. */
  readonly stateSinceMs: number;
  readonly carrierName: string;
  readonly groupName: string;
  /** Lost with a deactivation, like MDN, MSISDN and IP address (fact sheet 4). */
  readonly servicePlan?: string;
  readonly ipAddress?: string;
  /** `CustomField1` to `CustomField5`. */
  readonly customFields: Readonly<Record<string, string>>;
  readonly isConnected: boolean;
  readonly createdAtMs: number;
  readonly lastActivationBy?: string;
  readonly lastActivationAtMs?: number;
  readonly lastConnectionAtMs?: number;
  readonly billingCycleEndAtMs: number;
  /** False when the login has no right to delete this one device (5). */
  readonly isDeletable: boolean;
  /** State changes taken in on the day that is written as `2026-01-31`. */
  readonly actions: { readonly day: string; readonly count: number };
}

/** The line without what a deactivation takes from it. */
export function stripped(device: Device): Device {
  const { mdn: _mdn, msisdn: _msisdn, ...identifiers } = device.identifiers;
  const { servicePlan: _plan, ipAddress: _address, ...rest } = device;
  return { ...rest, identifiers, isConnected: false };
}

/** Under which name the history of a line is kept: its IMEI, so that a changed pairing hides the past (9). */
export function historyKey({ deviceId, identifiers: { imei } }: Device): string {
  return imei === undefined ? `device:${deviceId}` : imeiHistoryKey(imei);
}

export function imeiHistoryKey(imei: string): string {
  return `imei:${imei}`;
}
