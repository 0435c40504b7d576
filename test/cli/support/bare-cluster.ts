import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Kind } from '../../../src/api/definitions.generated.ts';
import { RESOURCES } from '../../../src/api/group.ts';
import { installDefinitions } from '../../../src/cli/local/apply.ts';
import { systemClock } from '../../../src/cli/system.ts';
import { createKubeClient, type KubeClient } from '../../../src/kube/client.ts';
import { openAccess } from '../../../src/kube/config.ts';
import { createConnection } from '../../../src/kube/connection.ts';
import type { KubeObject } from '../../../src/kube/object.ts';
import { defineResource, NAMESPACES } from '../../../src/kube/resource.ts';
import { startTestCluster } from '../../support/cluster.ts';
import { type ProgramRun, runProgram } from '../../support/run.ts';
import { unwrap } from './fleet.ts';

/** A cluster with our definitions and the namespace `fleet`, and nobody who works on it. */
export interface BareCluster {
  readonly client: KubeClient;
  create(kind: Kind, name: string, spec: object): Promise<KubeObject>;
  /** Writes a status as the controller does. */
  tell(kind: Kind, name: string, status: object): Promise<void>;
  /** Runs the program on it. */
  run(...args: readonly string[]): Promise<ProgramRun>;
  close(): Promise<void>;
}

export const NAMESPACE = 'fleet';

export async function startBareCluster(): Promise<BareCluster> {
  const { signal } = new AbortController();
  const cluster = await startTestCluster();
  const folder = mkdtempSync(join(tmpdir(), 'bare-'));
  const access = openAccess(cluster.url);
  const connection = createConnection({ access, clock: systemClock, userAgent: 'test' });
  const client = createKubeClient(connection, systemClock);
  await installDefinitions(client, systemClock, signal);
  unwrap(await client.create(NAMESPACES, { metadata: { name: NAMESPACE } }, signal));
  return {
    client,
    create: async (kind, name, spec) => {
      const type = defineResource<KubeObject>(RESOURCES[kind]);
      return unwrap(await client.create(type, { metadata: { namespace: NAMESPACE, name }, spec }, signal));
    },
    tell: async (kind, name, status) => {
      const type = defineResource<KubeObject>(RESOURCES[kind]);
      const options = { fieldManager: 'vendorplane', force: true };
      unwrap(await client.applyStatus(type, { namespace: NAMESPACE, name }, status, options, signal));
    },
    run: (...args) => runProgram([...args, '--kubeconfig', cluster.kubeconfigPath], folder),
    close: async () => {
      await connection.close();
      await cluster.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
