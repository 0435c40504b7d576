/** A batch closes when nothing joined it for this long (design, promise 7). */
const BATCH_QUIET_MS = 2_000;
/** A batch closes this long after its first item, however many still come (design, promise 7). */
const BATCH_LONGEST_MS = 10_000;

/** How full and how old a forming batch is. */
export interface FormingBatch {
  readonly items: number;
  readonly firstAtMs: number;
  readonly lastAtMs: number;
}

/** When a forming batch closes, in the clock of its times. A full one closed when its last item came. */
export function closesAtMs(batch: FormingBatch, maxItems: number): number {
  if (batch.items >= maxItems) return batch.lastAtMs;
  return Math.min(batch.lastAtMs + BATCH_QUIET_MS, batch.firstAtMs + BATCH_LONGEST_MS);
}

/** Two halves of a list; a request refused as a whole is tried again in halves until the poisoned item stands alone. */
export function halves<T>(items: readonly T[]): readonly (readonly T[])[] {
  if (items.length < 2) return [items];
  const middle = Math.ceil(items.length / 2);
  return [items.slice(0, middle), items.slice(middle)];
}
