import type { AdminRoute } from '../../admin.ts';
import type { Simulation } from '../simulation.ts';
import { operatorIn, orderIn } from './reading.ts';

/** Which devices are registered to whom: nothing in the vendor's API tells. */
export function deviceRoutes(sim: Simulation): readonly AdminRoute[] {
  return [
    {
      method: 'GET',
      path: '/esns',
      does: 'Every registered device. ?operatorId= shows those of one operator.',
      handle: ({ query }) => {
        const asked = query.get('operatorId');
        return sim.store.devices().filter(({ operatorId }) => asked === null || operatorId === asked);
      },
    },
    {
      method: 'POST',
      path: '/esns',
      does: 'Registers {"esns": [...]} to {"operatorId"?}, whoever had them.',
      handle: ({ body }) => {
        const order = orderIn(body);
        const { id } = operatorIn(sim, order);
        for (const esn of order.texts('esns') ?? []) sim.store.registerDevice(esn, id);
      },
    },
    {
      method: 'DELETE',
      path: '/esns',
      does: 'Unregisters {"esns": [...]}.',
      handle: ({ body }) => {
        for (const esn of orderIn(body).texts('esns') ?? []) sim.store.unregisterDevice(esn);
      },
    },
  ];
}
