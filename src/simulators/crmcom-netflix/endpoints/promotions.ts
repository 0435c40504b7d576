import { faultOf } from '../../fault-box.ts';
import type { JsonObject } from '../../json.ts';
import type { Call, Endpoint } from '../call.ts';
import { fieldsSetIn } from '../fields-set.ts';
import type { Promotion, StoreReads } from '../store.ts';
import type { WireDates } from '../wire-dates.ts';

/** The fields of a promotion, in the order of the vendor's example. */
const FIELDS = ['code', 'expires_on', 'name', 'description', 'effective_from'];

/** GET netflix/promotions/list (fact sheet 4.1). */
export const promotionEndpoints: readonly Endpoint[] = [
  {
    method: 'GET',
    path: 'netflix/promotions/list',
    endpoint: 'promotions.list',
    role: 'list',
    parameters: ['fields_set'],
    handle: listPromotions,
  },
];

function listPromotions({ sim, input, operatorId, reads, faults, nowMs }: Call): readonly JsonObject[] {
  const chosen = fieldsSetIn(input, FIELDS);
  const offered = offeredPromotions(reads, operatorId, nowMs);
  const lost = Math.min(faultOf(faults, 'shortRead')?.items ?? 0, offered.length);
  return offered
    .slice(0, offered.length - lost)
    .map((promotion) => chosen(shownPromotion(promotion, sim.dates)));
}

/** The operator's promotions that hold now. That others are left out is ASSUMED ("applicable", 4.1). */
export function offeredPromotions(
  reads: StoreReads,
  operatorId: string,
  nowMs: number,
): readonly Promotion[] {
  return reads
    .promotionsOf(operatorId)
    .filter(
      ({ effectiveFromMs, expiresOnMs }) =>
        effectiveFromMs <= nowMs && nowMs < (expiresOnMs ?? Number.POSITIVE_INFINITY),
    );
}

export function shownPromotion(promotion: Promotion, dates: WireDates): JsonObject {
  return {
    code: promotion.code,
    expires_on: dates.showIfAny(promotion.expiresOnMs),
    name: promotion.name,
    description: promotion.description,
    effective_from: dates.show(promotion.effectiveFromMs),
  };
}
