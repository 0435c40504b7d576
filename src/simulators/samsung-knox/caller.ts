import type { IncomingHttpHeaders } from 'node:http';
import { ACCESS_TOKEN_EXPIRED, TOO_MANY_REQUESTS } from './assumed-wire.ts';
import { covers, SCOPES, type Scope } from './scopes.ts';
import { decodeJwt, isGoodJwt } from './signed-jwt.ts';
import type { Simulation } from './simulation.ts';
import { ShapedError, VendorError } from './vendor-error.ts';

/** What an OAuth token stands for. */
export interface OAuthGrant {
  readonly clientId: string;
  readonly scopes: readonly Scope[];
}

/** What an access token of a signed client identifier stands for. */
export interface IdentifierGrant {
  readonly clientIdentifier: string;
}

/** Who calls, by either authentication. */
export interface Caller {
  readonly resellerId: string;
  /** Names the credential, for the quota. */
  readonly credential: string;
  readonly scopes: readonly Scope[];
}

const EXPIRED_ACCESS_TOKEN = 4032251;

/** Who calls. Throws 401 for nobody or a stale OAuth token, 403 for a stale access token (3.2, 3.3). */
export function callerOf(sim: Simulation, headers: IncomingHttpHeaders): Caller {
  const apiToken = headers['x-knox-apitoken'];
  if (apiToken !== undefined) return identifierCaller(sim, apiToken);
  if (headers.authorization !== undefined) return oauthCaller(sim, headers.authorization);
  throw new VendorError(401, 'UNAUTHENTICATED');
}

/** Throws 403 when the caller's token is not good for this (3.2). */
export function checkScope(caller: Caller, needed: Scope): void {
  if (!covers(caller.scopes, needed)) throw new VendorError(403, 'AUTHORIZATION_FAIL');
}

/** Takes one request from the caller's quota; throws 429. */
export function takeQuota(sim: Simulation, caller: Caller): void {
  const waitMs = sim.quota.take(caller.credential, sim.clock.now());
  if (waitMs === undefined) return;
  const retryAfter = { 'retry-after': String(Math.ceil(waitMs / 1000)) };
  throw new ShapedError(429, TOO_MANY_REQUESTS, sim.settings.quotaSendsRetryAfter ? retryAfter : {});
}

function oauthCaller(sim: Simulation, authorization: string): Caller {
  const [, text = ''] = /^Bearer (\S+)$/i.exec(authorization) ?? [];
  const token = sim.oauthTokens.find(text);
  const client = token === undefined ? undefined : sim.oauthClients.get(token.grant.clientId);
  const stale = token === undefined || sim.clock.now() >= token.expiresAtMs;
  if (stale || client === undefined || client.revoked) {
    throw new ShapedError(401, { error: 'Invalid authentication token' });
  }
  return { resellerId: client.resellerId, credential: client.clientId, scopes: token.grant.scopes };
}

function identifierCaller(sim: Simulation, header: string | string[]): Caller {
  const jwt = decodeJwt(header);
  const accessToken = jwt?.claims['accessToken'];
  const token = typeof accessToken === 'string' ? sim.accessTokens.find(accessToken) : undefined;
  const identifier =
    token === undefined ? undefined : sim.signedIdentifiers.get(token.grant.clientIdentifier);
  if (jwt === undefined || token === undefined || identifier === undefined || identifier.revoked) {
    throw new VendorError(401, 'UNAUTHENTICATED');
  }
  const nowMs = sim.clock.now();
  if (!isGoodJwt(jwt, identifier.publicKey, nowMs)) throw new VendorError(401, 'UNAUTHENTICATED');
  if (nowMs >= token.expiresAtMs) {
    throw new ShapedError(403, {
      code: sim.writeCode(EXPIRED_ACCESS_TOKEN),
      message: ACCESS_TOKEN_EXPIRED,
      data: null,
    });
  }
  return { resellerId: identifier.resellerId, credential: identifier.clientIdentifier, scopes: SCOPES };
}
