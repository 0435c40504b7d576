import type { HttpReply } from '../../http/exchange.ts';
import type { HttpClient } from '../../http/http-client.ts';
import type { RequestQuota } from '../../http/quota.ts';
import type { Clock } from '../../ports/clock.ts';
import { failed, ok, type Result } from '../../ports/failure.ts';
import type { Decoder } from '../decoder.ts';
import type { TokenSource } from '../token.ts';
import { encode } from './codec.ts';
import { type Access, invalidReply, replyFailure } from './failure.ts';
import { DEFAULT_PAUSE_MS } from './limits.ts';

/** One endpoint's request and how its reply is read. */
interface Exchanged<Reply> {
  readonly method: 'GET' | 'POST';
  /** From `/v1/` on. */
  readonly path: string;
  readonly body?: object;
  readonly access: Access;
  readonly decode: Decoder<Reply>;
  /** Whether a 404 speaks of the thing asked for. Elsewhere it is a wrong partner or customer, not an absence. */
  readonly mayBeAbsent?: true;
}

/** Sends requests as one service account, within the quota. Each is tried once. */
export type Session = <Reply>(exchanged: Exchanged<Reply>, signal: AbortSignal) => Promise<Result<Reply>>;

export interface SessionParts {
  readonly endpoint: string;
  readonly http: HttpClient;
  readonly tokens: TokenSource;
  readonly quota: RequestQuota;
  readonly clock: Clock;
  /** Whether this process may write at this moment. */
  readonly mayWrite: () => boolean;
}

/**
 * The way of a request: a token, leave of the quota, one attempt, and the reply classified. A 401 means that
 * nothing happened, so it alone is answered by one new login and one more attempt.
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
    try {
      return await parts.http.send(
        {
          method: exchanged.method,
          url: new URL(exchanged.path, parts.endpoint).href,
          headers: headersFor(exchanged, token),
          ...(exchanged.body === undefined ? {} : { body: encode(exchanged.body) }),
          access: exchanged.access,
          ...(exchanged.access === 'write' ? { mayStart: parts.mayWrite } : {}),
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
    if (!first.ok || first.value.status !== 401) return first;
    tokens.drop(token.value);
    const renewed = await tokens.get(signal);
    if (!renewed.ok) return renewed;
    const second = await attempt(exchanged, renewed.value, signal);
    if (second.ok && second.value.status === 401) {
      tokens.hold(replyFailure(second.value, exchanged.access, clock.now()));
    }
    return second;
  }

  return async <Reply>(exchanged: Exchanged<Reply>, signal: AbortSignal): Promise<Result<Reply>> => {
    const sent = await withToken(exchanged, signal);
    if (!sent.ok) return sent;
    if (sent.value.status === 200) {
      const reply = exchanged.decode(sent.value.body);
      return reply === undefined ? failed(invalidReply(exchanged.access)) : ok(reply);
    }
    const failure = replyFailure(sent.value, exchanged.access, clock.now());
    if (failure.kind === 'throttled') quota.pause(failure.retryAfterMs ?? DEFAULT_PAUSE_MS);
    if (failure.kind === 'notFound' && exchanged.mayBeAbsent !== true) {
      return failed({ ...failure, kind: 'rejected' });
    }
    return failed(failure);
  };
}

function headersFor(exchanged: Exchanged<unknown>, token: string): Readonly<Record<string, string>> {
  return {
    authorization: `Bearer ${token}`,
    accept: 'application/json',
    'user-agent': 'vendorplane',
    ...(exchanged.body === undefined ? {} : { 'content-type': 'application/json' }),
  };
}
