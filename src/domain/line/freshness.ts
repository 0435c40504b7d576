import type { ObservedLine, RecordedLine } from './facts.ts';
import type { ArchiveReceipt } from './receipt.ts';

/**
 * A deletion wants a look no older than this: long enough for a batch to gather and its intent to be written, short
 * enough that hardly anybody pairs a SIM anew in between. ASSUMED.
 */
const FRESH_MS = 60_000;

/** Whether the line was looked at after its archive was safe, and just now. Clocks that were set back make it stale. */
export function isFresh({ readAtMs }: ObservedLine, receipt: ArchiveReceipt, nowMs: number): boolean {
  return readAtMs > madeAtMs(receipt) && readAtMs <= nowMs && nowMs - readAtMs <= FRESH_MS;
}

/**
 * A line that nobody looked at for so long may have been in service in between, and its archive lacks that. ASSUMED: a
 * line goes out of service within a day (UWS fact sheet 7), so in two it may have come and gone.
 */
const UNSEEN_LONGEST_MS = 48 * 3_600_000;
/** While a deletion waits, that its line is still out of service is noted this often. ASSUMED: well within the above. */
const NOTED_EVERY_MS = 12 * 3_600_000;

/**
 * A receipt that is further ahead was made by a clock that ran ahead, and no look would be later than it before that time
 * has come. ASSUMED: an everyday correction of a clock is smaller.
 */
const CLOCK_STEP_MS = 60_000;

/** When a receipt was made, wall time: what was seen until then says nothing of the time after it. */
export function madeAtMs(receipt: ArchiveReceipt): number {
  return receipt.is === 'archived' ? receipt.completedAtMs : receipt.decidedAtMs;
}

/** What a look that shows the line out of service means for its archive. */
export function standingOfArchive(
  { receipt, seenQuietAtMs = 0 }: RecordedLine,
  { readAtMs }: ObservedLine,
  nowMs: number,
): 'good' | 'toBeNoted' | 'tooOld' | 'ofTheFuture' {
  if (receipt !== undefined && madeAtMs(receipt) - nowMs > CLOCK_STEP_MS) return 'ofTheFuture';
  if (receipt?.is !== 'archived') return 'good';
  const unseenMs = readAtMs - Math.max(receipt.completedAtMs, seenQuietAtMs);
  if (unseenMs > UNSEEN_LONGEST_MS) return 'tooOld';
  return unseenMs > NOTED_EVERY_MS ? 'toBeNoted' : 'good';
}

/** Whether it is what it was when the waiting for its last usage began: out of service, here, in the same phone. */
export function isUndisturbed({ names }: RecordedLine, line: ObservedLine): boolean {
  const isSame = names !== undefined && isSamePair(names, line.names);
  return isSame && line.state === 'deactive' && line.isElsewhere !== true;
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
