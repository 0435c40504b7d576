import type { DayBook } from '../ports/day-book.ts';
import { ok } from '../ports/failure.ts';

/** A book that ends with the process, for programs that keep nothing. */
export function dayMemory(nowMs: () => number): DayBook {
  return { nowMs, read: async () => ok([]), reserve: async () => ok(undefined) };
}
