import type { BudgetName } from '../domain/guard.ts';
import type {
  Declaration,
  Holder,
  ItemFailure,
  ItemKey,
  KindTypes,
  RememberedFailure,
  Verb,
} from '../domain/item.ts';
import type { ItemKind } from '../domain/kind.ts';
import type { Mode } from '../domain/mode.ts';
import type { OperationPhase } from '../domain/operation.ts';
import type { Resolution } from '../domain/resolution.ts';
import type { Random } from '../domain/schedule.ts';
import type { Failure } from '../ports/failure.ts';
import type { ItemStore } from '../ports/item-store.ts';
import type { Journal, OperationIntent } from '../ports/journal.ts';
import type { Leadership } from '../ports/leadership.ts';
import type { Records } from '../ports/records.ts';
import type { KindPorts } from '../ports/vendor.ts';
import type { ContactState } from './first-contact.ts';
import type { Guard } from './guard.ts';
import { createLine, type Line } from './line.ts';
import type { Refusal } from './refusals.ts';
import { createTable, type ItemTable, type Ordinal } from './table.ts';
import type { Busy } from './task.ts';
import { createWakes, type Wakes } from './wakes.ts';

/** What a lane needs around it. Times in ms: `nowMs` is monotonic, `wallMs` is for people. */
export interface LaneEnv<T extends KindTypes> {
  ports(): KindPorts<T['subject'], T['desired'], T['row']> | undefined;
  /** Where the kind's items are made durable before a write, if they are. */
  store(): ItemStore<T> | undefined;
  /** How the account and its vendor stand to each other. */
  contact(): ContactState;
  readonly journal: Journal;
  readonly records: Records;
  readonly leadership: Leadership;
  settings(): LaneSettings;
  /** How long until a call may be made again that failed, at least `inMs`; counts the `calls` that it takes. */
  bookRetryMs(inMs: number, calls: number): number;
  nowMs(): number;
  wallMs(): number;
  readonly random: Random;
  /** Unique for all time. */
  newRequestKey(): string;
  /** From when the account lets a request through, monotonic; in the past when it does now. */
  sendableAtMs(): number;
  /** Told of every vendor call that failed: some failures concern the whole account, not one item. */
  onVendorFailure(failure: Failure): void;
  /** Told of every vendor call that got a trustworthy reply. */
  onVendorReply(): void;
  /** Told when a set was read for the first time, could not be read, or can be read again. */
  onNews(): void;
  /** What people found out about an operation; empty when nobody said anything. */
  resolutionsOf(requestKey: string): readonly Resolution[];
  /** What stands between a plan and harm. */
  readonly guard: Guard;
  /** Told of a fault in our own code. */
  onBug(error: unknown): void;
  /** What is declared or wanted has changed: the loop has something to do. */
  readonly wake: () => void;
}

interface LaneSettings {
  readonly mode: Mode;
  readonly suspended: boolean;
  readonly resyncIntervalMs: number;
  /** A destructive write waits this long after the last edit that touches its item. */
  readonly settleMs: number;
  /** A read that lost more than this share of a set, in percent, is not believed before a second one agrees. */
  readonly shrinkPercent: number;
}

/** One resource and the items it declares. */
interface Holding<T extends KindTypes> {
  readonly declaration: Declaration<T>;
  readonly ordinals: Ordinal[];
}

/** A set at the vendor: what is being read of it, what waits for it, and what is known of it. */
export interface SetState<T extends KindTypes> extends Busy {
  readonly name: string;
  /** Items that need this set, or a read of their own, no earlier than the given time. */
  readonly waiting: Map<Ordinal, number>;
  /** When the whole set shall be read again; undefined when nobody wants it. */
  dueAtMs: number | undefined;
  /** Nobody wants it: it is only due because records speak of what was kept in it. */
  glance: boolean;
  reading: SetReading<T> | undefined;
  attempts: number;
  retryAtMs: number;
  lastFailure: Failure | undefined;
  lastTotal: number | undefined;
  /** How many rows a read showed that was not believed. */
  suspectedTotal: number | undefined;
  lastCompleteAtWallMs: number | undefined;
  /** When something of ours in it last changed. */
  newsAtMs: number;
  /** A look that nothing waits for comes no sooner: by how long the last one took. */
  restUntilMs: number;
  /** Until then something of ours may be in it that the vendor does not list yet. */
  watchedUntilMs: number;
}

