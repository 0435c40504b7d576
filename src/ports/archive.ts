import type { Gone } from '../domain/line/facts.ts';
import type { LineName, LineNames } from '../domain/line/identifier.ts';
import type { ArchivedHistory, ArchiveReceipt } from '../domain/line/receipt.ts';
import type { Result } from './failure.ts';
import type { HistoryName, HistoryRow } from './line-histories.ts';
import type { Receipt } from './receipt.ts';

/** Which line is meant: as it was declared, and everything else it is called. */
export interface ArchivedLine {
  readonly accountName: string;
  readonly declaredAs: LineName;
  readonly names: LineNames;
}

/** Everything that would be lost with a line. Times are wall times in ms. */
export interface LineHistory extends ArchivedLine {
  /** The line's own record, as the vendor showed it. */
  readonly record: unknown;
  readonly rows: Readonly<Record<HistoryName, readonly HistoryRow[]>>;
  /** The range that was asked for. */
  readonly earliestMs: number;
  readonly latestMs: number;
}

/** That a line was proven gone, as far as the archive needs to know. */
export type FiledProof = Omit<Gone, 'isFiled'>;

/**
 * Where histories are safe. Each of these may be repeated. A failure means that nothing is promised: no receipt, and so
 * no deletion.
 */
export interface Archive {
  /** Writes a history, reads it back and compares; only then there is a receipt. Never replaces an earlier one. */
  keep(history: LineHistory, signal: AbortSignal): Promise<Result<ArchiveReceipt>>;
  /** Whether what a receipt was given for stands there still, as it was written, with its manifest. */
  holds(history: ArchivedHistory): Promise<Result<Receipt>>;
  /** Whether a line of this name was proven gone before. Fails where that cannot be told for certain. */
  proofOf(accountName: string, name: LineName): Promise<Result<FiledProof | undefined>>;
  /** Files the proof that a line is gone with its history, or alone where it has none. */
  fileProof(
    line: ArchivedLine,
    proof: FiledProof,
    receipt: ArchiveReceipt | undefined,
  ): Promise<Result<Receipt>>;
}
