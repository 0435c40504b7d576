import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { atMost, type Figure, toldOnly } from './bench.ts';
import type { ApiReady } from './fleet/api.ts';
import { startBeside } from './fleet/beside.ts';
import { createFleet, EDITED_DEVICES, type Fleet } from './fleet/fleet.ts';
import type { VendorReady } from './fleet/vendor.ts';
import { startWatchedController, type WatchedController } from './fleet/watched-controller.ts';

const LOOK_EVERY_MS = 250;
/** Longer than anything here may take, so that a bench that hangs ends. */
const PATIENCE_MS = 600_000;
const PEAK_MIB = 300;
const STALL_MS = 200;

/**
 * 100,000 devices in 40 claims of 10 customers, which stand there before the controller starts; then one claim of 200
 * is edited. API and vendor are processes of their own, reached over loopback HTTP.
 */
export async function bench(): Promise<readonly Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  const api = await startBeside<ApiReady>(new URL('./fleet/api.ts', import.meta.url));
  const vendor = await startBeside<VendorReady>(new URL('./fleet/vendor.ts', import.meta.url));
  const kubeconfig = join(folder, 'kubeconfig');
  writeFileSync(kubeconfig, api.ready.kubeconfig, { mode: 0o600 });
  const fleet = await createFleet(api.ready.url, vendor.ready);
  const controller = await startWatchedController(folder, kubeconfig);
  try {
    return await measure(fleet, controller);
  } finally {
    await controller.stop();
    await fleet.close();
    await Promise.all([api.stop(), vendor.stop()]);
    rmSync(folder, { recursive: true, force: true });
  }
}

async function measure(fleet: Fleet, controller: WatchedController): Promise<readonly Figure[]> {
  const converged = await untilReady(fleet, controller);
  const writes = await fleet.writes();
  await fleet.editOneClaim();
  const edited = await untilReady(fleet, controller);
  return [
    toldOnly('devices', fleet.devices),
    toldOnly('claims', fleet.claims),
    toldOnly('until all claims are Ready', converged.seconds, 's'),
    toldOnly('CPU time until then', converged.cpuSeconds, 's'),
    atMost('vendor writes', writes, fleet.fewestWrites),
    atMost('peak memory of the controller', edited.peakMib, PEAK_MIB, 'MiB'),
    atMost('longest stall', Math.max(converged.longestStallMs, edited.longestStallMs), STALL_MS, 'ms'),
    toldOnly('items planned', converged.plannedItems),
    toldOnly('an edit of half of a claim of', EDITED_DEVICES, 'devices'),
    atMost('items planned for it', edited.plannedItems - converged.plannedItems, 5 * EDITED_DEVICES),
    atMost('vendor writes for it', (await fleet.writes()) - writes, 1),
    toldOnly('until it is Ready again', edited.seconds, 's'),
    toldOnly('CPU time until then', edited.cpuSeconds - converged.cpuSeconds, 's'),
  ];
}

interface Way {
  readonly seconds: number;
  readonly peakMib: number;
  readonly longestStallMs: number;
  readonly plannedItems: number;
  readonly cpuSeconds: number;
}

/** Until every claim is Ready for its latest spec; the stall is the longest on the way. */
async function untilReady(fleet: Fleet, controller: WatchedController): Promise<Way> {
  const beganAt = performance.now();
  let longestStallMs = 0;
  for (;;) {
    const cost = await controller.cost();
    longestStallMs = Math.max(longestStallMs, cost.longestStallMs);
    const passedMs = performance.now() - beganAt;
    if ((await fleet.readyClaims()) === fleet.claims) {
      return { ...cost, longestStallMs, seconds: passedMs / 1_000 };
    }
    if (passedMs > PATIENCE_MS) throw new Error(`not settled in time: ${controller.lastWords()}`);
    await sleep(LOOK_EVERY_MS);
  }
}
