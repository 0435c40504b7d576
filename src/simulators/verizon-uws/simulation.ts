import { type MovableClock, movableClock, type TimeSource } from '../clock.ts';
import { createFaultBox, type FaultBox } from '../fault-box.ts';
import type { Fault } from '../faults.ts';
import { createLedger, type Ledger } from '../ledger.ts';
import { type Random, seededRandom } from '../random.ts';
import { type CallbackBook, createCallbackBook } from './callbacks/book.ts';
import { type Courier, createCourier } from './callbacks/courier.ts';
import type { Deletion } from './deletions.ts';
import { finishItem } from './finish.ts';
import { createHistoryBook, type HistoryBook } from './history/book.ts';
import { createStalls, type Stalls } from './history/stalls.ts';
import type { Settings } from './options.ts';
import { createSessions, type Sessions } from './sessions.ts';
import { endSuspensions } from './state-changes.ts';
import { createStateRequests, type StateRequest, type StateRequests } from './state-requests.ts';
import { createStore, type Store, type StoreReads } from './store.ts';
import { createUsers, type Users } from './users.ts';

/** What a dump replaces as a whole. */
export interface World {
  users: Users;
  sessions: Sessions;
  store: Store;
  histories: HistoryBook;
  requests: StateRequests;
  callbacks: CallbackBook;
  /** Every line that is truly gone, in order. */
  deletions: Deletion[];
  /** The id of the youngest line. */
  lastDeviceId: number;
}

/** Everything the simulator is made of, wired once. */
export interface Simulation extends World {
  readonly settings: Settings;
  readonly clock: MovableClock;
  readonly random: Random;
  readonly faults: FaultBox;
  readonly ledger: Ledger;
  readonly stalls: Stalls;
  readonly courier: Courier;
  /** The lines as they were when a fault of stale reads was armed. */
  readonly frozen: WeakMap<Fault, StoreReads>;
}

/** The id before the first: ids at the vendor are not small. ASSUMED. */
const FIRST_DEVICE_ID = 4_100_000_000;

/** @param signal ends what the simulator has under way by itself. */
export function createSimulation(settings: Settings, time: TimeSource, signal: AbortSignal): Simulation {
  const random = seededRandom(settings.seed);
  const sim: Simulation = {
    settings,
    random,
    clock: movableClock(time),
    faults: createFaultBox(),
    ledger: createLedger(settings.ledgerEntries),
    stalls: createStalls(),
    courier: createCourier(settings.callbackRetryMs, signal),
    frozen: new WeakMap(),
    users: createUsers(settings.failedLoginsToLock),
    sessions: createSessions(random, settings.sessionIdleMs),
    store: createStore(),
    histories: createHistoryBook(),
    requests: createStateRequests((request, item) => finishItem(sim, request, item)),
    callbacks: createCallbackBook(),
    deletions: [],
    lastDeviceId: FIRST_DEVICE_ID,
  };
  return sim;
}

/** The saved requests, to be finished in this simulation. */
export function requestsOf(sim: Simulation, saved: readonly StateRequest[]): StateRequests {
  return createStateRequests((request, item) => finishItem(sim, request, item), saved);
}

/** Lets everything happen that is due by now. */
export function settle(sim: Simulation): void {
  const nowMs = sim.clock.now();
  sim.requests.settle(nowMs);
  endSuspensions(sim, sim.settings.suspensionMs, nowMs);
  sim.courier.settle(nowMs);
}
