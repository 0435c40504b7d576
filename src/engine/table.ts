import type {
  Declared,
  Holder,
  InFlight,
  Item,
  ItemKey,
  KindTypes,
  Observation,
  RememberedFailure,
} from '../domain/item.ts';
import type { Step } from '../domain/kind.ts';
import { createPool } from './pool.ts';

/**
 * Position of an item in its table. It stays the same until the item is dropped, so that what waits for an answer goes by
 * keys: by then another item may stand there.
 */
export type Ordinal = number;

/**
 * All items of one kind in one vendor scope, as columns: one map from key to ordinal, and arrays of references
 * to values that many items share. A million items as objects in maps would cost several times as much.
 */
export interface ItemTable<T extends KindTypes> {
  /** Undefined where an item was dropped and no other one took its place yet. */
  readonly keys: readonly (ItemKey | undefined)[];
  /** The vendor's set in which an item was last seen; undefined when it was not. */
  readonly seenInSet: (string | undefined)[];
  /** The read that last showed the item. */
  readonly seenInRead: number[];
  /** The vendor said that a write succeeded: a read begun before this may still miss it. */
  readonly visibleFromMs: number[];
  /** Changed by `record` alone. */
  readonly recorded: readonly (T['recorded'] | undefined)[];
  readonly recordedItems: number;
  /**
   * How many items are recorded for a resource: what was let go of and kept at the vendor is nobody's to release, so it
   * makes no release small. The guard asks for it with every item it judges.
   */
  readonly heldItems: number;
  readonly inFlight: (InFlight | undefined)[];
  readonly failure: (RememberedFailure | undefined)[];
  /** Changed by `plan` alone. */
  readonly step: readonly Step<T>[];
  /** How many items have a vendor write, or something to be stored for one, as their step. */
  readonly plannedWrites: number;
  /** What items were last known by that nothing declares (any more) and a record holds. */
  readonly lastSubject: Map<Ordinal, T['subject']>;
  /** Since when a destructive write is due for the item; 0 when none is. */
  readonly destructiveSinceMs: number[];
  /** Who declares the item; made anew for everybody who asks. */
  declared(ordinal: Ordinal): readonly Declared<T>[];
  declares(holder: Holder, ordinal: Ordinal): boolean;
  declare(ordinal: Ordinal, declared: readonly Declared<T>[]): void;
  /** What the vendor was last seen to say of it; made anew for everybody who asks. */
  observed(ordinal: Ordinal): Observation<T>;
  observe(ordinal: Ordinal, observation: Observation<T>): void;
  record(ordinal: Ordinal, value: T['recorded'] | undefined): void;
  plan(ordinal: Ordinal, step: Step<T>): void;
  find(key: ItemKey): Ordinal | undefined;
  /** Finds or adds. */
  ordinalOf(key: ItemKey): Ordinal;
  /** Makes one of the keys that an item is found under its own. */
  rename(ordinal: Ordinal, key: ItemKey): void;
  /** Takes out an item of which nothing is known; its place goes to another one. */
  drop(ordinal: Ordinal): void;
  /** Lets an item be found under one more key. */
  alias(key: ItemKey, ordinal: Ordinal): void;
  /** `nowMs`: the wall time it is looked at. */
  item(ordinal: Ordinal, nowMs: number): Item<T>;
}

/** Nothing is known of the item's whereabouts. */
export const UNKNOWN = { is: 'unknown' } as const;
const NOBODY: readonly never[] = [];
/** Stands in the column of facts for what the vendor was seen not to have. */
const ABSENT = Symbol('absent');
const SETTLE = { do: 'settle' } as const;
const WAIT = { do: 'wait' } as const;

