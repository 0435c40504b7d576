import type { KindTypes } from '../domain/item.ts';
import { backoffMs, CALL_BACKOFF } from '../domain/schedule.ts';
import type { RecordChange } from '../ports/records.ts';
import type { LaneState, Task } from './lane-state.ts';
import type { Ordinal } from './table.ts';

/** Records made durable in one go. */
const KEEP_ITEMS = 5_000;

/** Makes records durable, many at once; waits until planning is done, so that one write carries all it can. */
export function nextKeep<T extends KindTypes>(lane: LaneState<T>): Task | undefined {
  if (lane.keeps.size === 0 || lane.keeping || lane.dirty.size > 0) return undefined;
  if (lane.keepsNotBeforeMs > lane.env.nowMs()) return undefined;
  const entries = [...lane.keeps].slice(0, KEEP_ITEMS);
  for (const [ordinal] of entries) lane.keeps.delete(ordinal);
  lane.keeping = true;
  return {
    with: 'own',
    run: async (signal) => {
      const changes: RecordChange[] = entries.map(([ordinal, value]) => ({
        key: lane.table.keys[ordinal] as string,
        value,
      }));
      const kept = await lane.env.records.keep(lane.kind.name, changes, signal);
      lane.keeping = false;
      if (kept.ok) recordAll(lane, entries);
      else keepLater(lane, entries, kept.failure.retryAfterMs);
    },
  };
}

/** When `nextKeep` may have something that it does not have now. */
export function nextKeepAtMs<T extends KindTypes>(lane: LaneState<T>): number {
  return lane.keeps.size === 0 || lane.keeping ? Number.POSITIVE_INFINITY : lane.keepsNotBeforeMs;
}

type Entries<T extends KindTypes> = readonly (readonly [Ordinal, T['recorded'] | undefined])[];

function recordAll<T extends KindTypes>(lane: LaneState<T>, entries: Entries<T>): void {
  lane.keepAttempts = 0;
  for (const [ordinal, value] of entries) {
    lane.table.recorded[ordinal] = value;
    lane.dirty.add(ordinal);
  }
}

function keepLater<T extends KindTypes>(
  lane: LaneState<T>,
  entries: Entries<T>,
  retryAfterMs: number | undefined,
): void {
  const { env } = lane;
  lane.keepAttempts += 1;
  lane.keepsNotBeforeMs =
    env.nowMs() + (retryAfterMs ?? backoffMs(CALL_BACKOFF, lane.keepAttempts, env.random));
  for (const [ordinal] of entries) lane.dirty.add(ordinal);
}
