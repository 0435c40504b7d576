/** A date of the vendor as an instant; undefined when the text is none. */
export type ReadDate = (raw: string) => number | undefined;

const WALL = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2}):(\d{2})$/;
const DAY_MS = 86_400_000;
const QUARTER_MS = 900_000;
/** A year of quarters of an hour, some 2 MB. */
const MOST_OFFSETS = 35_040;

/**
 * Reads the vendor's dates: local times of the installation without an offset, `2017-02-01T18:13:34` (fact sheet
 * 7). Milliseconds since the epoch. Of an hour that comes twice the earlier one is meant, so that nothing is taken
 * to live longer than it does; one that is skipped counts from before the jump. `timeZone` is an IANA name; fails
 * with a RangeError when there is no such zone.
 */
export function wallTimeReader(timeZone: string): ReadDate {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    calendar: 'iso8601',
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });

  /** What was found out of quarters of an hour: since 1972 clocks change at their borders only; asking takes some 30 µs. */
  const offsets = new Map<number, number>();

  /** What the clocks of the zone show at an instant, as if it were UTC. */
  function wallAt(instantMs: number): number {
    const quarter = Math.floor(instantMs / QUARTER_MS);
    const known = offsets.get(quarter);
    if (known !== undefined) return instantMs + known;
    const offsetMs = shownAt(quarter * QUARTER_MS) - quarter * QUARTER_MS;
    if (offsets.size >= MOST_OFFSETS) offsets.clear();
    offsets.set(quarter, offsetMs);
    return instantMs + offsetMs;
  }

  function shownAt(instantMs: number): number {
    const parts = format.formatToParts(instantMs).map(({ type, value }) => [type, Number(value)]);
    const { year, month, day, hour, minute, second } = Object.fromEntries(parts) as Record<string, number>;
    return Date.UTC(year ?? 0, (month ?? 1) - 1, day, hour, minute, second);
  }

  return (raw) => {
    const wallMs = wallOf(raw);
    if (wallMs === undefined) return undefined;
    // No zone is further than a day from UTC, and none changes twice within two.
    const before = wallAt(wallMs - DAY_MS) - (wallMs - DAY_MS);
    const after = wallAt(wallMs + DAY_MS) - (wallMs + DAY_MS);
    const candidates = [wallMs - before, wallMs - after].filter((instant) => wallAt(instant) === wallMs);
    return candidates.length === 0 ? wallMs - before : Math.min(...candidates);
  };
}

/** Whether the platform knows the zone. */
export function isTimeZone(timeZone: string): boolean {
  try {
    return wallTimeReader(timeZone) !== undefined;
  } catch {
    return false;
  }
}

function wallOf(raw: string): number | undefined {
  const [, ...fields] = WALL.exec(raw) ?? [];
  if (fields.length === 0) return undefined;
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0] = fields.map(Number);
  const wallMs = Date.UTC(year, month - 1, day, hour, minute, second);
  // A month 13 or a February 30 would roll over into a date that nobody sent.
  return new Date(wallMs).toISOString().startsWith(raw) ? wallMs : undefined;
}
