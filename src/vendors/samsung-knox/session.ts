import type { HttpReply } from '../../http/exchange.ts';
import { failed, ok, type Result } from '../../ports/failure.ts';
import type { Decoder } from '../decoder.ts';
import { jsonHeaders, openTokenSession, type SessionParts } from '../token-session.ts';
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

/** How a request proves that it may use its token, the login knows. */
export function openSession(parts: SessionParts, login: Pick<Login, 'headers'>): Session {
  const { endpoint, clock } = parts;
  const send = openTokenSession(parts, DEFAULT_PAUSE_MS);
  return (exchanged, signal) => {
    const { method, path, body, access } = exchanged;
    return send(
      {
        access,
        request: (token) => ({
          method,
          url: new URL(path, endpoint).href,
          headers: { ...login.headers(token), ...jsonHeaders(body) },
          ...(body === undefined ? {} : { body: encode(body) }),
        }),
        read: (reply) => read(exchanged, reply, clock.now()),
        refusal: (reply) => (isStale(reply) ? replyFailure(reply, access, clock.now()) : undefined),
      },
      signal,
    );
  };
}

function read<Reply>(
  { access, decode, anyStatus }: Exchanged<Reply>,
  reply: HttpReply,
  nowMs: number,
): Result<Reply> {
  const { status, body } = reply;
  const mayBeReply = status === 200 || (anyStatus === true && speaks(status));
  const decoded = mayBeReply ? decode(body) : undefined;
  if (decoded !== undefined) return ok(decoded);
  return failed(status === 200 ? invalidReply(access) : replyFailure(reply, access, nowMs));
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
