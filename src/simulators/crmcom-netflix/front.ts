import { type FaultTarget, faultOf } from '../fault-box.ts';
import type { HttpOutcome, HttpReply, HttpRequest } from '../http.ts';
import { isObject, type JsonObject, parseJson } from '../json.ts';
import { router } from '../router.ts';
import { type Arrival, serveRequest } from '../serve.ts';
import type { Endpoint, LoginEndpoint } from './call.ts';
import { chargeEndpoints } from './endpoints/charges.ts';
import { createEndpoint } from './endpoints/create.ts';
import { deviceEndpoints } from './endpoints/devices.ts';
import { promotionEndpoints } from './endpoints/promotions.ts';
import { subscriptionEndpoints } from './endpoints/subscriptions.ts';
import { tokenEndpoints } from './endpoints/tokens.ts';
import { ledgerItems } from './ledger-items.ts';
import { BASE_PATH } from './limits.ts';
import { mandatoryText, refuseUnknownNames } from './parameters.ts';
import type { Simulation } from './simulation.ts';
import { errorReply, refusal, success, VendorError, webServerPage } from './vendor-error.ts';

type Route = Endpoint | LoginEndpoint;

/** Every method of the vendor's API. */
export const ROUTES: readonly Route[] = [
  ...tokenEndpoints,
  ...promotionEndpoints,
  ...subscriptionEndpoints,
  createEndpoint,
  ...chargeEndpoints,
  ...deviceEndpoints,
];

const findRoute = router(ROUTES.map((route) => ({ ...route, path: BASE_PATH + route.path })));

const METHODS = ['GET', 'POST'] as const;

/** A request as the vendor understands it. */
interface Reading {
  readonly request: HttpRequest;
  /** Undefined for a route the vendor does not have. */
  readonly route: Route | undefined;
  /** The query of a GET, the body of a POST; undefined when the body is no JSON object. */
  readonly message: JsonObject | undefined;
}

/** One request from arrival to outcome: ledger, faults, token, message, method, faults again. */
export async function serve(
  sim: Simulation,
  signal: AbortSignal,
  request: HttpRequest,
): Promise<HttpOutcome> {
  const reading = read(request);
  const { route, message } = reading;
  if (route !== undefined) sim.counters.countRequest(route.endpoint);
  let skewMs = 0;
  const outcome = await serveRequest(sim, signal, withoutToken(request), {
    target: route === undefined ? undefined : targetOf(route, message ?? {}),
    items: ledgerItems(message ?? {}),
    errorReply,
    settle: (faults) => {
      if (faultOf(faults, 'expireTokens') !== undefined) sim.sessions.expireAll();
      skewMs = faultOf(faults, 'clockSkew')?.ms ?? 0;
    },
    reply: (arrival) => reply(sim, reading, arrival),
  });
  return outcome === 'drop' ? outcome : dated(outcome, sim.clock.now() + skewMs);
}

/** A path may end in a slash: seen in the wild (fact sheet 10). */
function read(request: HttpRequest): Reading {
  const route = findRoute(request.method, pathOf(request))?.route;
  const isGet = request.method === 'GET';
  return { request, route, message: isGet ? Object.fromEntries(request.query) : bodyOf(request) };
}

function pathOf({ path }: HttpRequest): string {
  return path.replace(/\/$/, '');
}

function bodyOf({ body }: HttpRequest): JsonObject | undefined {
  const message = body === '' ? {} : parseJson(body);
  return isObject(message) ? message : undefined;
}

/** The ledger keeps the query; a token in it is a secret. */
function withoutToken(request: HttpRequest): HttpRequest {
  const query = new URLSearchParams(request.query);
  if (query.has('token')) query.set('token', 'hidden');
  return { ...request, query };
}

function targetOf({ method, endpoint, role }: Route, message: JsonObject): FaultTarget {
  const continuesListing = role === 'list' && Number(message['offset'] ?? 0) > 0;
  return { method, endpoint, role, continuesListing };
}

/** The server's `Date` goes by the simulator's clock: clients learn their own clock's error from it. */
function dated(reply: HttpReply, nowMs: number): HttpReply {
  return { ...reply, headers: { ...reply.headers, date: new Date(nowMs).toUTCString() } };
}

/** The true reply, before anything disturbs it. */
function reply(sim: Simulation, reading: Reading, arrival: Arrival): HttpReply {
  const { request, route, message } = reading;
  if (route === undefined) return withoutRoute(request);
  if (request.bodyTooLarge) return webServerPage(413, 'The request entity is too large.');
  if (message === undefined) return webServerPage(400, 'The request body is not a JSON object.');
  try {
    return success(answer(sim, route, message, reading, arrival));
  } catch (error) {
    if (error instanceof VendorError) return refusal(error, sim.knobs);
    throw error;
  }
}

function withoutRoute(request: HttpRequest): HttpReply {
  const allowed = METHODS.find((method) => findRoute(method, pathOf(request)) !== undefined);
  return allowed === undefined
    ? webServerPage(404, 'The requested resource is not available.')
    : webServerPage(405, `Only ${allowed} is supported here.`, { allow: allowed });
}

function answer(
  sim: Simulation,
  route: Route,
  message: JsonObject,
  { request }: Reading,
  { entry, faults }: Arrival,
): unknown {
  const nowMs = sim.clock.now();
  if (route.role === 'login') {
    refuseUnknownNames(message, route.parameters, '', sim.knobs);
    const { authorization } = request.headers;
    return route.handle({ sim, input: message, authorization, faults, nowMs });
  }
  const session = sim.sessions.use(tokenIn(sim, message, request), nowMs);
  if (session === undefined) throw invalidToken();
  const { token: _, ...input } = message;
  refuseUnknownNames(input, route.parameters, '', sim.knobs);
  const stale = faultOf(faults, 'staleReads');
  const reads = (stale === undefined ? undefined : sim.frozen.get(stale)) ?? sim.store;
  return route.handle({ sim, input, operatorId: session.operatorId, reads, faults, entry, nowMs });
}

/** The token from where it belongs; by a knob also from the other place. */
function tokenIn(sim: Simulation, message: JsonObject, request: HttpRequest): string {
  const other = request.method === 'GET' ? (bodyOf(request) ?? {}) : Object.fromEntries(request.query);
  const places = sim.knobs.tokenPlace === 'strict' ? message : { ...other, ...message };
  if ((places['token'] ?? '') === '') throw invalidToken();
  return mandatoryText(places, 'token');
}

function invalidToken(): VendorError {
  return new VendorError('INVALID_TOKEN', 'The token is missing, has expired or was released.');
}
