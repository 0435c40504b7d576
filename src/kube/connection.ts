import { type Dispatcher, request as undiciRequest } from 'undici';
import type { Clock } from '../ports/clock.ts';
import { type Agents, createAgentPool } from './agents.ts';
import { readBounded } from './body.ts';
import type { ClusterAccess } from './config.ts';
import { startDeadline } from './deadline.ts';
import type { Answer, Break, HttpRequest, Refusal, Stream } from './exchange.ts';
import { breakOf } from './network-failure.ts';

/** HTTP to one API server: credentials, pools, limits. One attempt each; answers are not interpreted. */
export interface Connection {
  send(request: HttpRequest, signal: AbortSignal): Promise<Answer | Break | Refusal>;
  /** Opens a stream that has no deadline of its own: aborting the signal ends it and frees the connection. */
  open(request: HttpRequest, signal: AbortSignal): Promise<Stream | Answer | Break | Refusal>;
  /** Cuts everything that is still under way. */
  close(): Promise<void>;
}

export interface ConnectionOptions {
  readonly access: ClusterAccess;
  readonly clock: Clock;
  /** Product and version; API servers show it in their audit log. */
  readonly userAgent: string;
  /** Default 16. */
  readonly maxConnections?: number;
  /** Default 2,048: every referenced Secret and ConfigMap is a watch. */
  readonly maxWatches?: number;
  /** Default 64 MiB: a page of 10 objects of the largest size etcd stores, with room to spare. */
  readonly maxResponseBytes?: number;
  /** Told of the Date of every success, in milliseconds of wall time, as soon as it arrives. */
  readonly onServerDate?: (dateMs: number) => void;
  /** For a whole request, in milliseconds. Default 60,000: kube-apiserver's own --request-timeout. */
  readonly deadlineMs?: number;
}

const MIB = 1024 * 1024;

export function createConnection(options: ConnectionOptions): Connection {
  const { access, clock } = options;
  const deadlineMs = options.deadlineMs ?? 60_000;
  const maxResponseBytes = options.maxResponseBytes ?? 64 * MIB;
  const pool = createAgentPool(access.proxyUrl, options.maxConnections ?? 16, options.maxWatches ?? 2048);

  async function dispatch(
    request: HttpRequest,
    which: keyof Agents,
    signal: AbortSignal,
  ): Promise<Dispatcher.ResponseData | Refusal> {
    signal.throwIfAborted();
    const credentials = await untilAborted(access.credentials(), signal);
    if (!credentials.ok) return { kind: 'refusal', failure: credentials.failure };
    const response = await undiciRequest(`${access.server}${request.path}`, {
      dispatcher: pool.agentsFor(credentials.value.tls)[which],
      method: request.method,
      headers: {
        ...credentials.value.headers,
        accept: 'application/json',
        'user-agent': options.userAgent,
        ...(request.contentType !== undefined && { 'content-type': request.contentType }),
      },
      body: request.body ?? null,
      signal,
    });
    if (response.statusCode === 401) access.renew();
    // What a proxy answers for itself is an error.
    if (response.statusCode < 300) tellDate(response.headers.date);
    return response;
  }

  function tellDate(date: string | string[] | undefined): void {
    const dateMs = Date.parse(typeof date === 'string' ? date : '');
    if (Number.isFinite(dateMs)) options.onServerDate?.(dateMs);
  }

  async function readAnswer(response: Dispatcher.ResponseData): Promise<Answer> {
    const retryAfter = response.headers['retry-after'];
    const body = await readBounded(response.body, maxResponseBytes);
    // Whoever asked goes on in a turn of its own: several answers that are there at once are no long stall.
    await clock.turn();
    return {
      kind: 'answer',
      status: response.statusCode,
      retryAfter: typeof retryAfter === 'string' ? retryAfter : undefined,
      body,
    };
  }

  return {
    async send(request, outer) {
      if (outer.aborted) return { kind: 'break', code: 'Aborted', sent: false };
      const deadline = startDeadline(clock, deadlineMs, outer);
      try {
        const response = await dispatch(request, 'requests', deadline.signal);
        return 'kind' in response ? response : await readAnswer(response);
      } catch (error) {
        return breakOf(error, deadline.signal);
      } finally {
        deadline.clear();
      }
    },

    async open(request, signal) {
      if (signal.aborted) return { kind: 'break', code: 'Aborted', sent: false };
      try {
        const response = await dispatch(request, 'watches', signal);
        if ('kind' in response) return response;
        if (response.statusCode !== 200) return await readAnswer(response);
        return { kind: 'stream', chunks: response.body };
      } catch (error) {
        return breakOf(error, signal);
      }
    },

    close: () => pool.close(),
  };
}

/** Waits for what cannot be cancelled, but no longer than the signal allows. */
async function untilAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const giveUp = (): void => reject(signal.reason);
  signal.addEventListener('abort', giveUp, { once: true });
  try {
    return await Promise.race([promise, aborted]);
  } finally {
    signal.removeEventListener('abort', giveUp);
  }
}
