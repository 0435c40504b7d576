import type {
  Declared,
  Holder,
  Item,
  ItemFailure,
  ItemKey,
  Observation,
  Partition,
  Verb,
} from './item.ts';

/** Which declaration of an item counts, and whose do not. */
export interface Resolution<Subject, Desired> {
  readonly winner?: Declared<Subject, Desired>;
  readonly losers: readonly Declared<Subject, Desired>[];
}

/** One difference between what is desired and what is observed. */
export interface Drift {
  /** CamelCase, for example `NotClaimed`. */
  readonly reason: string;
  /** Where, in the words of the resource, for example `devices[].companyId`. */
  readonly field: string;
}

/** What to do next for one item. Values only: the engine performs it. */
export type Step<Recorded> =
  /** Desired, observed and recorded agree. */
  | { readonly do: 'settle' }
  /** Nothing can be decided before the vendor was read (again), no earlier than `notBeforeMs`. */
  | { readonly do: 'observe'; readonly notBeforeMs?: number }
  /** A vendor write. */
  | { readonly do: 'call'; readonly verb: Verb; readonly reason: Drift }
  /** Make the record say this; `undefined` removes it. */
  | { readonly do: 'keep'; readonly record: Recorded | undefined; readonly reason: string }
  /** Something under way must end first, or the time to ask again must come. */
  | { readonly do: 'wait' }
  /** Only a person, a changed declaration or a changed vendor helps. */
  | { readonly do: 'stall'; readonly failure: ItemFailure };

/**
 * What makes one kind of item different from another: pure functions. Everything else (batches, journal,
 * polling, retry, guard, audit) exists once, in the engine.
 */
export interface ItemKind<Subject, Desired, Row, Observed, Recorded, Verdict> {
  readonly name: 'device' | 'company';
  /** The vendor's set in which a declared item would be seen. */
  setOf(desired: Desired): string;
  /** Every key a row of the vendor's list may be declared under; the one it is filed under first. */
  keysOf(row: Row): readonly ItemKey[];
  /** What rows of one and the same read say of a key, folded; `before` is what earlier rows of that read said. */
  observe(before: Observed | undefined, row: Row): Observed;
  /** Who counts, among all that declare the item. */
  resolve(item: Item<Subject, Desired, Observed, Recorded>): Resolution<Subject, Desired>;
  /** How desired and observed differ, most important first; empty when they agree. */
  compare(
    desired: Desired,
    observed: Observation<Observed>,
    recorded: Recorded | undefined,
  ): readonly Drift[];
  /** Whether this observation shows that the verb, sent with this partition, took effect. */
  shows(verb: Verb, partition: Partition, observed: Observation<Observed>): boolean;
  /** What the vendor's per-item success of a finished operation lets us believe until the next look. */
  believed(verb: Verb, desired: Desired): Observed | undefined;
  /** What the record holds once this item is seen as declared; by our own operation or as found. */
  recordOf(declared: Declared<Subject, Desired>, how: 'Claimed' | 'Adopted'): Recorded | undefined;
  /** The next step of an item that nothing is in flight for. */
  next(item: Item<Subject, Desired, Observed, Recorded>): Step<Recorded>;
  /** What one of its declaring resources is told about it. */
  verdict(
    item: Item<Subject, Desired, Observed, Recorded>,
    step: Step<Recorded>,
    holder: Holder,
  ): Verdict;
}
