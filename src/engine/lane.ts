import type { BudgetName } from '../domain/guard.ts';
import type { Declaration, Holder, InFlight, ItemFailure, ItemKey, KindTypes, Verb } from '../domain/item.ts';
import type { ItemKind, Step } from '../domain/kind.ts';
import type { Held } from '../domain/mode.ts';
import type { Failure } from '../ports/failure.ts';
import type { JournalEntry } from '../ports/journal.ts';
import type { RecordGroup } from '../ports/records.ts';
import { adoptAgain, adoptSets, endAdoption } from './adopting.ts';
import {
  type DeclaredItem,
  declareItems,
  dismissHolder,
  forgetHolder,
  letGoOfAll,
  suspendHolder,
} from './declaring.ts';
import { nextNote, nextNoteAtMs } from './ending.ts';
import type { FirstLook } from './first-contact.ts';
import { firstLook } from './first-look.ts';
import { nextPoll, nextPollAtMs, restoreOperation } from './following.ts';
import { glanceAtAllKept } from './glancing.ts';
import { itemOf, targetOf } from './items.ts';
import { nextKeep, nextKeepAtMs } from './keeping.ts';
import { createLaneState, type LaneEnv, type LaneState, type WrittenItems } from './lane-state.ts';
import { findAllLost, goOnWithout, noteReported } from './lost-records.ts';
import { heldBack, noteDeparture, planDirty, replanCalls, storeHeldBack } from './planning.ts';
import {
  hastenReads,
  lookAgain,
  lookAgainAt,
  nextRead,
  nextReadAtMs,
  retryReads,
  THE_ACCOUNT,
  unwantSets,
  wantSet,
} from './reading.ts';
import { callsPerLook, pendingCalls } from './reckoning.ts';
import { nextForgetting, nextForgettingAtMs, restoreRefusals } from './refusals.ts';
import { nextStore, nextStoreAtMs } from './storing.ts';
import type { Ordinal } from './table.ts';
import type { Task } from './task.ts';
import { nextWrite, nextWriteAtMs } from './writing.ts';

/** One item kind within one vendor scope, as the rest of the program sees it. */
export interface Lane<T extends KindTypes> {
  /**
   * `reported`: how many of exactly these items were told to the resource as recorded before; of kinds of which a
   * look does not say enough. Where the records hold fewer, those without one are `recordLost`.
   */
  declare(declaration: Declaration<T>, items: Iterable<DeclaredItem<T>>, reported?: number): void;
  /** What a resource lost with the records is asked for again: a person says so. */
  goOnWithout(holder: Holder): void;
  /** The resource declares whatever these sets of the vendor show, and what is recorded of that. */
  adopt(declaration: Declaration<T>, sets: readonly string[]): void;
  /** Starts nothing new for the resource; what it declared stays declared. */
  suspend(holder: Holder): void;
  forget(holder: Holder): void;
  /** The resource belongs to another account: what it declared here is over, and nothing is released for it. */
  dismiss(holder: Holder): void;
  /** The resource is being deleted: everything that is recorded for it may be released, under its policy. */
  letGo(holder: Holder): void;
  /**
   * Wants a set of the vendor looked at, even if nothing declared is in it. A resource wants one set, until it is
   * forgotten or wants none; without a resource it is wanted for as long as the account is open.
   */
  want(set: string, by?: Holder): void;
  unwant(by: Holder): void;
  /** Asks for a complete look at a set now, however lately it was read. */
  lookAgain(set: string): void;
  /** Asks for a look at each item of a resource now, at a vendor that is asked item by item. */
  lookAgainAt(holder: Holder): void;
  report(holder: Holder): HolderReport<T>;
  /** Calls `visit` for each item the vendor was seen to hold or some resource declares. */
  survey(visit: (item: SurveyedItem<T>) => void): void;
  sets(): readonly SetReport[];
}

/** What one resource is told: verdicts of its items, in the order it declared them, and what holds them up. */
export interface HolderReport<T extends KindTypes> {
  /** The records were read: what is not recorded by now is not recorded. */
  readonly restored: boolean;
  /** Whether the resource has declared anything here, or something is recorded for it. */
  readonly known: boolean;
  readonly verdicts: Iterable<{ readonly subject: T['subject']; readonly verdict: T['verdict'] }>;
  /** Items that left it and are recorded as its own: being released, or waiting for that. */
  readonly releasing: number;
  /** Those of them that the vendor refuses to release. */
  readonly releaseFailures: readonly { readonly subject: T['subject']; readonly failure: ItemFailure }[];
  /** Names of operations under way for its items. */
  readonly operations: readonly string[];
  /** Its due writes do not start, and why. */
  readonly held?: Held;
  /** The vendor could not be read, and how that failed. */
  readonly readFailure?: Failure;
  /** Whether something of it can still move by itself. */
  readonly moving: boolean;
  /** The outcome of a write for one of its items is unknown, and no read can settle it: a person decides. */
  readonly unresolved: boolean;
}

