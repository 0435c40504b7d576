import type { Account } from '../engine/account.ts';
import type { VendorHabits } from '../ports/vendor.ts';

/** An account that is open, as other controllers see it. */
export interface OpenAccount {
  readonly account: Account;
  /** Vendor identity: quota, guard, records and conflicts belong to it. */
  readonly scope: string;
  /** How its vendor names and lists things; absent: as most do. */
  readonly habits?: VendorHabits;
}

/** The vendor accounts that are open, by the key of their VendorAccount (`namespace/name`). */
export interface Fleet {
  get(key: string): OpenAccount | undefined;
  /** The key of the VendorAccount that has this scope open. */
  ownerOf(scope: string): string | undefined;
  open(key: string, entry: OpenAccount): void;
  close(key: string): void;
  all(): readonly OpenAccount[];
}

export function createFleet(): Fleet {
  const entries = new Map<string, OpenAccount>();
  return {
    get: (key) => entries.get(key),
    ownerOf: (scope) => [...entries].find(([, entry]) => entry.scope === scope)?.[0],
    open: (key, entry) => entries.set(key, entry),
    close: (key) => entries.delete(key),
    all: () => [...entries.values()],
  };
}
