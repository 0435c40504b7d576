import { type FaultTarget, faultOf } from '../fault-box.ts';
import type { Fault } from '../faults.ts';
import { type HttpOutcome, type HttpReply, type HttpRequest, jsonReply } from '../http.ts';
import { isObject, parseJson } from '../json.ts';
import { router } from '../router.ts';
import { type Arrival, serveRequest } from '../serve.ts';
import type { ErrorReply } from '../transport-faults.ts';
import { TOO_MANY_REQUESTS } from './assumed-wire.ts';
import type { Call, Endpoint } from './call.ts';
import { callerOf, checkScope, takeQuota } from './caller.ts';
import { createCustomerEndpoint, customerEndpoints } from './endpoints/customers.ts';
import { listEndpoints } from './endpoints/lists.ts';
import { type LoginRoute, loginRoutes } from './endpoints/logins.ts';
import { writeEndpoints } from './endpoints/writes.ts';
import { ledgerItems } from './ledger-items.ts';
import { continuesListing } from './paging.ts';
import type { Simulation } from './simulation.ts';
import { ShapedError, VendorError } from './vendor-error.ts';
import { errorObject } from './wire.ts';

type Route = Endpoint | LoginRoute;

/** The vendor's face: serves one request after another. */
export type Face = (request: HttpRequest) => Promise<HttpOutcome>;

/** @param signal ends the waits of latency faults. */
export function createFace(sim: Simulation, signal: AbortSignal): Face {
  const findRoute = router<Route>([
    ...loginRoutes,
    ...writeEndpoints,
    ...listEndpoints,
    ...customerEndpoints,
    ...(sim.settings.createCustomer ? [createCustomerEndpoint] : []),
  ]);
  return (request) => {
    const route = findRoute(request.method, request.path)?.route;
    const isLogin = route !== undefined && 'login' in route;
    const message = isLogin ? undefined : parseJson(request.body);
    return serveRequest(sim, signal, request, {
      target: route === undefined ? undefined : targetOf(route, request),
      items: ledgerItems(message),
      errorReply: errorReplyOf(sim),
      settle: (faults) => settle(sim, faults),
      reply: (arrival) => reply(sim, route, request, message, arrival),
    });
  };
}

function targetOf(route: Route, request: HttpRequest): FaultTarget {
  const role = 'login' in route ? 'login' : route.role(request.query);
  return {
    method: request.method,
    endpoint: route.endpoint,
    role,
    continuesListing: role === 'list' && continuesListing(request.query),
  };
}

function settle(sim: Simulation, faults: readonly Fault[]): void {
  if (faultOf(faults, 'expireTokens') !== undefined) {
    sim.oauthTokens.expireAll();
    sim.accessTokens.expireAll();
  }
  sim.processing.settle(sim.clock.now());
}

/** The true reply, before anything disturbs it. */
function reply(
  sim: Simulation,
  route: Route | undefined,
  request: HttpRequest,
  message: unknown,
  arrival: Arrival,
): HttpReply {
  try {
    if (route === undefined)
      throw new ShapedError(404, { error: `No route ${request.method} ${request.path}` });
    if ('login' in route) return route.login(sim, request, arrival.faults);
    return route.handle(authenticated(sim, route, request, message, arrival));
  } catch (error) {
    if (error instanceof VendorError) {
      return jsonReply(error.status, errorObject(sim.ids.error(), error.codeName, sim.writeCode));
    }
    if (error instanceof ShapedError) return jsonReply(error.status, error.body, { ...error.headers });
    throw error;
  }
}

/** Throws 401, 403 or 429 before the endpoint sees the request. */
function authenticated(
  sim: Simulation,
  route: Endpoint,
  { query, headers }: HttpRequest,
  message: unknown,
  { entry, faults }: Arrival,
): Call {
  const caller = callerOf(sim, headers);
  checkScope(caller, route.scope);
  takeQuota(sim, caller);
  const stale = faultOf(faults, 'staleReads');
  const live = { store: sim.store, nowMs: sim.clock.now() };
  return {
    sim,
    query,
    headers,
    body: isObject(message) ? message : undefined,
    resellerId: caller.resellerId,
    reads: (stale === undefined ? undefined : sim.frozen.get(stale)) ?? live,
    faults,
    entry,
  };
}

/** Errors by order of a fault, in the vendor's shapes. */
function errorReplyOf(sim: Simulation): ErrorReply {
  return (status, headers = {}) => {
    if (status === 401) return jsonReply(401, { error: 'Invalid authentication token' }, headers);
    if (status === 403)
      return jsonReply(403, errorObject(sim.ids.error(), 'AUTHORIZATION_FAIL', sim.writeCode), headers);
    if (status === 429) return jsonReply(429, TOO_MANY_REQUESTS, headers);
    return jsonReply(status, errorObject(sim.ids.error(), 'INTERNAL_SERVER_ERROR', sim.writeCode), headers);
  };
}
