import type { Declaration, Declared, Holder, ItemKey, KindTypes } from '../domain/item.ts';
import { sameValue } from '../domain/same-value.ts';
import type { LaneState } from './lane-state.ts';
import { standingFor } from './merging.ts';
import { noteDeparture } from './planning.ts';
import { forgetRefusal } from './refusals.ts';
import { type Ordinal, UNKNOWN } from './table.ts';
import { setOfInterest } from './where-to-look.ts';

/** One item of a resource, by the key it is known by. Keys within one resource are unique. */
export interface DeclaredItem<T extends KindTypes> {
  readonly key: ItemKey;
  readonly subject: T['subject'];
}

/**
 * Replaces what one resource declares. Only items that came, left or changed become dirty, so the cost of an
 * edit follows the edit; and declaring the same again is no news to anybody, or it would ask for itself for ever.
 */
export function declareItems<T extends KindTypes>(
  lane: LaneState<T>,
  wanted: Declaration<T>,
  items: Iterable<DeclaredItem<T>>,
): void {
  lane.leaving.delete(wanted.holder);
  lane.undeclared.delete(wanted.holder);
  const before = lane.holders.get(wanted.holder);
  const declaration =
    before !== undefined && sameValue(before.declaration, wanted) ? before.declaration : wanted;
  const gone = new Set(before?.ordinals);
  const ordinals: Ordinal[] = [];
  for (const { key, subject } of items) {
    const ordinal = ordinalOf(lane, key, subject);
    gone.delete(ordinal);
    ordinals.push(ordinal);
    enter(lane, ordinal, { by: declaration, subject });
  }
  for (const ordinal of gone) leave(lane, ordinal, wanted.holder);
  lane.holders.set(wanted.holder, { declaration, ordinals });
  // Whether it lets go of what it no longer declares may have changed.
  if (declaration !== before?.declaration) replanDeparting(lane, wanted.holder);
  // What came or changed tells its resource when it is planned. Declaring the same again is no news: the resource
  // that is told looks again, declares again, and would be told again, for ever.
  if (declaration !== before?.declaration || gone.size > 0) lane.changed.add(wanted.holder);
}

/** Adds one item to what a resource declares; nothing where it declares it already, or nothing at all. */
export function declareMore<T extends KindTypes>(
  lane: LaneState<T>,
  holder: Holder,
  ordinal: Ordinal,
  subject: T['subject'],
): void {
  const holding = lane.holders.get(holder);
  if (holding === undefined || lane.table.declares(holder, ordinal)) return;
  holding.ordinals.push(ordinal);
  enter(lane, ordinal, { by: holding.declaration, subject });
  lane.changed.add(holder);
}

/** Takes some items out of what a resource declares. */
export function declareLess<T extends KindTypes>(
  lane: LaneState<T>,
  holder: Holder,
  isOut: (ordinal: Ordinal) => boolean,
): void {
  const holding = lane.holders.get(holder);
  if (holding === undefined || !holding.ordinals.some(isOut)) return;
  const { true: out = [], false: ordinals = [] } = Object.groupBy(holding.ordinals, (ordinal) =>
    isOut(ordinal) ? 'true' : 'false',
  );
  lane.holders.set(holder, { ...holding, ordinals });
  for (const ordinal of out) leave(lane, ordinal, holder);
}

/** Found under any of its keys, it is one item: what else is declared of it by now makes it no other. */
function ordinalOf<T extends KindTypes>(lane: LaneState<T>, key: ItemKey, subject: T['subject']): Ordinal {
  const { table, kind } = lane;
  const others = kind.keysOfSubject?.(subject) ?? [];
  let found = table.find(key);
  for (const other of others) found ??= table.find(other);
  const ordinal = standingFor(lane, found) ?? table.ordinalOf(key);
  table.alias(key, ordinal);
  for (const other of others) table.alias(other, ordinal);
  return ordinal;
}

/** Starts nothing new for a resource, and keeps everything that was declared. */
export function suspendHolder<T extends KindTypes>(lane: LaneState<T>, holder: Holder): void {
  const holding = lane.holders.get(holder);
  if (holding === undefined) return noteUndeclared(lane, holder);
  if (holding.declaration.suspended) return;
  const declaration = { ...holding.declaration, suspended: true };
  for (const ordinal of holding.ordinals) {
    const own = lane.table.declared(ordinal).find(({ by }) => by.holder === holder);
    if (own !== undefined) enter(lane, ordinal, { by: declaration, subject: own.subject });
  }
  lane.holders.set(holder, { declaration, ordinals: holding.ordinals });
  replanDeparting(lane, holder);
}