interface SurveyedItem<T extends KindTypes> {
  readonly key: ItemKey;
  readonly declared: boolean;
  readonly seenInSet: string | undefined;
  readonly desiredSet: string | undefined;
  readonly recorded: T['recorded'] | undefined;
}

export interface SetReport {
  readonly name: string;
  readonly lastCompleteAtMs?: number;
  readonly failure?: Failure;
}

/** Vendor work in the order in which it gets the quota: what a person waits for, what runs, what is only due. */
export const URGENCIES = ['edit', 'poll', 'drift'] as const;

type Urgency = (typeof URGENCIES)[number];

/** The side of a lane that the account loop drives. */
export interface LaneWork {
  /** The vendor writes that are its own. */
  readonly verbs: readonly Verb[];
  restore(entries: readonly JournalEntry[], records: readonly RecordGroup[]): void;
  /** Plans a slice of what is dirty. */
  plan(): void;
  /** Something is left to plan. */
  readonly dirty: boolean;
  /** Own work first: it frees items. */
  nextOwn(): Task | undefined;
  nextVendor(urgency: Urgency): Task | undefined;
  /** When planning or own work may have something that it does not have now. */
  nextOwnAtMs(): number;
  /** The same of vendor work, as far as the lane knows. */
  nextVendorAtMs(): number;
  /** Takes the resources whose verdicts may have changed. */
  takeChanged(): readonly Holder[];
  /** The mode, an interval, a suspension or the adapter changed. */
  replan(): void;
  /** The way to the vendor is new: backoffs of the old one do not count. */
  reconnected(): void;
  /** Items planned since the process began; one that is planned again counts again. */
  readonly plannedItems: number;
  /** What became of items, by each verb that the vendor has. */
  writtenItems(): readonly (readonly [Verb, Readonly<WrittenItems>])[];
  /** Writes that have begun and not gone yet. */
  readonly aboutToSend: number;
  readonly openOperations: number;
  readonly waitingActions: number;
  /** Items for which a write is due that spends this budget. */
  guarded(budget: BudgetName): number;
  /** Items recorded for a resource. */
  readonly heldItems: number;
  /** Requests that one complete look at everything takes. */
  readonly callsPerLook: number;
  /** Requests still to be made for what is under way and may start. */
  pendingCalls(): number;
  /** What is known of items that stand at the vendor as declared, on the first look. */
  firstLook(): FirstLook | undefined;
}

export function createLane<T extends KindTypes>(
  kind: ItemKind<T>,
  env: LaneEnv<T>,
): { readonly lane: Lane<T>; readonly work: LaneWork } {
  const state = createLaneState(kind, env);
  return { lane: face(state), work: workOf(state) };
}

function face<T extends KindTypes>(state: LaneState<T>): Lane<T> {
  const { wake } = state.env;
  return {
    declare: (declaration, items, reported = 0) => {
      const isNew = !state.holders.has(declaration.holder);
      declareItems(state, declaration, items);
      noteReported(state, declaration.holder, reported, isNew);
      state.declaredAtMs = state.env.nowMs();
      wantSet(state, state.kind.setOf(declaration.desired));
      wake();
    },
    suspend: (holder) => {
      suspendHolder(state, holder);
      wake();
    },
    adopt: (declaration, sets) => {
      adoptSets(state, declaration, sets);
      for (const set of sets) wantSet(state, set);
      wake();
    },
    goOnWithout: (holder) => {
      goOnWithout(state, holder);
      wake();
    },
    forget: (holder) => {
      endAdoption(state, holder);
      forgetHolder(state, holder);
      wake();
    },
    dismiss: (holder) => {
      endAdoption(state, holder);
      if (dismissHolder(state, holder)) wake();
    },
    letGo: (holder) => {
      letGoOfAll(state, holder);
      wake();
    },
    want: (set, by = THE_ACCOUNT) => {
      wantSet(state, set, by);
      wake();
    },
    unwant: (by) => unwantSets(state, by),
    lookAgain: (set) => {
      lookAgain(state, set);
      wake();
    },
    lookAgainAt: (holder) => {
      lookAgainAt(state, holder);
      wake();
    },
    report: (holder) => report(state, holder),
    survey: (visit) => survey(state, visit),
    sets: () =>
      [...state.sets.values()].map(({ name, lastCompleteAtWallMs, lastFailure }) => ({
        name,
        ...(lastCompleteAtWallMs === undefined ? {} : { lastCompleteAtMs: lastCompleteAtWallMs }),
        ...(lastFailure === undefined ? {} : { failure: lastFailure }),
      })),
  };
}

