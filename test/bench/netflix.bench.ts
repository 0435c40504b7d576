import type { Figure } from './bench.ts';
import { drainCharges } from './netflix/charges.ts';
import { registerDevices } from './netflix/devices.ts';
import { keepSubscriptions } from './netflix/subscriptions.ts';

const PARTS = { subscriptions: keepSubscriptions, devices: registerDevices, charges: drainCharges } as const;

/**
 * One operator through CRM.COM, in three parts, each with an API, an installation and a controller of its own, as
 * processes. `BENCH_PARTS=devices,charges` runs those alone; `BENCH_COUNTS` takes other counts, for trying.
 */
export async function bench(): Promise<readonly Figure[]> {
  const asked = process.env['BENCH_PARTS']?.split(',') ?? Object.keys(PARTS);
  const figures: Figure[] = [];
  for (const [name, part] of Object.entries(PARTS)) {
    if (asked.includes(name)) figures.push(...(await part()));
  }
  return figures;
}
