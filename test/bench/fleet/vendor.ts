import { startGoogleZeroTouch } from '../../../src/simulators/google-zero-touch/start.ts';

/** What the process tells once it serves. */
export interface VendorReady {
  readonly url: string;
  readonly adminUrl: string;
}

// A vendor that answers at once and counts no quota: what takes time is the controller.
const simulator = await startGoogleZeroTouch({
  operations: { afterMs: 0 },
  quota: { requests: 1_000_000, perMs: 1_000 },
});
const ready: VendorReady = { url: simulator.url, adminUrl: simulator.adminUrl };
process.send?.(ready);
process.once('disconnect', () => process.exit());
