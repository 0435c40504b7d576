import { type MovableClock, movableClock, type TimeSource } from '../clock.ts';
import { createFaultBox, type FaultBox } from '../fault-box.ts';
import type { Fault } from '../faults.ts';
import { createLedger } from '../ledger.ts';
import { createQuota, type Quota } from '../quota.ts';
import { type Random, seededRandom } from '../random.ts';
import { createTokens, type Tokens } from '../tokens.ts';
import type { Reads } from './call.ts';
import type { IdentifierGrant, OAuthGrant } from './caller.ts';
import { type CodeWriter, codeWriter } from './codes.ts';
import type { OAuthClient, SignedIdentifier } from './credentials.ts';
import type { World } from './holding.ts';
import { createIds } from './ids.ts';
import type { Settings } from './options.ts';
import { createProcessing, type Processing } from './processing.ts';
import { createStore, EMPTY, type Store } from './store.ts';

/** Everything the simulator is made of, wired once. */
export interface Simulation extends World {
  readonly clock: MovableClock;
  readonly random: Random;
  readonly quota: Quota;
  readonly faults: FaultBox;
  readonly oauthClients: Map<string, OAuthClient>;
  readonly signedIdentifiers: Map<string, SignedIdentifier>;
  readonly oauthTokens: Tokens<OAuthGrant>;
  readonly accessTokens: Tokens<IdentifierGrant>;
  readonly processing: Processing;
  readonly writeCode: CodeWriter;
  /** The world as it was when a fault of stale reads was armed. */
  readonly frozen: WeakMap<Fault, Reads>;
  /** Replaced as a whole when a dump is loaded. */
  store: Store;
}

export function createSimulation(settings: Settings, time: TimeSource): Simulation {
  const random = seededRandom(settings.seed);
  const ids = createIds(random);
  const { hardware, mpts } = settings.fixture;
  const known = hardware.map((one) => ({ hardwareId: ids.hardware(), ...one }));
  const world: World & { store: Store } = {
    store: createStore({ ...EMPTY, hardware: known, mpts }),
    ids,
    settings,
    ledger: createLedger(settings.ledgerEntries),
  };
  return Object.assign(world, {
    clock: movableClock(time),
    random,
    quota: createQuota(settings.quota),
    faults: createFaultBox(),
    oauthClients: new Map<string, OAuthClient>(),
    signedIdentifiers: new Map<string, SignedIdentifier>(),
    oauthTokens: createTokens<OAuthGrant>(random),
    accessTokens: createTokens<IdentifierGrant>(random),
    processing: createProcessing(world),
    writeCode: codeWriter(settings.codes, random),
    frozen: new WeakMap<Fault, Reads>(),
  });
}
