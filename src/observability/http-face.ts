import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Where a face listens. */
export interface ListenAddress {
  /** Absent: every address of the machine. */
  readonly host?: string;
  /** 0: any free one. */
  readonly port: number;
}

/** What one path answers. */
export interface Page {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
}

/** A small HTTP server for machines that look: probes and scrapers. */
export interface Face {
  readonly port: number;
  close(): Promise<void>;
}

/** Texts are short and asked for every few seconds; a slower client is not one of ours. Milliseconds. ASSUMED. */
const REQUEST_TIMEOUT_MS = 10_000;

/**
 * Answers GET and HEAD on exactly these paths, without credentials: nothing secret may stand there. Rejects when
 * the address is taken.
 */
export async function serveFace(
  address: ListenAddress,
  pages: Readonly<Record<string, () => Page | Promise<Page>>>,
): Promise<Face> {
  const server = createServer({ requestTimeout: REQUEST_TIMEOUT_MS }, (request, response) => {
    const path = (request.url ?? '').split('?', 1)[0] ?? '';
    const page = Object.hasOwn(pages, path) ? pages[path] : undefined;
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      return answer(response, text(405, 'method not allowed'));
    }
    if (page === undefined) return answer(response, text(404, 'not found'));
    Promise.resolve()
      .then(page)
      .catch((error: unknown) => text(500, String(error)))
      .then((content) => answer(response, content))
      .catch(() => response.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(address.port, address.host, resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}

/** A page of plain text. */
export function text(status: number, body: string): Page {
  return { status, contentType: 'text/plain; charset=utf-8', body: `${body}\n` };
}

function answer(response: ServerResponse, { status, contentType, body }: Page): void {
  response.writeHead(status, { 'content-type': contentType, 'content-length': Buffer.byteLength(body) });
  // For HEAD node sends the headers alone.
  response.end(body);
}
