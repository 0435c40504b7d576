import type { KindTypes } from '../domain/item.ts';
import { CALL_BACKOFF, retryMs } from '../domain/schedule.ts';
import type { LaneState } from './lane-state.ts';
import { leftBeforeRecorded } from './recording.ts';
import { type Ordinal, UNKNOWN } from './table.ts';
import { type Task, taskOn } from './task.ts';
import { setOfInterest } from './where-to-look.ts';

/** Records made durable in one go. */
const KEEP_ITEMS = 5_000;

/**
 * Writing a few records rewrites whole slices of them, so a trickle of records would be written at the cost of all, again
 * and again. What comes gathers for so many times as long as the last write took, and at most as long as a batch stays
 * open: at most a fifth of the time is spent on it, and where it is cheap nothing waits. ASSUMED.
 */
const REST_PER_KEEP = 4;
const LONGEST_REST_MS = 2_000;

/** Makes records durable, many at once; waits until planning is done, so that one write carries all it can. */
export function nextKeep<T extends KindTypes>(lane: LaneState<T>): Task | undefined {
  if (lane.keeps.size === 0 || lane.keeping.busy || lane.dirty.size > 0) return undefined;
  if (lane.keepsNotBeforeMs > lane.env.nowMs()) return undefined;
  const entries = [...lane.keeps].slice(0, KEEP_ITEMS);
  for (const [ordinal, record] of entries) {
    lane.keeps.delete(ordinal);
    if (record !== undefined) lane.recording.set(ordinal, record);
  }
  return taskOn(lane.keeping, 'own', (signal) => keep(lane, entries, signal));
}

/** When `nextKeep` may have something that it does not have now. */
export function nextKeepAtMs<T extends KindTypes>(lane: LaneState<T>): number {
  return lane.keeps.size === 0 || lane.keeping.busy ? Number.POSITIVE_INFINITY : lane.keepsNotBeforeMs;
}

async function keep<T extends KindTypes>(
  lane: LaneState<T>,
  entries: readonly (readonly [Ordinal, T['recorded'] | undefined])[],
  signal: AbortSignal,
): Promise<void> {
  const { env, table, kind } = lane;
  const changes = entries.map(([ordinal, value]) => ({ key: table.keys[ordinal] as string, value }));
  const beganAtMs = env.nowMs();
  try {
    const kept = await env.records.keep(kind.name, changes, signal);
    lane.keepAttempts = kept.ok ? 0 : lane.keepAttempts + 1;
    // By key: one that was dropped while this was written is known again.
    if (kept.ok) {
      for (const { key, value } of changes) setRecord(lane, table.ordinalOf(key), value);
      const nowMs = env.nowMs();
      lane.keepsNotBeforeMs = nowMs + Math.min(REST_PER_KEEP * (nowMs - beganAtMs), LONGEST_REST_MS);
    } else {
      const waitMs = retryMs(kept.failure.retryAfterMs, CALL_BACKOFF, lane.keepAttempts, env.random);
      lane.keepsNotBeforeMs = env.nowMs() + waitMs;
      // Nothing would ask for the record of what has left its resource meanwhile, and it could never be released.
      for (const [ordinal, record] of entries)
        if (leftBeforeRecorded(lane, ordinal)) lane.keeps.set(ordinal, record);
    }
  } finally {
    lane.recording.clear();
    // Kept or not: what to do next is planned from what is recorded by now.
    for (const { key } of changes) lane.dirty.add(table.ordinalOf(key));
  }
}

/** Absent from where the record had it is not absent from where it is looked for without that record. */
function setRecord<T extends KindTypes>(
  lane: LaneState<T>,
  ordinal: Ordinal,
  value: T['recorded'] | undefined,
): void {
  const { table } = lane;
  const lookedForIn = setOfInterest(lane, ordinal);
  table.record(ordinal, value);
  const isAbsent = table.observed(ordinal).is === 'absent';
  if (isAbsent && setOfInterest(lane, ordinal) !== lookedForIn) table.observe(ordinal, UNKNOWN);
}
