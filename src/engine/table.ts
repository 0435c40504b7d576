import type {
  Declared,
  InFlight,
  Item,
  ItemKey,
  KindTypes,
  Observation,
  RememberedFailure,
} from '../domain/item.ts';
import type { Step } from '../domain/kind.ts';

/** Position of an item in its table; stays the same for the life of the process. */
export type Ordinal = number;

/**
 * All items of one kind in one vendor scope, as columns: one map from key to ordinal, and arrays of references
 * to values that many items share. A million items as objects in maps would cost several times as much.
 */
export interface ItemTable<T extends KindTypes> {
  readonly keys: ItemKey[];
  readonly declared: (readonly Declared<T>[])[];
  readonly observed: Observation<T>[];
  /** The vendor's set in which an item was last seen; undefined when it was not. */
  readonly seenInSet: (string | undefined)[];
  /** The read that last showed the item. */
  readonly seenInRead: number[];
  /** The vendor said that a write succeeded: a read begun before this may still miss it. */
  readonly visibleFromMs: number[];
  /** Changed by `record` alone. */
  readonly recorded: readonly (T['recorded'] | undefined)[];
  /** How many items are recorded. The guard asks for it with every item it judges. */
  readonly recordedItems: number;
  readonly inFlight: (InFlight | undefined)[];
  readonly failure: (RememberedFailure | undefined)[];
  readonly step: Step<T>[];
  /** What items were last known by that nothing declares (any more) and a record holds. */
  readonly lastSubject: Map<Ordinal, T['subject']>;
  /** Since when a destructive write is due for the item; 0 when none is. */
  readonly destructiveSinceMs: number[];
  record(ordinal: Ordinal, value: T['recorded'] | undefined): void;
  find(key: ItemKey): Ordinal | undefined;
  /** Finds or adds. */
  ordinalOf(key: ItemKey): Ordinal;
  /** Lets an item be found under one more key. */
  alias(key: ItemKey, ordinal: Ordinal): void;
  /** `nowMs`: the wall time it is looked at. */
  item(ordinal: Ordinal, nowMs: number): Item<T>;
}

/** Nothing is known of the item's whereabouts. */
export const UNKNOWN = { is: 'unknown' } as const;
const NOBODY: readonly never[] = [];
const SETTLE = { do: 'settle' } as const;

export function createTable<T extends KindTypes>(): ItemTable<T> {
  const ordinals = new Map<ItemKey, Ordinal>();
  const recorded: (T['recorded'] | undefined)[] = [];
  let recordedItems = 0;
  const table: ItemTable<T> = {
    keys: [],
    declared: [],
    observed: [],
    seenInSet: [],
    seenInRead: [],
    visibleFromMs: [],
    recorded,
    get recordedItems() {
      return recordedItems;
    },
    inFlight: [],
    failure: [],
    step: [],
    lastSubject: new Map(),
    destructiveSinceMs: [],
    record: (ordinal, value) => {
      recordedItems += Number(value !== undefined) - Number(recorded[ordinal] !== undefined);
      recorded[ordinal] = value;
    },
    find: (key) => ordinals.get(key),
    ordinalOf: (key) => ordinals.get(key) ?? add(key),
    alias: (key, ordinal) => {
      if (!ordinals.has(key)) ordinals.set(key, ordinal);
    },
    item: (ordinal, nowMs) => view(table, ordinal, nowMs),
  };

  function add(key: ItemKey): Ordinal {
    const ordinal = table.keys.length;
    ordinals.set(key, ordinal);
    table.keys.push(key);
    table.declared.push(NOBODY);
    table.observed.push(UNKNOWN);
    table.seenInSet.push(undefined);
    table.seenInRead.push(0);
    table.visibleFromMs.push(0);
    recorded.push(undefined);
    table.inFlight.push(undefined);
    table.failure.push(undefined);
    table.step.push(SETTLE);
    table.destructiveSinceMs.push(0);
    return ordinal;
  }

  return table;
}

function view<T extends KindTypes>(table: ItemTable<T>, ordinal: Ordinal, nowMs: number): Item<T> {
  const recorded = table.recorded[ordinal];
  const inFlight = table.inFlight[ordinal];
  const failure = table.failure[ordinal];
  const lastSubject = table.lastSubject.get(ordinal);
  return {
    key: table.keys[ordinal] as ItemKey,
    declared: table.declared[ordinal] ?? NOBODY,
    observed: table.observed[ordinal] ?? UNKNOWN,
    ...(recorded === undefined ? {} : { recorded }),
    ...(inFlight === undefined ? {} : { inFlight }),
    ...(failure === undefined ? {} : { failure }),
    ...(lastSubject === undefined ? {} : { lastSubject }),
    nowMs,
  };
}
