import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { request } from 'undici';

/** What one kubectl command sent, in order, and what a real server answered. */
export interface RecordedCommand {
  readonly name: string;
  readonly requests: readonly RecordedCall[];
}

interface RecordedCall {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly protobufBody?: { readonly base64: string };
  readonly responseStatus: number;
  readonly responseContentType: string | null;
}

/** How an answer compares: `recorded` and `got` are status and content type. */
export interface CallVerdict {
  readonly call: string;
  readonly recorded: string;
  readonly got: string;
}

export function readCommands(): readonly RecordedCommand[] {
  const path = fileURLToPath(new URL('../transcripts/kubectl-requests.json', import.meta.url));
  return JSON.parse(readFileSync(path, 'utf8')) as readonly RecordedCommand[];
}

/** What the answers so far have shown, for the placeholders of later requests. */
interface Seen {
  rv: string;
  uid: string;
  /** By path without query. */
  readonly etags: Map<string, string>;
  /** By path below /openapi/v3/. */
  readonly hashes: Map<string, string>;
}

/** Sends everything again, in order, to an API that serves the definition of the transcripts and nothing else. */
export async function replayCommands(
  commands: readonly RecordedCommand[],
  url: string,
): Promise<ReadonlyMap<string, readonly CallVerdict[]>> {
  const seen: Seen = { rv: '', uid: '', etags: new Map(), hashes: new Map() };
  const verdicts = new Map<string, CallVerdict[]>();
  for (const { name, requests } of commands) {
    const found: CallVerdict[] = [];
    for (const call of requests) found.push(await replayCall(call, url, seen));
    verdicts.set(name, [...(verdicts.get(name) ?? []), ...found]);
  }
  return verdicts;
}

async function replayCall(call: RecordedCall, url: string, seen: Seen): Promise<CallVerdict> {
  const path = fill(call.path, call.path, seen);
  const controller = new AbortController();
  const answer = await request(`${url}${path}`, {
    method: call.method as 'GET',
    headers: Object.fromEntries(
      Object.entries(call.headers).map(([name, value]) => [name.toLowerCase(), fill(value, call.path, seen)]),
    ),
    body: bodyOf(call, seen) ?? null,
    signal: controller.signal,
  });
  const contentType = answer.headers['content-type'];
  // A watch has been answered once its head is there.
  if (path.includes('watch=true')) {
    answer.body.on('error', () => undefined);
    controller.abort();
  } else note(await answer.body.text(), answer.headers['etag'], call.path, seen);
  return {
    call: `${call.method} ${call.path}`,
    recorded: `${call.responseStatus} ${call.responseContentType}`,
    got: `${answer.statusCode} ${String(contentType ?? null)}`,
  };
}

function bodyOf({ body, protobufBody, path }: RecordedCall, seen: Seen): string | Buffer | undefined {
  if (protobufBody !== undefined) return Buffer.from(protobufBody.base64, 'base64');
  return body === undefined ? undefined : fill(JSON.stringify(body), path, seen);
}

function fill(text: string, path: string, seen: Seen): string {
  const [bare = ''] = path.split('?');
  return text
    .replaceAll('<rv>', seen.rv)
    .replaceAll('<uid>', seen.uid)
    .replaceAll('"<etag>"', seen.etags.get(bare) ?? '"none"')
    .replaceAll('<hash>', seen.hashes.get(bare.replace('/openapi/v3/', '')) ?? '')
    .replaceAll('<http-date>', new Date().toUTCString());
}

function note(text: string, etag: string | string[] | undefined, path: string, seen: Seen): void {
  const [bare = ''] = path.split('?');
  if (typeof etag === 'string') seen.etags.set(bare, etag);
  if (!text.startsWith('{')) return;
  const body = JSON.parse(text) as {
    readonly metadata?: { readonly resourceVersion?: string; readonly uid?: string };
    readonly paths?: Readonly<Record<string, { readonly serverRelativeURL?: string }>>;
  };
  seen.rv = body.metadata?.resourceVersion ?? seen.rv;
  seen.uid = body.metadata?.uid ?? seen.uid;
  for (const [name, { serverRelativeURL = '' }] of Object.entries(body.paths ?? {})) {
    const hash = /hash=(.*)$/.exec(serverRelativeURL)?.[1];
    if (hash !== undefined) seen.hashes.set(name, hash);
  }
}
