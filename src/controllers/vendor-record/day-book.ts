import type { DayBook, DayReservation, HourOfRequests } from '../../ports/day-book.ts';
import { ok, type Result } from '../../ports/failure.ts';
import type { Records } from '../../ports/records.ts';
import { REQUESTS } from './records.ts';

/** Hours that are still of interest beside the running one: a day, and the part of an hour by which clocks differ. */
const HOURS = 25;
const HOUR_MS = 3_600_000;

/**
 * The requests of a vendor scope as a VendorRecord, an entry for each hour. Read once: there is one of these for a
 * scope in a process, and one process writes. Whatever is written is the whole count of its hour, so that a write of
 * which nobody knows whether it happened does no harm.
 */
export function createDayBook(records: Records, nowMs: () => number): DayBook {
  let counted: Map<number, number> | undefined;
  /** One at a time: each goes on from the count before it. */
  let last: Promise<unknown> = Promise.resolve();

  async function load(signal: AbortSignal): Promise<Result<Map<number, number>>> {
    if (counted !== undefined) return ok(counted);
    const groups = await records.load(signal);
    if (!groups.ok) return groups;
    const own = groups.value.filter(({ kind }) => kind === REQUESTS);
    counted = new Map(
      own.flatMap(({ value, keys }) =>
        keys.map((key) => [Number(key), (value as { readonly requests: number }).requests] as const),
      ),
    );
    return ok(counted);
  }

  async function reserve(
    { hour, requests, unused }: DayReservation,
    signal: AbortSignal,
  ): Promise<Result<unknown>> {
    const before = await load(signal);
    if (!before.ok) return before;
    const after = new Map(before.value);
    if (unused !== undefined) after.set(unused.hour, (after.get(unused.hour) ?? 0) - unused.requests);
    after.set(hour, (after.get(hour) ?? 0) + requests);
    const oldest = hour - HOURS;
    const changes = [...after]
      .filter(([at, count]) => before.value.get(at) !== count || at < oldest)
      .map(([at, count]) => ({
        key: String(at),
        value: at < oldest || count <= 0 ? undefined : { requests: count },
      }));
    const kept = await records.keep(REQUESTS, changes, signal);
    if (kept.ok) counted = new Map([...after].filter(([at, count]) => at >= oldest && count > 0));
    return kept;
  }

  return {
    nowMs,
    read: async (signal) => {
      const known = await load(signal);
      if (!known.ok) return known;
      const oldest = Math.floor(nowMs() / HOUR_MS) - HOURS;
      const recent: readonly HourOfRequests[] = [...known.value].map(([hour, requests]) => ({
        hour,
        requests,
      }));
      return ok(recent.filter(({ hour }) => hour >= oldest));
    },
    reserve: (reservation, signal) => {
      const reserved = last.then(() => reserve(reservation, signal));
      last = reserved.catch(() => undefined);
      return reserved;
    },
  };
}
