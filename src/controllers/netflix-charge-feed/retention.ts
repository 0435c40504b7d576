import type { KubeClient } from '../../kube/client.ts';
import { type RetentionRule, removeOld } from '../../kube/retention.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Result } from '../../ports/failure.ts';
import { NETFLIX_CHARGES, RECORDED_DAY_LABEL, SCOPE_LABEL, type ServedNetflixCharge } from '../resources.ts';
import type { ChargePlace } from './charge-object.ts';

/** Old charges removed in one pass. ASSUMED, as for operations. */
export const REMOVED_AT_ONCE = 50;

/** Removes charges whose time is over. Like every port that removes what others go by, it is called by the leader alone. */
export interface ChargeRetention {
  /** Answers how many went: `REMOVED_AT_ONCE` at most. */
  sweep(place: ChargePlace, keepForMs: number, signal: AbortSignal): Promise<Result<number>>;
}

export function createChargeRetention(client: KubeClient, clock: Clock): ChargeRetention {
  return {
    sweep: (place, keepForMs, signal) =>
      removeOld(client, chargeRetention(place, keepForMs), REMOVED_AT_ONCE, clock.now(), signal),
  };
}

/** Acknowledged charges are removed once their time is over; those that were not, or are for review, stay. */
export function chargeRetention(
  { namespace, scopeHash }: ChargePlace,
  keepForMs: number,
): RetentionRule<ServedNetflixCharge> {
  return {
    type: NETFLIX_CHARGES,
    namespace,
    dayLabel: RECORDED_DAY_LABEL,
    labelSelector: `${SCOPE_LABEL}=${scopeHash}`,
    leastMs: keepForMs,
    isOver: ({ status }, nowMs) =>
      status?.acknowledged === true && Date.parse(status.acknowledgedAt ?? '') + keepForMs <= nowMs,
  };
}
