import type { Workqueue } from '../../../kube/workqueue.ts';
import type { QueueMetrics } from '../../../observability/metrics/queues.ts';
import type { Clock } from '../../../ports/clock.ts';

/** The same queue, counted. What comes again by itself, after a backoff or a poll, has no time in the queue. */
export function measuredQueue(
  name: string,
  queue: Workqueue,
  metrics: QueueMetrics,
  clock: Clock,
): Workqueue {
  const dueAtMs = new Map<string, number>();
  const takenAtMs = new Map<string, number>();
  metrics.depthOf(name, () => queue.size().ready);
  return {
    size: () => queue.size(),
    add(key, options = {}) {
      metrics.added(name);
      const dueMs = clock.monotonic() + (options.afterMs ?? 0);
      dueAtMs.set(key, Math.min(dueMs, dueAtMs.get(key) ?? dueMs));
      queue.add(key, options);
    },
    async take(signal) {
      const task = await queue.take(signal);
      if (task === undefined) return undefined;
      const nowMs = clock.monotonic();
      const dueMs = dueAtMs.get(task.key);
      dueAtMs.delete(task.key);
      if (dueMs !== undefined) metrics.waited(name, Math.max(0, nowMs - dueMs) / 1_000);
      takenAtMs.set(task.key, nowMs);
      return task;
    },
    finish(task, outcome) {
      const nowMs = clock.monotonic();
      metrics.worked(name, (nowMs - (takenAtMs.get(task.key) ?? nowMs)) / 1_000);
      takenAtMs.delete(task.key);
      if (outcome.type === 'failed') metrics.retried(name);
      queue.finish(task, outcome);
    },
  };
}
