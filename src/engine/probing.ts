import { CALL_BACKOFF, jitteredMs, type Random, retryMs } from '../domain/schedule.ts';
import { type Failure, failed, type Result } from '../ports/failure.ts';
import type { AccountFacts, Probe } from '../ports/probe.ts';
import { type Busy, type Task, taskOn } from './task.ts';

/** What the last looks at the account as a whole have shown. */
export interface Health {
  /** Wall time of the last one that succeeded; absent before the first. */
  readonly lastCompleteAtMs?: number;
  /** Why the last one failed, if it did. */
  readonly failure?: Failure;
}

/** Looks at the account as a whole: when it is opened, after every resync interval, and when asked to. */
export interface Probing {
  next(): Task | undefined;
  /** When `next` may have something that it does not have now. */
  nextAtMs(): number;
  lookAgain(): void;
  health(): Health;
  facts(): AccountFacts;
}

export function createProbing(deps: {
  probe(): Probe | undefined;
  resyncIntervalMs(): number;
  nowMs(): number;
  wallMs(): number;
  readonly random: Random;
  onFailure(failure: Failure): void;
  onReply(): void;
  /** Told when the health or the facts may be others. */
  onNews(): void;
  onBug(error: unknown): void;
}): Probing {
  const busy: Busy = { busy: false };
  let dueAtMs = 0;
  let attempts = 0;
  let health: Health = {};
  let facts: AccountFacts = {};

  async function look(probe: Probe, signal: AbortSignal): Promise<void> {
    const looked = await lookOnce(probe, signal);
    if (!looked.ok) {
      const { failure } = looked;
      attempts += 1;
      dueAtMs = deps.nowMs() + retryMs(failure.retryAfterMs, CALL_BACKOFF, attempts, deps.random);
      health = { ...health, failure };
      deps.onFailure(failure);
    } else {
      attempts = 0;
      dueAtMs = deps.nowMs() + jitteredMs(deps.resyncIntervalMs(), deps.random);
      health = { lastCompleteAtMs: deps.wallMs() };
      facts = looked.value;
      deps.onReply();
    }
    deps.onNews();
  }

  /** A fault of ours is a look that failed like any other. */
  async function lookOnce(probe: Probe, signal: AbortSignal): Promise<Result<AccountFacts>> {
    try {
      return await probe.look(signal);
    } catch (error) {
      deps.onBug(error);
      return failed({
        kind: 'transient',
        code: 'INTERNAL_FAULT',
        message: 'looking failed within the controller',
      });
    }
  }

  return {
    next: () => {
      const probe = deps.probe();
      if (probe === undefined || busy.busy || dueAtMs > deps.nowMs()) return undefined;
      return taskOn(busy, 'vendor', (signal) => look(probe, signal));
    },
    nextAtMs: () => (deps.probe() === undefined || busy.busy ? Number.POSITIVE_INFINITY : dueAtMs),
    lookAgain: () => {
      dueAtMs = 0;
      attempts = 0;
    },
    health: () => health,
    facts: () => facts,
  };
}
