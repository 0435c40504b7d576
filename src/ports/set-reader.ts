import type { Result } from './failure.ts';

/** One page of a set at the vendor. */
export interface SetPage<Row> {
  readonly rows: readonly Row[];
  /** The vendor's token for the next page; absent on the last one. */
  readonly next?: string;
  /** How many rows the vendor says the whole set has, when it says so. A changed total spoils the whole read. */
  readonly total?: number;
}

/**
 * Reads everything the vendor shows of a set, page by page: one vendor request per call. Only a read whose
 * every page arrived, with an unchanged total and as many rows as the total says, may speak of absence; that
 * judgement is the engine's, not the adapter's.
 */
export interface SetReader<Row> {
  /** Rows per page, for choosing between reading a set and reading items one by one. */
  readonly pageSize: number;
  readPage(set: string, cursor: string | undefined, signal: AbortSignal): Promise<Result<SetPage<Row>>>;
}
