/** Where a simulator reads the time: milliseconds since the epoch. */
export interface TimeSource {
  now(): number;
}

/** A time source that can be moved forward by command. */
export interface MovableClock extends TimeSource {
  /** How far the clock runs ahead of its source, in milliseconds. */
  offsetMs(): number;
  /** Sets how far the clock runs ahead of its source. */
  setOffsetMs(ms: number): void;
}

/** Real time, or the source a test passes in, plus whatever the admin face has added. */
export function movableClock(source: TimeSource): MovableClock {
  let offset = 0;
  return {
    now: () => source.now() + offset,
    offsetMs: () => offset,
    setOffsetMs: (ms) => {
      offset = ms;
    },
  };
}
