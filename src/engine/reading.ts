import type { Holder, KindTypes } from '../domain/item.ts';
import { CALL_BACKOFF, jitteredMs, retryMs } from '../domain/schedule.ts';
import { type Failure, failed, type Result } from '../ports/failure.ts';
import type { SetPage } from '../ports/set-reader.ts';
import { adoptAgain, isEnoughAdopted } from './adopting.ts';
import { askLater, endDoubts } from './doubting.ts';
import { isWanted, letGoOfSet } from './dropping.ts';
import { glanceTomorrow, noGlance } from './glancing.ts';
import { winnerOf } from './items.ts';
import type { LaneState, SetReading, SetState } from './lane-state.ts';
import { setState } from './lane-state.ts';
import { hastenLooks, isAskedByItem, lookAtAll, lookIn, lookInTurn } from './looking.ts';
import { concludeReading, foldItem, foldRows } from './observing.ts';
import type { Ordinal } from './table.ts';
import { type Task, taskOn } from './task.ts';
import { concernsAccount } from './trouble.ts';
import { nextLookMs, restMs } from './waiting.ts';
import { setOfInterest } from './where-to-look.ts';

/** `needed`: some item can not go on without it. `routine`: it is only due. */
type Urgency = 'needed' | 'routine';

/** Stands for whoever wants a set for as long as the account is open. */
export const THE_ACCOUNT: Holder = '';

/** The next read of this lane, if one is due: a page of a set, or one item. */
export function nextRead<T extends KindTypes>(lane: LaneState<T>, urgency: Urgency): Task | undefined {
  const nowMs = lane.env.nowMs();
  for (const set of lane.sets.values()) {
    if (set.busy || set.retryAtMs > nowMs || urgencyOf(set, nowMs) !== urgency) continue;
    if (isEnoughAdopted(lane, set, nowMs)) continue;
    if (set.reading === undefined) chooseRead(lane, set, nowMs);
    if (set.reading !== undefined) return readPage(lane, set, set.reading);
  }
  const reads = urgency === 'needed' ? lane.itemReads : lane.routineReads;
  for (const ordinal of reads) {
    reads.delete(ordinal);
    return { with: 'vendor', run: (signal) => readItem(lane, ordinal, urgency, signal) };
  }
  return undefined;
}

/** A set that was never read whole is needed by everything that is declared in it. */
function urgencyOf<T extends KindTypes>(set: SetState<T>, nowMs: number): Urgency {
  if (set.lastCompleteAtWallMs === undefined && !set.glance) return 'needed';
  for (const atMs of set.waiting.values()) if (atMs <= nowMs) return 'needed';
  return 'routine';
}

/** When `nextRead` may have something that it does not have now. */
export function nextReadAtMs<T extends KindTypes>(lane: LaneState<T>): number {
  const reader = lane.env.ports();
  const nowMs = lane.env.nowMs();
  if (lane.itemReads.size + lane.routineReads.size > 0) return 0;
  let earliest = Number.POSITIVE_INFINITY;
  for (const set of lane.sets.values()) {
    if (set.busy || isEnoughAdopted(lane, set, nowMs)) continue;
    let due = Number.POSITIVE_INFINITY;
    if (reader?.sets !== undefined) due = set.reading === undefined ? (set.dueAtMs ?? due) : 0;
    if (due > nowMs) for (const atMs of set.waiting.values()) if (atMs < due) due = atMs;
    earliest = Math.min(earliest, Math.max(due, set.retryAtMs));
  }
  return earliest;
}

/** Asks for a complete look at a set, now and again after every resync interval; `by` asks for no other one. */
export function wantSet<T extends KindTypes>(lane: LaneState<T>, name: string, by?: Holder): void {
  if (by !== undefined) noteWanted(lane, name, by);
  const set = setState(lane, name);
  noGlance(set);
  if (set.lastCompleteAtWallMs === undefined) set.dueAtMs ??= lane.env.nowMs();
}

function noteWanted<T extends KindTypes>(lane: LaneState<T>, name: string, by: Holder): void {
  if (by !== THE_ACCOUNT) unwantSets(lane, by);
  lane.wanted.set(name, (lane.wanted.get(name) ?? new Set()).add(by));
}

/** Whoever asked for a set asks for none any more. One that nobody asks for is let go of when it would be read. */
export function unwantSets<T extends KindTypes>(lane: LaneState<T>, by: Holder): void {
  for (const all of lane.wanted.values()) all.delete(by);
}

