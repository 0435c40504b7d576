import type { KindTypes, Observation } from '../domain/item.ts';
import { sameValue } from '../domain/same-value.ts';
import { backoffMs, CALL_BACKOFF, jitteredMs } from '../domain/schedule.ts';
import type { Failure, Result } from '../ports/failure.ts';
import type { SetPage } from '../ports/set-reader.ts';
import type { LaneState, SetReading, SetState, Task } from './lane-state.ts';
import { setState } from './lane-state.ts';
import { winnerOf } from './planning.ts';
import type { Ordinal } from './table.ts';

/** The next read of this lane, if one is due: a page of a set, or one item. */
export function nextRead<T extends KindTypes>(lane: LaneState<T>): Task | undefined {
  const nowMs = lane.env.nowMs();
  for (const set of lane.sets.values()) {
    if (set.busy || set.retryAtMs > nowMs) continue;
    if (set.reading === undefined) chooseRead(lane, set, nowMs);
    if (set.reading !== undefined) return readPage(lane, set, set.reading);
  }
  for (const ordinal of lane.itemReads) {
    lane.itemReads.delete(ordinal);
    return readItem(lane, ordinal);
  }
  return undefined;
}

/** When `nextRead` may have something that it does not have now. */
export function nextReadAtMs<T extends KindTypes>(lane: LaneState<T>): number {
  let earliest = Number.POSITIVE_INFINITY;
  for (const set of lane.sets.values()) {
    if (set.busy) continue;
    let due = set.reading === undefined ? (set.dueAtMs ?? Number.POSITIVE_INFINITY) : 0;
    if (due > 0) for (const atMs of set.waiting.values()) if (atMs < due) due = atMs;
    earliest = Math.min(earliest, Math.max(due, set.retryAtMs));
  }
  return earliest;
}

/** Asks for a complete look at a set, now and again after every resync interval. */
export function wantSet<T extends KindTypes>(lane: LaneState<T>, name: string): void {
  const set = setState(lane, name);
  if (set.lastCompleteAtWallMs === undefined) set.dueAtMs ??= lane.env.nowMs();
}

/**
 * Reads by set where that is cheaper than by item: a whole set costs its pages, items cost a request each. A
 * set of unknown size is read as a set, since its first page costs no more than one item does.
 */
function chooseRead<T extends KindTypes>(lane: LaneState<T>, set: SetState, nowMs: number): void {
  const reader = lane.env.ports();
  const due: Ordinal[] = [];
  for (const [ordinal, atMs] of set.waiting) if (atMs <= nowMs) due.push(ordinal);
  const wholeSetDue = set.dueAtMs !== undefined && set.dueAtMs <= nowMs;
  if (!wholeSetDue && due.length === 0) return;
  if (reader?.sets !== undefined) {
    const pages = set.lastTotal === undefined ? 1 : Math.ceil(set.lastTotal / reader.sets.pageSize);
    const cheaperByItem = reader.items !== undefined && (due.length === 1 || due.length < pages);
    if (wholeSetDue || !cheaperByItem) return beginReading(lane, set, nowMs);
  }
  for (const ordinal of due) {
    set.waiting.delete(ordinal);
    lane.itemReads.add(ordinal);
  }
}

function beginReading<T extends KindTypes>(lane: LaneState<T>, set: SetState, nowMs: number): void {
  lane.readIds += 1;
  set.reading = { id: lane.readIds, startedAtMs: nowMs, cursor: undefined, total: undefined, rows: 0 };
}

function readPage<T extends KindTypes>(lane: LaneState<T>, set: SetState, reading: SetReading): Task {
  set.busy = true;
  return {
    with: 'vendor',
    run: async (signal) => {
      const sentAtMs = lane.env.nowMs();
      const reader = lane.env.ports()?.sets;
      const page = await reader?.readPage(set.name, reading.cursor, signal);
      set.busy = false;
      if (page !== undefined) foldPage(lane, set, reading, page, sentAtMs);
    },
  };
}

