import { counter, durations, gauge, type Registry } from './registry.ts';

/** How a pass over one key ended, in the words of controller-runtime. */
export type ReconcileOutcome = 'success' | 'requeue_after' | 'error';

const OUTCOMES: readonly ReconcileOutcome[] = ['success', 'requeue_after', 'error'];

/** Counts passes over keys, per controller. */
export interface ReconcileMetrics {
  began(controller: string): void;
  ended(controller: string, outcome: ReconcileOutcome, seconds: number): void;
}

/** `workers`: most passes side by side, by controller. */
export function reconcileMetrics(
  registry: Registry,
  workers: Readonly<Record<string, number>>,
): ReconcileMetrics {
  const total = counter(
    registry,
    'controller_runtime_reconcile_total',
    'Passes over one resource, by how they ended.',
    ['controller', 'result'],
  );
  const errors = counter(
    registry,
    'controller_runtime_reconcile_errors_total',
    'Passes that failed and are tried again after a backoff.',
    ['controller'],
  );
  const time = durations(
    registry,
    'controller_runtime_reconcile_time_seconds',
    'How long a pass took, in seconds.',
    ['controller'],
  );
  const active = gauge(registry, 'controller_runtime_active_workers', 'Passes under way.', ['controller']);
  const most = gauge(
    registry,
    'controller_runtime_max_concurrent_reconciles',
    'Most passes that may be under way.',
    ['controller'],
  );
  for (const [controller, count] of Object.entries(workers)) {
    for (const result of OUTCOMES) total.inc({ controller, result }, 0);
    errors.inc({ controller }, 0);
    time.zero({ controller });
    active.set({ controller }, 0);
    most.set({ controller }, count);
  }
  return {
    began: (controller) => active.inc({ controller }),
    ended(controller, result, seconds) {
      active.dec({ controller });
      total.inc({ controller, result });
      if (result === 'error') errors.inc({ controller });
      time.observe({ controller }, seconds);
    },
  };
}
