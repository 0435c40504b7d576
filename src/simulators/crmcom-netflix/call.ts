import type { EndpointRole } from '../fault-box.ts';
import type { Fault } from '../faults.ts';
import type { JsonObject } from '../json.ts';
import type { LedgerEntry } from '../ledger.ts';
import type { Simulation } from './simulation.ts';
import type { StoreReads } from './store.ts';

/** One request on its way to a login method. */
export interface LoginCall {
  readonly sim: Simulation;
  /** The parameters: of the query or the body. Their names are known ones. */
  readonly input: JsonObject;
  readonly authorization: string | undefined;
  readonly faults: readonly Fault[];
  readonly nowMs: number;
}

/** One authenticated request on its way to its method. */
export interface Call {
  readonly sim: Simulation;
  /** The parameters but for the token. Their names are known ones. */
  readonly input: JsonObject;
  /** The operator the caller belongs to. */
  readonly operatorId: string;
  /** What reads look at: the live store, or a frozen one under the fault of stale reads. */
  readonly reads: StoreReads;
  readonly faults: readonly Fault[];
  /** The request in the ledger, for its effects. */
  readonly entry: LedgerEntry;
  readonly nowMs: number;
}

interface Method {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  /** Short name, as faults and the ledger use it. */
  readonly endpoint: string;
  /** The names the parameters may have. */
  readonly parameters: readonly string[];
}

/** One of the three token calls. */
export interface LoginEndpoint extends Method {
  readonly role: 'login';
  /** Returns the `data` of the reply; throws VendorError. */
  readonly handle: (call: LoginCall) => unknown;
}

/** One method of the vendor's API behind the login. */
export interface Endpoint extends Method {
  readonly role: Exclude<EndpointRole, 'login'>;
  /** Returns the `data` of the reply; throws VendorError. */
  readonly handle: (call: Call) => unknown;
}

/** Notes what a request has truly changed. */
export function noteEffect({ sim, entry }: Call, effect: Record<string, unknown>): void {
  sim.ledger.addEffect(entry.seq, effect);
  sim.counters.countEffect(entry.endpoint);
}
