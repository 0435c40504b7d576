import type { AdminRoute } from '../../admin.ts';
import { ordersIn } from '../../admin-fields.ts';
import type { Simulation } from '../simulation.ts';
import type { Promotion } from '../store.ts';
import { operatorIn, orderIn } from './reading.ts';

/** The promotions of the operators. */
export function promotionRoutes(sim: Simulation): readonly AdminRoute[] {
  return [
    {
      method: 'POST',
      path: '/promotions',
      does: 'Adds or replaces {"code", "name"?, "description"?, "effectiveFrom"? (now), "expiresOn"?, "operatorId"?}, or {"promotions": [...]}.',
      handle: ({ body }) => ({
        promotions: ordersIn(body, 'promotions').map((order) => putPromotion(sim, order)),
      }),
    },
  ];
}

function putPromotion(sim: Simulation, body: unknown): Promotion {
  const order = orderIn(body);
  const code = order.requiredText('code');
  const promotion: Promotion = {
    operatorId: operatorIn(sim, order).id,
    code,
    name: order.text('name') ?? `Promotion ${code}`,
    description: order.text('description') ?? null,
    effectiveFromMs: order.instant('effectiveFrom') ?? sim.clock.now(),
    expiresOnMs: order.instant('expiresOn') ?? null,
  };
  sim.store.putPromotion(promotion);
  return promotion;
}
