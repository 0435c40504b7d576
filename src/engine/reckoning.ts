import type { KindTypes } from '../domain/item.ts';
import type { LaneState, SetState } from './lane-state.ts';
import { isAskedByItem } from './looking.ts';

/** Requests that one complete look at everything of this lane takes. */
export function callsPerLook<T extends KindTypes>(lane: LaneState<T>): number {
  let calls = lane.nextLooks.size + lane.routineReads.size;
  const byItem = isAskedByItem(lane);
  // What still waits for its first look will be looked at like the others.
  if (byItem) calls += lane.itemReads.size;
  for (const set of lane.sets.values()) {
    if (byItem) calls += set.waiting.size;
    else if (set.dueAtMs !== undefined && !set.glance) calls += pagesOf(lane, set);
  }
  return calls;
}

/**
 * Requests that are still to be made for what is under way and what may start: reads that somebody waits for, batches,
 * and one question after each operation. A guess from what is known; what is held up counts nothing.
 */
export function pendingCalls<T extends KindTypes>(lane: LaneState<T>): number {
  const nowMs = lane.env.nowMs();
  let calls = lane.itemReads.size + lane.ready.length;
  for (const { verb, ordinals } of lane.forming.values()) {
    calls += Math.ceil(ordinals.size / (lane.env.ports()?.writer?.verbs[verb]?.maxItemsPerCall ?? 1));
  }
  for (const { phase } of lane.operations.values()) calls += Number(phase.is !== 'ended');
  for (const set of lane.sets.values()) calls += callsOfSet(lane, set, nowMs);
  return calls;
}

/** Pages of a set as large as it was last seen; one while nobody has seen it. */
export function pagesOf<T extends KindTypes>(lane: LaneState<T>, { lastTotal = 0 }: SetState<T>): number {
  const pageSize = lane.env.ports()?.sets?.pageSize;
  return pageSize === undefined ? 0 : Math.max(1, Math.ceil(lastTotal / pageSize));
}

function callsOfSet<T extends KindTypes>(lane: LaneState<T>, set: SetState<T>, nowMs: number): number {
  const pageSize = lane.env.ports()?.sets?.pageSize ?? 1;
  if (set.reading !== undefined) {
    const { total = set.lastTotal ?? 0, rowKeys } = set.reading;
    return Math.max(1, Math.ceil((total - rowKeys.size) / pageSize));
  }
  let due = 0;
  for (const atMs of set.waiting.values()) due += Number(atMs <= nowMs);
  const pages = pagesOf(lane, set);
  if (set.dueAtMs !== undefined && set.dueAtMs <= nowMs) return pages;
  return Math.min(due, pages);
}