/**
 * Asks for a complete look at a set now. One that is under way counts as that look, and one that was put off because
 * it failed is not put off any longer: a person asks for it.
 */
export function lookAgain<T extends KindTypes>(lane: LaneState<T>, name: string): void {
  const set = setState(lane, name);
  set.dueAtMs = lane.env.nowMs();
  set.retryAtMs = 0;
}

/** The same at a vendor that is asked for each item: those of one resource. */
export function lookAgainAt<T extends KindTypes>(lane: LaneState<T>, holder: Holder): void {
  if (isAskedByItem(lane)) lookAtAll(lane, lane.holders.get(holder)?.ordinals ?? []);
}

/** The way to the vendor is new: what failed on the old one may be tried at once. */
export function retryReads<T extends KindTypes>(lane: LaneState<T>): void {
  for (const set of lane.sets.values()) {
    set.attempts = 0;
    set.retryAtMs = 0;
  }
}

/** A shorter resync interval holds from now on, not only after the next look. */
export function hastenReads<T extends KindTypes>(lane: LaneState<T>): void {
  const latestMs = lane.env.nowMs() + jitteredMs(lane.env.settings().resyncIntervalMs, lane.env.random);
  for (const set of lane.sets.values()) {
    if (set.dueAtMs !== undefined) set.dueAtMs = Math.min(set.dueAtMs, latestMs);
  }
  hastenLooks(lane);
}

/**
 * Reads by set where that is cheaper than by item: a whole set costs its pages, items cost a request each. A
 * set of unknown size is read as a set, since its first page costs no more than one item does. What nothing
 * declares any more has no subject to ask by, and is seen with its set only.
 */
function chooseRead<T extends KindTypes>(lane: LaneState<T>, set: SetState<T>, nowMs: number): void {
  const reader = lane.env.ports();
  const due: Ordinal[] = [];
  for (const [ordinal, atMs] of set.waiting) if (atMs <= nowMs) due.push(ordinal);
  const wholeSetDue = set.dueAtMs !== undefined && set.dueAtMs <= nowMs;
  if (!wholeSetDue && due.length === 0) return;
  if (wholeSetDue && !set.glance && !isWanted(lane, set)) return letGoOfSet(lane, set.name);
  if (reader?.sets !== undefined) {
    const pages = set.lastTotal === undefined ? 1 : Math.ceil(set.lastTotal / reader.sets.pageSize);
    const cheaperByItem = due.length === 1 || due.length < pages;
    const possibleByItem =
      reader.items !== undefined && due.every((ordinal) => subjectOf(lane, ordinal) !== undefined);
    if (wholeSetDue || !cheaperByItem || !possibleByItem) return beginReading(lane, set, nowMs);
  }
  for (const ordinal of due) {
    set.waiting.delete(ordinal);
    if (reader?.items !== undefined) lane.itemReads.add(ordinal);
  }
}

function beginReading<T extends KindTypes>(lane: LaneState<T>, set: SetState<T>, nowMs: number): void {
  lane.readIds += 1;
  set.reading = {
    id: lane.readIds,
    startedAtMs: nowMs,
    cursor: undefined,
    total: undefined,
    rowKeys: new Set(),
    gathered: new Map(),
    news: false,
  };
}

function readPage<T extends KindTypes>(lane: LaneState<T>, set: SetState<T>, reading: SetReading<T>): Task {
  return taskOn(set, 'vendor', async (signal) => {
    const sentAtMs = lane.env.nowMs();
    const reader = lane.env.ports()?.sets;
    if (reader === undefined) return;
    const page = await readOnce(lane, () => reader.readPage(set.name, reading.cursor, signal));
    foldPage(lane, set, reading, page, sentAtMs);
  });
}

function foldPage<T extends KindTypes>(
  lane: LaneState<T>,
  set: SetState<T>,
  reading: SetReading<T>,
  page: Result<SetPage<T['row']>>,
  sentAtMs: number,
): void {
  if (!page.ok) {
    lane.env.onVendorFailure(page.failure);
    // A page that was only put off does not spoil the ones before it.
    if (page.failure.kind !== 'throttled') giveUp(lane, set, page.failure);
    return;
  }
  lane.env.onVendorReply();
  const { rows, next, total } = page.value;
  if (reading.total !== undefined && total !== undefined && total !== reading.total) {
    return giveUp(lane, set, spoiled(`the vendor's total changed while its list was read`));
  }
  reading.total ??= total;
  foldRows(lane, rows, reading, sentAtMs);
  if (next !== undefined) {
    if (next === reading.cursor)
      return giveUp(lane, set, spoiled('the vendor lists the same page over and over'));
    reading.cursor = next;
    return;
  }
  if (reading.total !== undefined && reading.rowKeys.size !== reading.total) {
    return giveUp(lane, set, spoiled('the vendor listed another number of rows than it says there are'));
  }
  complete(lane, set, reading);
}

