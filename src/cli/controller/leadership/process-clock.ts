import type { Moment } from '../../../kube/lease/decide.ts';
import type { Clock } from '../../../ports/clock.ts';
import { systemClock } from '../../system.ts';

/** A clock whose monotonic time is the same in every thread: `performance.now` begins anew in each. */
export const processClock: Clock = {
  ...systemClock,
  monotonic: () => Number(process.hrtime.bigint() / 1_000n) / 1_000,
};

/** This very moment, on both clocks. */
export function thisMoment(): Moment {
  return { wallMs: processClock.now(), monotonicMs: processClock.monotonic() };
}