/** A read of a whole set, page by page. */
export interface SetReading<T extends KindTypes> {
  readonly id: number;
  readonly startedAtMs: number;
  cursor: string | undefined;
  total: number | undefined;
  /** The rows it showed so far, by their own keys: one that comes twice counts once. */
  readonly rowKeys: Set<ItemKey>;
  /** What may only be said once every row has spoken (`fileUnder: 'every'`). */
  readonly gathered: Map<ItemKey, T['observed']>;
  /** It showed something of ours differently than it was known. */
  news: boolean;
}

/** Items that shall travel in one request, as long as more may join. */
export interface FormingCall {
  readonly verb: Verb;
  readonly partitionText: string;
  readonly ordinals: Set<Ordinal>;
  readonly firstAtMs: number;
  lastAtMs: number;
}

/** How many more requests may be spent on finding the poisoned items of one request. Shared by its parts. */
export interface SplitBudget {
  left: number;
  /** What the first part that the vendor takes adds: it shows that the items are to blame, not what they share. */
  afterSuccess: number;
}

/** Items that go out together, next. */
export interface ReadyCall {
  readonly verb: Verb;
  readonly partitionText: string;
  readonly ordinals: readonly Ordinal[];
  readonly budget?: SplitBudget;
}

/** What is known of one item of an operation; undefined: not yet. */
export type PositionOutcome =
  | 'succeeded'
  | 'didNotHappen'
  | 'saidNotToHaveHappened'
  | ItemFailure
  | undefined;

/** An operation that is not yet ended and noted. Positions are those of the request. */
export interface OpenOperation extends Busy {
  readonly intent: OperationIntent;
  readonly ordinals: readonly Ordinal[];
  readonly positionOf: ReadonlyMap<Ordinal, number>;
  /** What it asks, by position; undefined when an earlier process sent it (see `askedOf`). */
  readonly asked: readonly (string | undefined)[] | undefined;
  readonly outcomes: PositionOutcome[];
  readonly budget: SplitBudget;
  /** What the vendor called the things it made, by position. */
  readonly vendorIds: Map<number, string>;
  /** How many outcomes are not known yet. */
  unsettled: number;
  /** Positions whose outcome is known and whose item is not free yet. */
  settled: number[];
  /** The loss for which the items were last marked as unknown. */
  markedForMs: number | undefined;
  /** Name in the journal, once the intent is durable. */
  name: string | undefined;
  phase: OperationPhase;
  vendorOperationIds: readonly string[];
  submittedAtWallMs: number | undefined;
  /** When the vendor took it, or this process found it taken. */
  acceptedAtMs: number;
  /** Why the request as a whole came to nothing. */
  refusal: Failure | undefined;
  /** What became of some of its items is known from a person. */
  resolvedByPeople: boolean;
  /** What people had found out when it was last heeded. */
  heeded: readonly Resolution[] | undefined;
  /** Facts changed since they were last noted. */
  noteDue: boolean;
  attempts: number;
  /** Noting failed: not again before this. */
  noteNotBeforeMs: number;
  polls: number;
  nextAtMs: number;
}

/** An item to be planned anew at a time; with a refusal, only if that still stands. */
interface Wake {
  readonly ordinal: Ordinal;
  readonly failure?: RememberedFailure;
  /** It is not planned but looked at, unless that was put off. */
  readonly look?: true;
}

/** How reading one item failed, and how often in a row. */
interface Unread {
  readonly failure: Failure;
  readonly attempts: number;
}