/** A read that cannot be believed as a whole says nothing about absence; what it did show stays seen. */
function giveUp<T extends KindTypes>(lane: LaneState<T>, set: SetState<T>, failure: Failure): void {
  const pages = 1 + Math.ceil((set.reading?.rowKeys.size ?? 0) / (lane.env.ports()?.sets?.pageSize ?? 1));
  set.reading = undefined;
  if (set.lastFailure?.code !== failure.code) lane.env.onNews();
  set.lastFailure = failure;
  set.retryAtMs = lane.env.nowMs() + readAgainMs(lane, set, failure, pages);
  if (set.glance && failure !== SHRANK) glanceTomorrow(lane, set);
  for (const ordinal of set.waiting.keys()) {
    if (setOfInterest(lane, ordinal) !== set.name) lane.dirty.add(ordinal);
  }
  tellHoldersOf(lane, set);
}

/** What concerns the whole account is waited for by the account. `calls`: what reading it again takes. */
function readAgainMs<T extends KindTypes>(
  lane: LaneState<T>,
  set: SetState<T>,
  failure: Failure,
  calls: number,
): number {
  if (concernsAccount(failure)) return 0;
  set.attempts += 1;
  const waitMs = retryMs(failure.retryAfterMs, CALL_BACKOFF, set.attempts, lane.env.random);
  return lane.env.bookRetryMs(waitMs, calls);
}

function tellHoldersOf<T extends KindTypes>(lane: LaneState<T>, set: SetState<T>): void {
  for (const [holder, { declaration }] of lane.holders) {
    if (lane.kind.setOf(declaration.desired) === set.name) lane.changed.add(holder);
  }
  // What is recorded in it may be declared elsewhere by now.
  for (const ordinal of set.waiting.keys()) {
    for (const { by } of lane.table.declared(ordinal)) lane.changed.add(by.holder);
  }
}

function spoiled(message: string): Failure {
  return { kind: 'transient', code: 'INCOMPLETE_READ', message };
}

function complete<T extends KindTypes>(lane: LaneState<T>, set: SetState<T>, reading: SetReading<T>): void {
  const { env } = lane;
  const total = reading.rowKeys.size;
  if (shrank(lane, set, total) && set.suspectedTotal !== total) {
    set.suspectedTotal = total;
    return giveUp(lane, set, SHRANK);
  }
  set.suspectedTotal = undefined;
  if (set.lastFailure !== undefined) tellHoldersOf(lane, set);
  const isFirst = set.lastCompleteAtWallMs === undefined;
  // What nobody declares came or went: no resource is told of that, and yet it is counted.
  if (set.lastFailure !== undefined || isFirst || set.lastTotal !== total) env.onNews();
  set.reading = undefined;
  set.glance = false;
  set.lastFailure = undefined;
  set.attempts = 0;
  set.lastTotal = total;
  set.lastCompleteAtWallMs = env.wallMs();
  concludeReading(lane, set, reading);
  adoptAgain(lane);
  if (reading.news) set.newsAtMs = env.nowMs();
  set.restUntilMs = env.nowMs() + restMs(env.nowMs() - reading.startedAtMs);
  const owedAtMs = endDoubts(lane, set, reading.startedAtMs);
  set.dueAtMs = Math.min(env.nowMs() + nextLookMs(lane, set, reading), owedAtMs);
  for (const [ordinal, atMs] of set.waiting) {
    if (atMs > reading.startedAtMs) continue;
    set.waiting.delete(ordinal);
    lane.dirty.add(ordinal);
  }
}

/**
 * Whether a set lost more than the account allows for, measured by the last read that was believed, or by what is
 * recorded to be in it. Much may truly be gone; it may also be a vendor that answers with less than it has.
 */
function shrank<T extends KindTypes>(lane: LaneState<T>, set: SetState<T>, total: number): boolean {
  const { table, kind, env } = lane;
  let recorded = 0;
  for (const value of table.recorded)
    if (value !== undefined && kind.setOfRecord(value) === set.name) recorded += 1;
  const before = Math.max(set.lastTotal ?? 0, recorded);
  return total < before * (1 - env.settings().shrinkPercent / 100);
}

