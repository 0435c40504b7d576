import type { Holder, KindTypes } from '../domain/item.ts';
import type { LaneState } from './lane-state.ts';
import type { Ordinal } from './table.ts';

/**
 * Takes in of how many items a resource was once told that they are recorded, by what its status says of the very lists
 * it declares now. Where records are all that is known of an item, fewer of them than that were lost, and which of the
 * items without a record had one cannot be told: none of them is asked for again, until a person says so.
 *
 * `isNew`: it declares for the first time. Later its status follows the records of this process.
 */
export function noteReported<T extends KindTypes>(
  lane: LaneState<T>,
  holder: Holder,
  recorded: number,
  isNew: boolean,
): void {
  if (!lane.restored) lane.reported.set(holder, recorded);
  else if (isNew) findLost(lane, holder, recorded);
}

/** The records were read: those who declared before they were can be compared with them now. */
export function findAllLost<T extends KindTypes>(lane: LaneState<T>): void {
  lane.restored = true;
  for (const [holder, recorded] of lane.reported) findLost(lane, holder, recorded);
  lane.reported.clear();
}

/** A person wants the items of a resource asked for again, though they may have been recorded once. */
export function goOnWithout<T extends KindTypes>(lane: LaneState<T>, holder: Holder): void {
  lane.reported.delete(holder);
  for (const ordinal of lane.holders.get(holder)?.ordinals ?? []) {
    if (lane.lost.delete(ordinal)) lane.dirty.add(ordinal);
  }
}

/** An item that is refused, or that something is under way for, accounts for its missing record. */
function findLost<T extends KindTypes>(lane: LaneState<T>, holder: Holder, reported: number): void {
  const { table, refusals, lost, dirty } = lane;
  const unaccounted: Ordinal[] = [];
  let recorded = 0;
  for (const ordinal of lane.holders.get(holder)?.ordinals ?? []) {
    if (table.recorded[ordinal] !== undefined) recorded += 1;
    else if (!refusals.has(ordinal) && table.inFlight[ordinal] === undefined) unaccounted.push(ordinal);
  }
  if (recorded >= reported) return;
  for (const ordinal of unaccounted) {
    lost.add(ordinal);
    dirty.add(ordinal);
  }
}
