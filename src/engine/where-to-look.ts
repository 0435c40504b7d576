import type { KindTypes } from '../domain/item.ts';
import { winnerOf } from './items.ts';
import { type LaneState, setState } from './lane-state.ts';
import type { Ordinal } from './table.ts';

/** Puts an item in line to be looked at, no earlier than this. */
export function queueRead<T extends KindTypes>(
  lane: LaneState<T>,
  ordinal: Ordinal,
  notBeforeMs: number,
): void {
  const name = setOfInterest(lane, ordinal);
  if (name === undefined) return;
  const set = setState(lane, name);
  lane.waitingIn.get(ordinal)?.waiting.delete(ordinal);
  set.waiting.set(ordinal, notBeforeMs);
  lane.waitingIn.set(ordinal, set);
}

/** The set that an item is looked for in: of a write whose outcome is unknown, else of its declaration or its record. */
export function setOfInterest<T extends KindTypes>(lane: LaneState<T>, ordinal: Ordinal): string | undefined {
  const inFlight = lane.table.inFlight[ordinal];
  if (inFlight?.is === 'unknown') return lane.kind.setOfPartition(inFlight.partition);
  const winner = winnerOf(lane, ordinal);
  const recorded = lane.table.recorded[ordinal];
  const recordedIn = recorded === undefined ? undefined : lane.kind.setOfRecord(recorded);
  if (winner === undefined) return recordedIn;
  const speaksFirst = recordedIn !== undefined && lane.kind.recordSpeaksFirst === true;
  return speaksFirst && !isRefused(lane, recordedIn) ? recordedIn : lane.kind.setOf(winner.by.desired);
}

/** The vendor knows no such set, or shows it to nobody: waiting for it would be waiting for ever. */
function isRefused<T extends KindTypes>(lane: LaneState<T>, name: string): boolean {
  const kind = lane.sets.get(name)?.lastFailure?.kind;
  return kind === 'notFound' || kind === 'rejected';
}
