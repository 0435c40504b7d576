import type { Result } from './failure.ts';

/** Requests of a whole hour, counted from 1970 on. */
export interface HourOfRequests {
  readonly hour: number;
  readonly requests: number;
}

/** A part of the day's requests that is to be recorded as sent before any of it is. */
export interface DayReservation extends HourOfRequests {
  /** What was reserved for an earlier hour, was not sent, and will not be. */
  readonly unused?: HourOfRequests;
}

/** The requests of one vendor scope by hours, across restarts. It may count too many, and never too few. */
export interface DayBook {
  /** Wall time in ms of the clock by which its hours are counted. */
  nowMs(): number;
  /** What may have been sent in the last 25 hours, with everything that was reserved. */
  read(signal: AbortSignal): Promise<Result<readonly HourOfRequests[]>>;
  /** Durable before it answers. */
  reserve(reservation: DayReservation, signal: AbortSignal): Promise<Result<unknown>>;
}