function foldPage<T extends KindTypes>(
  lane: LaneState<T>,
  set: SetState,
  reading: SetReading,
  page: Result<SetPage<T['row']>>,
  sentAtMs: number,
): void {
  if (!page.ok) return giveUp(lane, set, page.failure);
  lane.env.onVendorReply();
  const { rows, next, total } = page.value;
  if (reading.total !== undefined && total !== undefined && total !== reading.total) {
    return giveUp(lane, set, spoiled(`the vendor's total changed while its list was read`));
  }
  reading.total ??= total;
  foldRows(lane, rows, reading, sentAtMs);
  if (next !== undefined) {
    reading.cursor = next;
    return;
  }
  if (reading.total !== undefined && reading.rows < reading.total) {
    return giveUp(lane, set, spoiled('the vendor listed fewer rows than it says there are'));
  }
  complete(lane, set, reading);
}

/** A read that cannot be believed as a whole says nothing about absence; what it did show stays seen. */
function giveUp<T extends KindTypes>(lane: LaneState<T>, set: SetState, failure: Failure): void {
  set.reading = undefined;
  set.lastFailure = failure;
  set.attempts += 1;
  const waitMs = failure.retryAfterMs ?? backoffMs(CALL_BACKOFF, set.attempts, lane.env.random);
  set.retryAtMs = lane.env.nowMs() + waitMs;
  lane.env.onVendorFailure(failure);
  for (const holder of lane.holders.keys()) lane.changed.add(holder);
}

function spoiled(message: string): Failure {
  return { kind: 'transient', code: 'INCOMPLETE_READ', message };
}

/** Every page arrived: what the set did not show is absent from it, as of the moment the read began. */
function complete<T extends KindTypes>(lane: LaneState<T>, set: SetState, reading: SetReading): void {
  const { env } = lane;
  if (set.lastFailure !== undefined) for (const holder of lane.holders.keys()) lane.changed.add(holder);
  set.reading = undefined;
  set.lastFailure = undefined;
  set.attempts = 0;
  set.lastTotal = reading.total ?? reading.rows;
  set.lastCompleteAtWallMs = env.wallMs();
  set.dueAtMs = env.nowMs() + jitteredMs(env.settings().resyncIntervalMs, env.random);
  markAbsent(lane, set, reading);
  for (const [ordinal, atMs] of set.waiting) {
    if (atMs > reading.startedAtMs) continue;
    set.waiting.delete(ordinal);
    lane.dirty.add(ordinal);
  }
}

function markAbsent<T extends KindTypes>(lane: LaneState<T>, set: SetState, reading: SetReading): void {
  const { table } = lane;
  const absent: Observation<T> = { is: 'absent', atMs: reading.startedAtMs };
  for (let ordinal = 0; ordinal < table.keys.length; ordinal += 1) {
    if (table.seenInRead[ordinal] === reading.id) continue;
    if (expectedIn(lane, ordinal) !== set.name) continue;
    const before = table.observed[ordinal];
    // What was learned after this read began is newer than what it says.
    if (before !== undefined && before.is !== 'unknown' && before.atMs > reading.startedAtMs) continue;
    table.seenInSet[ordinal] = undefined;
    observe(lane, ordinal, absent);
  }
}

/** The set that speaks for an item: where it was last seen, else where its declaration or its operation puts it. */
function expectedIn<T extends KindTypes>(lane: LaneState<T>, ordinal: Ordinal): string | undefined {
  const { table, kind } = lane;
  const seenIn = table.seenInSet[ordinal];
  if (seenIn !== undefined) return seenIn;
  const inFlight = table.inFlight[ordinal];
  if (inFlight?.is === 'unknown') return kind.setOfPartition(inFlight.partition);
  const winner = winnerOf(lane, ordinal);
  return winner && kind.setOf(winner.by.desired);
}

function foldRows<T extends KindTypes>(
  lane: LaneState<T>,
  rows: readonly T['row'][],
  reading: SetReading,
  sentAtMs: number,
): void {
  for (const row of rows) {
    const ordinals = file(lane, row);
    const [first] = ordinals;
    // The same row may come twice while the vendor's data changes under the pages.
    if (
      first === undefined ||
      (lane.kind.fileUnder === 'first' && lane.table.seenInRead[first] === reading.id)
    ) {
      continue;
    }
    reading.rows += 1;
    for (const ordinal of ordinals) seeRow(lane, ordinal, row, reading.id, sentAtMs);
  }
}

