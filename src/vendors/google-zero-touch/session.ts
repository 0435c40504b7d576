import type { HttpReply } from '../../http/exchange.ts';
import { failed, ok, type Result } from '../../ports/failure.ts';
import type { Decoder } from '../decoder.ts';
import { jsonHeaders, openTokenSession, type SessionParts } from '../token-session.ts';
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

/** Google says of a token that it is not accepted by a 401, whatever the body. */
export function openSession(parts: SessionParts): Session {
  const send = openTokenSession(parts, DEFAULT_PAUSE_MS);
  return (exchanged, signal) => {
    const { method, path, body, access } = exchanged;
    return send(
      {
        access,
        request: (token) => ({
          method,
          url: new URL(path, parts.endpoint).href,
          headers: { authorization: `Bearer ${token}`, ...jsonHeaders(body) },
          ...(body === undefined ? {} : { body: encode(body) }),
        }),
        read: (reply) => read(exchanged, reply, parts.clock.now()),
        refusal: ({ status }, answer) => (status === 401 && !answer.ok ? answer.failure : undefined),
      },
      signal,
    );
  };
}

function read<Reply>(
  { access, decode, mayBeAbsent }: Exchanged<Reply>,
  reply: HttpReply,
  nowMs: number,
): Result<Reply> {
  if (reply.status === 200) {
    const decoded = decode(reply.body);
    return decoded === undefined ? failed(invalidReply(access)) : ok(decoded);
  }
  const failure = replyFailure(reply, access, nowMs);
  if (failure.kind === 'notFound' && mayBeAbsent !== true) return failed({ ...failure, kind: 'rejected' });
  return failed(failure);
}