/** `holderOf`: the resource that a record stands for, if any does. */
export function createTable<T extends KindTypes>(
  holderOf: (recorded: T['recorded']) => Holder | undefined,
): ItemTable<T> {
  const ordinals = new Map<ItemKey, Ordinal>();
  const keys: (ItemKey | undefined)[] = [];
  const aliases = new Map<Ordinal, ItemKey[]>();
  /** Places of items that were dropped. */
  const free: Ordinal[] = [];
  /** The declaration and its subject of items that one resource declares: nearly all. */
  const declaredBy: (Declared<T>['by'] | undefined)[] = [];
  const subjects: T['subject'][] = [];
  /** All declarations of items that several resources declare. */
  const contested = new Map<Ordinal, readonly Declared<T>[]>();
  const facts: (T['observed'] | typeof ABSENT | undefined)[] = [];
  const observedAtMs: number[] = [];
  /** Present by what a write achieved, not by a look. */
  const believed: boolean[] = [];
  const sharedFact = createPool<T['observed']>();
  const recorded: (T['recorded'] | undefined)[] = [];
  const sharedRecord = createPool<T['recorded']>();
  let recordedItems = 0;
  let heldItems = 0;
  const steps: Step<T>[] = [];
  const sharedCall = createPool<Step<T>>();
  let plannedWrites = 0;
  const table: ItemTable<T> = {
    keys,
    seenInSet: [],
    seenInRead: [],
    visibleFromMs: [],
    recorded,
    get recordedItems() {
      return recordedItems;
    },
    get heldItems() {
      return heldItems;
    },
    inFlight: [],
    failure: [],
    step: steps,
    get plannedWrites() {
      return plannedWrites;
    },
    lastSubject: new Map(),
    destructiveSinceMs: [],
    declared: (ordinal) => {
      const by = declaredBy[ordinal];
      if (by !== undefined) return [{ by, subject: subjects[ordinal] }];
      return contested.get(ordinal) ?? NOBODY;
    },
    declares: (holder, ordinal) => {
      const by = declaredBy[ordinal];
      if (by !== undefined) return by.holder === holder;
      return contested.get(ordinal)?.some((one) => one.by.holder === holder) ?? false;
    },
    declare: (ordinal, declared) => {
      const [only] = declared.length === 1 ? declared : NOBODY;
      declaredBy[ordinal] = only?.by;
      subjects[ordinal] = only?.subject;
      if (declared.length > 1) contested.set(ordinal, declared);
      else contested.delete(ordinal);
    },
    observed: (ordinal) => {
      const fact = facts[ordinal];
      const atMs = observedAtMs[ordinal] ?? 0;
      if (fact === undefined) return UNKNOWN;
      if (fact === ABSENT) return { is: 'absent', atMs };
      return believed[ordinal] === true
        ? { is: 'present', fact, atMs, believed: true }
        : { is: 'present', fact, atMs };
    },
    observe: (ordinal, observation) => {
      facts[ordinal] = factOf(observation, sharedFact);
      observedAtMs[ordinal] = observation.is === 'unknown' ? 0 : observation.atMs;
      believed[ordinal] = observation.is === 'present' && observation.believed === true;
    },
    record: (ordinal, value) => {
      const before = recorded[ordinal];
      recordedItems += Number(value !== undefined) - Number(before !== undefined);
      heldItems += Number(isHeld(value)) - Number(isHeld(before));
      recorded[ordinal] = value === undefined ? undefined : sharedRecord(value);
    },
    plan: (ordinal, step) => {
      plannedWrites += Number(isWrite(step)) - Number(isWrite(steps[ordinal]));
      steps[ordinal] = sharedStep(step, sharedCall);
    },
    find: (key) => ordinals.get(key),
    ordinalOf: (key) => ordinals.get(key) ?? add(key),
    rename: (ordinal, key) => {
      const before = keys[ordinal];
      const others = (aliases.get(ordinal) ?? []).filter((other) => other !== key);
      aliases.set(ordinal, before === undefined || before === key ? others : [...others, before]);
      ordinals.set(key, ordinal);
      keys[ordinal] = key;
    },
    drop,
    alias: (key, ordinal) => {
      if (ordinals.has(key)) return;
      ordinals.set(key, ordinal);
      aliases.set(ordinal, [...(aliases.get(ordinal) ?? []), key]);
    },
    item: (ordinal, nowMs) => view(table, ordinal, nowMs),
  };

  function isHeld(value: T['recorded'] | undefined): boolean {
    return value !== undefined && holderOf(value) !== undefined;
  }

  function add(key: ItemKey): Ordinal {
    const ordinal = free.pop() ?? keys.length;
    ordinals.set(key, ordinal);
    keys[ordinal] = key;
    blank(ordinal);
    return ordinal;
  }

  function drop(ordinal: Ordinal): void {
    const key = keys[ordinal];
    if (key === undefined) return;
    for (const name of [key, ...(aliases.get(ordinal) ?? [])]) ordinals.delete(name);
    table.record(ordinal, undefined);
    table.plan(ordinal, SETTLE);
    aliases.delete(ordinal);
    keys[ordinal] = undefined;
    blank(ordinal);
    free.push(ordinal);
  }

  /** As of an item that nothing is known of. */
  function blank(ordinal: Ordinal): void {
    declaredBy[ordinal] = undefined;
    subjects[ordinal] = undefined;
    contested.delete(ordinal);
    facts[ordinal] = undefined;
    observedAtMs[ordinal] = 0;
    believed[ordinal] = false;
    table.seenInSet[ordinal] = undefined;
    table.seenInRead[ordinal] = 0;
    table.visibleFromMs[ordinal] = 0;
    recorded[ordinal] = undefined;
    table.inFlight[ordinal] = undefined;
    table.failure[ordinal] = undefined;
    steps[ordinal] = SETTLE;
    table.lastSubject.delete(ordinal);
    table.destructiveSinceMs[ordinal] = 0;
  }

  return table;
}

function factOf<T extends KindTypes>(
  observation: Observation<T>,
  shared: (fact: T['observed']) => T['observed'],
): T['observed'] | typeof ABSENT | undefined {
  if (observation.is === 'unknown') return undefined;
  return observation.is === 'absent' ? ABSENT : shared(observation.fact);
}

function isWrite(step: { readonly do: string } | undefined): boolean {
  return step?.do === 'call' || step?.do === 'store';
}

/** Most items have the same few steps. */
function sharedStep<T extends KindTypes>(step: Step<T>, sharedCall: (step: Step<T>) => Step<T>): Step<T> {
  if (step.do === 'settle') return SETTLE;
  if (step.do === 'call') return sharedCall(step);
  return step.do === 'wait' && Object.keys(step).length === 1 ? WAIT : step;
}

function view<T extends KindTypes>(table: ItemTable<T>, ordinal: Ordinal, nowMs: number): Item<T> {
  const recorded = table.recorded[ordinal];
  const inFlight = table.inFlight[ordinal];
  const failure = table.failure[ordinal];
  const lastSubject = table.lastSubject.get(ordinal);
  // Made for every look at every item: spreading what may be absent would cost several objects each.
  const item: { -readonly [Name in keyof Item<T>]: Item<T>[Name] } = {
    key: table.keys[ordinal] as ItemKey,
    declared: table.declared(ordinal),
    observed: table.observed(ordinal),
    nowMs,
  };
  if (recorded !== undefined) item.recorded = recorded;
  if (inFlight !== undefined) item.inFlight = inFlight;
  if (failure !== undefined) item.failure = failure;
  if (lastSubject !== undefined) item.lastSubject = lastSubject;
  return item;
}
