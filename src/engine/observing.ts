import type { ItemKey, KindTypes, Observation } from '../domain/item.ts';
import { sameValue } from '../domain/same-value.ts';
import { jitteredMs } from '../domain/schedule.ts';
import { adoptRow } from './adopting.ts';
import { askAgain, endDoubt } from './doubting.ts';
import { noGlance } from './glancing.ts';
import { winnerOf } from './items.ts';
import { type LaneState, type SetReading, type SetState, setState } from './lane-state.ts';
import { merge, standingFor } from './merging.ts';
import { noteUnfamiliar, recogniseItems } from './recognising.ts';
import { type Ordinal, UNKNOWN } from './table.ts';
import { setOfInterest } from './where-to-look.ts';

/** What a read established: never `unknown`. */
type Seen<T extends KindTypes> = Exclude<Observation<T>, { is: 'unknown' }>;

/** Takes the rows of one page in. A row that nothing declares is filed too: it is unmanaged, and counted. */
export function foldRows<T extends KindTypes>(
  lane: LaneState<T>,
  rows: readonly T['row'][],
  reading: SetReading<T>,
  sentAtMs: number,
): void {
  for (const row of rows) {
    const keys = lane.kind.keysOf(row);
    const [own] = keys;
    // The same row may come twice while the vendor's data changes under the pages.
    if (own === undefined || reading.rowKeys.has(own)) continue;
    reading.rowKeys.add(own);
    for (const ordinal of file(lane, keys)) foldRow(lane, ordinal, row, reading, sentAtMs);
  }
}

function foldRow<T extends KindTypes>(
  lane: LaneState<T>,
  ordinal: Ordinal,
  row: T['row'],
  reading: SetReading<T>,
  sentAtMs: number,
): void {
  const { kind, table } = lane;
  table.seenInRead[ordinal] = reading.id;
  if (kind.fileUnder === 'every') {
    const key = table.keys[ordinal] as ItemKey;
    reading.gathered.set(key, kind.observe(reading.gathered.get(key), row));
    return;
  }
  const fact = kind.observe(undefined, row);
  const set = kind.setOfRow(row);
  const before = table.observed(ordinal);
  if (observe(lane, ordinal, { is: 'present', fact, atMs: sentAtMs }, set)) {
    table.seenInSet[ordinal] = set;
    adoptRow(lane, set, ordinal);
    reading.news ||= isOurs(lane, ordinal) && !isSameFact(before, table.observed(ordinal));
  }
  // A device to be released is named as the vendor names it.
  if (lane.departingFrom.has(ordinal)) table.lastSubject.set(ordinal, kind.subjectOfRow(row));
}

function isOurs<T extends KindTypes>({ table }: LaneState<T>, ordinal: Ordinal): boolean {
  return table.declared(ordinal).length > 0;
}

/** A fact that stands is one and the same object. */
function isSameFact<T extends KindTypes>(before: Observation<T>, now: Observation<T>): boolean {
  return before.is === 'present' && now.is === 'present' && before.fact === now.fact;
}

/** The items that a row with these keys speaks of. */
function file<T extends KindTypes>(lane: LaneState<T>, keys: readonly ItemKey[]): readonly Ordinal[] {
  const { table, kind } = lane;
  if (kind.fileUnder === 'every') return keys.map((key) => table.ordinalOf(key));
  const same = knownBy(
    lane,
    keys.filter((key) => kind.isOwnKey?.(key) === true),
  );
  if (same.length > 1) merge(lane, same);
  const known = knownBy(lane, keys);
  const [first] = keys;
  if (known.length === 0 && first !== undefined) {
    const added = table.ordinalOf(first);
    noteUnfamiliar(lane, added);
    known.push(added);
  }
  const [ordinal] = known;
  if (ordinal !== undefined) for (const key of keys) table.alias(key, ordinal);
  return known;
}

function knownBy<T extends KindTypes>(lane: LaneState<T>, keys: readonly ItemKey[]): Ordinal[] {
  const found = keys.map((key) => standingFor(lane, lane.table.find(key)));
  return [...new Set(found.filter((ordinal) => ordinal !== undefined))];
}

/**
 * Every page of a read arrived. What only all rows together can say is said now; what the set did not show is
 * absent from it, as of the moment the read began.
 */
export function concludeReading<T extends KindTypes>(
  lane: LaneState<T>,
  set: SetState<T>,
  reading: SetReading<T>,
): void {
  const { table } = lane;
  const atMs = reading.startedAtMs;
  for (const [key, fact] of reading.gathered) {
    const ordinal = table.ordinalOf(key);
    table.seenInRead[ordinal] = reading.id;
    if (observe(lane, ordinal, { is: 'present', fact, atMs })) table.seenInSet[ordinal] = set.name;
  }
  recogniseItems(lane, set, reading);
  const absent: Observation<T> = { is: 'absent', atMs };
  for (let ordinal = 0; ordinal < table.keys.length; ordinal += 1) {
    if (table.seenInRead[ordinal] !== reading.id && speaksFor(lane, ordinal) === set.name) {
      missing(lane, ordinal, set.name, absent);
    }
  }
}

