import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ObjectMeta } from '../../../src/kube/object.ts';

/** One request as the server saw it. */
interface Seen {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** Answers one request; it may also break it off or leave it open. */
export type Reply = (response: ServerResponse, seen: Seen) => void;

/** An API server that answers from a script: the next reply for each request, in order. */
export interface ScriptedServer {
  readonly url: string;
  readonly seen: readonly Seen[];
  /** Requests that came when the script was at its end; they get status 500. */
  readonly unscripted: readonly Seen[];
  /** Adds to the script. */
  script(...replies: readonly Reply[]): void;
  close(): Promise<void>;
}

/** Starts on a free port of the loopback interface. */
export async function startScriptedServer(...first: readonly Reply[]): Promise<ScriptedServer> {
  const replies = [...first];
  const seen: Seen[] = [];
  const unscripted: Seen[] = [];
  const server = createServer((request, response) => void answer(request, response));

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const url = new URL(request.url ?? '/', 'http://scripted');
    const one: Seen = {
      method: request.method ?? '',
      path: url.pathname,
      query: url.searchParams,
      headers: request.headers,
      body: Buffer.concat(chunks).toString('utf8'),
    };
    seen.push(one);
    const reply = replies.shift();
    if (reply !== undefined) return reply(response, one);
    unscripted.push(one);
    response.writeHead(500).end();
  }

  const url = await listen(server);
  return {
    url,
    seen,
    unscripted,
    script: (...more) => void replies.push(...more),
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

export async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

export function json(status: number, body: unknown, headers: Record<string, string> = {}): Reply {
  return (response) =>
    void response
      .writeHead(status, { 'content-type': 'application/json', ...headers })
      .end(JSON.stringify(body));
}

export function text(status: number, body: string, contentType = 'text/html'): Reply {
  return (response) => void response.writeHead(status, { 'content-type': contentType }).end(body);
}

/** Takes the request and cuts the connection without a word. */
export function dropped(): Reply {
  return (response) => void response.socket?.destroy();
}

/** Takes the request and never answers. */
export function silent(): Reply {
  return () => undefined;
}

/** An open watch: what is sent goes out at once; ends when told, or stays open. */
export interface OpenWatch {
  readonly reply: Reply;
  readonly isOpen: () => boolean;
  send(...events: readonly unknown[]): void;
  /** Sends text as it is, without a newline. */
  raw(text: string): void;
  end(): void;
  cut(): void;
}

export function openWatch(...first: readonly unknown[]): OpenWatch {
  let response: ServerResponse | undefined;
  const write = (event: unknown): void => void response?.write(`${JSON.stringify(event)}\n`);
  return {
    reply(opened) {
      response = opened;
      opened.writeHead(200, { 'content-type': 'application/json' });
      opened.flushHeaders();
      first.forEach(write);
    },
    isOpen: () => response !== undefined && !response.destroyed,
    send: (...events) => events.forEach(write),
    raw: (partial) => void response?.write(partial),
    end: () => void response?.end(),
    cut: () => void response?.socket?.destroy(),
  };
}

/** A watch that says this and then ends. */
export function endedWatch(...events: readonly unknown[]): Reply {
  return (response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(events.map((event) => `${JSON.stringify(event)}\n`).join(''));
  };
}

/** A Status as an API server answers it. */
export function status(code: number, reason: string, more: object = {}): object {
  return {
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Failure',
    message: 'm',
    reason,
    code,
    ...more,
  };
}

export function widget(
  name: string,
  resourceVersion: string,
  more: Partial<ObjectMeta> & { spec?: unknown } = {},
) {
  const { spec, ...metadata } = more;
  return {
    apiVersion: 'demo.vendorplane.dev/v1alpha1',
    kind: 'Widget',
    metadata: { name, namespace: 'fleet', uid: `uid-${name}`, resourceVersion, ...metadata },
    ...(spec !== undefined && { spec }),
  };
}

export function page(resourceVersion: string, items: readonly object[], more: object = {}): Reply {
  return json(200, { kind: 'WidgetList', apiVersion: 'v1', metadata: { resourceVersion, ...more }, items });
}

export function bookmark(resourceVersion: string): object {
  return { type: 'BOOKMARK', object: { kind: 'Widget', metadata: { resourceVersion } } };
}
