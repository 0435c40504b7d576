import type { KindTypes } from '../domain/item.ts';
import type { LaneState, SetReading, SetState } from './lane-state.ts';
import { merge } from './merging.ts';
import type { Ordinal } from './table.ts';

/** A row named an item that nobody knows. */
export function noteUnfamiliar<T extends KindTypes>(lane: LaneState<T>, ordinal: Ordinal): void {
  if (lane.kind.recognise !== undefined) lane.unfamiliar.add(ordinal);
}

/**
 * A vendor may list what it took from us under a key that we did not give it: of a phone with two SIMs, the other IMEI.
 * What only our success speaks for, and this read does not show, is looked for among the rows that newly appeared.
 * Says so before anything is absent because of this read.
 */
export function recogniseItems<T extends KindTypes>(
  lane: LaneState<T>,
  set: SetState<T>,
  reading: SetReading<T>,
): void {
  const { kind, table, unfamiliar } = lane;
  if (kind.recognise === undefined || unfamiliar.size === 0) return;
  const appeared = [...unfamiliar].filter((ordinal) => isUnclaimed(lane, ordinal, reading));
  const missed = missedIn(lane, set, reading);
  // Nothing is missing that they could be, nor on its way: they are somebody else's.
  if (missed.length === 0 && !isWrittenTo(lane, set))
    for (const ordinal of appeared) unfamiliar.delete(ordinal);
  const keyOf = (ordinal: Ordinal): string => table.keys[ordinal] as string;
  for (const pair of kind.recognise(missed.map(keyOf), appeared.map(keyOf))) {
    const [item, row] = [table.find(pair.missed), table.find(pair.appeared)];
    if (item !== undefined && row !== undefined) take(lane, item, row, set, reading);
  }
}

/** The vendor may show what a write does before it says that the write is done. */
function isWrittenTo<T extends KindTypes>(
  { kind, operations }: LaneState<T>,
  { name }: SetState<T>,
): boolean {
  for (const { intent } of operations.values()) {
    if (kind.setOfPartition(intent.partition) === name) return true;
  }
  return false;
}

function isUnclaimed<T extends KindTypes>(
  { table }: LaneState<T>,
  ordinal: Ordinal,
  { id }: SetReading<T>,
): boolean {
  const isKnown = table.declared(ordinal).length > 0 || table.recorded[ordinal] !== undefined;
  return table.seenInRead[ordinal] === id && !isKnown;
}

function missedIn<T extends KindTypes>(
  { table }: LaneState<T>,
  { name }: SetState<T>,
  { id }: SetReading<T>,
): readonly Ordinal[] {
  const missed: Ordinal[] = [];
  for (let ordinal = 0; ordinal < table.keys.length; ordinal += 1) {
    if (table.seenInSet[ordinal] !== name || table.seenInRead[ordinal] === id) continue;
    const observed = table.observed(ordinal);
    if (observed.is === 'present' && observed.believed === true) missed.push(ordinal);
  }
  return missed;
}

function take<T extends KindTypes>(
  lane: LaneState<T>,
  item: Ordinal,
  row: Ordinal,
  set: SetState<T>,
  reading: SetReading<T>,
): void {
  const { table } = lane;
  const shown = table.observed(row);
  if (shown.is !== 'present' || merge(lane, [item, row]) !== item) return;
  lane.unfamiliar.delete(row);
  lane.listedAs.set(item, table.keys[row] as string);
  table.observe(item, shown);
  table.seenInSet[item] = set.name;
  table.seenInRead[item] = reading.id;
  table.visibleFromMs[item] = 0;
  lane.doubted.delete(item);
  reading.news = true;
  lane.dirty.add(item);
}