/** Everything one lane knows. A lane is one item kind within one vendor scope. */
export interface LaneState<T extends KindTypes> {
  readonly kind: ItemKind<T>;
  readonly env: LaneEnv<T>;
  readonly table: ItemTable<T>;
  readonly holders: Map<Holder, Holding<T>>;
  /** Resources that declare whatever these sets show. */
  readonly adopters: Map<Holder, readonly string[]>;
  /** Items whose step must be planned anew. */
  readonly dirty: Line;
  /** Resources whose verdicts may have changed since they were last told. */
  readonly changed: Set<Holder>;
  readonly sets: Map<string, SetState<T>>;
  /** Who asks for a set though it declares nothing in it; the empty name: the account itself. */
  readonly wanted: Map<string, Set<Holder>>;
  readonly itemReads: Set<Ordinal>;
  readonly forming: Map<string, FormingCall>;
  readonly ready: ReadyCall[];
  readonly operations: Map<string, OpenOperation>;
  /** Items that only rows have named so far, since nothing is missing that they could be. */
  readonly unfamiliar: Set<Ordinal>;
  /** The keys under which items are listed that were recognised in a row without a key of theirs. */
  readonly listedAs: Map<Ordinal, ItemKey>;
  /** Items that turned out to be the same as another one, which stands for them. */
  readonly merged: Map<Ordinal, Ordinal>;
  /** Since when a complete look has missed an item whose creation is due. */
  readonly missedSinceMs: Map<Ordinal, number>;
  /** Free items of operations that are still open: no other write starts for them before those end. */
  readonly lingering: Set<Ordinal>;
  /** What the vendor refused for good, as it is recorded; and what of that does not stand any more. */
  readonly refusals: Map<Ordinal, Refusal>;
  readonly outlived: Set<Ordinal>;
  readonly forgetting: Busy & { attempts: number; notBeforeMs: number };
  /** What a write under way for an item makes recorded once it succeeds, even if nobody wants it by then. */
  readonly intended: Map<Ordinal, T['recorded']>;
  /** Items whose records were lost, as far as anybody can tell. */
  readonly lost: Set<Ordinal>;
  /** How many of its items a resource was told to be recorded, until the records are read. */
  readonly reported: Map<Holder, number>;
  /** The records were read. */
  restored: boolean;
  /** Where an item waits to be read, where to be joined by others, and where to be sent. */
  readonly waitingIn: Map<Ordinal, SetState<T>>;
  readonly formingIn: Map<Ordinal, FormingCall>;
  readonly readyIn: Map<Ordinal, ReadyCall>;
  /** Resources that are there and cannot say yet what they declare. */
  readonly undeclared: Set<Holder>;
  /** Resources that are being deleted and let go of everything that is recorded for them. */
  readonly leaving: Set<Holder>;
  /** Items that a record names a resource for which does not declare them any more, by that resource. */
  readonly departing: Map<Holder, Set<Ordinal>>;
  /** Claims that wait until what their resource lets go of was released, by that resource. */
  readonly exchanging: Map<Holder, Set<Ordinal>>;
  readonly departingFrom: Map<Ordinal, Holder>;
  /** Items for which a guarded write is due and not under way, by its budget; it may settle, or wait for a look, before it starts. */
  readonly guarded: Readonly<Record<BudgetName, Set<Ordinal>>>;
  /** Records to be made durable. */
  readonly keeps: Map<Ordinal, T['recorded'] | undefined>;
  /** Those that are being written now. */
  readonly recording: Map<Ordinal, T['recorded']>;
  readonly keeping: Busy;
  /** Items to be made durable on our side. */
  readonly stores: Set<Ordinal>;
  readonly storing: Busy;
  storeAttempts: number;
  storesNotBeforeMs: number;
  /** When an item that is asked for by itself shall be looked at again, and those whose time has come. */
  readonly nextLooks: Map<Ordinal, number>;
  readonly routineReads: Set<Ordinal>;
  /**
   * Items of which a look that came too soon after a write showed something else than the write achieved, and when (by the
   * monotonic clock) a look is late enough to tell, or is tried again.
   */
  readonly doubted: Map<Ordinal, number>;
  /** Items asked for by themselves that could not be read. */
  readonly unread: Map<Ordinal, Unread>;
  readonly wakes: Wakes<Wake>;
  readIds: number;
  /** When a resource declared something last, monotonic; undefined before the first time. */
  declaredAtMs: number | undefined;
  /** Items planned since the process began; one that is planned again counts again. */
  plannedItems: number;
  /** What became of items in operations that ended, since the process began; one that is sent again counts again. */
  readonly writtenItems: Map<Verb, WrittenItems>;
  /** Whether the guard let guarded writes go when it was last asked, by budget. */
  readonly guardOpen: Record<BudgetName, boolean>;
  writeAttempts: number;
  /** Writes that have begun and not gone yet: the quota that is there is theirs. */
  aboutToSend: number;
  writesNotBeforeMs: number;
  keepAttempts: number;
  keepsNotBeforeMs: number;
}

