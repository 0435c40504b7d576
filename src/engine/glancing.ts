import type { KindTypes } from '../domain/item.ts';
import { jitteredMs } from '../domain/schedule.ts';
import { type LaneState, type SetState, setState } from './lane-state.ts';

/** How often a set is looked at that only records of kept items speak of. ASSUMED: they wait for nothing. */
const GLANCE_EVERY_MS = 24 * 3_600_000;

/** The records were read: sets with kept items are glanced at within a day, in no order, however often that happens. */
export function glanceAtAllKept<T extends KindTypes>(lane: LaneState<T>): void {
  for (const name of setsOfKept(lane)) {
    if (lane.sets.has(name)) continue;
    glanceIn(lane, setState(lane, name), Math.round(GLANCE_EVERY_MS * lane.env.random()));
  }
}

/** Nobody wants a set any more. If something was kept in it, a glance a day tells whether it is still there. */
export function glanceAtKept<T extends KindTypes>(lane: LaneState<T>, name: string): void {
  if (setsOfKept(lane).has(name)) glanceTomorrow(lane, setState(lane, name));
}

/** A glance that failed is not worth more than one attempt a day. */
export function glanceTomorrow<T extends KindTypes>(lane: LaneState<T>, set: SetState<T>): void {
  glanceIn(lane, set, jitteredMs(GLANCE_EVERY_MS, lane.env.random));
}

/** Somebody asks for a set: from now on it is read like any other, and never later than that. */
export function noGlance<T extends KindTypes>(set: SetState<T>): void {
  if (set.glance) set.dueAtMs = undefined;
  set.glance = false;
}

function glanceIn<T extends KindTypes>(lane: LaneState<T>, set: SetState<T>, inMs: number): void {
  set.glance = true;
  set.dueAtMs = lane.env.nowMs() + inMs;
}

/** Where items stand that a resource let go of for good and kept at the vendor. */
function setsOfKept<T extends KindTypes>({ table, kind }: LaneState<T>): ReadonlySet<string> {
  const names = new Set<string>();
  for (const recorded of table.recorded) {
    if (recorded !== undefined && kind.holderOf(recorded) === undefined)
      names.add(kind.setOfRecord(recorded));
  }
  return names;
}
