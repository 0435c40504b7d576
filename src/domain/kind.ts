import type {
  Declared,
  Holder,
  Item,
  ItemFailure,
  ItemKey,
  KindTypes,
  Observation,
  Partition,
  Verb,
} from './item.ts';

/** Names of item kinds, as they stand in the records. */
export type KindName = 'device' | 'company' | 'subscription' | 'registration' | 'charge' | 'line';

/** Which declaration of an item counts, and whose do not. */
export interface Resolution<T extends KindTypes> {
  readonly winner?: Declared<T>;
  readonly losers: readonly Declared<T>[];
}

/** One difference between what is desired and what is observed. */
export interface Drift {
  /** CamelCase, for example `NotClaimed`. */
  readonly reason: string;
  /** Where, in the words of the resource, for example `devices[].companyId`. */
  readonly field: string;
}

/** What to do next for one item. Values only: the engine performs it. */
export type Step<T extends KindTypes> =
  /** Desired, observed and recorded agree. `untilMs`: as far as is known until then, by the wall clock. */
  | { readonly do: 'settle'; readonly untilMs?: number }
  /**
   * Nothing can be decided before the vendor was read (again), no earlier than `notBeforeMs`. `before`: the write
   * that will be due unless the look shows a surprise; the guard counts it already.
   */
  | { readonly do: 'observe'; readonly notBeforeMs?: number; readonly before?: Verb }
  /** A vendor write. */
  | { readonly do: 'call'; readonly verb: Verb; readonly reason: Drift }
  /** Make the record say this; `undefined` removes it. `aside`: it answers nothing that the vendor refused. */
  | {
      readonly do: 'keep';
      readonly record: T['recorded'] | undefined;
      readonly reason: string;
      readonly aside?: true;
    }
  /**
   * Something must be made durable on our side first, by the kind's store: a history archived, a charge written
   * down. Its receipt becomes the record, and a later call may demand it.
   */
  | { readonly do: 'store'; readonly reason: string }
  /** Something under way must end first, or the time to ask again must come: `untilMs` by the wall clock. */
  | { readonly do: 'wait'; readonly untilMs?: number }
  /** Only a person, a changed declaration or a changed vendor helps. */
  | { readonly do: 'stall'; readonly failure: ItemFailure };

/** What one write does to one item, and on whose behalf. */
export interface Target<T extends KindTypes> {
  readonly subject: T['subject'];
  readonly desired: T['desired'];
  readonly holder: Holder;
  readonly suspended: boolean;
}

/** A write that the vendor did, or would do, to one item. */
export interface Success<T extends KindTypes> {
  readonly verb: Verb;
  readonly partition: Partition;
  /** What the write would be about by now; absent when nothing asks for it any more. */
  readonly target?: Target<T>;
  /** What its intent lets become recorded; absent before there is one. It tells what was sent. */
  readonly intended?: T['recorded'];
  readonly recorded?: T['recorded'];
  /** It is in force only once the customer approves it at the vendor. */
  readonly awaitsCustomer?: true;
  /** The time by the wall clock. */
  readonly nowMs: number;
  /** The id that the vendor gave to what it made, where its answer told. */
  readonly vendorId?: string;
}

/** An item, and the key of the row that was recognised as it. */
export interface RecognisedItem {
  readonly missed: ItemKey;
  readonly appeared: ItemKey;
}

/** What a success lets us believe; `nothing`: only a look can tell. */
export type Believed<T extends KindTypes> =
  | {
      readonly is: 'present';
      readonly fact: T['observed'];
      /** Further keys of the same fact, where a row is filed under each of its keys. */
      readonly keys?: readonly ItemKey[];
    }
  | { readonly is: 'absent' }
  | { readonly is: 'nothing' };

/**
 * What makes one kind of item different from another: pure functions. Everything else (batches, journal,
 * polling, retry, guard, audit) exists once, in the engine.
 */
