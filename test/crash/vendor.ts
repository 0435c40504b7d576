import type { ResourceType } from '../../src/kube/resource.ts';
import type { TimeSource } from '../../src/simulators/clock.ts';
import type { LedgerEntry } from '../../src/simulators/ledger.ts';
import type { Fleet } from './fleet.ts';
import type { World } from './world.ts';

/** Asks the admin face of a vendor. */
export type Ask = (method: 'GET' | 'POST', path: string, body?: object) => Promise<unknown>;

/** What a vendor is to the crash test: how it is started, what it shows in the end, and what its ledger must show. */
export interface PlayedVendor {
  /** Of its VendorAccount. */
  readonly accountName: string;
  readonly secretName: string;
  /** Where the controller believes it to be. */
  readonly origin: string;
  /** The kinds of resources whose end is compared. */
  readonly kinds: readonly ResourceType[];
  start(clock: TimeSource): Promise<RunningVendor>;
  /** Has a login issued: the texts of the account's Secret. */
  login(ask: Ask): Promise<Readonly<Record<string, string>>>;
  /** Whether a controller that made these requests and no others has seen what its statuses speak of. */
  hasLooked(made: readonly LedgerEntry[], fleet: Fleet): boolean;
  /** What stands at the vendor, by a name that is the same in every world. */
  holdings(ask: Ask): Promise<Readonly<Record<string, string>>>;
  /** What a record of an item says, without times; undefined where it may be there or not, and for counters. */
  recorded(kind: string, value: Readonly<Record<string, unknown>>, key: string): unknown;
  /** Reasons for which a resource (`Kind/name`) may be as it is in the end, where more than one is right. */
  readonly alike?: Readonly<Record<string, readonly string[]>>;
  /** Ids that the vendor drew while it was watched: they differ from world to world. */
  newIds(ledger: readonly LedgerEntry[]): readonly string[];
  /** How much truly happened of what each budget of the guard counts. */
  spent(ledger: readonly LedgerEntry[]): Readonly<Record<string, number>>;
  /** What a person finds who looks at the vendor: whether a creation of these items happened. */
  happened?(items: readonly string[], ledger: readonly LedgerEntry[]): boolean;
  /** Does what people do at the vendor meanwhile. */
  play?(world: World): Promise<void>;
  /** What the ledger and all that must go with it show instead of what they must. */
  brokenRules(world: World): Promise<readonly string[]>;
}

export interface RunningVendor {
  readonly url: string;
  readonly adminUrl: string;
  close(): Promise<void>;
}
