import type { AdminRoute } from '../../admin.ts';
import { fields } from '../../admin-fields.ts';
import { type Simulation, settle } from '../simulation.ts';

/** Messages to listeners: where they are, and what goes wrong on the way. */
export function callbackRoutes(sim: Simulation): readonly AdminRoute[] {
  return [
    {
      method: 'GET',
      path: '/callbacks',
      does: 'Every message with its attempts and outcome; no passwords.',
      handle: () => {
        settle(sim);
        return sim.courier.list().map(({ registration, notice, attempts, outcome }) => ({
          serviceName: registration.serviceName,
          ...notice,
          attempts,
          outcome,
        }));
      },
    },
    {
      method: 'POST',
      path: '/callbacks/deliver',
      does: 'Sends what is due by now and answers when the listeners have.',
      handle: async () => {
        settle(sim);
        await sim.courier.idle();
      },
    },
    {
      method: 'POST',
      path: '/callbacks/disturb',
      does: 'The next messages: {"lose"?: n} are never sent, {"duplicate"?: n} are sent twice, {"reverse"?} sends those due together last first.',
      handle: ({ body }) => {
        const wanted = fields(body);
        sim.courier.disturb({
          lose: wanted.count('lose') ?? 0,
          duplicate: wanted.count('duplicate') ?? 0,
          reverse: wanted.flag('reverse') ?? false,
        });
      },
    },
  ];
}
