import type { Clock } from '../ports/clock.ts';
import type { Failure } from '../ports/failure.ts';
import { PRIORITY } from './schedule.ts';
import type { Outcome, Workqueue } from './workqueue.ts';

/** What one pass over one key came to. */
export type ReconcileResult =
  | { readonly type: 'settled'; readonly pollAfterMs?: number }
  | { readonly type: 'waiting'; readonly untilMs: number }
  | { readonly type: 'retry'; readonly failure: Failure }
  | { readonly type: 'stalled'; readonly reason: string; readonly pollAfterMs?: number };

/** All is as declared. Look again after `pollAfterMs` milliseconds, or only when something changes. */
export function settled(pollAfterMs?: number): ReconcileResult {
  return { type: 'settled', ...(pollAfterMs !== undefined && { pollAfterMs }) };
}

/** Something takes its time; look again at `untilMs`, wall time in milliseconds. Not a failure: the backoff starts anew. */
export function waiting(untilMs: number): ReconcileResult {
  return { type: 'waiting', untilMs };
}

/** Failed, and may go better later: backs off, at least as long as the failure asks for. */
export function retry(failure: Failure): ReconcileResult {
  return { type: 'retry', failure };
}

/** Only a person can help. Look again when something changes, or after `pollAfterMs` milliseconds. */
export function stalled(reason: string, pollAfterMs?: number): ReconcileResult {
  return { type: 'stalled', reason, ...(pollAfterMs !== undefined && { pollAfterMs }) };
}

export interface ControllerOptions {
  readonly name: string;
  readonly queue: Workqueue;
  /** How many keys are looked at side by side. At least 1. */
  readonly workers: number;
  /** One pass over one key: reads the world, acts, says what comes next. Never told why it was called. */
  readonly reconcile: (key: string, signal: AbortSignal) => Promise<ReconcileResult>;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** A pass threw, which is a fault of ours; the key is tried again after a backoff. Must not throw itself. */
  readonly onError: (error: unknown, context: { readonly controller: string; readonly key: string }) => void;
}

/** Works on the queue until the signal aborts; resolves when the passes under way have ended. Never rejects. */
export async function runController(options: ControllerOptions): Promise<void> {
  const { queue, signal } = options;

  async function work(): Promise<void> {
    for (let task = await queue.take(signal); task !== undefined; task = await queue.take(signal)) {
      await options.clock.turn();
      queue.finish(task, await pass(options, task.key));
    }
  }

  await Promise.all(Array.from({ length: options.workers }, work));
}

async function pass(options: ControllerOptions, key: string): Promise<Outcome> {
  try {
    return outcomeOf(await options.reconcile(key, options.signal), options.clock.now());
  } catch (error) {
    options.onError(error, { controller: options.name, key });
    return { type: 'failed' };
  }
}

/** Between two passes over a key that failed at nothing, in milliseconds: a time in the past must not make a busy loop. ASSUMED. */
const SHORTEST_PAUSE_MS = 50;

function atLeast(ms: number): number {
  return Math.max(SHORTEST_PAUSE_MS, ms);
}

/** The queue's view of a result. */
export function outcomeOf(result: ReconcileResult, nowMs: number): Outcome {
  switch (result.type) {
    case 'settled':
      return {
        type: 'done',
        ...(result.pollAfterMs !== undefined && { afterMs: atLeast(result.pollAfterMs) }),
      };
    case 'waiting':
      return { type: 'done', afterMs: atLeast(result.untilMs - nowMs) };
    case 'retry': {
      const { retryAfterMs } = result.failure;
      return { type: 'failed', ...(retryAfterMs !== undefined && { atLeastMs: retryAfterMs }) };
    }
    case 'stalled':
      return {
        type: 'done',
        priority: PRIORITY.drift,
        ...(result.pollAfterMs !== undefined && { afterMs: atLeast(result.pollAfterMs) }),
      };
    default:
      return result satisfies never;
  }
}
