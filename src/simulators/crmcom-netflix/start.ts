import { serveAdmin } from '../admin.ts';
import { commonAdminRoutes } from '../admin-common.ts';
import { listen } from '../http.ts';
import { type Answerer, keepWorld } from '../kept-world.ts';
import type { Simulator } from '../simulator.ts';
import { accountRoutes } from './admin/accounts.ts';
import { chargeRoutes } from './admin/charges.ts';
import { deviceRoutes } from './admin/devices.ts';
import { promotionRoutes } from './admin/promotions.ts';
import { stateRoutes, worldOf } from './admin/state.ts';
import { subscriberRoutes } from './admin/subscribers.ts';
import { ROUTES, serve } from './front.ts';
import { defaultKnobs, readKnobs, turned } from './knobs.ts';
import { MAX_BODY_BYTES } from './limits.ts';
import { type CrmComNetflixOptions, settingsOf } from './options.ts';
import { createSimulation, type Simulation } from './simulation.ts';
import { createStore } from './store.ts';

export type { CrmComNetflixOptions } from './options.ts';

/**
 * Starts the CRM.COM Netflix Web API on 127.0.0.1 with one operator and nothing else: no users, no subscribers, no
 * charges. The admin face makes them. Rejects when a port is taken or an option is none the simulator has.
 */
export async function startCrmComNetflix(options: CrmComNetflixOptions): Promise<Simulator> {
  const sim = createSimulation(
    settingsOf(options),
    turned(defaultKnobs(), readKnobs(options.knobs ?? {})),
    options.clock ?? Date,
    ROUTES.map(({ endpoint }) => endpoint),
  );
  const closing = new AbortController();
  const { restored, keeping } = keepWorld(options.stateFile, worldOf(sim));
  const answer: Answerer = (request) => serve(sim, closing.signal, request);
  const face = await listen(options.port ?? 0, MAX_BODY_BYTES, keeping(answer));
  const admin = await serveAdmin(
    options.adminPort ?? 0,
    `CRM.COM Netflix simulator at ${face.url}: admin face`,
    adminRoutes(sim),
    keeping,
  ).catch(async (error: unknown) => {
    await face.close();
    throw error;
  });
  return {
    vendor: 'crmcom-netflix',
    url: face.url,
    adminUrl: admin.url,
    restored,
    async close() {
      closing.abort();
      await Promise.all([face.close(), admin.close()]);
    },
  };
}

function adminRoutes(sim: Simulation) {
  return [
    ...commonAdminRoutes({
      clock: sim.clock,
      faults: sim.faults,
      ledger: sim.ledger,
      // Nothing here happens as time passes: what a reply says is worked out when it is asked for.
      settle: () => undefined,
      onArmed: ({ fault }) => {
        if (fault.fault === 'staleReads') sim.frozen.set(fault, createStore(sim.store.content()));
      },
      impossibleFaults: ['pageTokenInvalidated', 'operationStuck', 'operationDisappears'],
      rareFaults: ['unknownState'],
    }),
    ...accountRoutes(sim),
    ...promotionRoutes(sim),
    ...subscriberRoutes(sim),
    ...chargeRoutes(sim),
    ...deviceRoutes(sim),
    ...stateRoutes(sim),
  ];
}
