import type { Declaration, Holder, KindTypes } from '../domain/item.ts';
import { sameValue } from '../domain/same-value.ts';
import { type DeclaredItem, declareItems, declareLess, declareMore } from './declaring.ts';
import type { LaneState, SetState } from './lane-state.ts';
import type { Ordinal } from './table.ts';

/**
 * A resource that wants whatever some sets of the vendor show: every row declares an item as soon as its page is read.
 * What is recorded stays declared although no set shows it any more, since something is still to be done about it; what
 * is neither shown nor recorded is dropped like anything else. Declaring the same again drops what is over, and costs
 * nothing for what is not.
 */
export function adoptSets<T extends KindTypes>(
  lane: LaneState<T>,
  declaration: Declaration<T>,
  sets: readonly string[],
): void {
  const { holder } = declaration;
  const before = lane.holders.get(holder)?.declaration;
  const isSame = sameValue(lane.adopters.get(holder), sets) && sameValue(before, declaration);
  lane.adopters.set(holder, sets);
  if (isSame) declareLess(lane, holder, (ordinal) => isOver(lane, ordinal));
  else declareItems(lane, declaration, adoptedBy(lane, sets));
}

/** It wants nothing any more. What it declared is its caller's to forget. */
export function endAdoption<T extends KindTypes>(lane: LaneState<T>, holder: Holder): void {
  lane.adopters.delete(holder);
}

/** A row of this set was filed as this item. */
export function adoptRow<T extends KindTypes>(
  lane: LaneState<T>,
  set: string | undefined,
  ordinal: Ordinal,
): void {
  for (const [holder, sets] of lane.adopters) {
    const key = lane.table.keys[ordinal];
    if (key === undefined || set === undefined || !sets.includes(set)) continue;
    const subject = lane.kind.subjectOf(key);
    if (subject !== undefined) declareMore(lane, holder, ordinal, subject);
  }
}

/** A set was read whole, or the records were: what the adopters declare may have changed. */
export function adoptAgain<T extends KindTypes>(lane: LaneState<T>): void {
  for (const [holder, sets] of lane.adopters) {
    const declaration = lane.holders.get(holder)?.declaration;
    if (declaration !== undefined) declareItems(lane, declaration, adoptedBy(lane, sets));
  }
}

/** Adopted items that are on their way: more would only wait longer, in memory. ASSUMED: some batches of any store. */
const MOST_ON_THEIR_WAY = 5_000;

/**
 * Whether the next page of a set can wait, because what earlier ones showed is still being stored and written. However
 * much a set shows, no more of it is held than that. What an item waits for is read all the same.
 */
export function isEnoughAdopted<T extends KindTypes>(
  lane: LaneState<T>,
  { waiting }: SetState<T>,
  nowMs: number,
): boolean {
  if (lane.adopters.size === 0) return false;
  const onTheirWay = lane.stores.size + lane.formingIn.size + lane.readyIn.size + lane.keeps.size;
  if (onTheirWay < MOST_ON_THEIR_WAY) return false;
  for (const atMs of waiting.values()) if (atMs <= nowMs) return false;
  return true;
}

function adoptedBy<T extends KindTypes>(
  { table, kind, intended }: LaneState<T>,
  sets: readonly string[],
): readonly DeclaredItem<T>[] {
  const wanted = new Set(sets);
  const items: DeclaredItem<T>[] = [];
  table.keys.forEach((key, ordinal) => {
    if (key === undefined) return;
    const recorded = table.recorded[ordinal] ?? intended.get(ordinal);
    const set = recorded === undefined ? table.seenInSet[ordinal] : kind.setOfRecord(recorded);
    const subject = set !== undefined && wanted.has(set) ? kind.subjectOf(key) : undefined;
    if (subject !== undefined) items.push({ key, subject });
  });
  return items;
}

/** No set shows it any more, no record holds it, and nothing is left to be done about it. */
function isOver<T extends KindTypes>({ table, intended, dirty }: LaneState<T>, ordinal: Ordinal): boolean {
  return (
    table.recorded[ordinal] === undefined &&
    table.inFlight[ordinal] === undefined &&
    table.seenInSet[ordinal] === undefined &&
    table.step[ordinal]?.do === 'settle' &&
    !dirty.has(ordinal) &&
    !intended.has(ordinal)
  );
}
