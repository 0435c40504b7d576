import type { HttpReply } from '../../http/exchange.ts';
import type { HttpClient } from '../../http/http-client.ts';
import { parseRetryAfter } from '../../http/retry-after.ts';
import type { Clock } from '../../ports/clock.ts';
import { type Failure, failed, ok, type Result } from '../../ports/failure.ts';
import type { AccessToken } from '../token.ts';
import { loginAssertion } from './assertion.ts';
import { decodeToken, decodeTokenRefusal } from './codec.ts';
import type { ServiceAccount } from './credentials.ts';

/**
 * Logs a service account in: one request. Logging in changes nothing at the vendor, so a lost reply is
 * `transient`; refused credentials are `unauthorized`.
 */
export async function login(
  http: HttpClient,
  account: ServiceAccount,
  clock: Clock,
  signal: AbortSignal,
): Promise<Result<AccessToken>> {
  const form = new URLSearchParams({
    grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
    assertion: loginAssertion(account, clock.now()),
  });
  const sent = await http.send(
    {
      method: 'POST',
      url: account.tokenUri,
      headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' },
      body: form.toString(),
      access: 'read',
    },
    signal,
  );
  if (!sent.ok) return sent;
  const token = sent.value.status === 200 ? decodeToken(sent.value.body) : undefined;
  if (token === undefined) return failed(loginFailure(sent.value, clock.now()));
  return ok({ value: token.access_token, lifetimeMs: token.expires_in * 1_000 });
}

function loginFailure(reply: HttpReply, nowMs: number): Failure {
  const retryAfterMs = parseRetryAfter(reply.headers['retry-after'], nowMs);
  const wait = retryAfterMs === undefined ? {} : { retryAfterMs };
  if (reply.status === 429) {
    return {
      kind: 'throttled',
      code: 'LOGIN_THROTTLED',
      message: 'the token endpoint asks us to wait',
      ...wait,
    };
  }
  const refusal = decodeTokenRefusal(reply.body)?.error;
  if (refusal !== undefined && reply.status >= 400 && reply.status < 500) {
    return {
      kind: 'unauthorized',
      code: 'LOGIN_REFUSED',
      message: `the token endpoint refuses the service account (${isWord(refusal) ? refusal : 'no reason given'}): check that its key still exists and that this machine's clock is right`,
    };
  }
  return {
    kind: 'transient',
    code: reply.status >= 500 ? `LOGIN_HTTP_${reply.status}` : 'INVALID_REPLY',
    message: 'the token endpoint did not answer as documented',
    ...wait,
  };
}

/** OAuth's error codes are words like `invalid_grant` (RFC 6749, section 5.2). */
function isWord(text: string): boolean {
  return /^[a-z_]{1,40}$/.test(text);
}
