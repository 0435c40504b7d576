import type { Moment } from '../../../kube/lease/decide.ts';

/**
 * Until when the lease is certainly ours, on both clocks, in memory that two threads share: the one that renews
 * writes it, the one that acts reads it at the very moment it acts, and neither waits for the other.
 *
 * Both ends only ever move on, and a moment must lie before both: a reader that sees one of them old and the other
 * new errs on the safe side.
 */
export type TermMemory = SharedArrayBuffer;

const WALL = 0;
const MONOTONIC = 1;

/** Memory that says the lease is not ours. */
export function createTermMemory(): TermMemory {
  return new SharedArrayBuffer(2 * BigInt64Array.BYTES_PER_ELEMENT);
}

/** The lease is ours until then; cut to whole milliseconds, never longer. */
export function holdUntil(memory: TermMemory, end: Moment): void {
  const ends = new BigInt64Array(memory);
  Atomics.store(ends, WALL, BigInt(Math.floor(end.wallMs)));
  Atomics.store(ends, MONOTONIC, BigInt(Math.floor(end.monotonicMs)));
}

/** The lease is not ours any more. */
export function holdNoLonger(memory: TermMemory): void {
  holdUntil(memory, { wallMs: 0, monotonicMs: 0 });
}

/** Is the lease certainly ours at this moment? */
export function isHeldAt(memory: TermMemory, moment: Moment): boolean {
  const ends = new BigInt64Array(memory);
  return (
    moment.wallMs < Number(Atomics.load(ends, WALL)) &&
    moment.monotonicMs < Number(Atomics.load(ends, MONOTONIC))
  );
}
