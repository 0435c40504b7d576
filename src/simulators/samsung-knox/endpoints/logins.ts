import { timingSafeEqual } from 'node:crypto';
import { faultOf } from '../../fault-box.ts';
import type { Fault } from '../../faults.ts';
import { type HttpReply, type HttpRequest, jsonReply } from '../../http.ts';
import { isObject, type JsonObject, parseJson } from '../../json.ts';
import { type OAuthClient, type SignedIdentifier, sha256 } from '../credentials.ts';
import { MAX_ACCESS_TOKEN_MINUTES, MAX_OAUTH_LIFETIME_S } from '../limits.ts';
import { covers, isScope, type Scope } from '../scopes.ts';
import { decodeJwt, isGoodJwt } from '../signed-jwt.ts';
import type { Simulation } from '../simulation.ts';
import { ShapedError } from '../vendor-error.ts';

/** A way in. */
export interface LoginRoute {
  readonly method: 'POST';
  readonly path: string;
  /** Short name, as faults and the ledger use it. */
  readonly endpoint: string;
  readonly login: (sim: Simulation, request: HttpRequest, faults: readonly Fault[]) => HttpReply;
}

/** The two authentications: OAuth client credentials (3.2), and the signed client identifier (3.3). */
export const loginRoutes: readonly LoginRoute[] = [
  { method: 'POST', path: '/ams/v1/oauth2/token', endpoint: 'oauth.token', login: issueOAuthToken },
  { method: 'POST', path: '/ams/v1/users/accesstoken', endpoint: 'accessToken', login: issueAccessToken },
];

/** A bearer token for client credentials (3.2). The shape of refusals is OAuth's own; that Knox uses it is ASSUMED. */
function issueOAuthToken(sim: Simulation, request: HttpRequest): HttpReply {
  const form = new URLSearchParams(request.body);
  if (form.get('grant_type') !== 'client_credentials') throw oauthError(400, 'unsupported_grant_type');
  const client = sim.oauthClients.get(form.get('client_id') ?? '');
  if (client === undefined || client.revoked || !isSecretOf(client, form.get('client_secret') ?? '')) {
    throw oauthError(401, 'invalid_client');
  }
  const scopes = grantedScopes(client, form.get('scope') ?? '');
  const lifetimeMs = oauthLifetimeMs(sim, form.get('expires_in'));
  const { clientId } = client;
  const { token } = sim.oauthTokens.issue({ clientId, scopes }, sim.clock.now() + lifetimeMs);
  return jsonReply(200, {
    access_token: token,
    scope: scopes.join(' '),
    expires_in: Math.floor(lifetimeMs / 1000),
    token_type: 'Bearer',
  });
}

function isSecretOf(client: OAuthClient, secret: string): boolean {
  return timingSafeEqual(Buffer.from(sha256(secret)), Buffer.from(client.secretSha256));
}

/** All that is asked for, or nothing. */
function grantedScopes(client: OAuthClient, asked: string): readonly Scope[] {
  const scopes = asked.split(' ').filter((scope) => scope !== '');
  if (scopes.length === 0 || !scopes.every((scope) => isScope(scope) && covers(client.scopes, scope))) {
    throw oauthError(400, 'invalid_scope');
  }
  return scopes.filter(isScope);
}

function oauthLifetimeMs(sim: Simulation, asked: string | null): number {
  if (asked === null) return sim.settings.tokenLifetimeMs;
  const seconds = /^\d+$/.test(asked) ? Number(asked) : 0;
  if (seconds < 1 || seconds > MAX_OAUTH_LIFETIME_S) throw oauthError(400, 'invalid_request');
  return seconds * 1000;
}

function oauthError(status: number, error: string): ShapedError {
  return new ShapedError(status, { error });
}

/** An access token for a signed client identifier (3.3). */
function issueAccessToken(sim: Simulation, request: HttpRequest, faults: readonly Fault[]): HttpReply {
  const message = parseJson(request.body);
  const body: JsonObject = isObject(message) ? message : {};
  const skewedMs = sim.clock.now() + (faultOf(faults, 'clockSkew')?.ms ?? 0);
  const identifier = signerOf(sim, body, skewedMs);
  const minutes = body['validityForAccessTokenInMinutes'] ?? MAX_ACCESS_TOKEN_MINUTES;
  const isValid = typeof minutes === 'number' && minutes > 0 && minutes <= MAX_ACCESS_TOKEN_MINUTES;
  if (identifier === undefined || !isValid) {
    throw new ShapedError(401, {
      code: sim.writeCode(4012250),
      message: 'ACCESS_TOKEN_BAD_REQUEST',
      data: null,
    });
  }
  const { clientIdentifier } = identifier;
  const { token } = sim.accessTokens.issue({ clientIdentifier }, sim.clock.now() + minutes * 60_000);
  return jsonReply(200, { accessToken: token });
}

/** Whose client identifier was signed by its own key, or undefined. */
function signerOf(sim: Simulation, body: JsonObject, nowMs: number): SignedIdentifier | undefined {
  const jwt = decodeJwt(body['clientIdentifierJwt']);
  const name = jwt?.claims['clientIdentifier'];
  const identifier = typeof name === 'string' ? sim.signedIdentifiers.get(name) : undefined;
  if (jwt === undefined || identifier === undefined || identifier.revoked) return undefined;
  if (body['base64EncodedStringPublicKey'] !== identifier.publicKey) return undefined;
  return isGoodJwt(jwt, identifier.publicKey, nowMs) ? identifier : undefined;
}
