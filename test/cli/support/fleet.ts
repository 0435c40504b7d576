import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RESOURCES } from '../../../src/api/group.ts';
import { installDefinitions } from '../../../src/cli/local/apply.ts';
import { systemClock } from '../../../src/cli/system.ts';
import { DEVICE_CLAIMS } from '../../../src/controllers/resources.ts';
import { luhnCheckDigit } from '../../../src/domain/device/identifier.ts';
import { createKubeClient, type KubeClient } from '../../../src/kube/client.ts';
import { openAccess } from '../../../src/kube/config.ts';
import { createConnection } from '../../../src/kube/connection.ts';
import type { KubeObject } from '../../../src/kube/object.ts';
import { defineResource, NAMESPACES, SECRETS } from '../../../src/kube/resource.ts';
import { startLocalCluster } from '../../../src/local-cluster/server.ts';
import type { Result } from '../../../src/ports/failure.ts';
import { startGoogleZeroTouch } from '../../../src/simulators/google-zero-touch/start.ts';
import type { LedgerEntry } from '../../../src/simulators/ledger.ts';
import { adminFace } from '../../support/admin-face.ts';

/** A cluster and a vendor with one account, ready for claims. */
export interface Fleet {
  readonly client: KubeClient;
  readonly clusterUrl: string;
  readonly kubeconfig: string;
  /** For logs and whatever else belongs to the test. */
  readonly folder: string;
  /** A customer that the vendor knows, and a claim of so many devices for it. Answers their IMEIs. */
  claim(name: string, devices: number): Promise<readonly string[]>;
  /** How many devices of a claim are claimed by now. */
  claimed(name: string): Promise<number>;
  /** Every mutating request the vendor ever saw. */
  writes(): Promise<readonly LedgerEntry[]>;
  close(): Promise<void>;
}

const NAMESPACE = 'fleet';

export async function startFleet(): Promise<Fleet> {
  const folder = mkdtempSync(join(tmpdir(), 'fleet-'));
  const cluster = await startLocalCluster({ port: 0 });
  const vendor = await startGoogleZeroTouch({ operations: { afterMs: 100 } });
  const connection = createConnection({
    access: openAccess(cluster.url),
    clock: systemClock,
    userAgent: 'test',
  });
  const client = createKubeClient(connection, systemClock);
  const { signal } = new AbortController();
  const kubeconfig = join(folder, 'kubeconfig');
  writeFileSync(kubeconfig, cluster.kubeconfig());
  let nextDevice = 0;
  const ask = adminFace(vendor);

  /** As a person writes it: the API server fills in the defaults. */
  async function apply(kind: keyof typeof RESOURCES, name: string, spec: object): Promise<void> {
    const type = defineResource<KubeObject>(RESOURCES[kind]);
    const object = { metadata: { namespace: NAMESPACE, name }, spec };
    unwrap(await client.apply(type, object, { fieldManager: 'test', force: true }, signal));
  }

  await installDefinitions(client, systemClock, signal);
  unwrap(await client.create(NAMESPACES, { metadata: { name: NAMESPACE } }, signal));
  const key = Buffer.from(JSON.stringify(await ask('POST', '/service-accounts', {}))).toString('base64');
  const secret = { metadata: { namespace: NAMESPACE, name: 'key' }, data: { 'key.json': key } };
  unwrap(await client.create(SECRETS, secret, signal));
  await apply('VendorAccount', 'google', {
    vendor: 'GoogleZeroTouch',
    mode: 'Enforce',
    limits: { requestsPerSecond: 100 },
    googleZeroTouch: {
      partnerId: '1234567890',
      endpoint: vendor.url,
      credentialsSecretRef: { name: 'key' },
    },
  });

  return {
    client,
    clusterUrl: cluster.url,
    kubeconfig,
    folder,
    async claim(name, devices) {
      const companyId = String(1_000 + nextDevice);
      await ask('POST', '/customers', { companyName: name, companyId });
      await apply('Customer', name, { accountRef: { name: 'google' }, companyName: name, companyId });
      const imeis = Array.from({ length: devices }, () => imei(nextDevice++));
      const phones = imeis.map((each) => ({ imei: each, manufacturer: 'Google', model: 'Pixel 8' }));
      await apply('DeviceClaim', name, { customerRef: { name }, devices: phones });
      return imeis;
    },
    async claimed(name) {
      const found = unwrap(await client.get(DEVICE_CLAIMS, { namespace: NAMESPACE, name }, signal));
      return found.status?.devices?.claimed ?? 0;
    },
    writes: async () => (await ask('GET', '/ledger?mutating=true')) as readonly LedgerEntry[],
    async close() {
      await connection.close();
      await vendor.close();
      await cluster.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function imei(n: number): string {
  const digits = `99000862${String(n).padStart(6, '0')}`;
  return `${digits}${luhnCheckDigit(digits)}`;
}

/** The value, or the failure thrown. */
export function unwrap<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`${result.failure.code}: ${result.failure.message}`);
  return result.value;
}
