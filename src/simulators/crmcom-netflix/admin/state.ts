import { AdminError, type AdminRoute } from '../../admin.ts';
import { isObject } from '../../json.ts';
import type { World } from '../../kept-world.ts';
import type { Account } from '../accounts.ts';
import type { IdState } from '../ids.ts';
import { type Knobs, readKnobs, turned } from '../knobs.ts';
import type { Session } from '../sessions.ts';
import type { Simulation } from '../simulation.ts';
import { createStore, type StoreContent } from '../store.ts';

/** All that a restart would lose, but for the armed faults, the ledger and the counters. */
interface Dump {
  readonly version: 1;
  readonly timeOffsetMs: number;
  readonly random: number;
  readonly ids: IdState;
  readonly knobs: Knobs;
  readonly accounts: readonly Account[];
  readonly sessions: readonly Session[];
  readonly store: StoreContent;
}

/** The world as a whole, the knobs and the counters. */
export function stateRoutes(sim: Simulation): readonly AdminRoute[] {
  return [
    {
      method: 'GET',
      path: '/state',
      does: 'The whole world as JSON, for PUT /state. It holds the simulated passwords and tokens.',
      handle: () => dump(sim),
    },
    {
      method: 'PUT',
      path: '/state',
      does: 'Replaces the world by one that GET /state answered.',
      handle: ({ body }) => {
        worldOf(sim).load(body);
      },
    },
    {
      method: 'GET',
      path: '/knobs',
      does: 'Every knob as it stands; README.md says what each means.',
      handle: () => sim.knobs,
    },
    {
      method: 'PATCH',
      path: '/knobs',
      does: 'Turns knobs, from the next request on: {"stateSpelling": "netflix_sate", …}.',
      handle: ({ body }) => {
        sim.knobs = turned(sim.knobs, readKnobs(body));
        return sim.knobs;
      },
    },
    {
      method: 'GET',
      path: '/counters',
      does: 'Per method how many requests came and how many changes were truly made; nothing is ever forgotten.',
      handle: () => sim.counters.all(),
    },
    {
      method: 'DELETE',
      path: '/counters',
      does: 'Counts from zero again.',
      handle: () => sim.counters.clear(),
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
    ids: sim.ids.state(),
    knobs: sim.knobs,
    accounts: sim.accounts.list(),
    sessions: sim.sessions.list(),
    store: sim.store.content(),
  };
}

function load(sim: Simulation, saved: Dump): void {
  sim.clock.setOffsetMs(saved.timeOffsetMs);
  sim.random.restore(saved.random);
  sim.ids.restore(saved.ids);
  sim.knobs = saved.knobs;
  sim.accounts.restore(saved.accounts);
  sim.sessions.restore(saved.sessions);
  sim.store = createStore(saved.store);
}

function isDump(body: unknown): body is Dump {
  const parts = ['ids', 'knobs', 'accounts', 'sessions', 'store'];
  return isObject(body) && body['version'] === 1 && parts.every((part) => typeof body[part] === 'object');
}
