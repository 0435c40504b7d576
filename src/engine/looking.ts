import type { KindTypes } from '../domain/item.ts';
import { jitteredMs } from '../domain/schedule.ts';
import type { LaneState } from './lane-state.ts';
import type { Ordinal } from './table.ts';

/** Whether the vendor shows items of this kind only when it is asked for each. */
export function isAskedByItem<T extends KindTypes>(lane: LaneState<T>): boolean {
  const ports = lane.env.ports();
  return ports?.sets === undefined && ports?.items !== undefined;
}

/**
 * Where no list shows drift, a declared item is asked for again after every resync interval. The first time it comes
 * anywhere within a second interval: items that were asked for as fast as the quota lets them, after a start or an edit
 * of many, spread over it from then on. One that is put off already stays where it is.
 */
export function lookLater<T extends KindTypes>(lane: LaneState<T>, ordinal: Ordinal): void {
  const isDeclared = lane.table.declared(ordinal).length > 0;
  if (!isDeclared || !isAskedByItem(lane) || lane.nextLooks.has(ordinal)) return;
  lookIn(lane, ordinal, Math.round(lane.env.settings().resyncIntervalMs * (1 + lane.env.random())));
}

/**
 * A look that was only due was taken, so long after the one before: the next one comes an interval later, and so keeps
 * its place among the others. Where the interval has grown since, as more items came, a place in it is found anew.
 */
export function lookInTurn<T extends KindTypes>(lane: LaneState<T>, ordinal: Ordinal, afterMs: number): void {
  const { resyncIntervalMs } = lane.env.settings();
  if (lane.table.declared(ordinal).length === 0 || afterMs < resyncIntervalMs) return;
  lookIn(lane, ordinal, jitteredMs(resyncIntervalMs, lane.env.random));
}

/** Puts the next look at an item off, or nearer. */
export function lookIn<T extends KindTypes>(lane: LaneState<T>, ordinal: Ordinal, inMs: number): void {
  const atMs = lane.env.nowMs() + inMs;
  lane.nextLooks.set(ordinal, atMs);
  lane.wakes.add(atMs, { ordinal, look: true });
}

/** The time set for the next look at an item has come, unless that was put off or nobody declares it any more. */
export function lookNow<T extends KindTypes>(lane: LaneState<T>, ordinal: Ordinal): void {
  const atMs = lane.nextLooks.get(ordinal);
  if (atMs === undefined || atMs > lane.env.nowMs()) return;
  lane.nextLooks.delete(ordinal);
  if (lane.table.declared(ordinal).length > 0) lane.routineReads.add(ordinal);
}

/** Every item of a resource is asked for now, ahead of looks that are only due. */
export function lookAtAll<T extends KindTypes>(lane: LaneState<T>, ordinals: readonly Ordinal[]): void {
  for (const ordinal of ordinals) {
    lane.nextLooks.delete(ordinal);
    lane.routineReads.delete(ordinal);
    lane.itemReads.add(ordinal);
  }
}

/** A shorter resync interval holds from now on, not only after the next look. */
export function hastenLooks<T extends KindTypes>(lane: LaneState<T>): void {
  const intervalMs = lane.env.settings().resyncIntervalMs;
  const latestMs = lane.env.nowMs() + intervalMs * 2;
  for (const [ordinal, atMs] of new Map(lane.nextLooks)) {
    if (atMs > latestMs) lookIn(lane, ordinal, Math.round(intervalMs * (1 + lane.env.random())));
  }
}
