import { AdminError, type AdminRoute, serveAdmin } from '../admin.ts';
import { commonAdminRoutes } from '../admin-common.ts';
import type { Fault } from '../faults.ts';
import { listen } from '../http.ts';
import { keepWorld } from '../kept-world.ts';
import type { Simulator } from '../simulator.ts';
import { credentialRoutes } from './admin/credentials.ts';
import { customerRoutes } from './admin/customers.ts';
import { deviceRoutes } from './admin/devices.ts';
import { driftRoutes } from './admin/drift.ts';
import { stateRoutes, worldOf } from './admin/state.ts';
import { codeNameOf } from './codes.ts';
import fixture from './fixture.json' with { type: 'json' };
import { createFace } from './front.ts';
import { MAX_BODY_BYTES } from './limits.ts';
import { type SamsungKnoxOptions, settingsOf } from './options.ts';
import { createSimulation, type Simulation } from './simulation.ts';
import { createStore } from './store.ts';

export type { SamsungKnoxOptions } from './options.ts';

/**
 * Starts the Knox Deployment Program on 127.0.0.1: a few phones of the fixture exist, but no customers, no devices and
 * no credentials. The admin face makes them. Rejects when a port is taken.
 */
export async function startSamsungKnox(options: SamsungKnoxOptions): Promise<Simulator> {
  const sim = createSimulation(settingsOf(options, fixture), options.clock ?? Date);
  const closing = new AbortController();
  const { restored, keeping } = keepWorld(options.stateFile, worldOf(sim));
  const face = await listen(options.port ?? 0, MAX_BODY_BYTES, keeping(createFace(sim, closing.signal)));
  const admin = await serveAdmin(
    options.adminPort ?? 0,
    `Samsung Knox Deployment Program simulator at ${face.url}: admin face`,
    adminRoutes(sim, face.url),
    keeping,
  ).catch(async (error: unknown) => {
    await face.close();
    throw error;
  });
  return {
    vendor: 'samsung-knox',
    url: face.url,
    adminUrl: admin.url,
    restored,
    async close() {
      closing.abort();
      await Promise.all([face.close(), admin.close()]);
    },
  };
}

function adminRoutes(sim: Simulation, baseUrl: string): readonly AdminRoute[] {
  return [
    ...commonAdminRoutes({
      clock: sim.clock,
      faults: sim.faults,
      ledger: sim.ledger,
      settle: () => sim.processing.settle(sim.clock.now()),
      onArmed: ({ fault }) => {
        if (fault.fault === 'staleReads') freeze(sim, fault);
      },
      checkFault,
      rareFaults: ['unknownState'],
    }),
    ...credentialRoutes(sim, baseUrl),
    ...customerRoutes(sim),
    ...deviceRoutes(sim),
    ...driftRoutes(sim),
    ...stateRoutes(sim),
  ];
}

/** Keeps the world as it is now, for reads that lie. Of all records only transactions change in place. */
function freeze(sim: Simulation, fault: Fault): void {
  const nowMs = sim.clock.now();
  sim.processing.settle(nowMs);
  const content = sim.store.content();
  const store = createStore({ ...content, transactions: structuredClone(content.transactions) });
  sim.frozen.set(fault, { store, nowMs });
}

/** A device fails with one of the vendor's codes: its number or its name. */
function checkFault(fault: Fault): void {
  const code = fault.fault === 'partialFailure' ? fault.perDeviceStatus : undefined;
  if (code !== undefined && codeNameOf(code) === undefined)
    throw new AdminError(`Samsung has no code "${code}".`);
}
