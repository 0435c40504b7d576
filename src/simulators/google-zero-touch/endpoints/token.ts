import { faultOf } from '../../fault-box.ts';
import type { Fault } from '../../faults.ts';
import { type HttpReply, type HttpRequest, jsonReply } from '../../http.ts';
import { checkAssertion } from '../assertion.ts';
import type { Simulation } from '../simulation.ts';

const GRANT_TYPE = 'urn:ietf:params:oauth:grant-type:jwt-bearer';

/**
 * `POST /token`: an access token for a signed assertion (2.1).
 *
 * @param baseUrl the vendor's own address; the assertion's `aud` must be its `/token`.
 */
export function issueToken(
  sim: Simulation,
  request: HttpRequest,
  faults: readonly Fault[],
  baseUrl: string,
): HttpReply {
  const form = new URLSearchParams(request.body);
  if (form.get('grant_type') !== GRANT_TYPE) {
    return oauthError('unsupported_grant_type', `Invalid grant_type: ${form.get('grant_type') ?? ''}`);
  }
  const verdict = checkAssertion(form.get('assertion') ?? '', {
    tokenUri: `${baseUrl}/token`,
    nowMs: sim.clock.now() + (faultOf(faults, 'clockSkew')?.ms ?? 0),
    accountOf: (email) => sim.accounts.get(email),
  });
  if (!verdict.ok) return oauthError(verdict.error, verdict.description);
  const lifetimeMs = sim.settings.tokenLifetimeMs;
  const { token } = sim.tokens.issue(
    { email: verdict.account.email, scopes: verdict.scopes },
    sim.clock.now() + lifetimeMs,
  );
  return jsonReply(200, {
    access_token: token,
    expires_in: Math.floor(lifetimeMs / 1000),
    token_type: 'Bearer',
  });
}

function oauthError(error: string, description: string): HttpReply {
  return jsonReply(400, { error, error_description: description });
}
