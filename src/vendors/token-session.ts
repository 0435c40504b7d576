import type { HttpReply } from '../http/exchange.ts';
import type { HttpClient } from '../http/http-client.ts';
import type { RequestQuota } from '../http/quota.ts';
import type { Clock } from '../ports/clock.ts';
import type { Failure, Result } from '../ports/failure.ts';
import type { TokenSource } from './token.ts';

/** What the requests of one account stand on. */
export interface SessionParts {
  readonly endpoint: string;
  readonly http: HttpClient;
  readonly tokens: TokenSource;
  readonly quota: RequestQuota;
  readonly clock: Clock;
  /** Whether this process may write at this moment. */
  readonly mayWrite: () => boolean;
}

/** One request as its vendor writes it, and how its reply is read. */
export interface TokenCall<Reply> {
  readonly access: 'read' | 'write';
  /** The request under this token. */
  readonly request: (token: string) => Omit<Parameters<HttpClient['send']>[0], 'access' | 'mayStart'>;
  /** What a reply comes to. */
  readonly read: (reply: HttpReply) => Result<Reply>;
  /**
   * Why the token is not accepted; undefined for any other reply, and for one that does not say for certain that
   * nothing happened.
   */
  readonly refusal: (reply: HttpReply, answer: Result<Reply>) => Failure | undefined;
}

/** Sends requests under the token of one account, within its quota. Each is tried once. */
export type TokenSession = <Reply>(call: TokenCall<Reply>, signal: AbortSignal) => Promise<Result<Reply>>;

/**
 * The way of a request: a token, leave of the quota, one attempt, and the reply read. A token that is not accepted
 * means that nothing happened, so it alone is answered by one new login and one more attempt. A vendor that asks us to
 * wait is left alone by the whole account: `defaultPauseMs` long where it names no time.
 */
export function openTokenSession(
  { http, tokens, quota, mayWrite }: SessionParts,
  defaultPauseMs: number,
): TokenSession {
  async function attempt<Reply>(
    { access, request, read, refusal }: TokenCall<Reply>,
    token: string,
    signal: AbortSignal,
  ): Promise<{ readonly answer: Result<Reply>; readonly refused?: Failure | undefined }> {
    const permit = await quota.take();
    if (!permit.ok) return { answer: permit };
    try {
      const mayStart = access === 'write' ? { mayStart: mayWrite } : {};
      const sent = await http.send({ ...request(token), access, ...mayStart }, signal);
      if (!sent.ok) return { answer: sent };
      const answer = read(sent.value);
      if (!answer.ok && answer.failure.kind === 'throttled') {
        quota.pause(answer.failure.retryAfterMs ?? defaultPauseMs);
      }
      return { answer, refused: refusal(sent.value, answer) };
    } finally {
      permit.value.release();
    }
  }

  return async (call, signal) => {
    const token = await tokens.get(signal);
    if (!token.ok) return token;
    const first = await attempt(call, token.value, signal);
    if (first.refused === undefined) return first.answer;
    tokens.drop(token.value);
    const renewed = await tokens.get(signal);
    if (!renewed.ok) return renewed;
    const second = await attempt(call, renewed.value, signal);
    if (second.refused !== undefined) tokens.hold(second.refused);
    return second.answer;
  };
}

/** The headers of a request that carries JSON, or none, and takes JSON in reply. */
export function jsonHeaders(body?: object): Readonly<Record<string, string>> {
  return {
    accept: 'application/json',
    'user-agent': 'vendorplane',
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
  };
}
