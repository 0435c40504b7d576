import { serveAdmin } from '../admin.ts';
import { commonAdminRoutes } from '../admin-common.ts';
import { listen } from '../http.ts';
import { type Answerer, keepWorld } from '../kept-world.ts';
import type { Simulator } from '../simulator.ts';
import { accountRoutes } from './admin/accounts.ts';
import { companyRoutes } from './admin/companies.ts';
import { deviceRoutes } from './admin/devices.ts';
import { stateRoutes, worldOf } from './admin/state.ts';
import catalog from './catalog.json' with { type: 'json' };
import { serve } from './front.ts';
import { MAX_BODY_BYTES } from './limits.ts';
import { type GoogleZeroTouchOptions, settingsOf } from './options.ts';
import { createSimulation, type Simulation } from './simulation.ts';
import { createStore } from './store.ts';

export type { GoogleZeroTouchOptions } from './options.ts';

/**
 * Starts the zero-touch reseller API on 127.0.0.1, empty: no customers, no devices, no service accounts. The
 * admin face makes them. Rejects when a port is taken.
 */
export async function startGoogleZeroTouch(options: GoogleZeroTouchOptions): Promise<Simulator> {
  const sim = createSimulation(settingsOf(options, catalog), options.clock ?? Date);
  const closing = new AbortController();
  const { restored, keeping } = keepWorld(options.stateFile, worldOf(sim));
  const answer: Answerer = (request) =>
    serve(sim, { baseUrl: () => face.url, signal: closing.signal }, request);
  const face = await listen(options.port ?? 0, MAX_BODY_BYTES, keeping(answer));
  const admin = await serveAdmin(
    options.adminPort ?? 0,
    `Google zero-touch simulator at ${face.url}: admin face`,
    adminRoutes(sim, face.url),
    keeping,
  ).catch(async (error: unknown) => {
    await face.close();
    throw error;
  });
  return {
    vendor: 'google-zero-touch',
    url: face.url,
    adminUrl: admin.url,
    restored,
    async close() {
      closing.abort();
      await Promise.all([face.close(), admin.close()]);
    },
  };
}

function adminRoutes(sim: Simulation, baseUrl: string) {
  return [
    ...commonAdminRoutes({
      clock: sim.clock,
      faults: sim.faults,
      ledger: sim.ledger,
      settle: () => sim.operations.settle(sim.clock.now()),
      onArmed: ({ fault }) => {
        if (fault.fault === 'staleReads') sim.frozen.set(fault, createStore(sim.store.content()));
      },
    }),
    ...accountRoutes(sim, baseUrl),
    ...companyRoutes(sim),
    ...deviceRoutes(sim),
    ...stateRoutes(sim),
  ];
}