export interface ItemKind<T extends KindTypes> {
  readonly name: KindName;
  /** The vendor writes that are about items of this kind, and of no other. */
  readonly verbs: readonly Verb[];
  /**
   * An item that stands at the vendor as declared, though no record of ours says why, is a first contact: it may
   * belong to somebody's live fleet.
   */
  readonly meetsContact: boolean;
  /** The writes by which a resource gives one item up and takes another in its place, in this order. */
  readonly exchange?: { readonly release: Verb; readonly claim: Verb };
  /** The vendor's set in which a declared item would be seen. */
  setOf(desired: T['desired']): string;
  /** The set in which the effect of a write with this partition would be seen. */
  setOfPartition(partition: Partition): string | undefined;
  /** The set in which this row stands at the vendor; absent when it stands in none. */
  setOfRow(row: T['row']): string | undefined;
  /**
   * Every key a row of the vendor's list may be declared under. The first is the row's own: rows of one list
   * that share it are the same row.
   */
  keysOf(row: T['row']): readonly ItemKey[];
  /**
   * `first`: a row is one item, known by any of its keys. `every`: each key is an item of its own, and several
   * rows may speak of it (companies of the same name).
   */
  readonly fileUnder: 'first' | 'every';
  /** What rows of one and the same read say of an item, folded; `before` is what earlier rows of that read said. */
  observe(before: T['observed'] | undefined, row: T['row']): T['observed'];
  /** Who counts, among all that declare the item. */
  resolve(item: Item<T>): Resolution<T>;
  /** How desired and observed differ, most important first; empty when they agree. */
  compare(
    desired: T['desired'],
    observed: Observation<T>,
    recorded: T['recorded'] | undefined,
  ): readonly Drift[];
  /** How long ago the vendor was looked at matters: its items carry `monotonicMs`. Absent: it does not. */
  readonly agesLooks?: true;
  /** Whether what is seen waits for somebody at the vendor, and so may change without us. Absent: it never does. */
  waits?(fact: T['observed']): boolean;
  /** Whether this observation shows that the verb, sent with this partition, took effect. */
  shows(verb: Verb, partition: Partition, observed: Observation<T>): boolean;
  /** The vendor's set in which a recorded item would be seen. */
  setOfRecord(recorded: T['recorded']): string;
  /**
   * An item that is recorded in another set than the one it is declared in is looked for where it is recorded, until a look
   * disproves the record, or the vendor refuses to show that set: the record may forbid what the other set alone would
   * suggest. Absent: where it is declared.
   */
  readonly recordSpeaksFirst?: true;
  /** The resource that a record stands for; undefined when that let go of the item for good, and kept it at the vendor. */
  holderOf(recorded: T['recorded']): Holder | undefined;
  /** What a write of this verb would be about and for whom; undefined when nothing asks for it (any more). */
  target(item: Item<T>, verb: Verb): Target<T> | undefined;
  /**
   * Whether what a write rests on still holds in the moment before it is sent; without it, its target says enough.
   * What does not is planned anew.
   */
  mayGo?(item: Item<T>, verb: Verb): boolean;
  /** What the vendor's per-item success of a finished operation lets us believe until the next look. */
  believed(success: Success<T>): Believed<T>;
  /** What becomes of the record after a success; undefined: it stays as it is. */
  recordAfter(success: Success<T>): { readonly value: T['recorded'] | undefined } | undefined;
  /** What the record becomes by a lost reply to a write that is repeated; absent or undefined: it stays as it is. */
  recordAfterLoss?(verb: Verb, recorded: T['recorded']): T['recorded'] | undefined;
  /** Every key a declared item may be found under, beside the one it is declared under. Absent: none. */
  keysOfSubject?(subject: T['subject']): readonly ItemKey[];
  /** Whether a key can be no other item's: items that one row speaks of by such keys are the same. */
  isOwnKey?(key: ItemKey): boolean;
  /**
   * Which of the rows that newly appeared are items that the vendor took and lists under none of their keys. Absent:
   * rows always show a key that can be declared.
   */
  recognise?(missed: readonly ItemKey[], appeared: readonly ItemKey[]): readonly RecognisedItem[];
  /** The key under which a recorded item is listed, where it was recognised so. */
  listedAs?(recorded: T['recorded']): ItemKey | undefined;
  /** What an item is certainly known by, when nothing else is known of it. */
  subjectOf(key: ItemKey): T['subject'] | undefined;
  /** What the vendor's list knows it by. */
  subjectOfRow(row: T['row']): T['subject'] | undefined;
  /** The next step of an item that nothing is in flight for. */
  next(item: Item<T>): Step<T>;
  /** What one of its declaring resources is told about it. */
  verdict(item: Item<T>, step: Step<T>, holder: Holder): T['verdict'];
}
