import type { ReconcileResult } from '../../../kube/controller.ts';
import type { ReconcileMetrics, ReconcileOutcome } from '../../../observability/metrics/reconciles.ts';
import type { Clock } from '../../../ports/clock.ts';

type Reconcile = (key: string, signal: AbortSignal) => Promise<ReconcileResult>;

/** The same passes, counted and timed. */
export function measuredReconcile(
  controller: string,
  reconcile: Reconcile,
  metrics: ReconcileMetrics,
  clock: Clock,
): Reconcile {
  return async (key, signal) => {
    const beganAtMs = clock.monotonic();
    let outcome: ReconcileOutcome = 'error';
    metrics.began(controller);
    try {
      const result = await reconcile(key, signal);
      outcome = outcomeOf(result);
      return result;
    } finally {
      metrics.ended(controller, outcome, (clock.monotonic() - beganAtMs) / 1_000);
    }
  };
}

/** Stalled is no error: the pass did all that can be done without a person. */
function outcomeOf(result: ReconcileResult): ReconcileOutcome {
  switch (result.type) {
    case 'settled':
    case 'stalled':
      return result.pollAfterMs === undefined ? 'success' : 'requeue_after';
    case 'waiting':
      return 'requeue_after';
    case 'retry':
      return 'error';
    default:
      return result satisfies never;
  }
}