/** How many items writes of one verb were about, by what became of them. */
export interface WrittenItems {
  succeeded: number;
  failed: number;
}

export function createLaneState<T extends KindTypes>(kind: ItemKind<T>, env: LaneEnv<T>): LaneState<T> {
  return {
    kind,
    env,
    table: createTable<T>((recorded) => kind.holderOf(recorded)),
    holders: new Map(),
    adopters: new Map(),
    dirty: createLine(),
    changed: new Set(),
    sets: new Map(),
    wanted: new Map(),
    itemReads: new Set(),
    forming: new Map(),
    ready: [],
    operations: new Map(),
    unfamiliar: new Set(),
    listedAs: new Map(),
    merged: new Map(),
    missedSinceMs: new Map(),
    lingering: new Set(),
    refusals: new Map(),
    outlived: new Set(),
    forgetting: { busy: false, attempts: 0, notBeforeMs: 0 },
    intended: new Map(),
    lost: new Set(),
    reported: new Map(),
    restored: false,
    waitingIn: new Map(),
    formingIn: new Map(),
    readyIn: new Map(),
    undeclared: new Set(),
    leaving: new Set(),
    departing: new Map(),
    exchanging: new Map(),
    departingFrom: new Map(),
    guarded: { destructive: new Set(), creations: new Set(), irreversible: new Set() },
    keeps: new Map(),
    recording: new Map(),
    keeping: { busy: false },
    stores: new Set(),
    storing: { busy: false },
    storeAttempts: 0,
    storesNotBeforeMs: 0,
    nextLooks: new Map(),
    routineReads: new Set(),
    doubted: new Map(),
    unread: new Map(),
    wakes: createWakes(),
    readIds: 0,
    declaredAtMs: undefined,
    plannedItems: 0,
    writtenItems: new Map(),
    guardOpen: { destructive: true, creations: true, irreversible: true },
    writeAttempts: 0,
    aboutToSend: 0,
    writesNotBeforeMs: 0,
    keepAttempts: 0,
    keepsNotBeforeMs: 0,
  };
}

/** Finds or makes the state of a set. */
export function setState<T extends KindTypes>(lane: LaneState<T>, name: string): SetState<T> {
  const found = lane.sets.get(name);
  if (found !== undefined) return found;
  const made: SetState<T> = {
    name,
    waiting: new Map(),
    dueAtMs: undefined,
    glance: false,
    reading: undefined,
    busy: false,
    attempts: 0,
    retryAtMs: 0,
    lastFailure: undefined,
    lastTotal: undefined,
    suspectedTotal: undefined,
    lastCompleteAtWallMs: undefined,
    newsAtMs: 0,
    restUntilMs: 0,
    watchedUntilMs: 0,
  };
  lane.sets.set(name, made);
  return made;
}
