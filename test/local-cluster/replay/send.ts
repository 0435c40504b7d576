import { request } from 'undici';
import { parse } from 'yaml';

/** An answer with its body read as what it is. */
export interface Received {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** Parsed JSON or YAML, a list of events for a stream, or text. */
  readonly body: unknown;
  readonly text: string;
}

export interface Outgoing {
  readonly method: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** Sends as the recorder did: what is not set in the step has its defaults. */
export async function send(url: string, outgoing: Outgoing): Promise<Received> {
  const answer = await open(url, outgoing, undefined);
  const text = await answer.body.text();
  return {
    status: answer.statusCode,
    headers: answer.headers,
    body: parseBody(text, String(answer.headers['content-type'] ?? '')),
    text,
  };
}

/**
 * Opens a watch, runs `during` once it stands, and collects events until `enough` of them came and a moment passed
 * without another, or the server ended the stream.
 */
export async function sendWatch(
  url: string,
  outgoing: Outgoing,
  enough: number,
  during: () => Promise<void>,
): Promise<Received> {
  const controller = new AbortController();
  const answer = await open(url, outgoing, controller.signal);
  const headers = answer.headers;
  const events: unknown[] = [];
  let quiet: NodeJS.Timeout | undefined;
  let rest = '';
  let text = '';
  const settle = () => {
    clearTimeout(quiet);
    if (events.length >= enough) quiet = setTimeout(() => controller.abort(), 150);
  };
  const reading = (async () => {
    try {
      for await (const chunk of answer.body as AsyncIterable<Buffer>) {
        text += chunk.toString('utf8');
        if (answer.statusCode !== 200) continue;
        const lines = (rest + chunk.toString('utf8')).split('\n');
        rest = lines.pop() ?? '';
        events.push(...lines.filter((line) => line !== '').map((line) => JSON.parse(line) as unknown));
        settle();
      }
    } catch (error) {
      if (!controller.signal.aborted) throw error;
    }
  })();
  await during();
  settle();
  await reading;
  clearTimeout(quiet);
  if (answer.statusCode === 200 && rest !== '' && !controller.signal.aborted) events.push(JSON.parse(rest));
  const body = answer.statusCode === 200 ? events : parseBody(text, String(headers['content-type'] ?? ''));
  return { status: answer.statusCode, headers, body, text };
}

function open(url: string, outgoing: Outgoing, signal: AbortSignal | undefined): ReturnType<typeof request> {
  const { body } = outgoing;
  const payload = body === undefined ? undefined : typeof body === 'string' ? body : spacedJson(body);
  return request(`${url}${encodeURI(outgoing.path).replace(/%25/g, '%')}`, {
    method: outgoing.method as 'GET',
    headers: {
      accept: 'application/json',
      'user-agent': 'demo-client/1.0',
      ...(payload === undefined ? {} : { 'content-type': 'application/json' }),
      ...Object.fromEntries(
        Object.entries(outgoing.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]),
      ),
    },
    body: payload ?? null,
    signal: signal ?? null,
  });
}

/** JSON with a space behind every comma and colon, as the recorder wrote it: some messages quote the text. */
function spacedJson(value: unknown): string {
  return JSON.stringify(value, null, 1)
    .replace(/([[{])\n\s*/g, '$1')
    .replace(/\n\s*([\]}])/g, '$1')
    .replace(/,\n\s*/g, ', ');
}

function parseBody(text: string, contentType: string): unknown {
  if (text === '') return '';
  if (contentType.startsWith('application/yaml')) return parse(text);
  if (!/^[{[]/.test(text)) return text;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