/** It is there: what is recorded for it is not up for grabs until it has said what it wants. */
function noteUndeclared<T extends KindTypes>(lane: LaneState<T>, holder: Holder): void {
  if (lane.leaving.has(holder) || lane.undeclared.has(holder)) return;
  lane.undeclared.add(holder);
  replanDeparting(lane, holder);
}

/**
 * The resource declares somewhere else now, so whatever it declared here it wants no more: one of the same name that
 * was deleted and applied anew may never have been seen missing. Answers whether it was known here.
 */
export function dismissHolder<T extends KindTypes>(lane: LaneState<T>, holder: Holder): boolean {
  if (!isKnown(lane, holder)) return false;
  forgetHolder(lane, holder);
  return true;
}

function isKnown<T extends KindTypes>(
  { leaving, undeclared, holders }: LaneState<T>,
  holder: Holder,
): boolean {
  return leaving.has(holder) || undeclared.has(holder) || holders.has(holder);
}

function replanDeparting<T extends KindTypes>(lane: LaneState<T>, holder: Holder): void {
  for (const ordinal of lane.departing.get(holder) ?? []) lane.dirty.add(ordinal);
}

/** The resource is being deleted: it declares nothing any more, and lets go of all that is recorded for it. */
export function letGoOfAll<T extends KindTypes>(lane: LaneState<T>, holder: Holder): void {
  if (lane.leaving.has(holder)) return;
  lane.undeclared.delete(holder);
  const ordinals = lane.holders.get(holder)?.ordinals ?? [];
  lane.leaving.add(holder);
  lane.holders.delete(holder);
  for (const ordinal of ordinals) leave(lane, ordinal, holder);
  replanDeparting(lane, holder);
}

/** The resource is gone: its items are no longer declared by it. */
export function forgetHolder<T extends KindTypes>(lane: LaneState<T>, holder: Holder): void {
  const wasThere = isKnown(lane, holder);
  lane.leaving.delete(holder);
  lane.undeclared.delete(holder);
  lane.reported.delete(holder);
  for (const ordinal of lane.holders.get(holder)?.ordinals ?? []) leave(lane, ordinal, holder);
  lane.holders.delete(holder);
  // Nothing is released for it any more, and the guard must not count what was to be. Only once: what is planned tells
  // the resource, which is looked at, found gone and forgotten again.
  if (wasThere) replanDeparting(lane, holder);
  lane.changed.delete(holder);
}

function enter<T extends KindTypes>(lane: LaneState<T>, ordinal: Ordinal, declared: Declared<T>): void {
  const all = lane.table.declared(ordinal);
  const own = all.find(({ by }) => by.holder === declared.by.holder);
  const unchanged = own !== undefined && own.by === declared.by && sameValue(own.subject, declared.subject);
  if (unchanged) return;
  lane.table.lastSubject.delete(ordinal);
  change(lane, ordinal, [...all.filter((one) => one !== own), declared]);
}

function leave<T extends KindTypes>(lane: LaneState<T>, ordinal: Ordinal, holder: Holder): void {
  const all = lane.table.declared(ordinal);
  const own = all.find(({ by }) => by.holder === holder);
  if (own !== undefined) lane.table.lastSubject.set(ordinal, own.subject);
  change(
    lane,
    ordinal,
    all.filter(({ by }) => by.holder !== holder),
  );
}

/**
 * A changed declaration is a new question: an old refusal does not answer it, and neither does having been
 * absent from where it was looked for before.
 */
function change<T extends KindTypes>(
  lane: LaneState<T>,
  ordinal: Ordinal,
  declared: readonly Declared<T>[],
): void {
  const { table } = lane;
  const lookedForIn = setOfInterest(lane, ordinal);
  const isLet = declared.length === 0 && table.declared(ordinal).length > 0;
  if (isLet) forgetRefusal(lane, ordinal);
  if (isLet) lane.lost.delete(ordinal);
  table.declare(ordinal, declared);
  table.failure[ordinal] = undefined;
  table.destructiveSinceMs[ordinal] = 0;
  if (table.observed(ordinal).is === 'absent' && setOfInterest(lane, ordinal) !== lookedForIn) {
    table.observe(ordinal, UNKNOWN);
  }
  noteDeparture(lane, ordinal);
  lane.dirty.add(ordinal);
}
