import type { IncomingHttpHeaders } from 'node:http';
import type { EndpointRole } from '../fault-box.ts';
import type { Fault } from '../faults.ts';
import type { HttpReply } from '../http.ts';
import type { JsonObject } from '../json.ts';
import type { LedgerEntry } from '../ledger.ts';
import type { Scope } from './scopes.ts';
import type { Simulation } from './simulation.ts';
import type { Store } from './store.ts';

/** One authenticated request on its way to its endpoint. */
export interface Call {
  readonly sim: Simulation;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  /** The request message; undefined when the body is no JSON object. */
  readonly body: JsonObject | undefined;
  /** The reseller the credential belongs to. */
  readonly resellerId: string;
  /** What reads look at: now, or the past under the fault of stale reads. */
  readonly reads: Reads;
  readonly faults: readonly Fault[];
  /** The request in the ledger, for its effects. */
  readonly entry: LedgerEntry;
}

/** A store, and the moment at which it is looked at. */
export interface Reads {
  readonly store: Store;
  readonly nowMs: number;
}

/** One method of the vendor's API. */
export interface Endpoint {
  readonly method: 'GET' | 'PUT' | 'POST';
  readonly path: string;
  /** Short name, as faults and the ledger use it. */
  readonly endpoint: string;
  /** What it does; may depend on what is asked for. */
  readonly role: (query: URLSearchParams) => EndpointRole;
  readonly scope: Scope;
  /** Throws VendorError. */
  readonly handle: (call: Call) => HttpReply;
}

/** Where the API begins (3.1). */
export const BASE_PATH = '/kcs/v1/rp';
