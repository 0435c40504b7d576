import { AdminError, type AdminRoute } from '../../admin.ts';
import { isObject } from '../../json.ts';
import type { World } from '../../kept-world.ts';
import type { Token } from '../../tokens.ts';
import type { ServiceAccount } from '../accounts.ts';
import type { Grant } from '../caller.ts';
import type { IdState } from '../ids.ts';
import type { Operation } from '../operations.ts';
import type { Simulation } from '../simulation.ts';
import { createStore, type StoreContent } from '../store.ts';

/** All that a restart would lose, but for the armed faults, the ledger and the quota windows. */
interface Dump {
  readonly version: 1;
  readonly timeOffsetMs: number;
  readonly random: number;
  readonly ids: IdState;
  readonly accounts: readonly ServiceAccount[];
  readonly tokens: readonly Token<Grant>[];
  readonly store: StoreContent;
  readonly operations: readonly Operation[];
}

export function stateRoutes(sim: Simulation): readonly AdminRoute[] {
  return [
    {
      method: 'GET',
      path: '/state',
      does: 'The whole world as JSON, for PUT /state. Private keys are not part of it.',
      handle: () => {
        sim.operations.settle(sim.clock.now());
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
    {
      method: 'GET',
      path: '/operations',
      does: 'Every operation with verb, size and how far it is.',
      handle: () => {
        sim.operations.settle(sim.clock.now());
        return sim.operations.list().map(({ name, verb, items, results, reads, stuck, vanished }) => ({
          name,
          verb,
          devices: items.length,
          processed: results.length,
          reads,
          stuck,
          vanished,
        }));
      },
    },
    {
      method: 'POST',
      path: '/operations/release',
      does: 'Lets stuck operations go on: {"name"} or all.',
      handle: ({ body }) => {
        const name = isObject(body) ? body['name'] : undefined;
        return { released: sim.operations.release(typeof name === 'string' ? name : undefined) };
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
    ids: sim.ids.state(),
    accounts: [...sim.accounts.values()],
    tokens: sim.tokens.list(),
    store: sim.store.content(),
    operations: sim.operations.list(),
  };
}

function load(sim: Simulation, saved: Dump): void {
  sim.clock.setOffsetMs(saved.timeOffsetMs);
  sim.random.restore(saved.random);
  sim.ids.restore(saved.ids);
  sim.accounts.clear();
  for (const account of saved.accounts) sim.accounts.set(account.email, account);
  sim.tokens.restore(saved.tokens);
  sim.store = createStore(saved.store);
  // The ledger of this process knows nothing of the requests that started them.
  sim.operations.restore(saved.operations.map((operation) => ({ ...operation, ledgerSeq: undefined })));
}

function isDump(body: unknown): body is Dump {
  const parts = ['ids', 'accounts', 'tokens', 'store', 'operations'];
  return isObject(body) && body['version'] === 1 && parts.every((part) => typeof body[part] === 'object');
}
