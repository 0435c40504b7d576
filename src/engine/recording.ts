import type { KindTypes } from '../domain/item.ts';
import { declares } from './items.ts';
import type { LaneState } from './lane-state.ts';
import type { Ordinal } from './table.ts';

/** What an item is recorded as, or is about to be: once what is in flight for it succeeds, or its first record is written. */
export function recordOf<T extends KindTypes>(
  lane: LaneState<T>,
  ordinal: Ordinal,
): T['recorded'] | undefined {
  return lane.table.recorded[ordinal] ?? lane.intended.get(ordinal) ?? firstRecord(lane, ordinal);
}

/**
 * Whether an item left its resource while its first record was still to be written. That is written first, and the item
 * is planned again after it: its resource said that it has the item, so what leaves it is released, or moved.
 */
export function leftBeforeRecorded<T extends KindTypes>(lane: LaneState<T>, ordinal: Ordinal): boolean {
  const record = firstRecord(lane, ordinal);
  if (record === undefined || lane.table.recorded[ordinal] !== undefined) return false;
  const holder = lane.kind.holderOf(record);
  return holder !== undefined && !declares(lane, holder, ordinal);
}

function firstRecord<T extends KindTypes>(lane: LaneState<T>, ordinal: Ordinal): T['recorded'] | undefined {
  return lane.keeps.get(ordinal) ?? lane.recording.get(ordinal);
}
