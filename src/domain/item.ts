/**
 * An item is the unit of work: one thing at a vendor (a device's assignment, a company), known by a key that
 * is unique within its vendor scope and kind. The vocabulary of this file is shared by every kind.
 */

/** Canonical name of an item within (vendor scope, kind), for example `imei:490154203237518`. */
export type ItemKey = string;

/** The resource that declares an item, as `Kind/namespace/name`. */
export type Holder = string;

/** What one resource asks of one item. The `desired` value is shared by all items of the resource. */
export interface Declaration<Desired> {
  readonly holder: Holder;
  readonly desired: Desired;
}

/**
 * What the vendor was last seen to say. `unknown` is not `absent`: a failed read, a lost reply or a short page
 * never become absence.
 */
export type Observation<Observed> =
  | { readonly is: 'unknown' }
  | { readonly is: 'absent'; readonly atMs: number }
  | { readonly is: 'present'; readonly fact: Observed; readonly atMs: number };

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
}

/** Names of vendor writes. Each is declared once, with its traits, by the adapter that can do it. */
export type Verb = 'claim' | 'unclaim' | 'updateMetadata' | 'createCompany';

/** What items of one call must have in common, for example `{ customer: "987654" }`. Sorted keys, short values. */
export type Partition = Readonly<Record<string, string>>;
