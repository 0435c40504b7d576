import { runController } from '../../src/cli/controller/command.ts';
import { openAccess } from '../../src/kube/config.ts';
import { createScaledClock } from '../support/scaled-clock.ts';
import type { CallPoint } from './call-trace.ts';
import { killSwitch } from './kill-switch.ts';

/** What the harness tells a controller, as JSON in the first argument. */
export interface ControllerOrders {
  /** URL of the API server. */
  readonly cluster: string;
  /** `ORIGIN=ORIGIN`: where the vendor is. */
  readonly vendorRedirect: string;
  readonly archiveDir: string;
  readonly logFile: string;
  readonly traceFile: string;
  readonly speed: number;
  readonly epochMs: number;
  /** Where it ends itself; absent: nowhere. */
  readonly killAt?: CallPoint;
}

// Whatever ends the harness closes this pipe, and no controller is left behind.
process.stdin.once('end', () => process.exit(1)).resume();
process.stdin.unref();

// The real controller, as `vendorplane controller` runs it, but for how it finds its cluster, its clock and
// the switch around its ports.
const orders = JSON.parse(process.argv[2] ?? '') as ControllerOrders;
await runController(
  {
    vendorRedirect: [orders.vendorRedirect],
    archiveDir: orders.archiveDir,
    logLevel: 'info',
    logFile: orders.logFile,
  },
  {
    // Reading a kubeconfig takes a third of the time of a start, and each life starts twice.
    access: openAccess(orders.cluster),
    clock: createScaledClock(orders.speed, orders.epochMs),
    around: [killSwitch(orders.traceFile, orders.killAt)],
  },
);
