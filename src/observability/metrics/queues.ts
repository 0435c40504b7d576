import { counter, durations, gauge, type Registry } from './registry.ts';

/** Counts what passes through work queues, per queue. */
export interface QueueMetrics {
  /** How many keys are due and wait; asked at every scrape. */
  depthOf(name: string, depth: () => number): void;
  added(name: string): void;
  /** A key was taken, so long after it was due. */
  waited(name: string, seconds: number): void;
  worked(name: string, seconds: number): void;
  retried(name: string): void;
}

/** The names are client-go's and controller-runtime's, so that their dashboards fit. */
export function queueMetrics(registry: Registry, names: readonly string[]): QueueMetrics {
  const depths = new Map<string, () => number>();
  gauge(registry, 'workqueue_depth', 'Keys that are due and wait for a worker.', ['name'], (into) => {
    for (const name of names) into.set({ name }, depths.get(name)?.() ?? 0);
  });
  const adds = counter(registry, 'workqueue_adds_total', 'Keys added, also those that stood there already.', [
    'name',
  ]);
  const retries = counter(registry, 'workqueue_retries_total', 'Keys that failed and come again.', ['name']);
  const wait = durations(
    registry,
    'workqueue_queue_duration_seconds',
    'How long an added key was due before a worker took it, in seconds.',
    ['name'],
  );
  const work = durations(
    registry,
    'workqueue_work_duration_seconds',
    'How long a worker held a key, in seconds.',
    ['name'],
  );
  for (const name of names) {
    adds.inc({ name }, 0);
    retries.inc({ name }, 0);
    wait.zero({ name });
    work.zero({ name });
  }
  return {
    depthOf: (name, depth) => depths.set(name, depth),
    added: (name) => adds.inc({ name }),
    waited: (name, seconds) => wait.observe({ name }, seconds),
    worked: (name, seconds) => work.observe({ name }, seconds),
    retried: (name) => retries.inc({ name }),
  };
}
