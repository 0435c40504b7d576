import type { HttpReply } from '../../http/exchange.ts';
import { parseRetryAfter } from '../../http/retry-after.ts';
import type { Failure, Result } from '../../ports/failure.ts';
import type { AccessToken } from '../token.ts';

/** One of Samsung's two ways to prove who calls. */
export interface Login {
  /**
   * Fetches an access token: one request. Logging in changes nothing at the vendor, so a lost reply is
   * `transient`; refused credentials are `unauthorized`.
   */
  logIn(signal: AbortSignal): Promise<Result<AccessToken>>;
  /** The headers by which a request proves that it may use the token. */
  headers(accessToken: string): Readonly<Record<string, string>>;
}

/** Why a login brought no token. `refusal` is the vendor's own word for it, if it gave one. */
export function loginFailure(
  { status, headers }: HttpReply,
  refusal: string | undefined,
  advice: string,
  nowMs: number,
): Failure {
  const retryAfterMs = parseRetryAfter(headers['retry-after'], nowMs);
  const wait = retryAfterMs === undefined ? {} : { retryAfterMs };
  if (status === 429) {
    return {
      kind: 'throttled',
      code: 'LOGIN_THROTTLED',
      message: 'Samsung’s login asks us to wait',
      ...wait,
    };
  }
  if (refusal !== undefined && status >= 400 && status < 500) {
    return {
      kind: 'unauthorized',
      code: 'LOGIN_REFUSED',
      message: `Samsung refuses the credentials (${isWord(refusal) ? refusal : 'no reason given'}): ${advice}`,
    };
  }
  return {
    kind: 'transient',
    code: status >= 500 ? `LOGIN_HTTP_${status}` : 'INVALID_REPLY',
    message: 'Samsung’s login did not answer as documented',
    ...wait,
  };
}

/** Codes are words like `invalid_client` (RFC 6749, section 5.2) or `ACCESS_TOKEN_BAD_REQUEST`. */
function isWord(text: string): boolean {
  return /^[A-Za-z_]{1,40}$/.test(text);
}
