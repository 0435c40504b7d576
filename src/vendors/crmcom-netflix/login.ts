import type { HttpReply } from '../../http/exchange.ts';
import type { HttpClient } from '../../http/http-client.ts';
import type { Clock } from '../../ports/clock.ts';
import { failed, ok, type Result } from '../../ports/failure.ts';
import type { AccessToken } from '../token.ts';
import { decodeEnvelope, decodeToken, encode } from './codec.ts';
import type { Credentials } from './credentials.ts';
import { invalidReply, replyFailure } from './failure.ts';
import type { FailureTable } from './failure-table.ts';
import { BASE_PATH } from './limits.ts';
import { tokenLifetimeMs } from './token-life.ts';
import type { TokenRequest } from './wire.ts';

/** Where and as whom to log in. */
export interface Login {
  readonly endpoint: string;
  readonly credentials: Credentials;
  readonly organisation: string;
  readonly unit?: string;
  readonly failures: FailureTable;
}

/**
 * Logs in: one request (`authentication/token` or `authentication/web_api_key/token`). Logging in changes nothing,
 * so a lost reply is `transient`; what the vendor refuses in its own form is `unauthorized`.
 */
export async function login(
  http: HttpClient,
  account: Login,
  clock: Clock,
  signal: AbortSignal,
): Promise<Result<AccessToken>> {
  const { credentials, unit } = account;
  const isUser = credentials.is === 'user';
  const sent = await http.send(
    {
      method: 'POST',
      url: urlOf(account.endpoint, isUser ? 'authentication/token' : 'authentication/web_api_key/token'),
      headers: {
        ...HEADERS,
        ...(isUser
          ? {}
          : { authorization: `Basic ${Buffer.from(`${credentials.key}:`).toString('base64')}` }),
      },
      body: encode(isUser ? userRequest(account, credentials) : unit === undefined ? {} : { unit }),
      access: 'read',
    },
    signal,
  );
  if (!sent.ok) return sent;
  return readLogin(sent.value, account.failures, clock);
}

/** Makes a token unusable (`authentication/token/release`). Nothing depends on it: tokens end by themselves. */
export async function releaseToken(
  http: HttpClient,
  endpoint: string,
  token: string,
  signal: AbortSignal,
): Promise<void> {
  const url = urlOf(endpoint, 'authentication/token/release');
  await http.send({ method: 'POST', url, headers: HEADERS, body: encode({ token }), access: 'read' }, signal);
}

/** The address of a method, for example `netflix/subscriptions/show`. */
export function urlOf(endpoint: string, method: string): string {
  return `${endpoint.replace(/\/+$/, '')}/${BASE_PATH}${method}`;
}

const HEADERS = {
  accept: 'application/json',
  'content-type': 'application/json',
  'user-agent': 'vendorplane',
} as const;

function userRequest(
  { organisation, unit }: Login,
  { username, password }: Credentials & { is: 'user' },
): TokenRequest {
  return { username, password, organisation, ...(unit === undefined ? {} : { unit }) };
}

function readLogin(reply: HttpReply, failures: FailureTable, clock: Clock): Result<AccessToken> {
  const envelope = decodeEnvelope(reply.body);
  if (envelope?.status.code !== 'OK' || reply.status !== 200) {
    const failure = replyFailure(reply, 'read', failures, clock.now());
    // Whatever the vendor's own refusal of a login is called, asking again at once does not help.
    const isRefusal = envelope !== undefined && reply.status < 500 && failure.kind !== 'throttled';
    return failed(
      isRefusal ? { ...failure, kind: 'unauthorized', code: 'INVALID_CREDENTIALS' } : loginFailure(failure),
    );
  }
  const token = decodeToken(envelope.data);
  if (token === undefined) return failed(invalidReply('read'));
  const lifetimeMs = tokenLifetimeMs(token.token, serverTime(reply), clock.now());
  return ok({ value: token.token, lifetimeMs });
}

/** Nobody knows the login's address: that holds up the whole account, not one request. */
function loginFailure<F extends { readonly kind: string }>(failure: F): F | (F & { kind: 'unauthorized' }) {
  return failure.kind === 'rejected' ? { ...failure, kind: 'unauthorized' as const } : failure;
}

function serverTime({ headers }: HttpReply): number | undefined {
  const atMs = Date.parse(headers.date ?? '');
  return Number.isNaN(atMs) ? undefined : atMs;
}
