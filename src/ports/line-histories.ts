import type { LineName } from '../domain/line/identifier.ts';
import type { Result } from './failure.ts';

/** The histories of a line, which go when it is deleted. */
export const HISTORY_NAMES = ['usage', 'connection', 'provisioning'] as const;

export type HistoryName = (typeof HISTORY_NAMES)[number];

/** What is asked of one history. Wall times in ms; both ends, and everything within their milliseconds, belong to it. */
export interface HistoryQuery {
  readonly history: HistoryName;
  readonly line: LineName;
  readonly earliestMs: number;
  readonly latestMs: number;
}

export interface HistoryRow {
  /** Its own time, as the vendor wrote it. */
  readonly at: string;
  /** Everything the vendor says in it, as plain JSON. */
  readonly content: unknown;
}

/** What one request gets of a history. */
export interface HistoryPage {
  readonly rows: readonly HistoryRow[];
  /** False: the range holds more rows than one reply. */
  readonly isComplete: boolean;
}

/** Reads what would be lost with a line: one request per call. */
export interface LineHistories {
  /** The account the lines belong to; names their place in the archive. */
  readonly accountName: string;
  /** How much of a history is asked for at once at most, in ms. */
  readonly windowMs: Readonly<Record<HistoryName, number>>;
  /**
   * `transient` where the vendor took too long: the very same query a little later may find the work done.
   */
  read(query: HistoryQuery, signal: AbortSignal): Promise<Result<HistoryPage>>;
  /** The line's own record, everything the vendor says of it, as plain JSON. `notFound` when it has none. */
  describe(line: LineName, signal: AbortSignal): Promise<Result<unknown>>;
}
