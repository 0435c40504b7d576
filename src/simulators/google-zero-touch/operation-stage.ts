/** How a batch gets on: one stage with each read of it, or with time, `afterMs` from the reply to `done`. */
export type OperationPace = { readonly advance: 'perRead' } | { readonly afterMs: number };

/**
 * Where a batch stands (fact sheet 2.4). `share` is how much of it has been worked on, 0 to 1.
 *
 *     pending ──► running, share grows ──► processed: progress 100, not done ──► done
 */
export interface OperationStage {
  readonly stage: 'pending' | 'running' | 'processed' | 'done';
  readonly share: number;
}

const PENDING: OperationStage = { stage: 'pending', share: 0 };
const HALF_WAY: OperationStage = { stage: 'running', share: 0.5 };
const PROCESSED: OperationStage = { stage: 'processed', share: 1 };
const DONE: OperationStage = { stage: 'done', share: 1 };

/** Tenths of the whole time after which a batch begins to run, and after which all its items are through. */
const RUNS_FROM_TENTHS = 2;
const PROCESSED_FROM_TENTHS = 8;

/** The stage a batch shows at its n-th read, counted from 1. */
export function stageAtRead(read: number): OperationStage {
  return [PENDING, PENDING, HALF_WAY, PROCESSED][read] ?? DONE;
}

/** The stage `elapsedMs` after the reply of a batch that takes `afterMs`. */
export function stageAfter(elapsedMs: number, afterMs: number): OperationStage {
  if (elapsedMs >= afterMs) return DONE;
  const tenths = (elapsedMs * 10) / afterMs;
  if (tenths < RUNS_FROM_TENTHS) return PENDING;
  if (tenths >= PROCESSED_FROM_TENTHS) return PROCESSED;
  return {
    stage: 'running',
    share: (tenths - RUNS_FROM_TENTHS) / (PROCESSED_FROM_TENTHS - RUNS_FROM_TENTHS),
  };
}

/** The same batch when it is stuck: it never gets past its middle. */
export function stuck(stage: OperationStage): OperationStage {
  return stage.share > HALF_WAY.share ? HALF_WAY : stage;
}
