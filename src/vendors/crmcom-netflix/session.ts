import type { HttpReply } from '../../http/exchange.ts';
import type { HttpClient } from '../../http/http-client.ts';
import type { RequestQuota } from '../../http/quota.ts';
import type { Clock } from '../../ports/clock.ts';
import { failed, ok, type Result } from '../../ports/failure.ts';
import type { TokenSource } from '../token.ts';
import { type Decoder, decodeEnvelope, encode } from './codec.ts';
import { invalidReply, replyFailure } from './failure.ts';
import type { FailureTable } from './failure-table.ts';
import { DEFAULT_PAUSE_MS } from './limits.ts';
import { urlOf } from './login.ts';

/** One method's request and how the data of its reply is read. Reads are GETs, everything else is a POST (1). */
export type Exchanged<Reply> = {
  /** For example `netflix/subscriptions/show`. */
  readonly method: string;
  readonly decode: Decoder<Reply>;
} & (
  | { readonly access: 'read'; readonly query: Readonly<Record<string, string>> }
  | { readonly access: 'write'; readonly body: object }
);

/** Sends requests as one login, within the quota. Each is tried once. */
export type Session = <Reply>(exchanged: Exchanged<Reply>, signal: AbortSignal) => Promise<Result<Reply>>;

export interface SessionParts {
  readonly endpoint: string;
  readonly http: HttpClient;
  readonly tokens: TokenSource;
  readonly quota: RequestQuota;
  readonly clock: Clock;
  readonly failures: FailureTable;
  /** Whether this process may write at this moment. */
  readonly mayWrite: () => boolean;
}

/**
 * The way of a request: a token, leave of the quota, one attempt, and the reply classified. A token that is not
 * accepted means that nothing happened, so it alone is answered by one new login and one more attempt.
 */
export function openSession(parts: SessionParts): Session {
  const { tokens, quota, clock, failures } = parts;

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
          ...requestOf(parts.endpoint, exchanged, token),
          access: exchanged.access,
          ...(exchanged.access === 'write' ? { mayStart: parts.mayWrite } : {}),
        },
        signal,
      );
    } finally {
      permit.value.release();
    }
  }

  /** The data of a reply that says OK; a failure for anything else. */
  function read<Reply>(exchanged: Exchanged<Reply>, reply: HttpReply): Result<Reply> {
    const { access } = exchanged;
    const envelope = decodeEnvelope(reply.body);
    if (reply.status !== 200 || envelope?.status.code !== 'OK') {
      return failed(replyFailure(reply, access, failures, clock.now()));
    }
    const data = exchanged.decode(envelope.data);
    return data === undefined ? failed(invalidReply(access)) : ok(data);
  }

  async function once<Reply>(
    exchanged: Exchanged<Reply>,
    token: string,
    signal: AbortSignal,
  ): Promise<Result<Reply>> {
    const sent = await attempt(exchanged, token, signal);
    return sent.ok ? read(exchanged, sent.value) : sent;
  }

  return async <Reply>(exchanged: Exchanged<Reply>, signal: AbortSignal): Promise<Result<Reply>> => {
    const token = await tokens.get(signal);
    if (!token.ok) return token;
    let answer = await once(exchanged, token.value, signal);
    if (isRefusedToken(answer)) {
      tokens.drop(token.value);
      const renewed = await tokens.get(signal);
      if (!renewed.ok) return renewed;
      answer = await once(exchanged, renewed.value, signal);
      if (!answer.ok && isRefusedToken(answer)) tokens.hold(answer.failure);
    }
    if (!answer.ok && answer.failure.kind === 'throttled' && answer.failure.code === 'RATE_LIMITED') {
      quota.pause(answer.failure.retryAfterMs ?? DEFAULT_PAUSE_MS);
    }
    return answer;
  };
}

function isRefusedToken(answer: Result<unknown>): boolean {
  return !answer.ok && answer.failure.kind === 'unauthorized';
}

/** The token travels in the query of a GET and in the body of a POST (1). No log shows either. */
function requestOf(endpoint: string, exchanged: Exchanged<unknown>, token: string) {
  const url = urlOf(endpoint, exchanged.method);
  const headers = { accept: 'application/json', 'user-agent': 'vendorplane' };
  if (exchanged.access === 'read') {
    const query = new URLSearchParams({ token, ...exchanged.query });
    return { method: 'GET', url: `${url}?${query.toString()}`, headers } as const;
  }
  return {
    method: 'POST',
    url,
    headers: { ...headers, 'content-type': 'application/json' },
    body: encode({ token, ...exchanged.body }),
  } as const;
}