const VENDOR_WORK: {
  readonly [U in Urgency]: <T extends KindTypes>(state: LaneState<T>) => Task | undefined;
} = {
  edit: (state) => nextWrite(state) ?? nextStore(state, 'vendor') ?? nextRead(state, 'needed'),
  poll: (state) => nextPoll(state),
  drift: (state) => nextRead(state, 'routine'),
};

function workOf<T extends KindTypes>(state: LaneState<T>): LaneWork {
  return {
    restore: (entries, records) => restore(state, entries, records),
    plan: () => planDirty(state),
    get dirty() {
      return state.dirty.size > 0;
    },
    verbs: state.kind.verbs,
    nextOwn: () => nextNote(state) ?? nextKeep(state) ?? nextStore(state, 'own') ?? nextForgetting(state),
    nextVendor: (urgency) => VENDOR_WORK[urgency](state),
    nextOwnAtMs: () =>
      Math.min(
        nextNoteAtMs(state),
        nextKeepAtMs(state),
        nextStoreAtMs(state, 'own'),
        nextForgettingAtMs(state),
        state.wakes.nextAtMs() ?? Number.POSITIVE_INFINITY,
      ),
    nextVendorAtMs: () =>
      Math.min(
        nextWriteAtMs(state),
        nextPollAtMs(state),
        nextReadAtMs(state),
        nextStoreAtMs(state, 'vendor'),
      ),
    takeChanged: () => {
      const changed = [...state.changed];
      state.changed.clear();
      return changed;
    },
    replan: () => {
      replanCalls(state);
      hastenReads(state);
      for (const holder of state.holders.keys()) state.changed.add(holder);
    },
    reconnected: () => {
      retryReads(state);
      state.writeAttempts = 0;
      state.writesNotBeforeMs = 0;
    },
    get plannedItems() {
      return state.plannedItems;
    },
    writtenItems: () => {
      const verbs = state.kind.verbs.filter((verb) => state.env.ports()?.writer?.verbs[verb] !== undefined);
      const all = new Set([...verbs, ...state.writtenItems.keys()]);
      return [...all].map((verb) => [verb, state.writtenItems.get(verb) ?? { succeeded: 0, failed: 0 }]);
    },
    get aboutToSend() {
      return state.aboutToSend;
    },
    get openOperations() {
      return state.operations.size;
    },
    firstLook: () => firstLook(state),
    guarded: (budget) => state.guarded[budget].size,
    get callsPerLook() {
      return callsPerLook(state);
    },
    pendingCalls: () => pendingCalls(state),
    get heldItems() {
      return state.table.heldItems;
    },
    get waitingActions() {
      return state.table.plannedWrites;
    },
  };
}

function restore<T extends KindTypes>(
  state: LaneState<T>,
  entries: readonly JournalEntry[],
  records: readonly RecordGroup[],
): void {
  for (const { kind, value, keys } of records) {
    if (kind !== state.kind.name) continue;
    for (const key of keys) {
      const ordinal = state.table.ordinalOf(key);
      // It keeps the name under which it is recorded, though it may be declared by another one.
      if (state.table.recorded[ordinal] === undefined) state.table.rename(ordinal, key);
      state.table.record(ordinal, value);
      const listedAs = state.kind.listedAs?.(value);
      if (listedAs !== undefined) state.table.alias(listedAs, ordinal);
      state.dirty.add(ordinal);
      noteDeparture(state, ordinal);
    }
  }
  glanceAtAllKept(state);
  restoreRefusals(state, records);
  for (const entry of entries) restoreOperation(state, entry);
  findAllLost(state);
  for (const { ordinals } of state.holders.values()) for (const ordinal of ordinals) state.dirty.add(ordinal);
  adoptAgain(state);
}

