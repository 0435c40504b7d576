declare const made: unique symbol;

/**
 * Entitles to the deletion of one line: its history is safe, or the resource said in so many words that it need not
 * be. Only the functions below make one, so code that deletes without an archive does not compile.
 */
export type ArchiveReceipt = { readonly [made]: true } & (
  | ({ readonly is: 'archived' } & ArchivedHistory)
  | { readonly is: 'skipped'; readonly decidedAtMs: number }
);

/** An archive that was written, read back and found whole. */
export interface ArchivedHistory {
  /** Of the compressed history, relative to the archive. */
  readonly path: string;
  /** Of the compressed history, in hexadecimal. */
  readonly sha256: string;
  /** Rows of all three histories, without the line's own record. */
  readonly records: number;
  /** Wall time. */
  readonly completedAtMs: number;
}

/** For the archive alone, once it has read back what it wrote. */
export function archivedReceipt(history: ArchivedHistory): ArchiveReceipt {
  return { is: 'archived', ...history } as ArchiveReceipt;
}

/** For `archive: Skip`: somebody decided that this history may be lost. Wall time in ms. */
export function skippedReceipt(decidedAtMs: number): ArchiveReceipt {
  return { is: 'skipped', decidedAtMs } as ArchiveReceipt;
}
