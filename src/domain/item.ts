/**
 * An item is the unit of work: one thing at a vendor (a device's assignment, a company), known by a key that
 * is unique within its vendor scope and kind. The vocabulary of this file is shared by every kind.
 */

/** Canonical name of an item within (vendor scope, kind), for example `imei:490154203237518`. */
export type ItemKey = string;

/** The resource that declares an item, as `Kind/namespace/name`. */
export type Holder = string;

/** Names of vendor writes. Each is declared once, with its traits, by the adapter that can do it. */
export type Verb =
  | 'claim'
  | 'unclaim'
  | 'updateMetadata'
  | 'createCompany'
  | 'createSubscription'
  | 'suspendSubscription'
  | 'unsuspendSubscription'
  | 'cancelSubscription'
  | 'registerEsn'
  | 'unregisterEsn'
  | 'acknowledgeCharge'
  | 'deactivateLine'
  | 'deleteLine';

/** What items of one call must have in common, for example `{ customer: "987654" }`. Short values. */
export type Partition = Readonly<Record<string, string>>;

/** The types that one kind of item is made of. */
export interface KindTypes {
  /** What identifies an item to the vendor. */
  readonly subject: unknown;
  /** What a resource asks of it. */
  readonly desired: unknown;
  /** One row of the vendor's list. */
  readonly row: unknown;
  /** What the vendor says of it. */
  readonly observed: unknown;
  /** What our record holds of it. */
  readonly recorded: unknown;
  /** What a resource is told about it. */
  readonly verdict: unknown;
}

/** What one resource asks of all its items; one object per resource, shared. */
export interface Declaration<T extends KindTypes> {
  readonly holder: Holder;
  /** When the resource was created: the older one wins a tie. */
  readonly createdAtMs: number;
  readonly desired: T['desired'];
  /** Nothing new is started for it; what runs is followed to its end. */
  readonly suspended: boolean;
  /** Its lists are whole: only then does what is missing from them mean that it may be let go. */
  readonly whole: boolean;
}

/**
 * How the resource stands that a record names, for an item it does not declare (any more).
 * `letGo`: its lists are whole and leave the item out, or it is being deleted. `holds`: it may still want the
 * item: a list is missing or broken, it is suspended, or its customer is not known. `gone`: there is no such
 * resource, and nobody said what is to become of its items.
 */
export type FormerHolder = 'letGo' | 'holds' | 'gone';

/** One item as one resource declares it. */
export interface Declared<T extends KindTypes> {
  readonly by: Declaration<T>;
  readonly subject: T['subject'];
}

/**
 * What the vendor was last seen to say. `unknown` is not `absent`: a failed read, a lost reply or a short page
 * never become absence.
 */
export type Observation<T extends KindTypes> =
  | { readonly is: 'unknown' }
  | { readonly is: 'absent'; readonly atMs: number }
  | {
      readonly is: 'present';
      readonly fact: T['observed'];
      readonly atMs: number;
      /** So far only the vendor's success speaks for it; no look has shown it yet. */
      readonly believed?: true;
    };

/** Why the vendor (or our own check) refuses one item, in the words of the Common Android Reseller Library. */
export interface ItemFailure {
  /** Library code, or one of our own documented ones (docs/reasons.md). */
  readonly code: string;
  /** One stable sentence; never secrets, times or request ids. */
  readonly message: string;
  /**
   * `invalid`: wrong until the declaration changes. `heldByOther`: somebody else has it, look again later.
   * `passing`: may go away by itself, try again with backoff.
   */
  readonly kind: 'invalid' | 'heldByOther' | 'passing';
  /** It tells against what the vendor was last seen to show: a look decides before it is believed. */
  readonly unproven?: true;
}

/** A failure the vendor gave for exactly this declaration, remembered so that it is not asked again at once. */
export interface RememberedFailure {
  readonly failure: ItemFailure;
  /** What was refused: a vendor write, or making something durable before it. */
  readonly verb: Verb | 'store';
  readonly attempts: number;
  /** Its time to be asked again has come. Never for `invalid`. */
  readonly due: boolean;
}

/** A vendor write that is under way for an item, or whose outcome nobody knows. */
export type InFlight =
  | { readonly is: 'running'; readonly verb: Verb; readonly operation: string }
  | {
      readonly is: 'unknown';
      readonly verb: Verb;
      readonly operation: string;
      readonly partition: Partition;
      /** When the reply was lost: only a later read says anything. */
      readonly lostAtMs: number;
      /** A read from then on shows the effect, if there was one and the vendor shows it at all. */
      readonly visibleFromMs?: number;
      /** A read from then on that does not show the effect proves that it did not happen. Absent: nothing proves it. */
      readonly provableFromMs?: number;
    };

/** Everything the planner may know of one item. */
export interface Item<T extends KindTypes> {
  readonly key: ItemKey;
  /** Who declares it, in no particular order. */
  readonly declared: readonly Declared<T>[];
  readonly observed: Observation<T>;
  readonly recorded?: T['recorded'];
  /** What it was last known by, of an item that nothing declares (any more). */
  readonly lastSubject?: T['subject'];
  /** It was recorded once, as far as anybody can tell, and is not any more. */
  readonly recordLost?: true;
  /** The key under which the vendor's list was found to show it, where none of its own is shown. */
  readonly listedAs?: ItemKey;
  /** Absent when nothing is recorded, or when the resource that the record names still declares the item. */
  readonly formerHolder?: FormerHolder;
  readonly inFlight?: InFlight;
  readonly failure?: RememberedFailure;
  /** The time of the plan, wall clock: what a record says of times is measured against it. */
  readonly nowMs: number;
  /** The same by the clock of observations. Absent: nobody asked. */
  readonly monotonicMs?: number;
}
