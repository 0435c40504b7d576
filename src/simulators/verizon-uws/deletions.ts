import type { Device } from './device.ts';
import { historyKey } from './device.ts';
import type { HistoryBook, HistoryCounts } from './history/book.ts';
import type { Identifiers } from './identifiers.ts';
import type { Store } from './store.ts';

/** A line that is truly gone, with its history. There is no way back (fact sheet 5). */
export interface Deletion {
  /** When, ISO 8601 by the simulator's clock. */
  readonly at: string;
  readonly deviceId: number;
  readonly accountName: string;
  readonly identifiers: Identifiers;
  /** Rows of history that went with it. */
  readonly historyRows: HistoryCounts;
  /** Who did it: a login, or `portal` for somebody beside the API. */
  readonly by: string;
  /** The request's number in the ledger; absent for the portal. */
  readonly ledgerSeq?: number;
}

/** Removes the line and its history, and says what went. */
export function deleteDevice(
  from: { readonly store: Store; readonly histories: HistoryBook },
  device: Device,
  done: { readonly atMs: number; readonly by: string; readonly ledgerSeq?: number },
): Deletion {
  from.store.remove(device);
  const historyRows = from.histories.erase(historyKey(device));
  const { deviceId, accountName, identifiers } = device;
  const { atMs, ...who } = done;
  return { at: new Date(atMs).toISOString(), deviceId, accountName, identifiers, historyRows, ...who };
}
