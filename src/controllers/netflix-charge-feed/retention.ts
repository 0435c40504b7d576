import type { RetentionRule } from '../../kube/retention.ts';
import { NETFLIX_CHARGES, RECORDED_DAY_LABEL, SCOPE_LABEL, type ServedNetflixCharge } from '../resources.ts';
import type { ChargePlace } from './charge-object.ts';

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
