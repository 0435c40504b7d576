import { serveAdmin } from '../admin.ts';
import { commonAdminRoutes } from '../admin-common.ts';
import { RARE_FAULTS } from '../faults.ts';
import { listen } from '../http.ts';
import { keepWorld } from '../kept-world.ts';
import type { Simulator } from '../simulator.ts';
import { callbackRoutes } from './admin/callbacks.ts';
import { deviceRoutes } from './admin/devices.ts';
import { driftRoutes } from './admin/drift.ts';
import { historyRoutes } from './admin/history.ts';
import { stateRoutes, worldOf } from './admin/state.ts';
import { userRoutes } from './admin/users.ts';
import { createFace } from './front.ts';
import { MAX_BODY_BYTES } from './limits.ts';
import { settingsOf, type VerizonUwsOptions } from './options.ts';
import { createSimulation, type Simulation, settle } from './simulation.ts';
import { createStore } from './store.ts';

export type { VerizonUwsOptions } from './options.ts';

/** How often due callbacks are looked for while nobody asks anything, in real milliseconds. */
const TICK_MS = 500;

/**
 * Starts the Unified Web Service on 127.0.0.1, empty: no users, no lines. The admin face makes them. Rejects when a
 * port is taken.
 */
export async function startVerizonUws(options: VerizonUwsOptions): Promise<Simulator> {
  const closing = new AbortController();
  const sim = createSimulation(settingsOf(options), options.clock ?? Date, closing.signal);
  const { restored, keeping } = keepWorld(options.stateFile, worldOf(sim));
  const face = await listen(options.port ?? 0, MAX_BODY_BYTES, keeping(createFace(sim, closing.signal)));
  const admin = await serveAdmin(
    options.adminPort ?? 0,
    `Verizon UWS simulator at ${face.url}: admin face`,
    adminRoutes(sim),
    keeping,
  ).catch(async (error: unknown) => {
    await face.close();
    throw error;
  });
  const ticking = setInterval(() => settle(sim), TICK_MS).unref();
  return {
    vendor: 'verizon-uws',
    url: face.url,
    adminUrl: admin.url,
    restored,
    async close() {
      clearInterval(ticking);
      closing.abort();
      await Promise.all([face.close(), admin.close(), sim.courier.idle()]);
    },
  };
}

function adminRoutes(sim: Simulation) {
  return [
    ...commonAdminRoutes({
      clock: sim.clock,
      faults: sim.faults,
      ledger: sim.ledger,
      settle: () => settle(sim),
      onArmed: ({ fault }) => {
        if (fault.fault === 'staleReads') sim.frozen.set(fault, createStore(sim.store.devices()));
      },
      // Paging here goes by the id of a line, and the only clock at log-in is the session's.
      impossibleFaults: ['pageTokenInvalidated', 'clockSkew'],
      rareFaults: RARE_FAULTS,
    }),
    ...userRoutes(sim),
    ...deviceRoutes(sim),
    ...driftRoutes(sim),
    ...historyRoutes(sim),
    ...callbackRoutes(sim),
    ...stateRoutes(sim),
  ];
}
