import type { Connection } from '../../../kube/connection.ts';
import type { Answer, Break, Refusal, Stream } from '../../../kube/exchange.ts';
import { type ApiRequestMetrics, NO_ANSWER } from '../../../observability/metrics/api-requests.ts';
import type { Clock } from '../../../ports/clock.ts';

/** The same connection, its requests counted. */
export function measuredConnection(
  connection: Connection,
  metrics: ApiRequestMetrics,
  clock: Clock,
): Connection {
  return {
    close: () => connection.close(),
    async send(request, signal) {
      const beganAtMs = clock.monotonic();
      const reply = await connection.send(request, signal);
      metrics.counted(request.method, codeOf(reply));
      metrics.took(request.method, (clock.monotonic() - beganAtMs) / 1_000);
      return reply;
    },
    async open(request, signal) {
      const reply = await connection.open(request, signal);
      metrics.counted(request.method, codeOf(reply));
      return reply;
    },
  };
}

function codeOf(reply: Answer | Break | Refusal | Stream): string {
  if (reply.kind === 'stream') return '200';
  return reply.kind === 'answer' ? String(reply.status) : NO_ANSWER;
}
