import { AdminError, type AdminRoute } from '../../admin.ts';
import { isObject } from '../../json.ts';
import type { World } from '../../kept-world.ts';
import type { Token } from '../../tokens.ts';
import type { IdentifierGrant, OAuthGrant } from '../caller.ts';
import type { OAuthClient, SignedIdentifier } from '../credentials.ts';
import type { IdState } from '../ids.ts';
import type { StoreContent } from '../records.ts';
import type { Simulation } from '../simulation.ts';
import { createStore } from '../store.ts';
import { isComplete } from '../transaction.ts';

/** All that a restart would lose, but for the armed faults, the ledger and the quota windows. */
interface Dump {
  readonly version: 1;
  readonly timeOffsetMs: number;
  readonly random: number;
  readonly ids: IdState;
  readonly oauthClients: readonly OAuthClient[];
  readonly signedIdentifiers: readonly SignedIdentifier[];
  readonly oauthTokens: readonly Token<OAuthGrant>[];
  readonly accessTokens: readonly Token<IdentifierGrant>[];
  readonly store: StoreContent;
}

export function stateRoutes(sim: Simulation): readonly AdminRoute[] {
  return [
    {
      method: 'GET',
      path: '/state',
      does: 'The whole world as JSON, for PUT /state. Secrets and private keys are not part of it.',
      handle: () => {
        sim.processing.settle(sim.clock.now());
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
      does: 'Every transaction with verb, size and how far it is.',
      handle: () => {
        sim.processing.settle(sim.clock.now());
        return sim.store.transactions().map((one) => ({
          name: one.transactionId,
          verb: one.verb,
          devices: one.identifiers.length,
          processed: one.processed,
          failed: one.failures.length,
          complete: isComplete(one, sim.clock.now(), sim.settings.processingMs),
          stuck: one.stuck,
          vanished: one.vanished,
        }));
      },
    },
    {
      method: 'POST',
      path: '/operations/release',
      does: 'Lets stuck transactions go on: {"name": transaction id} or all.',
      handle: ({ body }) => {
        const name = isObject(body) ? body['name'] : undefined;
        const transactionId = typeof name === 'string' ? name : undefined;
        return { released: sim.processing.release(transactionId, sim.clock.now()) };
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
    oauthClients: [...sim.oauthClients.values()],
    signedIdentifiers: [...sim.signedIdentifiers.values()],
    oauthTokens: sim.oauthTokens.list(),
    accessTokens: sim.accessTokens.list(),
    store: sim.store.content(),
  };
}

function load(sim: Simulation, saved: Dump): void {
  sim.clock.setOffsetMs(saved.timeOffsetMs);
  sim.random.restore(saved.random);
  sim.ids.restore(saved.ids);
  sim.oauthClients.clear();
  for (const client of saved.oauthClients) sim.oauthClients.set(client.clientId, client);
  sim.signedIdentifiers.clear();
  for (const one of saved.signedIdentifiers) sim.signedIdentifiers.set(one.clientIdentifier, one);
  sim.oauthTokens.restore(saved.oauthTokens);
  sim.accessTokens.restore(saved.accessTokens);
  // The ledger of this process knows nothing of the requests that started them.
  const transactions = saved.store.transactions.map(({ ledgerSeq: _forgotten, ...one }) => one);
  sim.store = createStore({ ...saved.store, transactions });
  sim.processing.restore();
}

function isDump(body: unknown): body is Dump {
  const parts = ['ids', 'oauthClients', 'signedIdentifiers', 'oauthTokens', 'accessTokens', 'store'];
  return isObject(body) && body['version'] === 1 && parts.every((part) => typeof body[part] === 'object');
}