function report<T extends KindTypes>(state: LaneState<T>, holder: Holder): HolderReport<T> {
  const holding = state.holders.get(holder);
  const own = holding?.ordinals ?? [];
  const operations = new Set<string>();
  let held: Held | undefined;
  let moving = false;
  let unresolved = false;
  let readFailure = holding && state.sets.get(state.kind.setOf(holding.declaration.desired))?.lastFailure;
  const departing = state.departing.get(holder) ?? NONE;
  for (const ordinals of [own, departing]) {
    for (const ordinal of ordinals) {
      const inFlight = state.table.inFlight[ordinal];
      const step = state.table.step[ordinal];
      if (inFlight !== undefined) operations.add(nameOf(state, inFlight.operation));
      held ??= step && heldOf(state, ordinal, step);
      const stuck = isStuck(inFlight, step);
      unresolved ||= stuck;
      moving ||= state.dirty.has(ordinal) || (!stuck && moves(inFlight, step, held !== undefined));
      readFailure ??= state.unread.get(ordinal)?.failure ?? state.waitingIn.get(ordinal)?.lastFailure;
    }
  }
  return {
    restored: state.restored,
    known: holding !== undefined || departing.size > 0,
    verdicts: verdicts(state, holder, own),
    ...departures(state, departing),
    operations: [...operations].sort(),
    moving,
    unresolved,
    ...(held === undefined ? {} : { held }),
    ...(readFailure === undefined ? {} : { readFailure }),
  };
}

/** What leaves a resource. An item that it may still want does not leave it yet. */
function departures<T extends KindTypes>(
  state: LaneState<T>,
  departing: ReadonlySet<Ordinal>,
): Pick<HolderReport<T>, 'releasing' | 'releaseFailures'> {
  let releasing = 0;
  const releaseFailures: { readonly subject: T['subject']; readonly failure: ItemFailure }[] = [];
  for (const ordinal of departing) {
    const step = state.table.step[ordinal];
    const isPlanned = state.table.inFlight[ordinal] === undefined && !state.dirty.has(ordinal);
    if (step?.do === 'settle' && isPlanned) continue;
    releasing += 1;
    if (step?.do !== 'stall') continue;
    const subject = state.kind.subjectOf(state.table.keys[ordinal] as ItemKey);
    releaseFailures.push({ subject, failure: step.failure });
  }
  return { releasing, releaseFailures };
}

const NONE: ReadonlySet<Ordinal> = new Set();

function heldOf<T extends KindTypes>(state: LaneState<T>, ordinal: Ordinal, step: Step<T>): Held | undefined {
  if (step.do === 'store') return storeHeldBack(state, ordinal);
  const target = step.do === 'call' ? targetOf(state, ordinal, step.verb) : undefined;
  return step.do === 'call' && target !== undefined ? heldBack(state, target, step.verb) : undefined;
}

/** No read has settled the write under way, and none has to: only a person can. */
function isStuck(inFlight: InFlight | undefined, step: { readonly do: string } | undefined): boolean {
  return inFlight?.is === 'unknown' && inFlight.provableFromMs === undefined && step?.do === 'wait';
}

function moves(
  inFlight: InFlight | undefined,
  step: { readonly do: string } | undefined,
  held: boolean,
): boolean {
  if (inFlight !== undefined) return true;
  if (step?.do === 'call' || step?.do === 'store') return !held;
  return step !== undefined && step.do !== 'settle' && step.do !== 'stall';
}

function* verdicts<T extends KindTypes>(
  state: LaneState<T>,
  holder: Holder,
  ordinals: readonly Ordinal[],
): Iterable<{ readonly subject: T['subject']; readonly verdict: T['verdict'] }> {
  for (const ordinal of ordinals) {
    const item = itemOf(state, ordinal);
    const subject = item.declared.find(({ by }) => by.holder === holder)?.subject;
    const step = state.table.step[ordinal];
    if (step !== undefined) yield { subject, verdict: state.kind.verdict(item, step, holder) };
  }
}

function nameOf<T extends KindTypes>(state: LaneState<T>, requestKey: string): string {
  return state.operations.get(requestKey)?.name ?? requestKey;
}

function survey<T extends KindTypes>(state: LaneState<T>, visit: (item: SurveyedItem<T>) => void): void {
  const { table, kind } = state;
  table.keys.forEach((key, ordinal) => {
    if (key === undefined) return;
    const [first] = table.declared(ordinal);
    visit({
      key,
      declared: first !== undefined,
      seenInSet: table.seenInSet[ordinal],
      desiredSet: first === undefined ? undefined : kind.setOf(first.by.desired),
      recorded: table.recorded[ordinal],
    });
  });
}
