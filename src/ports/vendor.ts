import type { DeviceIdentity } from '../domain/device/identity.ts';
import type { ItemFailure, KindTypes } from '../domain/item.ts';
import type { LaneName, LaneTypes } from '../domain/lanes.ts';
import type { DayBook } from './day-book.ts';
import type { Result } from './failure.ts';
import type { ItemReader } from './item-reader.ts';
import type { LineHistories } from './line-histories.ts';
import type { LoginBook } from './login-book.ts';
import type { OperationPoller } from './operation-poller.ts';
import type { Probe } from './probe.ts';
import type { Quota } from './quota.ts';
import type { SetReader } from './set-reader.ts';
import type { Writer } from './writer.ts';

/** What a vendor can do for one kind of item. A missing capability is one the vendor does not have. */
export interface KindPorts<Subject, Desired, Row> {
  /** Local check before any quota is spent. Pure. Answers why the vendor would refuse this item, if it would. */
  check(subject: Subject): ItemFailure | undefined;
  readonly sets?: SetReader<Row>;
  readonly items?: ItemReader<Subject, Row>;
  readonly writer?: Writer<Subject, Desired>;
  readonly poller?: OperationPoller;
}

/** What a vendor can do for items of this kind. */
type KindPortsOf<T extends KindTypes> = KindPorts<T['subject'], T['desired'], T['row']>;

/** What a vendor can do for each kind of item; a missing kind is one that the vendor does not have. */
export type LanePorts = { readonly [Name in LaneName]?: KindPortsOf<LaneTypes[Name]> };

/** One login at one vendor, opened. Everything the engine can ask of that vendor. */
export interface VendorAdapter extends LanePorts {
  /** What would be lost with lines. */
  readonly lineHistories?: LineHistories;
  /** Shows that the vendor answers, where there is no list of companies to show it. */
  readonly probe?: Probe;
  readonly quota: Quota;
  /** Ends its connections. Calls still running fail. */
  close(): Promise<void>;
}

/** Everything an adapter is made from. */
export interface AdapterSettings {
  readonly endpoint: string;
  /** The identifying fields of the vendor's block, for example `{ partnerId: "1234567890" }`. */
  readonly identity: Readonly<Record<string, string>>;
  /** What else the vendor's block says, for example `{ authentication: "OAuth" }`. */
  readonly options?: Readonly<Record<string, string>>;
  /** The keys of the credentials Secret, decoded. Never logged. */
  readonly credentials: Readonly<Record<string, string>>;
  /** PEM certificates of a private authority, in addition to the public ones. */
  readonly caBundle?: string;
  readonly limits: VendorLimits;
}

/** What an account keeps for the way to its vendor, so that a new process goes on where the last one was. */
export interface AdapterBooks {
  readonly logins: LoginBook;
  readonly day: DayBook;
}

export interface VendorLimits {
  readonly requestsPerSecond: number;
  readonly requestsPerDay: number;
  readonly concurrentRequests: number;
  readonly itemsPerRequest: number;
}

/** How a vendor names and lists things, known without a connection. */
export interface VendorHabits {
  /** What of a declared device names it at this vendor; absent: everything that is declared. Pure. */
  readonly namesDevicesBy?: (declared: DeviceIdentity) => DeviceIdentity;
  /**
   * Which companies the vendor's list shows: absent all of them; `afterFirstDevice` only those that we have
   * registered a device for, so that one which is known by its id is not missing when the list does not show it.
   */
  readonly listsCompanies?: 'afterFirstDevice';
}

/** Opens adapters of one vendor. Fails with `rejected` when the credentials cannot be understood. */
export interface VendorFactory extends VendorHabits {
  readonly defaultLimits: VendorLimits;
  readonly defaultEndpoint: string;
  /** Without books, what would stand in them is known as long as the factory lives. */
  open(settings: AdapterSettings, books?: AdapterBooks): Result<VendorAdapter>;
}
