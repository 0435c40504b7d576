import { type MovableClock, movableClock, type TimeSource } from '../clock.ts';
import { createFaultBox, type FaultBox } from '../fault-box.ts';
import type { Fault } from '../faults.ts';
import { createLedger, type Ledger } from '../ledger.ts';
import { createQuota, type Quota } from '../quota.ts';
import { type Random, seededRandom } from '../random.ts';
import { createTokens, type Tokens } from '../tokens.ts';
import type { ServiceAccount } from './accounts.ts';
import type { Grant } from './caller.ts';
import type { Registry } from './holding.ts';
import { createIds } from './ids.ts';
import { createOperations, type Operations } from './operations.ts';
import type { Settings } from './options.ts';
import { createStore, type Store } from './store.ts';

/** Everything the simulator is made of, wired once. */
export interface Simulation extends Registry {
  readonly settings: Settings;
  readonly clock: MovableClock;
  readonly random: Random;
  readonly quota: Quota;
  readonly faults: FaultBox;
  readonly ledger: Ledger;
  readonly accounts: Map<string, ServiceAccount>;
  readonly tokens: Tokens<Grant>;
  readonly operations: Operations;
  /** The world as it was when a fault of stale reads was armed. */
  readonly frozen: WeakMap<Fault, Store>;
  /** Replaced as a whole when a dump is loaded. */
  store: Store;
}

export function createSimulation(settings: Settings, time: TimeSource): Simulation {
  const random = seededRandom(settings.seed);
  const ledger = createLedger(settings.ledgerEntries);
  const registry: Registry & { store: Store } = { store: createStore(), ids: createIds(random), settings };
  return Object.assign(registry, {
    clock: movableClock(time),
    random,
    quota: createQuota(settings.quota),
    faults: createFaultBox(),
    ledger,
    accounts: new Map<string, ServiceAccount>(),
    tokens: createTokens<Grant>(random),
    operations: createOperations(registry, ledger),
    frozen: new WeakMap<Fault, Store>(),
  });
}
