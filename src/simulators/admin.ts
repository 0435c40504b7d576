import { type HttpOutcome, type HttpRequest, jsonReply, type Listener, listen } from './http.ts';
import { parseJson } from './json.ts';
import type { Answerer, KeptWorld } from './kept-world.ts';
import { router } from './router.ts';

/** An order the admin face cannot carry out; answered as 400 (or 404) with the message. */
export class AdminError extends Error {
  readonly status: number;

  constructor(message: string, status = 400) {
    super(message);
    this.name = 'AdminError';
    this.status = status;
  }
}

interface AdminCall {
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  /** The parsed JSON body; undefined when there was none. */
  readonly body: unknown;
}

/** One order of the admin face. */
export interface AdminRoute {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly path: string;
  /** One sentence for the reader of `GET /`: what it does, with what body. */
  readonly does: string;
  /** The answer, as JSON. */
  readonly handle: (call: AdminCall) => unknown;
}

/** Bound of one admin body: a dump of some 100,000 devices is about 40 MB. */
const MAX_ADMIN_BODY_BYTES = 512 * 1024 * 1024;

/**
 * Serves the admin face. It needs no credentials: it listens on the loopback interface only.
 *
 * @param keeping comes between an answer and its sending.
 */
export function serveAdmin(
  port: number,
  title: string,
  routes: readonly AdminRoute[],
  keeping: KeptWorld['keeping'],
): Promise<Listener> {
  const find = router(routes);
  const help = [title, '', ...routes.map((route) => `${route.method} ${route.path}\n    ${route.does}`), ''];
  const answering: Answerer = async (request) => {
    if (request.method === 'GET' && request.path === '/') {
      return { status: 200, headers: { 'content-type': 'text/plain; charset=UTF-8' }, body: help.join('\n') };
    }
    const found = find(request.method, request.path);
    if (found === undefined)
      return jsonReply(404, { error: `No admin route ${request.method} ${request.path}.` });
    return answer(
      found.route,
      { params: found.params, query: request.query, body: bodyOf(request) },
      request,
    );
  };
  return listen(port, MAX_ADMIN_BODY_BYTES, keeping(answering));
}

async function answer(route: AdminRoute, call: AdminCall, request: HttpRequest): Promise<HttpOutcome> {
  if (request.body !== '' && call.body === undefined)
    return jsonReply(400, { error: 'The body is not JSON.' });
  try {
    return jsonReply(200, (await route.handle(call)) ?? {});
  } catch (error) {
    if (error instanceof AdminError) return jsonReply(error.status, { error: error.message });
    return jsonReply(500, { error: String(error) });
  }
}

function bodyOf(request: HttpRequest): unknown {
  return request.body === '' ? undefined : parseJson(request.body);
}