const SHRANK: Failure = {
  kind: 'transient',
  code: 'LIST_SHRANK',
  message: 'the vendor’s list lost so much that it is read again before it is believed',
};

async function readItem<T extends KindTypes>(
  lane: LaneState<T>,
  ordinal: Ordinal,
  urgency: Urgency,
  signal: AbortSignal,
): Promise<void> {
  const sentAtMs = lane.env.nowMs();
  const reader = lane.env.ports()?.items;
  const subject = subjectOf(lane, ordinal);
  if (reader === undefined || subject === undefined) {
    if (subject === undefined) lane.doubted.delete(ordinal);
    lane.dirty.add(ordinal);
    return;
  }
  const key = lane.table.keys[ordinal];
  const before = lane.table.observed(ordinal);
  const rows = await readOnce(lane, () => reader.read(subject, signal));
  // Dropped meanwhile: another item may stand there.
  if (lane.table.keys[ordinal] !== key) return;
  if (!rows.ok) return retryItem(lane, ordinal, rows.failure);
  lane.env.onVendorReply();
  foldItem(lane, ordinal, rows.value, sentAtMs);
  if (urgency === 'routine' && before.is !== 'unknown') lookInTurn(lane, ordinal, sentAtMs - before.atMs);
  lane.unread.delete(ordinal);
  forgive(lane, ordinal);
}

/** What an item can be asked for by: as it is declared, else as it is filed. */
function subjectOf<T extends KindTypes>(lane: LaneState<T>, ordinal: Ordinal): T['subject'] | undefined {
  const key = lane.table.keys[ordinal];
  return winnerOf(lane, ordinal)?.subject ?? (key === undefined ? undefined : lane.kind.subjectOf(key));
}

/** A fault of ours is a read that failed like any other: told, and tried again later. */
async function readOnce<T extends KindTypes, Value>(
  lane: LaneState<T>,
  read: () => Promise<Result<Value>>,
): Promise<Result<Value>> {
  try {
    return await read();
  } catch (error) {
    lane.env.onBug(error);
    return failed({
      kind: 'transient',
      code: 'INTERNAL_FAULT',
      message: 'reading failed within the controller',
    });
  }
}

/** The vendor can be read again; a whole look that is still owed keeps its own account of that. */
function forgive<T extends KindTypes>(lane: LaneState<T>, ordinal: Ordinal): void {
  const set = lane.sets.get(setOfInterest(lane, ordinal) ?? '');
  if (set?.lastFailure === undefined || (set.dueAtMs ?? 0) <= lane.env.nowMs()) return;
  set.attempts = 0;
  set.lastFailure = undefined;
  tellHoldersOf(lane, set);
}

function retryItem<T extends KindTypes>(lane: LaneState<T>, ordinal: Ordinal, failure: Failure): void {
  lane.env.onVendorFailure(failure);
  if (isAskedByItem(lane)) return askAgainLater(lane, ordinal, failure);
  const name = setOfInterest(lane, ordinal);
  if (name === undefined || !isAwaited(lane, ordinal)) return;
  const set = setState(lane, name);
  set.lastFailure = failure;
  askLater(lane, ordinal, lane.env.nowMs() + readAgainMs(lane, set, failure, 1));
  tellHoldersOf(lane, set);
}

/** Its next step is a look, or one is owed that tells whether what is believed of it is true. */
function isAwaited<T extends KindTypes>({ table, doubted }: LaneState<T>, ordinal: Ordinal): boolean {
  return table.step[ordinal]?.do === 'observe' || doubted.has(ordinal);
}

/** One item's read says nothing of another's: each has its own backoff, and tells its own resources. */
function askAgainLater<T extends KindTypes>(lane: LaneState<T>, ordinal: Ordinal, failure: Failure): void {
  const attempts = (lane.unread.get(ordinal)?.attempts ?? 0) + 1;
  lane.unread.set(ordinal, { failure, attempts });
  const waitMs = concernsAccount(failure)
    ? 0
    : lane.env.bookRetryMs(retryMs(failure.retryAfterMs, CALL_BACKOFF, attempts, lane.env.random), 1);
  if (isAwaited(lane, ordinal)) askLater(lane, ordinal, lane.env.nowMs() + waitMs);
  else lookIn(lane, ordinal, waitMs);
  for (const { by } of lane.table.declared(ordinal)) lane.changed.add(by.holder);
}