/** The set that speaks for an item: of a write whose outcome is unknown, else where it was last seen or is wanted. */
function speaksFor<T extends KindTypes>(lane: LaneState<T>, ordinal: Ordinal): string | undefined {
  const { table } = lane;
  if (table.inFlight[ordinal]?.is === 'unknown') return setOfInterest(lane, ordinal);
  return table.seenInSet[ordinal] ?? setOfInterest(lane, ordinal);
}

/** An item that left a set it is not looked for in is somewhere else, or nowhere: unknown until that is read. */
function missing<T extends KindTypes>(
  lane: LaneState<T>,
  ordinal: Ordinal,
  set: string,
  absent: Seen<T>,
): void {
  const { table } = lane;
  const wanted = setOfInterest(lane, ordinal) === set;
  if (!observe(lane, ordinal, absent)) return;
  table.seenInSet[ordinal] = undefined;
  if (!wanted && winnerOf(lane, ordinal) !== undefined) table.observe(ordinal, UNKNOWN);
}

/** Takes in what a read of one item alone says of it. */
export function foldItem<T extends KindTypes>(
  lane: LaneState<T>,
  ordinal: Ordinal,
  rows: readonly T['row'][],
  sentAtMs: number,
): void {
  const { table, kind } = lane;
  let shown = ordinal;
  let fact: T['observed'] | undefined;
  let set: string | undefined;
  for (const row of rows) {
    fact = kind.observe(fact, row);
    set = kind.setOfRow(row);
    if (kind.fileUnder !== 'first') continue;
    for (const key of kind.keysOf(row)) table.alias(key, ordinal);
    file(lane, kind.keysOf(row));
    shown = standingFor(lane, ordinal) ?? ordinal;
  }
  const seen: Seen<T> =
    rows.length === 0 ? { is: 'absent', atMs: sentAtMs } : { is: 'present', fact, atMs: sentAtMs };
  if (observe(lane, shown, seen)) table.seenInSet[shown] = set;
  endDoubt(lane, ordinal, sentAtMs);
  keepAnEyeOn(lane, shown);
  // It was asked for: whatever the answer, it is planned anew.
  lane.dirty.add(ordinal);
}

/**
 * What stands where it is recorded, and is declared elsewhere, waits until it leaves: the set that would show that is looked
 * at like any other, though nobody asks for it and this look was at the item alone.
 */
function keepAnEyeOn<T extends KindTypes>(lane: LaneState<T>, ordinal: Ordinal): void {
  const { table, kind, env } = lane;
  const recorded = table.recorded[ordinal];
  const name = table.seenInSet[ordinal];
  if (name === undefined || recorded === undefined || kind.setOfRecord(recorded) !== name) return;
  if (!isOurs(lane, ordinal)) return;
  const set = setState(lane, name);
  noGlance(set);
  set.dueAtMs ??= env.nowMs() + jitteredMs(env.settings().resyncIntervalMs, env.random);
}

/**
 * Takes an observation in, unless something newer is known: a read begun before a write, or too soon after it
 * for the vendor to show it, does not undo what the write achieved. The item is dirty when the observation says
 * something new, shows for the first time what was only believed, or when something waits for it.
 *
 * @param set where the vendor shows it.
 */
function observe<T extends KindTypes>(
  lane: LaneState<T>,
  ordinal: Ordinal,
  now: Seen<T>,
  set?: string,
): boolean {
  const { table } = lane;
  const before = table.observed(ordinal);
  if (before.is !== 'unknown' && before.atMs > now.atMs) return false;
  const tooSoon = (table.visibleFromMs[ordinal] ?? 0) > now.atMs;
  const bothPresent = before.is === 'present' && now.is === 'present';
  const unchanged = bothPresent ? sameValue(before.fact, now.fact) : before.is === now.is;
  if (tooSoon && !(table.seenInSet[ordinal] === set && isDone(lane, before, now))) {
    if (!unchanged) askAgain(lane, ordinal);
    return false;
  }
  lane.doubted.delete(ordinal);
  // One fact object serves for as long as it stands.
  table.observe(ordinal, unchanged && bothPresent ? { ...now, fact: before.fact } : now);
  const news = !unchanged || (before.is === 'present' && before.believed === true);
  if (news || table.inFlight[ordinal]?.is === 'unknown') lane.dirty.add(ordinal);
  return true;
}

/** What waited for somebody at the vendor, and waits no more: no look from before the write could show that. */
function isDone<T extends KindTypes>({ kind }: LaneState<T>, before: Observation<T>, now: Seen<T>): boolean {
  if (before.is !== 'present' || now.is !== 'present' || kind.waits === undefined) return false;
  return kind.waits(before.fact) && !kind.waits(now.fact);
}
