import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One request, read to its end. */
export interface HttpRequest {
  readonly method: string;
  /** The path as sent, still percent-encoded, without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  /** The body as text; empty when it was larger than allowed. */
  readonly body: string;
  readonly bodyTooLarge: boolean;
}

export interface HttpReply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What a handler decides: a reply, or `drop`: the connection ends without one. */
export type HttpOutcome = HttpReply | 'drop';

export interface Listener {
  /** Base URL without a trailing slash. */
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Serves on the loopback interface.
 *
 * @param port 0 picks a free one.
 * @param maxBodyBytes larger bodies are read to their end, thrown away, and marked `bodyTooLarge`.
 */
export async function listen(
  port: number,
  maxBodyBytes: number,
  handle: (request: HttpRequest) => Promise<HttpOutcome>,
): Promise<Listener> {
  const server = createServer((incoming, response) => {
    serve(incoming, response, maxBodyBytes, handle).catch((error: unknown) => {
      // A fault of the simulator itself must look like none of the vendor's. A client that hung up is gone anyway.
      if (!response.headersSent) response.writeHead(500, { 'content-type': 'text/plain' });
      response.end(`The simulator itself failed: ${String(error)}`);
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const { port: bound } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${bound}`,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** A reply that carries JSON, the way every route but a broken one answers. */
export function jsonReply(status: number, value: unknown, headers: Record<string, string> = {}): HttpReply {
  return {
    status,
    headers: { 'content-type': 'application/json; charset=UTF-8', ...headers },
    body: JSON.stringify(value),
  };
}

async function serve(
  incoming: IncomingMessage,
  response: ServerResponse,
  maxBodyBytes: number,
  handle: (request: HttpRequest) => Promise<HttpOutcome>,
): Promise<void> {
  const outcome = await handle(await readRequest(incoming, maxBodyBytes));
  if (outcome === 'drop') {
    incoming.socket.destroy();
    return;
  }
  response.writeHead(outcome.status, outcome.headers).end(outcome.body);
}

async function readRequest(incoming: IncomingMessage, maxBodyBytes: number): Promise<HttpRequest> {
  const url = new URL(incoming.url ?? '/', 'http://simulator');
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes <= maxBodyBytes) chunks.push(chunk);
  }
  const bodyTooLarge = bytes > maxBodyBytes;
  return {
    method: incoming.method ?? 'GET',
    path: url.pathname,
    query: url.searchParams,
    headers: incoming.headers,
    body: bodyTooLarge ? '' : Buffer.concat(chunks).toString('utf8'),
    bodyTooLarge,
  };
}
