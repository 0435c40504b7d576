import { AdminError, type AdminRoute } from '../../admin.ts';
import { fields } from '../../admin-fields.ts';
import { isObject } from '../../json.ts';
import type { World } from '../../kept-world.ts';
import { createCallbackBook, type Registration } from '../callbacks/book.ts';
import type { Deletion } from '../deletions.ts';
import type { Device } from '../device.ts';
import { createHistoryBook, type KeptHistory } from '../history/book.ts';
import { createSessions, type Session } from '../sessions.ts';
import { requestsOf, type Simulation, settle } from '../simulation.ts';
import type { StateRequest } from '../state-requests.ts';
import { createStore } from '../store.ts';
import { createUsers, type User } from '../users.ts';

/** All that a restart would lose, but for the armed faults, the ledger, stalled queries and messages on their way. */
interface Dump {
  readonly version: 1;
  readonly timeOffsetMs: number;
  readonly random: number;
  readonly lastDeviceId: number;
  readonly users: readonly User[];
  readonly sessions: readonly Session[];
  readonly devices: readonly Device[];
  readonly histories: readonly (readonly [string, KeptHistory])[];
  readonly requests: readonly StateRequest[];
  readonly callbacks: readonly Registration[];
  readonly deletions: readonly Deletion[];
}

export function stateRoutes(sim: Simulation): readonly AdminRoute[] {
  return [
    {
      method: 'GET',
      path: '/requests',
      does: 'Every change of state that was accepted, with the outcome of each line.',
      handle: () => {
        settle(sim);
        return sim.requests.list();
      },
    },
    {
      method: 'POST',
      path: '/requests/release',
      does: 'Lets stuck changes of state go on: {"requestId"} or all.',
      handle: ({ body }) => {
        const requestId = body === undefined ? undefined : fields(body).text('requestId');
        return { released: sim.requests.release(requestId, sim.clock.now()) };
      },
    },
    {
      method: 'GET',
      path: '/state',
      does: 'The whole world as JSON, for PUT /state. It holds the passwords: they are as made-up as the rest.',
      handle: () => {
        settle(sim);
        return dump(sim);
      },
    },
    {
      method: 'PUT',
      path: '/state',
      does: 'Replaces the world by one that GET /state answered.',
      handle: ({ body }) => {
        worldOf(sim).load(body);
      },
    },
  ];
}

/** The world of this simulator, to be dumped and loaded as a whole. */
export function worldOf(sim: Simulation): World {
  return {
    dump: () => dump(sim),
    load(saved) {
      if (!isDump(saved)) throw new AdminError('This is not a state of version 1.');
      load(sim, saved);
    },
  };
}

function dump(sim: Simulation): Dump {
  return {
    version: 1,
    timeOffsetMs: sim.clock.offsetMs(),
    random: sim.random.state(),
    lastDeviceId: sim.lastDeviceId,
    users: sim.users.list(),
    sessions: sim.sessions.list(),
    devices: [...sim.store.devices()],
    histories: sim.histories.list(),
    requests: sim.requests.list(),
    callbacks: sim.callbacks.list(),
    deletions: sim.deletions,
  };
}

function isDump(value: unknown): value is Dump {
  return isObject(value) && value['version'] === 1 && Array.isArray(value['devices']);
}

function load(sim: Simulation, saved: Dump): void {
  sim.clock.setOffsetMs(saved.timeOffsetMs);
  sim.random.restore(saved.random);
  sim.lastDeviceId = saved.lastDeviceId;
  sim.users = createUsers(sim.settings.failedLoginsToLock, saved.users);
  sim.sessions = createSessions(sim.random, sim.settings.sessionIdleMs, saved.sessions);
  sim.store = createStore(saved.devices);
  sim.histories = createHistoryBook(saved.histories);
  // The ledger is another's: its numbers mean nothing here.
  sim.requests = requestsOf(
    sim,
    saved.requests.map(({ ledgerSeq: _seq, ...request }) => request),
  );
  sim.callbacks = createCallbackBook(saved.callbacks);
  sim.deletions = [...saved.deletions];
}
