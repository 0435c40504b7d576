const SLOT_MS = 3_600_000;
const SLOTS = 24;

/**
 * Counts events so that no 24 hours ever hold more than a limit: whole hours of a ring, the running one and the
 * 24 before it. Times are monotonic milliseconds and never go back.
 */
export interface DayWindow {
  remaining(nowMs: number): number;
  /** When one more fits; in the past when it fits now. */
  availableAt(nowMs: number): number;
  count(nowMs: number): void;
  /** Takes in events of before, not later than `atMs`, which may lie before the process began. */
  add(atMs: number, events: number): void;
}

/** `limit` is the most events in 24 hours; at least 1. */
export function dayWindow(limit: number): DayWindow {
  /** Events by hour, oldest first; only hours that had some. */
  let hours: { readonly hour: number; events: number }[] = [];

  function recent(nowMs: number): number {
    const oldest = hourOf(nowMs) - SLOTS;
    hours = hours.filter(({ hour }) => hour >= oldest);
    return hours.reduce((sum, { events }) => sum + events, 0);
  }

  return {
    remaining: (nowMs) => Math.max(0, limit - recent(nowMs)),
    availableAt(nowMs) {
      let spent = recent(nowMs);
      // More than the limit may stand there: it was lowered, or more was reserved than sent.
      for (const { hour, events } of hours) {
        if (spent < limit) break;
        spent -= events;
        if (spent < limit) return (hour + SLOTS + 1) * SLOT_MS;
      }
      return nowMs;
    },
    count(nowMs) {
      const last = hours.at(-1);
      if (last?.hour === hourOf(nowMs)) last.events += 1;
      else hours.push({ hour: hourOf(nowMs), events: 1 });
    },
    add(atMs, events) {
      hours.push({ hour: hourOf(atMs), events });
      hours.sort((a, b) => a.hour - b.hour);
    },
  };
}

/** Which whole hour a time in ms lies in. */
export function hourOf(ms: number): number {
  return Math.floor(ms / SLOT_MS);
}

/** The last millisecond of an hour. */
export function endOfHourMs(hour: number): number {
  return (hour + 1) * SLOT_MS - 1;
}
