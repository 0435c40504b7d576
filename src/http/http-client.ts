import { failed, ok, type Result } from '../ports/failure.ts';
import { type Environment, HEADERS_TIMEOUT_MS, openDispatcher } from './dispatcher.ts';
import type { HttpReply, HttpRequest } from './exchange.ts';
import { lossFailure } from './loss.ts';
import { type Redirects, resolveUrl } from './origin.ts';
import { redactHeaders, redactUrl } from './redact.ts';
import { sendOnce } from './request.ts';

export interface HttpSettings {
  readonly concurrentRequests: number;
  readonly caBundle?: string;
  readonly env?: Environment;
  readonly redirects?: Redirects;
  /** Waited for before a reply is handed on, so that several long ones that are there at once are no long stall. */
  readonly turn?: () => Promise<void>;
  /** Hears of every exchange, for logs and metrics. Gets nothing that must stay secret. */
  readonly observe?: (exchange: ObservedExchange) => void;
}

/** One exchange, fit for a log line. */
export interface ObservedExchange {
  readonly method: string;
  readonly url: string;
  /** The HTTP status, or why there is none. */
  readonly result: number | string;
  readonly replyHeaders: Readonly<Record<string, string>>;
  readonly replyBytes: number;
}

/** A request as a vendor's client writes it: the address is its own, before any redirect. */
interface Call extends Omit<HttpRequest, 'url' | 'deadlineMs' | 'maxReplyBytes'> {
  readonly url: string;
  /** Whether the request changes anything at the vendor; decides what a lost reply means. */
  readonly access: 'read' | 'write';
}

/** What every vendor's client stands on: connections, deadlines and size caps, tried once. */
export interface HttpClient {
  /**
   * The reply, whatever its status. Fails with `transient` when nothing was sent, or a read went unanswered;
   * with `unknownOutcome` when a write may have arrived and no whole reply came; with `rejected` when the
   * address may not be used.
   */
  send(call: Call, signal: AbortSignal): Promise<Result<HttpReply>>;
  /** Ends its connections. Requests under way fail. */
  close(): Promise<void>;
}

/** The longest a request to a vendor may take, from first to last byte. ASSUMED: twice the wait for the first byte. */
export const REQUEST_DEADLINE_MS = 2 * HEADERS_TIMEOUT_MS;
/** ASSUMED: the largest reply known, the result of an operation on 10,000 devices, has about 8 MB. */
const MAX_REPLY_BYTES = 32 * 1024 * 1024;

/** Fails with `rejected` when the CA bundle cannot be read. */
export function openHttpClient(settings: HttpSettings): Result<HttpClient> {
  const dispatcher = openDispatcher({ ...settings, connections: settings.concurrentRequests });
  if (!dispatcher.ok) return dispatcher;
  return ok({
    async send({ url, access, ...call }, signal) {
      const target = resolveUrl(url, settings.redirects);
      if (!target.ok) return target;
      const request = {
        ...call,
        url: target.value,
        deadlineMs: REQUEST_DEADLINE_MS,
        maxReplyBytes: MAX_REPLY_BYTES,
      };
      const exchange = await sendOnce(dispatcher.value, request, signal);
      await settings.turn?.();
      const reply = exchange.is === 'answered' ? exchange.reply : undefined;
      settings.observe?.({
        method: call.method,
        url: redactUrl(target.value),
        result: exchange.is === 'answered' ? exchange.reply.status : exchange.code,
        replyHeaders: redactHeaders(reply?.headers ?? {}),
        replyBytes: Buffer.byteLength(reply?.body ?? ''),
      });
      if (exchange.is === 'answered') return ok(exchange.reply);
      return failed(lossFailure(exchange, access, new URL(url).origin));
    },
    async close() {
      await dispatcher.value.destroy();
    },
  });
}
