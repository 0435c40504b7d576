import type { KindTypes } from '../domain/item.ts';
import { endDoubts } from './doubting.ts';
import { glanceAtKept } from './glancing.ts';
import type { LaneState, SetState } from './lane-state.ts';
import { type Ordinal, UNKNOWN } from './table.ts';

/**
 * Drops an item that nothing declares, records or shows any more, and that nothing is under way for: memory follows what
 * there is and not what there ever was. Whatever speaks of it later makes it anew.
 */
export function dropForgotten<T extends KindTypes>(lane: LaneState<T>, ordinal: Ordinal): void {
  if (lane.merged.has(ordinal) || isSpokenOf(lane, ordinal)) return;
  const others = mergedInto(lane, ordinal);
  if (others.some((other) => isSpokenOf(lane, other))) return;
  for (const one of [ordinal, ...others]) {
    lane.merged.delete(one);
    lane.missedSinceMs.delete(one);
    lane.nextLooks.delete(one);
    lane.routineReads.delete(one);
    lane.doubted.delete(one);
    lane.unread.delete(one);
    lane.table.drop(one);
  }
}

/** Those that an item stands for; they go with it. */
function mergedInto<T extends KindTypes>({ merged }: LaneState<T>, ordinal: Ordinal): readonly Ordinal[] {
  return [...merged].filter(([, first]) => first === ordinal).map(([other]) => other);
}

function isSpokenOf<T extends KindTypes>(lane: LaneState<T>, ordinal: Ordinal): boolean {
  return isKnown(lane, ordinal) || isUnderWay(lane, ordinal);
}

function isKnown<T extends KindTypes>({ table, refusals }: LaneState<T>, ordinal: Ordinal): boolean {
  return (
    table.recorded[ordinal] !== undefined ||
    table.observed(ordinal).is === 'present' ||
    table.declared(ordinal).length > 0 ||
    refusals.has(ordinal)
  );
}

function isUnderWay<T extends KindTypes>(lane: LaneState<T>, ordinal: Ordinal): boolean {
  return (
    lane.table.inFlight[ordinal] !== undefined ||
    lane.intended.has(ordinal) ||
    lane.lingering.has(ordinal) ||
    lane.readyIn.has(ordinal) ||
    lane.outlived.has(ordinal) ||
    lane.departingFrom.has(ordinal)
  );
}

/**
 * Whether a set is worth reading: a resource asks for it, an item waits for it, or it shows an item that somebody declares
 * or a record holds.
 */
export function isWanted<T extends KindTypes>(lane: LaneState<T>, { name, waiting }: SetState<T>): boolean {
  if (waiting.size > 0 || (lane.wanted.get(name)?.size ?? 0) > 0) return true;
  for (const sets of lane.adopters.values()) if (sets.includes(name)) return true;
  for (const { declaration } of lane.holders.values()) {
    if (lane.kind.setOf(declaration.desired) === name) return true;
  }
  return lane.table.seenInSet.some((set, ordinal) => set === name && isOurs(lane, ordinal));
}

function isOurs<T extends KindTypes>({ table, kind }: LaneState<T>, ordinal: Ordinal): boolean {
  const recorded = table.recorded[ordinal];
  return (
    (recorded !== undefined && kind.holderOf(recorded) !== undefined) ||
    table.inFlight[ordinal] !== undefined ||
    table.declared(ordinal).length > 0
  );
}

/** Nobody wants a set any more: what it showed is not looked at again, so nothing is known of that. */
export function letGoOfSet<T extends KindTypes>(lane: LaneState<T>, name: string): void {
  const { table } = lane;
  const set = lane.sets.get(name);
  if (set !== undefined) endDoubts(lane, set, Number.POSITIVE_INFINITY);
  lane.sets.delete(name);
  lane.wanted.delete(name);
  table.seenInSet.forEach((set, ordinal) => {
    if (set !== name) return;
    table.seenInSet[ordinal] = undefined;
    table.observe(ordinal, UNKNOWN);
    lane.dirty.add(ordinal);
  });
  glanceAtKept(lane, name);
}
