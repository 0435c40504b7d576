import type { KindTypes } from '../domain/item.ts';
import { type LaneState, type SetState, setState } from './lane-state.ts';
import type { Ordinal } from './table.ts';
import { queueRead, setOfInterest } from './where-to-look.ts';

/**
 * A look that came too soon after a write showed something else than the write achieved. Which of the two is right, the
 * first look that is late enough tells; the next one that is due may be an hour off.
 */
export function askAgain<T extends KindTypes>(lane: LaneState<T>, ordinal: Ordinal): void {
  askAt(lane, ordinal, lane.table.visibleFromMs[ordinal] ?? 0);
}

/** What a look is still owed to tell keeps its place in line, whatever is planned meanwhile. */
export function keepAsking<T extends KindTypes>(lane: LaneState<T>, ordinal: Ordinal): void {
  const atMs = lane.doubted.get(ordinal);
  if (atMs !== undefined) askAt(lane, ordinal, atMs);
}

/** The look that an item waits for failed, and is tried again then. */
export function askLater<T extends KindTypes>(lane: LaneState<T>, ordinal: Ordinal, atMs: number): void {
  if (lane.doubted.has(ordinal)) lane.doubted.set(ordinal, atMs);
  queueRead(lane, ordinal, atMs);
}

/** A look at the item alone, sent then, told what it could. */
export function endDoubt<T extends KindTypes>(lane: LaneState<T>, ordinal: Ordinal, sentAtMs: number): void {
  if ((lane.doubted.get(ordinal) ?? Number.POSITIVE_INFINITY) <= sentAtMs) lane.doubted.delete(ordinal);
}

/**
 * The same of a look at a whole set. Answers when the next one is late enough for what it came too soon for; never, where
 * each item is asked for by itself.
 */
export function endDoubts<T extends KindTypes>(
  lane: LaneState<T>,
  set: SetState<T>,
  startedAtMs: number,
): number {
  let earliest = Number.POSITIVE_INFINITY;
  for (const [ordinal, atMs] of lane.doubted) {
    if (setOfInterest(lane, ordinal) !== set.name) continue;
    if (atMs <= startedAtMs) lane.doubted.delete(ordinal);
    else if (!canAskAlone(lane)) earliest = Math.min(earliest, atMs);
  }
  return Math.max(earliest, set.restUntilMs);
}

/** Where only its whole set shows an item, that is read as one that is only due: nothing waits for it. */
function askAt<T extends KindTypes>(lane: LaneState<T>, ordinal: Ordinal, atMs: number): void {
  lane.doubted.set(ordinal, atMs);
  if (canAskAlone(lane)) return queueRead(lane, ordinal, atMs);
  const name = setOfInterest(lane, ordinal);
  if (name === undefined) return;
  const set = setState(lane, name);
  set.dueAtMs = Math.min(set.dueAtMs ?? Number.POSITIVE_INFINITY, Math.max(atMs, set.restUntilMs));
}

function canAskAlone<T extends KindTypes>(lane: LaneState<T>): boolean {
  return lane.env.ports()?.items !== undefined;
}
