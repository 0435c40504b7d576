import type { LeaseTerms } from '../../../kube/lease/decide.ts';
import type { Leadership } from '../../../ports/leadership.ts';
import type { Election } from './election.ts';
import { processClock } from './process-clock.ts';

/**
 * The right to act of a term that begins now. Vendor writes wait at first: for the lease duration, in which a
 * predecessor may still have believed itself leader, and for as long as a request that it then began may take.
 *
 * The wait is the same after a clean hand-over and when there was no Lease at all: a Lease that was emptied or
 * deleted by hand looks exactly like one that was given back, or never was.
 */
export function beginTerm(
  election: Election,
  fence: number,
  terms: LeaseTerms,
  longestRequestMs: number,
): { readonly leadership: Leadership; readonly writesAfterMs: number } {
  const writesAfterMs = terms.leaseDurationMs + longestRequestMs;
  const writesFromMs = processClock.monotonic() + writesAfterMs;
  return {
    writesAfterMs,
    leadership: {
      fence,
      mayWrite: () => processClock.monotonic() >= writesFromMs && election.isHeld(),
      confirm: (signal) => election.confirm(signal),
    },
  };
}
