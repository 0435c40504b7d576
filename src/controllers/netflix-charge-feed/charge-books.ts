import type { KubeClient } from '../../kube/client.ts';
import { type ChargeBook, createChargeBook } from './charge-book.ts';
import type { ChargePlace } from './charge-object.ts';

/** The charges of one account: where they stand, and how many. */
export interface Charges {
  readonly place: ChargePlace;
  readonly book: ChargeBook;
  /** When charges whose time is over were last looked for, monotonic ms. */
  sweptAtMs: number;
}

/** The charges of every account that was opened, by the key of its VendorAccount. */
export interface ChargeBooks {
  open(key: string, place: ChargePlace): Charges;
  get(key: string): Charges | undefined;
}

export function createChargeBooks(client: KubeClient): ChargeBooks {
  const books = new Map<string, Charges>();
  return {
    open: (key, place) => {
      const standing = books.get(key);
      if (standing?.place.scope === place.scope) return standing;
      const opened = { place, book: createChargeBook(client, place), sweptAtMs: Number.NEGATIVE_INFINITY };
      books.set(key, opened);
      return opened;
    },
    get: (key) => books.get(key),
  };
}
