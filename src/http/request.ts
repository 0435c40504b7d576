import type { IncomingHttpHeaders } from 'node:http';
import type { Dispatcher } from 'undici';
import type { Exchange, HttpRequest, LossCode } from './exchange.ts';
import { lossCodeOf } from './loss.ts';

/**
 * Sends one request, once. Never throws, never repeats, and reads or drops every body.
 *
 * The line between `notSent` and `lost` is undici's hand-over of the request to a ready connection: before it
 * nothing is written, after it everything may be.
 */
export function sendOnce(
  dispatcher: Dispatcher,
  request: HttpRequest,
  signal: AbortSignal,
): Promise<Exchange> {
  const { promise, resolve } = Promise.withResolvers<Exchange>();
  const chunks: Buffer[] = [];
  let bytes = 0;
  let head: { readonly status: number; readonly headers: IncomingHttpHeaders } | undefined;
  let connection: Dispatcher.DispatchController | undefined;
  let settled = false;

  function settle(exchange: Exchange): void {
    if (settled) return;
    settled = true;
    clearTimeout(deadline);
    signal.removeEventListener('abort', onAbort);
    resolve(exchange);
  }
  function giveUp(code: LossCode): void {
    settle({ is: connection === undefined ? 'notSent' : 'lost', code });
    connection?.abort(new Error(code));
  }
  function onAbort(): void {
    giveUp('ABORTED');
  }
  const deadline = setTimeout(() => giveUp('DEADLINE_EXCEEDED'), request.deadlineMs);
  signal.addEventListener('abort', onAbort);
  if (signal.aborted) onAbort();
  if (settled) return promise;

  const handler: Dispatcher.DispatchHandler = {
    onRequestStart(controller) {
      // A second start would be undici's own repetition; a settled one was given up while it waited.
      if (settled || connection !== undefined) {
        controller.abort(new Error('ABORTED'));
      } else if (request.mayStart?.() === false) {
        settle({ is: 'notSent', code: 'NOT_ALLOWED_TO_START' });
        controller.abort(new Error('NOT_ALLOWED_TO_START'));
      } else {
        connection = controller;
      }
    },
    onResponseStart(_controller, status, headers) {
      if (status >= 200) head = { status, headers };
    },
    onResponseData(_controller, chunk) {
      bytes += chunk.length;
      if (bytes > request.maxReplyBytes) giveUp('REPLY_TOO_LARGE');
      else chunks.push(chunk);
    },
    onResponseEnd() {
      if (head === undefined) giveUp('CONNECTION_FAILED');
      else settle({ is: 'answered', reply: { ...head, body: Buffer.concat(chunks).toString('utf8') } });
    },
    onResponseError(_controller, error) {
      settle({ is: connection === undefined ? 'notSent' : 'lost', code: lossCodeOf(error) });
    },
  };
  dispatcher.dispatch(
    {
      origin: request.url.origin,
      path: `${request.url.pathname}${request.url.search}`,
      method: request.method,
      headers: { ...request.headers },
      body: request.body ?? null,
    },
    handler,
  );
  return promise;
}
