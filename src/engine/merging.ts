import type { KindTypes } from '../domain/item.ts';
import type { Step } from '../domain/kind.ts';
import type { LaneState } from './lane-state.ts';
import type { Ordinal } from './table.ts';

/**
 * Items that turn out to be one and the same: two claims name a phone by its two IMEIs, and the vendor's row has both.
 * From then on one of them stands for all, so that it is held, released and written to as one.
 */
export function standingFor<T extends KindTypes>(
  { merged }: LaneState<T>,
  ordinal: Ordinal | undefined,
): Ordinal | undefined {
  return ordinal === undefined ? undefined : (merged.get(ordinal) ?? ordinal);
}

/**
 * Makes the items one, and answers it; undefined while a write is under way for one of them: then it is done the next
 * time the vendor shows that they are the same. What is recorded stands for the others.
 */
export function merge<T extends KindTypes>(
  lane: LaneState<T>,
  ordinals: readonly Ordinal[],
): Ordinal | undefined {
  const { table, merged } = lane;
  if (ordinals.some((ordinal) => table.inFlight[ordinal] !== undefined)) return undefined;
  const first = ordinals.find((ordinal) => table.recorded[ordinal] !== undefined) ?? ordinals[0];
  if (first === undefined) return undefined;
  for (const other of ordinals) {
    if (other === first) continue;
    merged.set(other, first);
    for (const [before, target] of merged) if (target === other) merged.set(before, first);
    moveDeclarations(lane, other, first);
    table.observe(other, { is: 'unknown' });
    table.seenInSet[other] = undefined;
    table.failure[other] = undefined;
    lane.dirty.add(other);
  }
  lane.dirty.add(first);
  return first;
}

/** An item that another one stands for has nothing of its own: its record goes, and nothing else is done to it. */
export function stepOfMerged<T extends KindTypes>(
  { merged, table }: LaneState<T>,
  ordinal: Ordinal,
): Step<T> | undefined {
  if (!merged.has(ordinal)) return undefined;
  const isRecorded = table.recorded[ordinal] !== undefined;
  return isRecorded ? { do: 'keep', record: undefined, reason: 'SameItem' } : { do: 'settle' };
}

function moveDeclarations<T extends KindTypes>(lane: LaneState<T>, from: Ordinal, to: Ordinal): void {
  const { table, holders } = lane;
  const moving = table.declared(from);
  const standing = table.declared(to);
  const kept = standing.map(({ by }) => by.holder);
  table.declare(from, []);
  table.declare(to, [...standing, ...moving.filter(({ by }) => !kept.includes(by.holder))]);
  for (const { by } of moving) {
    const holding = holders.get(by.holder);
    if (holding === undefined) continue;
    const ordinals = holding.ordinals.map((ordinal) => (ordinal === from ? to : ordinal));
    holders.set(by.holder, { ...holding, ordinals });
    lane.changed.add(by.holder);
  }
}
