import type { Clock } from '../ports/clock.ts';
import { type BackoffPolicy, backoffMs } from './backoff.ts';
import {
  createSchedule,
  PRIORITY,
  type Priority,
  type ScheduleSize,
  type Task,
  type Wish,
} from './schedule.ts';

interface AddOptions {
  /** Default: a person's edit. */
  readonly priority?: Priority;
  /** Default: at once. Milliseconds. */
  readonly afterMs?: number;
}

/** What becomes of a key after a pass. */
export type Outcome =
  /** Went well. Looked at again after `afterMs` milliseconds, or only when something asks for it. */
  | { readonly type: 'done'; readonly afterMs?: number; readonly priority?: Priority }
  /** Went wrong: looked at again after a backoff that grows, but not before `atLeastMs` milliseconds. */
  | { readonly type: 'failed'; readonly atLeastMs?: number };

/** Keys that want to be looked at, each by one worker at a time. The only place that retries. */
export interface Workqueue {
  add(key: string, options?: AddOptions): void;
  /** Waits for the next key that is due; undefined once the signal aborts. */
  take(signal: AbortSignal): Promise<Task | undefined>;
  /** To be called once for every task taken, or its key is never handed out again. */
  finish(task: Task, outcome: Outcome): void;
  size(): ScheduleSize;
}

export interface WorkqueueOptions {
  readonly clock: Clock;
  /** 0 up to 1. */
  readonly random: () => number;
  /** Default 1 s up to 10 min, as ASSUMED: fast enough for a blip, gentle in an outage. */
  readonly backoff?: BackoffPolicy;
}

const BACKOFF: BackoffPolicy = { baseMs: 1_000, maxMs: 600_000 };

/** The longest sleep, in milliseconds: below the 24.8 days that a Node timer can hold. */
const DAY_MS = 86_400_000;

/** An empty queue. It runs no timer while nobody takes from it. */
export function createWorkqueue(options: WorkqueueOptions): Workqueue {
  const { clock, random } = options;
  const schedule = createSchedule();
  const failures = new Map<string, number>();
  let takers: (() => void)[] = [];

  /** Everyone who waits looks again: there may be a key for one of them, or an earlier time to wait for. */
  function wakeTakers(): void {
    const woken = takers;
    takers = [];
    for (const wake of woken) wake();
  }

  function wishAfter(afterMs: number, priority: Priority): Wish {
    return { dueAtMs: clock.monotonic() + Math.max(0, afterMs), priority };
  }

  function wishOf(task: Task, outcome: Outcome): Wish | undefined {
    if (outcome.type === 'failed') {
      const count = (failures.get(task.key) ?? 0) + 1;
      failures.set(task.key, count);
      const waitMs = backoffMs(options.backoff ?? BACKOFF, count, random());
      return wishAfter(Math.max(waitMs, outcome.atLeastMs ?? 0), PRIORITY.poll);
    }
    failures.delete(task.key);
    return outcome.afterMs === undefined
      ? undefined
      : wishAfter(outcome.afterMs, outcome.priority ?? PRIORITY.poll);
  }

  /** Sleeps until the next key is due, or something changes, or the signal aborts. */
  async function waitForWork(signal: AbortSignal): Promise<void> {
    const woken = new AbortController();
    const wake = (): void => woken.abort();
    takers.push(wake);
    signal.addEventListener('abort', wake, { once: true });
    const dueAtMs = schedule.nextDueAtMs();
    // Without a time to wait for, only an addition or the end wakes; a day is as good as never.
    const waitMs = dueAtMs === undefined ? DAY_MS : dueAtMs - clock.monotonic();
    await clock.sleep(Math.min(Math.max(0, waitMs), DAY_MS), woken.signal);
    signal.removeEventListener('abort', wake);
    takers = takers.filter((taker) => taker !== wake);
  }

  return {
    add(key, { priority = PRIORITY.edit, afterMs = 0 } = {}) {
      schedule.add(key, wishAfter(afterMs, priority));
      wakeTakers();
    },
    async take(signal) {
      while (!signal.aborted) {
        const task = schedule.take(clock.monotonic());
        if (task !== undefined) return task;
        await waitForWork(signal);
      }
      return undefined;
    },
    finish(task, outcome) {
      schedule.finish(task.key, wishOf(task, outcome));
      wakeTakers();
    },
    size: () => schedule.size(),
  };
}
