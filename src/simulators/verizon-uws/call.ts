import type { EndpointRole } from '../fault-box.ts';
import type { Fault } from '../faults.ts';
import type { LedgerEntry } from '../ledger.ts';
import type { Simulation } from './simulation.ts';
import type { ServiceName } from './soap/names.ts';
import type { StoreReads } from './store.ts';
import type { User } from './users.ts';
import type { XmlElement } from './xml/element.ts';

/** One request of a logged-in user on its way to its operation. */
export interface Call {
  readonly sim: Simulation;
  /** The operation's `Input`. */
  readonly input: XmlElement;
  /** Namespace of the service's data contract. */
  readonly contract: string;
  readonly user: User;
  readonly token: string;
  /** What reads look at: the live lines, or frozen ones under the fault of stale reads. */
  readonly reads: StoreReads;
  readonly faults: readonly Fault[];
  /** The request in the ledger, for its effects. */
  readonly entry: LedgerEntry;
  readonly nowMs: number;
}

/** One operation of a service. */
export interface Endpoint {
  readonly service: ServiceName;
  /** The operation's name, by which faults and the ledger know it too. */
  readonly operation: string;
  readonly role: EndpointRole;
  /** Returns the content of `Output`; throws VendorFault. */
  readonly handle: (call: Call) => string;
}
