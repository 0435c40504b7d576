import { startCrmComNetflix } from '../../../src/simulators/crmcom-netflix/start.ts';

/** What the process tells once it serves. */
export interface VendorReady {
  readonly url: string;
  readonly adminUrl: string;
}

// An installation that answers at once: what takes time is the controller and the limits of its account.
const simulator = await startCrmComNetflix({ ledgerEntries: 1_000_000 });
const ready: VendorReady = { url: simulator.url, adminUrl: simulator.adminUrl };
process.send?.(ready);
process.once('disconnect', () => process.exit());
