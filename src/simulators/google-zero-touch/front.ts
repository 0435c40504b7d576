import { setTimeout as delay } from 'node:timers/promises';
import { type FaultTarget, faultOf } from '../fault-box.ts';
import type { Fault } from '../faults.ts';
import { type HttpOutcome, type HttpReply, type HttpRequest, jsonReply } from '../http.ts';
import { isObject, type JsonObject, parseJson } from '../json.ts';
import type { LedgerEntry } from '../ledger.ts';
import { type Match, router } from '../router.ts';
import { afterEffect, beforeEffect } from '../transport-faults.ts';
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

/** A request that has arrived: found, noted, and hit by its faults. */
interface Arrival {
  readonly request: HttpRequest;
  /** The body as JSON; undefined when it is none. */
  readonly message: unknown;
  /** Undefined for a route the vendor does not have. */
  readonly found: Match<Route> | undefined;
  readonly entry: LedgerEntry;
  readonly faults: readonly Fault[];
}

/** One request from arrival to outcome: ledger, faults, caller, quota, endpoint, faults again. */
export async function serve(sim: Simulation, front: Front, request: HttpRequest): Promise<HttpOutcome> {
  const arrival = arrived(sim, request);
  const { entry, faults } = arrival;
  await wait(sim, faults, front.signal);
  if (faultOf(faults, 'expireTokens') !== undefined) sim.tokens.expireAll();
  sim.operations.settle(sim.clock.now());
  const outcome =
    beforeEffect(faults, errorReply) ?? afterEffect(reply(sim, front, arrival), faults, errorReply);
  entry.status = outcome === 'drop' ? 0 : outcome.status;
  return outcome;
}

function arrived(sim: Simulation, request: HttpRequest): Arrival {
  const found = findRoute(request.method, request.path);
  const message = found?.route.role === 'login' ? undefined : parseJson(request.body);
  const target = found === undefined ? undefined : targetOf(found.route, request, message);
  const faults = target === undefined ? [] : sim.faults.take(target, sim.clock.now());
  const query = request.query.toString();
  const items = ledgerItems(message, found?.params ?? {});
  const entry = sim.ledger.open({
    at: new Date(sim.clock.now()).toISOString(),
    method: request.method,
    path: request.path,
    ...(query === '' ? {} : { query }),
    endpoint: target?.endpoint ?? 'unknown',
    mutating: target?.role === 'write' || target?.role === 'startOperation',
    ...(items === undefined ? {} : { items }),
    ...(faults.length === 0 ? {} : { fault: faults.map(({ fault }) => fault).join('+') }),
  });
  return { request, message, found, entry, faults };
}

function targetOf({ endpoint, role }: Route, request: HttpRequest, message: unknown): FaultTarget {
  const token = isObject(message) ? message['pageToken'] : request.query.get('pageToken');
  const continuesListing = role === 'list' && typeof token === 'string' && token !== '';
  return { method: request.method, endpoint, role, continuesListing };
}

async function wait(sim: Simulation, faults: readonly Fault[], signal: AbortSignal): Promise<void> {
  const latency = faultOf(faults, 'latency');
  if (latency === undefined) return;
  const ms = latency.ms + sim.random.integer(latency.jitterMs + 1);
  await delay(ms, undefined, { signal });
}

/** The true reply, before anything disturbs it. */
function reply(sim: Simulation, front: Front, arrival: Arrival): HttpReply {
  const { request, found, faults } = arrival;
  if (found?.route.role === 'login') return issueToken(sim, request, faults, front.baseUrl());
  try {
    if (found === undefined)
      throw notFound(`The requested URL ${request.path} was not found on this server.`);
    return jsonReply(200, answer(sim, found as Match<Endpoint>, arrival));
  } catch (error) {
    if (error instanceof VendorError) return envelope(error);
    throw error;
  }
}

function answer(sim: Simulation, { route, params }: Match<Endpoint>, arrival: Arrival): JsonObject {
  const { request, entry, faults } = arrival;
  const account = callerOf(sim, request.headers.authorization);
  takeQuota(sim, account);
  checkPartner(account, params['partnerId']);
  const stale = faultOf(faults, 'staleReads');
  return route.handle({
    sim,
    params,
    query: request.query,
    body: messageOf(route, arrival),
    partnerId: account.partnerId,
    reads: (stale === undefined ? undefined : sim.frozen.get(stale)) ?? sim.store,
    faults,
    entry,
    nowMs: sim.clock.now(),
  });
}

function messageOf(route: Endpoint, { request, message }: Arrival): JsonObject {
  if (request.bodyTooLarge) throw invalidArgument('Request payload size exceeds the limit.');
  if (request.body === '') return {};
  if (!isObject(message)) throw invalidArgument('Invalid JSON payload received. An object is expected.');
  refuseUnknownNames(message, route.shape ?? {}, '');
  return message;
}
