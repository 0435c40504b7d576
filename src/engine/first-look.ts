import type { KindTypes } from '../domain/item.ts';
import type { FirstLook } from './first-contact.ts';
import type { LaneState, SetState } from './lane-state.ts';
import type { Ordinal } from './table.ts';
import { concernsAccount } from './trouble.ts';
import { setOfInterest } from './where-to-look.ts';

/** Nobody declared more for this long: as long as a batch waits for company, so it delays no write. */
const QUIET_MS = 2_000;
/** A resource that cannot say what it wants holds the first look up no longer than this (api.md, section 3). */
const LONGEST_WAIT_MS = 120_000;

/**
 * How far a lane's first look is; undefined when its kind knows no first contact, or nothing was declared in it yet.
 * What cannot be read (a set that is refused, one device that fails) does not hold up the rest.
 */
export function firstLook<T extends KindTypes>(lane: LaneState<T>): FirstLook | undefined {
  if (!lane.kind.meetsContact || lane.declaredAtMs === undefined) return undefined;
  // Nothing was recorded when the look began and nothing is written meanwhile: what is recorded by now stood there.
  return { done: hasLooked(lane, lane.declaredAtMs), found: lane.table.recordedItems > 0 };
}

/** The looks of all lanes of a scope as one. As long as nothing is declared, nothing has been looked for. */
export function togetherOf(looks: readonly (FirstLook | undefined)[]): FirstLook {
  const used = looks.filter((look) => look !== undefined);
  return { done: used.length > 0 && used.every(({ done }) => done), found: used.some(({ found }) => found) };
}

function hasLooked<T extends KindTypes>(lane: LaneState<T>, declaredAtMs: number): boolean {
  const quietMs = lane.env.nowMs() - declaredAtMs;
  if (quietMs < QUIET_MS || lane.dirty.size > 0 || lane.keeps.size > 0 || lane.keeping.busy) return false;
  if (lane.undeclared.size > 0 && quietMs < LONGEST_WAIT_MS) return false;
  if ([...lane.sets.values()].some((set) => set.dueAtMs !== undefined && !set.glance && !wasRead(set)))
    return false;
  return lane.table.step.every((step, ordinal) => step.do !== 'observe' || isUnreadable(lane, ordinal));
}

function isUnreadable<T extends KindTypes>(lane: LaneState<T>, ordinal: Ordinal): boolean {
  const set = lane.sets.get(setOfInterest(lane, ordinal) ?? '');
  return lane.unread.has(ordinal) || (set?.lastFailure !== undefined && !concernsAccount(set.lastFailure));
}

function wasRead<T extends KindTypes>({ lastCompleteAtWallMs, lastFailure }: SetState<T>): boolean {
  return lastCompleteAtWallMs !== undefined || (lastFailure !== undefined && !concernsAccount(lastFailure));
}
