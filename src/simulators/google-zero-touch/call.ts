import type { EndpointRole } from '../fault-box.ts';
import type { Fault } from '../faults.ts';
import type { JsonObject } from '../json.ts';
import type { LedgerEntry } from '../ledger.ts';
import type { Shape } from './proto-json.ts';
import type { Simulation } from './simulation.ts';
import type { StoreReads } from './store.ts';

/** One authenticated request on its way to its endpoint. */
export interface Call {
  readonly sim: Simulation;
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  /** The request message; empty when there was none. Its names are known ones. */
  readonly body: JsonObject;
  /** The reseller the caller is linked to. The path names no other. */
  readonly partnerId: string;
  /** What reads look at: the live store, or a frozen one under the fault of stale reads. */
  readonly reads: StoreReads;
  readonly faults: readonly Fault[];
  /** The request in the ledger, for its effects. */
  readonly entry: LedgerEntry;
  readonly nowMs: number;
}

/** One method of the vendor's API. */
export interface Endpoint {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  /** Short name, as faults and the ledger use it. */
  readonly endpoint: string;
  readonly role: EndpointRole;
  /** The names the request message may have. */
  readonly shape?: Shape;
  /** Returns the reply message; throws VendorError. */
  readonly handle: (call: Call) => JsonObject;
}
