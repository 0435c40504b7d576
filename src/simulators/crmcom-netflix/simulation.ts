import { type MovableClock, movableClock, type TimeSource } from '../clock.ts';
import { createFaultBox, type FaultBox } from '../fault-box.ts';
import type { Fault } from '../faults.ts';
import { createLedger, type Ledger } from '../ledger.ts';
import { type Random, seededRandom } from '../random.ts';
import { type Accounts, createAccounts } from './accounts.ts';
import { type Counters, createCounters } from './counters.ts';
import { createIds, type Ids } from './ids.ts';
import type { Knobs } from './knobs.ts';
import type { Settings } from './options.ts';
import { createSessions, type Sessions } from './sessions.ts';
import { createStore, type Store } from './store.ts';
import { type WireDates, wireDates } from './wire-dates.ts';

/** Everything the simulator is made of, wired once. */
export interface Simulation {
  readonly settings: Settings;
  readonly clock: MovableClock;
  readonly dates: WireDates;
  readonly random: Random;
  readonly faults: FaultBox;
  readonly ledger: Ledger;
  readonly counters: Counters;
  readonly ids: Ids;
  readonly accounts: Accounts;
  readonly sessions: Sessions;
  /** The world as it was when a fault of stale reads was armed. */
  readonly frozen: WeakMap<Fault, Store>;
  /** Replaced as a whole when knobs are turned. */
  knobs: Knobs;
  /** Replaced as a whole when a dump is loaded. */
  store: Store;
}

/** @param endpoints the names of all methods, whose calls are counted. */
export function createSimulation(
  settings: Settings,
  knobs: Knobs,
  time: TimeSource,
  endpoints: readonly string[],
): Simulation {
  const random = seededRandom(settings.seed);
  const ids = createIds(random);
  const store = createStore();
  store.putOperator({ id: ids.operator(), name: settings.operatorName, alternativeCode: null });
  return {
    settings,
    clock: movableClock(time),
    dates: wireDates(settings.timeZone),
    random,
    faults: createFaultBox(),
    ledger: createLedger(settings.ledgerEntries),
    counters: createCounters(endpoints),
    ids,
    accounts: createAccounts(),
    sessions: createSessions(random),
    frozen: new WeakMap<Fault, Store>(),
    knobs,
    store,
  };
}
