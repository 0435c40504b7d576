import type { ObservedLine, RecordedLine } from './facts.ts';
import type { ArchiveReceipt } from './receipt.ts';

/**
 * A deletion wants a look no older than this: long enough for a batch to gather and its intent to be written, short
 * enough that hardly anybody pairs a SIM anew in between. ASSUMED.
 */
const FRESH_MS = 60_000;

/** Whether the line was looked at after its archive was safe, and just now. Clocks that were set back make it stale. */
export function isFresh({ readAtMs }: ObservedLine, receipt: ArchiveReceipt, nowMs: number): boolean {
  const safeAtMs = receipt.is === 'archived' ? receipt.completedAtMs : receipt.decidedAtMs;
  return readAtMs > safeAtMs && readAtMs <= nowMs && nowMs - readAtMs <= FRESH_MS;
}

/** The receipt that entitles to the deletion under this wish; one that says `skipped` only where that is still wished. */
export function validReceipt(
  { receipt }: RecordedLine,
  archive: 'Required' | 'Skip',
): ArchiveReceipt | undefined {
  return receipt?.is === 'archived' || archive === 'Skip' ? receipt : undefined;
}

/** Whether phone and SIM are still the ones that were seen first. MDN and the like change with the state and do not count. */
export function isSamePair(then: ObservedLine['names'], now: ObservedLine['names']): boolean {
  return then.imei === now.imei && then.iccid === now.iccid;
}
