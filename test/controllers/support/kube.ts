import { installDefinitions } from '../../../src/cli/local/apply.ts';
import { createKubeClient, type KubeClient } from '../../../src/kube/client.ts';
import { loadClusterAccess } from '../../../src/kube/config.ts';
import { createConnection } from '../../../src/kube/connection.ts';
import { NAMESPACES } from '../../../src/kube/resource.ts';
import type { Result } from '../../../src/ports/failure.ts';
import { startTestCluster } from '../../support/cluster.ts';
import { createSystemClock } from '../../support/system-clock.ts';

/** A Kubernetes API that serves our kinds, and a client of it. */
export interface TestKube {
  readonly client: KubeClient;
  readonly signal: AbortSignal;
  /** Makes a namespace of this name. */
  namespace(name: string): Promise<string>;
  close(): Promise<void>;
}

export async function startTestKube(): Promise<TestKube> {
  const clock = createSystemClock();
  const cluster = await startTestCluster();
  const access = await loadClusterAccess({ kubeconfig: cluster.kubeconfigPath, env: {}, clock });
  const connection = createConnection({ access: valueOf(access), clock, userAgent: 'vendorplane-test' });
  const client = createKubeClient(connection, clock);
  const stop = new AbortController();
  await installDefinitions(client, clock, stop.signal);
  return {
    client,
    signal: stop.signal,
    namespace: async (name) => {
      valueOf(await client.create(NAMESPACES, { metadata: { name } }, stop.signal));
      return name;
    },
    close: async () => {
      stop.abort();
      await connection.close();
      await cluster.close();
    },
  };
}

/** The value of a result that must be good. */
export function valueOf<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`${result.failure.code}: ${result.failure.message}`);
  return result.value;
}

/** The client, with some of its methods replaced: for stops and faults in the middle of things. */
export function clientWith(client: KubeClient, changes: Partial<KubeClient>): KubeClient {
  return { ...client, ...changes };
}
