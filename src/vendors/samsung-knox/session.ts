import type { HttpReply } from '../../http/exchange.ts';
import type { HttpClient } from '../../http/http-client.ts';
import type { RequestQuota } from '../../http/quota.ts';
import type { Clock } from '../../ports/clock.ts';
import { failed, ok, type Result } from '../../ports/failure.ts';
import type { Decoder } from '../decoder.ts';
import type { TokenSource } from '../token.ts';
import { decodeError, encode } from './codec.ts';
import { codeName } from './codes.ts';
import { type Access, invalidReply, replyFailure } from './failure.ts';
import { DEFAULT_PAUSE_MS } from './limits.ts';
import type { Login } from './login.ts';

/** One endpoint's request and how its reply is read. */
interface Exchanged<Reply> {
  readonly method: 'GET' | 'PUT' | 'POST';
  /** With its query. */
  readonly path: string;
  readonly body?: object;
  readonly access: Access;
  readonly decode: Decoder<Reply>;
  /** A reply of the right shape counts behind statuses of refusal too: what it means stands in it. */
  readonly anyStatus?: true;
}

/** Sends requests as one reseller, within the quota. Each is tried once. */
export type Session = <Reply>(exchanged: Exchanged<Reply>, signal: AbortSignal) => Promise<Result<Reply>>;

export interface SessionParts {
  readonly endpoint: string;
  readonly http: HttpClient;
  readonly login: Pick<Login, 'headers'>;
  readonly tokens: TokenSource;
  readonly quota: RequestQuota;
  readonly clock: Clock;
  /** Whether this process may write at this moment. */
  readonly mayWrite: () => boolean;
}

/**
 * The way of a request: a token, leave of the quota, one attempt, and the reply classified. That a token is stale
 * means that nothing happened, so it alone is answered by one new login and one more attempt.
 */
export function openSession(parts: SessionParts): Session {
  const { tokens, quota, clock } = parts;

  async function attempt(
    exchanged: Exchanged<unknown>,
    token: string,
    signal: AbortSignal,
  ): Promise<Result<HttpReply>> {
    const permit = quota.take();
    if (!permit.ok) return permit;
    const { method, path, body, access } = exchanged;
    try {
      return await parts.http.send(
        {
          method,
          url: new URL(path, parts.endpoint).href,
          headers: {
            ...parts.login.headers(token),
            accept: 'application/json',
            'user-agent': 'vendorplane',
            ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          },
          ...(body === undefined ? {} : { body: encode(body) }),
          access,
          ...(access === 'write' ? { mayStart: parts.mayWrite } : {}),
        },
        signal,
      );
    } finally {
      permit.value.release();
    }
  }

  async function withToken(exchanged: Exchanged<unknown>, signal: AbortSignal): Promise<Result<HttpReply>> {
    const token = await tokens.get(signal);
    if (!token.ok) return token;
    const first = await attempt(exchanged, token.value, signal);
    if (!first.ok || !isStale(first.value)) return first;
    tokens.drop(token.value);
    const renewed = await tokens.get(signal);
    if (!renewed.ok) return renewed;
    const second = await attempt(exchanged, renewed.value, signal);
    if (second.ok && isStale(second.value)) {
      tokens.hold(replyFailure(second.value, exchanged.access, clock.now()));
    }
    return second;
  }

  return async <Reply>(exchanged: Exchanged<Reply>, signal: AbortSignal): Promise<Result<Reply>> => {
    const sent = await withToken(exchanged, signal);
    if (!sent.ok) return sent;
    const { status, body } = sent.value;
    const mayBeReply = status === 200 || (exchanged.anyStatus === true && speaks(status));
    const reply = mayBeReply ? exchanged.decode(body) : undefined;
    if (reply !== undefined) return ok(reply);
    if (status === 200) return failed(invalidReply(exchanged.access));
    const failure = replyFailure(sent.value, exchanged.access, clock.now());
    if (failure.kind === 'throttled') quota.pause(failure.retryAfterMs ?? DEFAULT_PAUSE_MS);
    return failed(failure);
  };
}

/** Client errors but those that any server on the way may give. */
function speaks(status: number): boolean {
  return status >= 400 && status < 500 && status !== 401 && status !== 429;
}

/** By OAuth a stale token is a 401, by signed identifier a 403 with a code of its own (Knox authentication). */
function isStale({ status, body }: HttpReply): boolean {
  if (status === 401) return true;
  return status === 403 && codeName(decodeError(body)?.code) === 'ACCESS_TOKEN_EXPIRED';
}
