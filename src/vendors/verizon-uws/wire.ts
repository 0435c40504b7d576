import type { ArchiveReceipt } from '../../domain/line/receipt.ts';

/**
 * Verizon's Unified Web Service v2 as we use it: only the fields we write or read (UWS fact sheet; the vendor's
 * page DeleteDevices). Every value is a string, as on the wire: leading zeros count.
 */

/** How a kind of identifier is written in requests (4). Replies use other cases: `Esn`, `iccId`. */
export type WireKind = 'esn' | 'iccid' | 'imei' | 'meid' | 'eid';

/** What names a device in a request. */
export interface WireIdentifier {
  readonly kind: WireKind;
  readonly identifier: string;
}

/** An identifier in a reply, its kind in lower case. */
export interface WireShownIdentifier {
  readonly kind: string;
  readonly identifier: string;
}

export interface LogInRequest {
  readonly username: string;
  readonly password: string;
}

export interface LogInReply {
  readonly sessionToken: string;
}

/** A page of GetDeviceList that can hold no device. */
export interface EmptyListReply {
  readonly isComplete: true;
}

export interface DeviceInformationRequest {
  readonly device: WireIdentifier;
}

/** A value of the vendor's that is kept as it came: text, nil, or what stands inside. */
export type WireValue = string | null | { readonly [name: string]: WireValue } | readonly WireValue[];

/** A device as GetDeviceInformation shows it (6.2). */
export interface WireDevice {
  readonly accountName?: string;
  /** `CarrierInformation/State`, in the vendor's spelling (6.3). */
  readonly state: string;
  readonly identifiers: readonly WireShownIdentifier[];
  /** Everything the vendor says of it, for the archive. */
  readonly everything: WireValue;
}

/**
 * A change of state for exactly one device. The service also knows a form without devices, which would hit every
 * line of the account (7, "Danger"): it cannot be written with this type, and the client has no other way to ask.
 */
export interface DeactivateRequest {
  readonly device: WireIdentifier;
  /** Waives the early termination fee where the contract has a waiver left (7). */
  readonly etfWaiver: boolean;
}

/** The request was taken; its outcome comes later (7). */
export interface DeactivateReply {
  readonly requestId: string;
}

export interface RequestStatusRequest {
  readonly accountName: string;
  readonly requestId: string;
}

export interface RequestStatusReply {
  /** `Pending`, `Success` or `Failed` (7). */
  readonly status: string;
}

/** The three histories that go with a deleted device (9). */
export type WireHistory = 'usage' | 'connection' | 'provisioning';

export interface HistoryRequest {
  readonly history: WireHistory;
  readonly device: WireIdentifier;
  /** Wall time in milliseconds; both ends belong to the range. */
  readonly earliestMs: number;
  readonly latestMs: number;
}

export interface WireHistoryRow {
  /** The row's own time, as the vendor wrote it. */
  readonly at: string;
  readonly everything: WireValue;
}

export interface HistoryReply {
  readonly rows: readonly WireHistoryRow[];
  /** False: there is more in this range than the reply holds. */
  readonly isComplete: boolean;
}

export interface DeleteDevicesRequest {
  /** May be empty, as in the vendor's sample (5). */
  readonly accountName: string;
  /** 1 to 100. */
  readonly devices: readonly DeletableDevice[];
}

/** A device that may be deleted. The receipt is not sent: it is what entitles to ask. */
export interface DeletableDevice {
  readonly device: WireIdentifier;
  readonly receipt: ArchiveReceipt;
}

export interface WireDeleteResult {
  readonly device: WireShownIdentifier;
  /** `Success` or `Failed`. */
  readonly status: string;
  /** Absent on success. */
  readonly message?: string;
}

export interface DeleteDevicesReply {
  readonly results: readonly WireDeleteResult[];
  /** The reply was no XML as it came, and was read after the one repair that is allowed (5). */
  readonly isRepaired: boolean;
}
