import { type FaultTarget, faultOf } from '../fault-box.ts';
import { type HttpOutcome, type HttpReply, type HttpRequest, jsonReply } from '../http.ts';
import { isObject, type JsonObject, parseJson } from '../json.ts';
import { type Match, router } from '../router.ts';
import { type Arrival, serveRequest } from '../serve.ts';
import type { Endpoint } from './call.ts';
import { callerOf, checkPartner, takeQuota } from './caller.ts';
import { batchEndpoints } from './endpoints/batches.ts';
import { claimEndpoints } from './endpoints/claims.ts';
import { customerEndpoints } from './endpoints/customers.ts';
import { findingEndpoints } from './endpoints/finding.ts';
import { issueToken } from './endpoints/token.ts';
import { vendorEndpoints } from './endpoints/vendors.ts';
import { ledgerItems } from './ledger-items.ts';
import { refuseUnknownNames } from './proto-json.ts';
import type { Simulation } from './simulation.ts';
import { envelope, errorReply, invalidArgument, notFound, VendorError } from './vendor-error.ts';

/** The login in front of the API, for the tables that faults and the ledger go by. */
const LOGIN = { method: 'POST', path: '/token', endpoint: 'token', role: 'login' } as const;

type Route = Endpoint | typeof LOGIN;

const findRoute = router<Route>([
  LOGIN,
  ...customerEndpoints,
  ...vendorEndpoints,
  ...claimEndpoints,
  ...findingEndpoints,
  ...batchEndpoints,
]);

/** What the vendor's face needs beside the simulation. */
export interface Front {
  /** The vendor's own address, known once it listens. */
  readonly baseUrl: () => string;
  /** Ends the waits of latency faults. */
  readonly signal: AbortSignal;
}

/** A request with its route found, before its faults are known. */
interface Found {
  readonly request: HttpRequest;
  /** The body as JSON; undefined when it is none. */
  readonly message: unknown;
  /** Undefined for a route the vendor does not have. */
  readonly match: Match<Route> | undefined;
}

/** One request from arrival to outcome: ledger, faults, caller, quota, endpoint, faults again. */
export function serve(sim: Simulation, front: Front, request: HttpRequest): Promise<HttpOutcome> {
  const match = findRoute(request.method, request.path);
  const message = match?.route.role === 'login' ? undefined : parseJson(request.body);
  return serveRequest(sim, front.signal, request, {
    target: match === undefined ? undefined : targetOf(match.route, request, message),
    items: ledgerItems(message, match?.params ?? {}),
    errorReply,
    settle: (faults) => {
      if (faultOf(faults, 'expireTokens') !== undefined) sim.tokens.expireAll();
      sim.operations.settle(sim.clock.now());
    },
    reply: (arrival) => reply(sim, front, { request, message, match }, arrival),
  });
}

function targetOf({ endpoint, role }: Route, request: HttpRequest, message: unknown): FaultTarget {
  const token = isObject(message) ? message['pageToken'] : request.query.get('pageToken');
  const continuesListing = role === 'list' && typeof token === 'string' && token !== '';
  return { method: request.method, endpoint, role, continuesListing };
}

/** The true reply, before anything disturbs it. */
function reply(sim: Simulation, front: Front, found: Found, arrival: Arrival): HttpReply {
  const { request, match } = found;
  if (match?.route.role === 'login') return issueToken(sim, request, arrival.faults, front.baseUrl());
  try {
    if (match === undefined)
      throw notFound(`The requested URL ${request.path} was not found on this server.`);
    return jsonReply(200, answer(sim, match as Match<Endpoint>, found, arrival));
  } catch (error) {
    if (error instanceof VendorError) return envelope(error);
    throw error;
  }
}

function answer(
  sim: Simulation,
  { route, params }: Match<Endpoint>,
  found: Found,
  { entry, faults }: Arrival,
): JsonObject {
  const { request } = found;
  const account = callerOf(sim, request.headers.authorization);
  takeQuota(sim, account);
  checkPartner(account, params['partnerId']);
  const stale = faultOf(faults, 'staleReads');
  return route.handle({
    sim,
    params,
    query: request.query,
    body: messageOf(route, found),
    partnerId: account.partnerId,
    reads: (stale === undefined ? undefined : sim.frozen.get(stale)) ?? sim.store,
    faults,
    entry,
    nowMs: sim.clock.now(),
  });
}

function messageOf(route: Endpoint, { request, message }: Found): JsonObject {
  if (request.bodyTooLarge) throw invalidArgument('Request payload size exceeds the limit.');
  if (request.body === '') return {};
  if (!isObject(message)) throw invalidArgument('Invalid JSON payload received. An object is expected.');
  refuseUnknownNames(message, route.shape ?? {}, '');
  return message;
}