/** Every item a row speaks of. A row that nothing declares is filed too: it is unmanaged, and counted. */
function file<T extends KindTypes>(lane: LaneState<T>, row: T['row']): readonly Ordinal[] {
  const { table, kind } = lane;
  const keys = kind.keysOf(row);
  if (kind.fileUnder === 'every') return keys.map((key) => table.ordinalOf(key));
  const known = new Set(keys.map((key) => table.find(key)).filter((found) => found !== undefined));
  const [first] = keys;
  if (known.size === 0 && first !== undefined) known.add(table.ordinalOf(first));
  const [ordinal] = known;
  if (ordinal !== undefined) for (const key of keys) table.alias(key, ordinal);
  return [...known];
}

function seeRow<T extends KindTypes>(
  lane: LaneState<T>,
  ordinal: Ordinal,
  row: T['row'],
  readId: number,
  sentAtMs: number,
): void {
  const { table, kind } = lane;
  const before = table.observed[ordinal];
  const sameRead = table.seenInRead[ordinal] === readId && before?.is === 'present';
  table.seenInRead[ordinal] = readId;
  table.seenInSet[ordinal] = kind.setOfRow(row);
  const fact = kind.observe(sameRead ? before.fact : undefined, row);
  observe(lane, ordinal, { is: 'present', fact, atMs: sentAtMs });
}

/** Takes an observation in; the item is dirty when it says something new, or when something waits for it. */
function observe<T extends KindTypes>(lane: LaneState<T>, ordinal: Ordinal, now: Observation<T>): void {
  const { table } = lane;
  const before = table.observed[ordinal];
  const unchanged =
    before?.is === 'present' && now.is === 'present'
      ? sameValue(before.fact, now.fact)
      : before?.is === now.is;
  // One fact object serves for as long as it stands.
  table.observed[ordinal] =
    unchanged && before?.is === 'present' && now.is === 'present' ? { ...now, fact: before.fact } : now;
  if (!unchanged || table.inFlight[ordinal]?.is === 'unknown') lane.dirty.add(ordinal);
}

function readItem<T extends KindTypes>(lane: LaneState<T>, ordinal: Ordinal): Task {
  return {
    with: 'vendor',
    run: async (signal) => {
      const sentAtMs = lane.env.nowMs();
      const reader = lane.env.ports()?.items;
      const subject = lane.table.declared[ordinal]?.[0]?.subject;
      if (reader === undefined || subject === undefined) return;
      const rows = await reader.read(subject, signal);
      if (rows.ok) foldItem(lane, ordinal, rows.value, sentAtMs);
      else retryItem(lane, ordinal, rows.failure);
    },
  };
}

function foldItem<T extends KindTypes>(
  lane: LaneState<T>,
  ordinal: Ordinal,
  rows: readonly T['row'][],
  sentAtMs: number,
): void {
  lane.env.onVendorReply();
  lane.readIds += 1;
  for (const row of rows) seeRow(lane, ordinal, row, lane.readIds, sentAtMs);
  if (rows.length === 0) {
    lane.table.seenInSet[ordinal] = undefined;
    observe(lane, ordinal, { is: 'absent', atMs: sentAtMs });
  }
  lane.dirty.add(ordinal);
}

function retryItem<T extends KindTypes>(lane: LaneState<T>, ordinal: Ordinal, failure: Failure): void {
  lane.env.onVendorFailure(failure);
  const winner = winnerOf(lane, ordinal);
  if (winner === undefined) return;
  const set = setState(lane, lane.kind.setOf(winner.by.desired));
  set.lastFailure = failure;
  set.attempts += 1;
  const waitMs = failure.retryAfterMs ?? backoffMs(CALL_BACKOFF, set.attempts, lane.env.random);
  set.waiting.set(ordinal, lane.env.nowMs() + waitMs);
  lane.changed.add(winner.by.holder);
}
