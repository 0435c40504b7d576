import type { HttpReply } from '../../http/exchange.ts';
import type { HttpClient } from '../../http/http-client.ts';
import type { RequestQuota } from '../../http/quota.ts';
import type { Clock } from '../../ports/clock.ts';
import { failed, ok, type Result } from '../../ports/failure.ts';
import { decode, encode, type Message } from './codec.ts';
import { type Access, type Fault, faultOf, invalidReply, replyFailure } from './failure.ts';
import { DEFAULT_PAUSE_MS } from './limits.ts';
import { soapActionOf } from './soap/names.ts';
import type { Node } from './soap/read.ts';

/** What one message and its reply stand on. */
export interface ExchangeParts {
  /** Where the services answer, without the service's name. */
  readonly endpoint: string;
  readonly http: HttpClient;
  readonly quota: RequestQuota;
  readonly clock: Clock;
  /** Whether this process may write at this moment. */
  readonly mayWrite: () => boolean;
}

/** What the service answered to one message. */
export type Answered =
  | { readonly is: 'output'; readonly output: Node; readonly isRepaired: boolean }
  | { readonly is: 'fault'; readonly fault: Fault };

/** How one operation is sent and its reply read. */
export interface Sending extends Message {
  readonly access: Access;
  /** Whether a write is still wanted, in the moment in which it would leave. */
  readonly mayStart?: (() => boolean) | undefined;
  /** What may be mended in a reply that is no XML as it came; the mended text, or undefined. */
  readonly repair?: (body: string) => string | undefined;
}

/** Sends one message, once, within the quota. Whatever the HTTP status, a body that speaks is heard (10). */
export async function exchange(
  parts: ExchangeParts,
  sending: Sending,
  token: string | undefined,
  signal: AbortSignal,
): Promise<Result<Answered>> {
  const body = encode(sending, token);
  if (!body.ok) return body;
  const permit = await parts.quota.take();
  if (!permit.ok) return permit;
  try {
    const sent = await parts.http.send(
      {
        method: 'POST',
        url: `${parts.endpoint.replace(/\/+$/, '')}/${sending.service}.svc`,
        headers: {
          'content-type': 'text/xml; charset=utf-8',
          accept: 'text/xml',
          soapaction: `"${soapActionOf(sending.service, sending.operation)}"`,
          'user-agent': 'vendorplane',
        },
        body: body.value,
        access: sending.access,
        ...(sending.access === 'write'
          ? { mayStart: () => parts.mayWrite() && sending.mayStart?.() !== false }
          : {}),
      },
      signal,
    );
    return sent.ok ? answered(parts, sending, sent.value) : sent;
  } finally {
    permit.value.release();
  }
}

function answered(
  { clock, quota }: ExchangeParts,
  { operation, access, repair }: Sending,
  reply: HttpReply,
): Result<Answered> {
  const asIs = decode(reply.body, operation);
  const repaired = asIs === undefined ? repair?.(reply.body) : undefined;
  const answer = asIs ?? (repaired === undefined ? undefined : decode(repaired, operation));
  // Asked to slow down is asked to slow down, in whatever words.
  if (answer === undefined || reply.status === 429) {
    const failure = replyFailure(reply, access, clock.now());
    if (failure.kind === 'throttled') quota.pause(failure.retryAfterMs ?? DEFAULT_PAUSE_MS);
    // With an output it may have been done all the same.
    return failed(answer?.is === 'output' ? invalidReply(access) : failure);
  }
  if (answer.is === 'fault') {
    return ok({ is: 'fault', fault: faultOf(answer.faultCode, answer.faultString) });
  }
  // An output under an error status is nobody's documented reply.
  if (reply.status !== 200) return failed(invalidReply(access));
  return ok({ is: 'output', output: answer.output, isRepaired: asIs === undefined });
}
