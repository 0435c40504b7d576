import type { ItemFailure, ItemKey, Partition, Verb } from '../domain/item.ts';
import type { Result } from './failure.ts';

/**
 * How a verb may be repeated after a lost reply.
 * `safe`: as often as one likes. `afterProof`: once a read, no sooner than `visibilityMs` after the loss, shows
 * that it did not happen. `never`: a person decides.
 */
export type RepeatClass = 'safe' | 'afterProof' | 'never';

export interface VerbTraits {
  readonly repeat: RepeatClass;
  /** Which guard budget the verb spends. `additive` spends none. */
  readonly effect: 'additive' | 'creation' | 'destructive' | 'irreversible';
  /** The most items one request may carry. */
  readonly maxItemsPerCall: number;
  /** How long after a lost reply a read may still miss the effect. */
  readonly visibilityMs: number;
  /** What succeeds is in force only once the customer approves it at the vendor. */
  readonly awaitsCustomer?: true;
}

export interface WriteItem<Subject, Desired> {
  readonly key: ItemKey;
  readonly subject: Subject;
  readonly desired: Desired;
}

/** What became of one item. No entry for an item means: unknown, read it back. */
export interface ItemOutcome {
  readonly key: ItemKey;
  /** Absent: the vendor says it succeeded. */
  readonly failure?: ItemFailure;
  /** The id that the vendor gave to what it made, if it tells. */
  readonly vendorId?: string;
}

export type Submission =
  /** The vendor works on it; ask the poller by these ids. */
  | { readonly is: 'accepted'; readonly operationIds: readonly string[] }
  /** The vendor answered for each item at once. */
  | { readonly is: 'answered'; readonly outcomes: readonly ItemOutcome[] };

/** The only way to change anything at a vendor. One call of `send` is one request, tried once. */
export interface Writer<Subject, Desired> {
  /** The verbs this vendor can do for this kind of item; what is missing here is not supported. */
  readonly verbs: Readonly<Partial<Record<Verb, VerbTraits>>>;
  /** What items must share to travel in one request. Pure. */
  partition(verb: Verb, item: WriteItem<Subject, Desired>): Partition;
  /**
   * Which items must not be sent, each with its reason; whatever it takes to find out. Asked before everything that a
   * moment later may not hold any more. Absent: all may be.
   */
  withheld?(request: WriteRequest<Subject, Desired>, signal: AbortSignal): Promise<readonly ItemOutcome[]>;
  /**
   * Fails with `unknownOutcome` when the request may have reached the vendor and no trustworthy reply came back
   * (timeout, reset, 5xx, a reply that is not what the documents promise). Every other failure kind promises
   * that nothing happened at the vendor.
   */
  send(request: WriteRequest<Subject, Desired>, signal: AbortSignal): Promise<Result<Submission>>;
}

export interface WriteRequest<Subject, Desired> {
  readonly verb: Verb;
  readonly partition: Partition;
  /** Ours, unique; the vendor's idempotency key where it has one. */
  readonly requestKey: string;
  readonly items: readonly WriteItem<Subject, Desired>[];
  /** It has one item, and nothing else of its kind waits or is under way: no batch is worth its detours. */
  readonly alone?: true;
  /**
   * Whether it is still wanted: asked in the moment in which the first byte would leave, which false keeps here. For verbs
   * that nothing undoes; others may go by what held when they were handed over.
   */
  readonly mayStart?: () => boolean;
}
