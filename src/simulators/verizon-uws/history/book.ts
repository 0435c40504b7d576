import type { HistoryKind, HistoryRows } from './rows.ts';

/** The three histories under one key; the rows in the order of their time. */
export type History = { readonly [K in HistoryKind]: readonly HistoryRows[K][] };

/** A history and the account it belongs to. */
export interface KeptHistory extends History {
  readonly accountName: string;
}

/** How many rows of each kind there are. */
export type HistoryCounts = Readonly<Record<HistoryKind, number>>;

/** All histories, by the key of `historyKey`. */
export interface HistoryBook {
  find(key: string): KeptHistory | undefined;
  /** Adds rows wherever their time puts them. */
  add(key: string, accountName: string, rows: Partial<History>): void;
  /** Forgets everything under the key, as the deletion of a line does (5), and tells how much it was. */
  erase(key: string): HistoryCounts;
  list(): readonly (readonly [string, KeptHistory])[];
}

export function createHistoryBook(kept: Iterable<readonly [string, KeptHistory]> = []): HistoryBook {
  const book = new Map(kept);
  return {
    find: (key) => book.get(key),
    add(key, accountName, rows) {
      const before = book.get(key) ?? { accountName, usage: [], connection: [], provisioning: [] };
      book.set(key, {
        accountName: before.accountName,
        usage: inOrder(before.usage, rows.usage),
        connection: inOrder(before.connection, rows.connection),
        provisioning: inOrder(before.provisioning, rows.provisioning),
      });
    },
    erase(key) {
      const { usage, connection, provisioning } = book.get(key) ?? NOTHING;
      book.delete(key);
      return { usage: usage.length, connection: connection.length, provisioning: provisioning.length };
    },
    list: () => [...book],
  };
}

const NOTHING: History = { usage: [], connection: [], provisioning: [] };

function inOrder<R extends { readonly atMs: number }>(
  before: readonly R[],
  added: readonly R[] = [],
): readonly R[] {
  return added.length === 0 ? before : [...before, ...added].sort((left, right) => left.atMs - right.atMs);
}
