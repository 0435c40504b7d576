import type { HttpReply } from '../../http/exchange.ts';
import { failed, ok, type Result } from '../../ports/failure.ts';
import { jsonHeaders, openTokenSession, type SessionParts } from '../token-session.ts';
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

/** Which reply refuses the token, the failure table says: CRM.COM has no status and no code of its own for it. */
export function openSession(parts: SessionParts, failures: FailureTable): Session {
  const { endpoint, clock } = parts;
  const send = openTokenSession(parts, DEFAULT_PAUSE_MS);
  return (exchanged, signal) =>
    send(
      {
        access: exchanged.access,
        request: (token) => requestOf(endpoint, exchanged, token),
        read: (reply) => read(exchanged, reply, failures, clock.now()),
        refusal: (_reply, answer) =>
          !answer.ok && answer.failure.kind === 'unauthorized' ? answer.failure : undefined,
      },
      signal,
    );
}

/** The data of a reply that says OK; a failure for anything else. */
function read<Reply>(
  { access, decode }: Exchanged<Reply>,
  reply: HttpReply,
  failures: FailureTable,
  nowMs: number,
): Result<Reply> {
  const envelope = decodeEnvelope(reply.body);
  if (reply.status !== 200 || envelope?.status.code !== 'OK') {
    return failed(replyFailure(reply, access, failures, nowMs));
  }
  const data = decode(envelope.data);
  return data === undefined ? failed(invalidReply(access)) : ok(data);
}

/** The token travels in the query of a GET and in the body of a POST (1). No log shows either. */
function requestOf(endpoint: string, exchanged: Exchanged<unknown>, token: string) {
  const url = urlOf(endpoint, exchanged.method);
  if (exchanged.access === 'read') {
    const query = new URLSearchParams({ token, ...exchanged.query });
    return { method: 'GET', url: `${url}?${query.toString()}`, headers: jsonHeaders() } as const;
  }
  const body = { token, ...exchanged.body };
  return { method: 'POST', url, headers: jsonHeaders(body), body: encode(body) } as const;
}
