import type { Declared, FormerHolder, Holder, Item, KindTypes, Verb } from '../domain/item.ts';
import type { Target } from '../domain/kind.ts';
import type { LaneState } from './lane-state.ts';
import type { Ordinal } from './table.ts';

/** The declaration that counts. */
export function winnerOf<T extends KindTypes>(lane: LaneState<T>, ordinal: Ordinal): Declared<T> | undefined {
  const declared = lane.table.declared(ordinal);
  // Nearly every item has one declaration, and then there is nothing to resolve.
  if (declared.length < 2) return declared[0];
  return lane.kind.resolve(lane.table.item(ordinal, lane.env.wallMs())).winner;
}

/** Whether a resource declares an item. */
export function declares<T extends KindTypes>(lane: LaneState<T>, holder: Holder, ordinal: Ordinal): boolean {
  return lane.table.declares(holder, ordinal);
}

/** One item as the planner sees it. */
export function itemOf<T extends KindTypes>(lane: LaneState<T>, ordinal: Ordinal): Item<T> {
  const seen = lane.table.item(ordinal, lane.env.wallMs());
  const listedAs = lane.listedAs.get(ordinal);
  const timed = lane.kind.agesLooks === true ? { ...seen, monotonicMs: lane.env.nowMs() } : seen;
  const known = listedAs === undefined ? timed : { ...timed, listedAs };
  const item = lane.lost.has(ordinal) ? ({ ...known, recordLost: true } as const) : known;
  if (item.recorded === undefined) return item;
  const holder = lane.kind.holderOf(item.recorded);
  if (holder === undefined) return { ...item, formerHolder: 'gone' };
  if (declares(lane, holder, ordinal)) return item;
  return { ...item, formerHolder: formerHolder(lane, holder) };
}

function formerHolder<T extends KindTypes>(lane: LaneState<T>, holder: Holder): FormerHolder {
  if (lane.leaving.has(holder)) return 'letGo';
  const declaration = lane.holders.get(holder)?.declaration;
  if (declaration === undefined) return lane.undeclared.has(holder) ? 'holds' : 'gone';
  return declaration.whole && !declaration.suspended ? 'letGo' : 'holds';
}

/** Whether a write of this verb is still wanted for the item, and what it rests on still holds. */
export function mayGo<T extends KindTypes>(lane: LaneState<T>, ordinal: Ordinal, verb: Verb): boolean {
  const item = itemOf(lane, ordinal);
  return lane.kind.target(item, verb) !== undefined && (lane.kind.mayGo?.(item, verb) ?? true);
}

/** What a write of this verb would be about. */
export function targetOf<T extends KindTypes>(
  lane: LaneState<T>,
  ordinal: Ordinal,
  verb: Verb,
): Target<T> | undefined {
  return lane.kind.target(itemOf(lane, ordinal), verb);
}
