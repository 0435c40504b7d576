import type { Holder, ItemFailure, ItemKey, KindTypes, Observation } from '../domain/item.ts';
import type { Result } from './failure.ts';

/** One item whose store step is due, with everything known of it. */
export interface StoreItem<T extends KindTypes> {
  readonly key: ItemKey;
  readonly subject: T['subject'];
  readonly desired: T['desired'];
  /** The resource it is stored for, as `Kind/namespace/name`. */
  readonly holder: Holder;
  readonly observed: Observation<T>;
  readonly recorded?: T['recorded'];
}

/**
 * What became of one item: its new record, the receipt in it, or why nothing could be stored. A record that is
 * `undefined` is taken away: what was stored ends everything there is to do.
 */
export type Stored<T extends KindTypes> =
  | { readonly key: ItemKey; readonly record: T['recorded'] | undefined }
  | { readonly key: ItemKey; readonly failure: ItemFailure };

/**
 * Makes something of items durable on our side before a vendor call may demand it: a history archived, a charge
 * written down, an empty Secret made. Repeatable by key: storing again what is stored answers the same.
 */
export interface ItemStore<T extends KindTypes> {
  /** `vendor`: it reads the vendor itself, so it runs within the account's concurrency and waits for its quota. */
  readonly with: 'own' | 'vendor';
  /** The most items of one call. */
  readonly maxItems: number;
  /**
   * Answers only what is durable by then. An item it does not speak of is tried again later, and so are all of them
   * when it fails.
   */
  store(items: readonly StoreItem<T>[], signal: AbortSignal): Promise<Result<readonly Stored<T>[]>>;
}
