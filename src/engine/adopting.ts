import type { Declaration, Holder, KindTypes } from '../domain/item.ts';
import { type DeclaredItem, declareItems } from './declaring.ts';
import type { LaneState } from './lane-state.ts';

/**
 * A resource that wants whatever some sets of the vendor show: every row declares an item. It is told anew what it
 * declares after each complete read. What is recorded stays declared although no set shows it any more, since
 * something is still to be done about it; what is neither shown nor recorded is dropped like anything else.
 */
export function adoptSets<T extends KindTypes>(
  lane: LaneState<T>,
  declaration: Declaration<T>,
  sets: readonly string[],
): void {
  lane.adopters.set(declaration.holder, sets);
  declareItems(lane, declaration, adoptedBy(lane, sets));
}

/** It wants nothing any more. What it declared is its caller's to forget. */
export function endAdoption<T extends KindTypes>(lane: LaneState<T>, holder: Holder): void {
  lane.adopters.delete(holder);
}

/** A set was read whole, or the records were: what the adopters declare may have changed. */
export function adoptAgain<T extends KindTypes>(lane: LaneState<T>): void {
  for (const [holder, sets] of lane.adopters) {
    const declaration = lane.holders.get(holder)?.declaration;
    if (declaration !== undefined) declareItems(lane, declaration, adoptedBy(lane, sets));
  }
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
