import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { installDefinitions } from '../../src/cli/local/apply.ts';
import { DEVICE_CLAIMS, VENDOR_ACCOUNTS } from '../../src/controllers/resources.ts';
import { scopeHash, scopeOf } from '../../src/controllers/vendor-account/scope.ts';
import { createRecords } from '../../src/controllers/vendor-record/records.ts';
import { createKubeClient, type KubeClient } from '../../src/kube/client.ts';
import { openAccess } from '../../src/kube/config.ts';
import { createConnection } from '../../src/kube/connection.ts';
import type { KubeObject } from '../../src/kube/object.ts';
import { type ResourceType, SECRETS } from '../../src/kube/resource.ts';
import { startLocalCluster } from '../../src/local-cluster/server.ts';
import type { Clock } from '../../src/ports/clock.ts';
import type { LedgerEntry } from '../../src/simulators/ledger.ts';
import { adminFace } from '../support/admin-face.ts';
import { createScaledClock } from '../support/scaled-clock.ts';
import { secretData } from '../support/secret-data.ts';
import { createSystemClock } from '../support/system-clock.ts';
import { type Fleet, type Manifest, NAMESPACE } from './fleet.ts';
import type { Ask } from './vendor.ts';

/** Everything that outlives the controller: the API server, the vendor, and a folder for what it writes. */
export interface World {
  readonly folder: string;
  /** URL of the API server. */
  readonly cluster: string;
  /** `ORIGIN=ORIGIN`: where the vendor is. */
  readonly vendorRedirect: string;
  /** Where the histories of lines are safe. */
  readonly archiveDir: string;
  readonly speed: number;
  readonly epochMs: number;
  readonly client: KubeClient;
  readonly fleet: Fleet;
  readonly ask: Ask;
  apply(manifests: readonly Manifest[]): Promise<void>;
  objects<T extends KubeObject>(type: ResourceType<T>): Promise<readonly T[]>;
  /** Requests the vendor saw after this sequence number, in order. */
  ledger(since?: number): Promise<readonly LedgerEntry[]>;
  close(): Promise<void>;
}

/**
 * How much faster than real time runs: the vendor's visibility time of two minutes passes in four seconds, and the
 * second in which an API request must be answered on a busy machine stays above the API server's worst.
 */
const SPEED = 30;

/** Starts a world with the fleet in it. `faults` are armed at the vendor, as its admin face takes them. */
export async function startWorld(fleet: Fleet, faults: readonly object[]): Promise<World> {
  const { signal } = new AbortController();
  const real = createSystemClock();
  const epochMs = Date.now();
  const scaled = createScaledClock(SPEED, epochMs);
  const now = (): number => scaled.now();
  const folder = mkdtempSync(join(tmpdir(), 'crash-'));
  const cluster = await startLocalCluster({ now });
  const { vendor: played } = fleet;
  const vendor = await played.start({ now });
  const connection = createConnection({
    access: openAccess(cluster.url),
    clock: real,
    userAgent: 'crash-test',
  });
  const client = createKubeClient(connection, real);

  const ask: Ask = adminFace(vendor);

  for (const [path, state] of fleet.vendorState) await ask('POST', path, state);
  for (const fault of faults) await ask('POST', '/faults', fault);
  await installDefinitions(client, real, signal);
  await createSecret(client, played.secretName, await played.login(ask), signal);
  for (const manifest of fleet.manifests) await apply(client, manifest, signal);
  await record(client, fleet, scaled, signal);
  for (const name of fleet.deleted ?? [])
    await client.delete(DEVICE_CLAIMS, { namespace: NAMESPACE, name }, {}, signal);

  return {
    folder,
    cluster: cluster.url,
    vendorRedirect: `${played.origin}=${vendor.url}`,
    archiveDir: join(folder, 'archive'),
    speed: SPEED,
    epochMs,
    objects: async (type) => {
      const page = await client.list(type, { limit: 500 }, signal);
      if (!page.ok) throw new Error(page.failure.message);
      return page.value.items;
    },
    client,
    fleet,
    ask,
    apply: async (manifests) => {
      for (const manifest of manifests) await apply(client, manifest, signal);
    },
    ledger: async (since = 0) => (await ask('GET', `/ledger?since=${since}`)) as readonly LedgerEntry[],
    close: async () => {
      await connection.close();
      await Promise.all([cluster.close(), vendor.close()]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Writes down what an earlier controller knew. */
async function record(
  client: KubeClient,
  { vendor, records = [] }: Fleet,
  clock: Clock,
  signal: AbortSignal,
): Promise<void> {
  if (records.length === 0) return;
  const { accountName } = vendor;
  const account = await client.get(VENDOR_ACCOUNTS, { namespace: NAMESPACE, name: accountName }, signal);
  const scope = account.ok ? (scopeOf(account.value.spec) ?? '') : '';
  const place = { namespace: NAMESPACE, accountName, scope, scopeHash: scopeHash(scope) };
  const books = createRecords(client, place, () => 1, clock);
  for (const [kind, changes] of Map.groupBy(records, (change) => change.kind)) {
    const kept = await books.keep(kind, changes, signal);
    if (!kept.ok) throw new Error(kept.failure.message);
  }
}

async function createSecret(
  client: KubeClient,
  name: string,
  texts: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<void> {
  const created = await client.create(
    SECRETS,
    { metadata: { namespace: NAMESPACE, name }, data: secretData(texts) },
    signal,
  );
  if (!created.ok) throw new Error(created.failure.message);
}

async function apply(client: KubeClient, { type, draft }: Manifest, signal: AbortSignal): Promise<void> {
  const applied = await client.apply(type, draft, { fieldManager: 'kubectl', force: true }, signal);
  if (!applied.ok) throw new Error(applied.failure.message);
}
