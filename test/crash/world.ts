import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { installDefinitions } from '../../src/cli/local/apply.ts';
import { DEVICE_CLAIMS, VENDOR_ACCOUNTS } from '../../src/controllers/resources.ts';
import { scopeHash, scopeOf } from '../../src/controllers/vendor-account/scope.ts';
import { createRecords } from '../../src/controllers/vendor-record/records.ts';
import type { DeviceIdentity } from '../../src/domain/device/identity.ts';
import { createKubeClient, type KubeClient } from '../../src/kube/client.ts';
import { openAccess } from '../../src/kube/config.ts';
import { createConnection } from '../../src/kube/connection.ts';
import type { KubeObject } from '../../src/kube/object.ts';
import { type ResourceType, SECRETS } from '../../src/kube/resource.ts';
import { startLocalCluster } from '../../src/local-cluster/server.ts';
import type { Clock } from '../../src/ports/clock.ts';
import { startGoogleZeroTouch } from '../../src/simulators/google-zero-touch/start.ts';
import type { LedgerEntry } from '../../src/simulators/ledger.ts';
import { createScaledClock } from '../support/scaled-clock.ts';
import { createSystemClock } from '../support/system-clock.ts';
import { type Fleet, type Manifest, NAMESPACE, PARTNER_ID, SECRET_NAME } from './fleet.ts';

/** Everything that outlives the controller: the API server, the vendor, and a folder for what it writes. */
export interface World {
  readonly folder: string;
  /** URL of the API server. */
  readonly cluster: string;
  readonly vendorRedirect: string;
  readonly speed: number;
  readonly epochMs: number;
  readonly client: KubeClient;
  apply(manifests: readonly Manifest[]): Promise<void>;
  objects<T extends KubeObject>(type: ResourceType<T>): Promise<readonly T[]>;
  /** Requests the vendor saw after this sequence number, in order. */
  ledger(since?: number): Promise<readonly LedgerEntry[]>;
  /** Every device the vendor has heard of. */
  devices(): Promise<readonly VendorDevice[]>;
  close(): Promise<void>;
}

/** A device as the vendor keeps it; without claims nobody holds it. */
export interface VendorDevice {
  readonly deviceId: number;
  readonly identifier: DeviceIdentity;
  readonly claims: readonly { readonly resellerId: string; readonly ownerCompanyId: string }[];
}

/**
 * How much faster than real time runs: the vendor's visibility time of two minutes passes in four seconds, and the
 * second in which an API request must be answered on a busy machine stays above the API server's worst.
 */
const SPEED = 30;

/**
 * How long the vendor works on a batch: two seconds of real time, longer than a controller takes to start again, so that
 * it reads too early.
 */
const OPERATION_MS = 60_000;

const VENDOR_ORIGIN = 'https://androiddeviceprovisioning.googleapis.com';

/** Starts a world with the fleet in it. `faults` are armed at the vendor, as its admin face takes them. */
export async function startWorld(fleet: Fleet, faults: readonly object[]): Promise<World> {
  const { signal } = new AbortController();
  const real = createSystemClock();
  const epochMs = Date.now();
  const scaled = createScaledClock(SPEED, epochMs);
  const now = (): number => scaled.now();
  const folder = mkdtempSync(join(tmpdir(), 'crash-'));
  const cluster = await startLocalCluster({ now });
  const vendor = await startGoogleZeroTouch({
    partnerId: PARTNER_ID,
    clock: { now },
    operations: { afterMs: OPERATION_MS },
  });
  const connection = createConnection({
    access: openAccess(cluster.url),
    clock: real,
    userAgent: 'crash-test',
  });
  const client = createKubeClient(connection, real);

  async function admin(method: 'GET' | 'POST', path: string, body?: object): Promise<unknown> {
    const reply = await fetch(`${vendor.adminUrl}${path}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await reply.text();
    if (!reply.ok) throw new Error(`${method} ${path}: ${text}`);
    return JSON.parse(text) as unknown;
  }

  for (const [path, state] of Object.entries(fleet.vendorState)) await admin('POST', path, state);
  for (const fault of faults) await admin('POST', '/faults', fault);
  await installDefinitions(client, real, signal);
  await createSecret(client, await admin('POST', '/service-accounts', { partnerId: PARTNER_ID }), signal);
  for (const manifest of fleet.manifests) await apply(client, manifest, signal);
  await record(client, fleet, scaled, signal);
  for (const name of fleet.deleted ?? [])
    await client.delete(DEVICE_CLAIMS, { namespace: NAMESPACE, name }, {}, signal);

  return {
    folder,
    cluster: cluster.url,
    vendorRedirect: `${VENDOR_ORIGIN}=${vendor.url}`,
    speed: SPEED,
    epochMs,
    objects: async (type) => {
      const page = await client.list(type, { limit: 500 }, signal);
      if (!page.ok) throw new Error(page.failure.message);
      return page.value.items;
    },
    client,
    apply: async (manifests) => {
      for (const manifest of manifests) await apply(client, manifest, signal);
    },
    ledger: async (since = 0) => (await admin('GET', `/ledger?since=${since}`)) as readonly LedgerEntry[],
    devices: async () => {
      const state = (await admin('GET', '/state')) as {
        readonly store: { readonly devices: readonly VendorDevice[] };
      };
      return state.store.devices;
    },
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
  { records = [] }: Fleet,
  clock: Clock,
  signal: AbortSignal,
): Promise<void> {
  if (records.length === 0) return;
  const account = await client.get(VENDOR_ACCOUNTS, { namespace: NAMESPACE, name: 'google' }, signal);
  const scope = account.ok ? (scopeOf(account.value.spec) ?? '') : '';
  const place = { namespace: NAMESPACE, accountName: 'google', scope, scopeHash: scopeHash(scope) };
  const kept = await createRecords(client, place, () => 1, clock).keep('device', records, signal);
  if (!kept.ok) throw new Error(kept.failure.message);
}

async function createSecret(client: KubeClient, key: unknown, signal: AbortSignal): Promise<void> {
  const data = { 'key.json': Buffer.from(JSON.stringify(key)).toString('base64') };
  const metadata = { namespace: NAMESPACE, name: SECRET_NAME };
  const created = await client.create(SECRETS, { metadata, data }, signal);
  if (!created.ok) throw new Error(created.failure.message);
}

async function apply(client: KubeClient, { type, draft }: Manifest, signal: AbortSignal): Promise<void> {
  const applied = await client.apply(type, draft, { fieldManager: 'kubectl', force: true }, signal);
  if (!applied.ok) throw new Error(applied.failure.message);
}
