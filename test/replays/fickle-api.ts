import { createServer, type IncomingMessage, type ServerResponse, request as send } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/**
 * How the API server behaves:
 *
 * | mood         | what its client meets                                                                        |
 * | ------------ | -------------------------------------------------------------------------------------------- |
 * | honest       | the true answers; after another mood each watch is told that its version is gone, until it lists |
 * | timingOut    | nothing for a while, then 504 and the Status that kube-apiserver words so                    |
 * | listsNothing | complete lists, 200, of the true version, with nothing on them; of these resources or of all |
 */
export type Mood =
  | { readonly is: 'honest' }
  | { readonly is: 'timingOut' }
  | { readonly is: 'listsNothing'; readonly only?: readonly string[] };

/** A proxy before an API server, for what API servers and the proxies before them have done. */
export interface FickleApi {
  readonly url: string;
  /** From now on. Whoever is connected is cut off, and comes again. */
  turn(mood: Mood): void;
  /** Resources (plural) that were watched from a version that this mood answered a list with. */
  believed(): ReadonlySet<string>;
  /** Requests that were left without an answer in this mood. */
  timedOut(): number;
  close(): Promise<void>;
}

/** Real time until a request that times out is answered. */
const TIMEOUT_MS = 1_000;

const RESOURCE = /^\/(?:api\/v1|apis\/[^/]+\/[^/]+)(?:\/namespaces\/[^/]+)?\/([^/]+)$/;

export async function startFickleApi(target: string): Promise<FickleApi> {
  let mood: Mood = { is: 'honest' };
  let believed = new Set<string>();
  let listed = new Set<string>();
  let listedSince = new Set<string>();
  let timedOut = 0;
  let hasTurned = false;

  const server = createServer((incoming, outgoing) => {
    const url = new URL(incoming.url ?? '', target);
    const resource = incoming.method === 'GET' ? RESOURCE.exec(url.pathname)?.[1] : undefined;
    if (mood.is === 'timingOut') return timeOut(outgoing);
    if (resource === undefined) return forward(incoming, outgoing, false);
    if (url.searchParams.get('watch') === 'true') return watch(resource, url, incoming, outgoing);
    listedSince.add(nameOf(url));
    const isEmptied = mood.is === 'listsNothing' && (mood.only?.includes(resource) ?? true);
    if (isEmptied) listed.add(resource);
    return forward(incoming, outgoing, isEmptied);
  });

  function timeOut(outgoing: ServerResponse): void {
    timedOut += 1;
    const timer = setTimeout(() => fail(outgoing, 504, 'Timeout', 'request did not complete'), TIMEOUT_MS);
    outgoing.on('close', () => clearTimeout(timer));
  }

  function watch(resource: string, url: URL, incoming: IncomingMessage, outgoing: ServerResponse): void {
    if (!hasTurned || listedSince.has(nameOf(url))) {
      if (listed.has(resource)) believed.add(resource);
      return forward(incoming, outgoing, false);
    }
    // For as long as it goes by that version: an answer may be lost.
    return fail(outgoing, 410, 'Expired', 'too old resource version');
  }

  function forward(incoming: IncomingMessage, outgoing: ServerResponse, isEmptied: boolean): void {
    const { method, headers } = incoming;
    const onward = send(`${target}${incoming.url}`, { method, headers, agent: false }, (answer) => {
      if (!isEmptied || answer.statusCode !== 200) {
        outgoing.writeHead(answer.statusCode ?? 500, answer.headers);
        answer.pipe(outgoing);
        return;
      }
      text(answer).then(
        (list) => outgoing.writeHead(200, { 'content-type': 'application/json' }).end(emptied(list)),
        () => outgoing.destroy(),
      );
    });
    onward.on('error', () => outgoing.destroy());
    // A watch that is given up here is given up there.
    outgoing.on('close', () => onward.destroy());
    incoming.pipe(onward);
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    turn: (next) => {
      mood = next;
      hasTurned = true;
      believed = new Set();
      listed = new Set();
      listedSince = new Set();
      timedOut = 0;
      server.closeAllConnections();
    },
    believed: () => believed,
    timedOut: () => timedOut,
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

/** What a client lists and watches. */
function nameOf({ pathname, searchParams }: URL): string {
  return `${pathname}?${searchParams.get('fieldSelector') ?? ''}`;
}

/** The same list, whole, with nothing on it. */
function emptied(list: string): string {
  const parsed = JSON.parse(list) as { readonly metadata: { readonly resourceVersion: string } };
  const { resourceVersion } = parsed.metadata;
  return JSON.stringify({ ...parsed, metadata: { resourceVersion }, items: [] });
}

function fail(outgoing: ServerResponse, code: number, reason: string, message: string): void {
  const status = { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure', message, reason, code };
  outgoing.writeHead(code, { 'content-type': 'application/json' }).end(JSON.stringify(status));
}
