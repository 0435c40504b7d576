import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Cluster } from './cluster.ts';
import { runDefinitions } from './controllers/definitions.ts';
import { runEventExpiry } from './controllers/events.ts';
import { runGarbageCollection } from './controllers/garbage.ts';
import { runNamespaces } from './controllers/namespaces.ts';
import { insert } from './crud/create.ts';
import { CONFIG_MAP } from './kinds/config-map.ts';
import { DEFINITION } from './kinds/definition.ts';
import { CORE_EVENT, EVENT } from './kinds/event.ts';
import { LEASE } from './kinds/lease.ts';
import { INITIAL_NAMESPACES, NAMESPACE, NAMESPACES } from './kinds/namespace.ts';
import { SECRET } from './kinds/secret.ts';
import { createRegistry } from './registry.ts';
import { createHandler } from './router.ts';
import { fileJournal, memoryJournal } from './store/journal.ts';
import { openStore } from './store/store.ts';
import { createEventLines } from './wire/event-lines.ts';
import { writeYaml } from './wire/yaml.ts';

/** How the embedded API server is started. */
export interface LocalClusterOptions {
  /** TCP port on 127.0.0.1; 0 or absent: any free one. */
  readonly port?: number;
  /** Folder in which acknowledged writes survive the end of the process; absent: nothing does. */
  readonly dataDir?: string;
  /** Milliseconds since the epoch, for the times objects carry. Default: the system clock. */
  readonly now?: () => number;
  /**
   * Garbage collection and namespace deletion, which a real cluster's kube-controller-manager does. Default: true;
   * false shows the API server alone.
   */
  readonly controllers?: boolean;
}

/** A running embedded API server. */
export interface LocalCluster {
  /** `http://127.0.0.1:<port>`. */
  readonly url: string;
  /** A kubeconfig as YAML whose only context is `vendorplane-local`. */
  kubeconfig(): string;
  /** Ends all connections and releases the port. */
  close(): Promise<void>;
}

/** Starts a Kubernetes API on 127.0.0.1. Rejects when the port is taken or the data cannot be read. */
export async function startLocalCluster(options: LocalClusterOptions): Promise<LocalCluster> {
  const journal = options.dataDir === undefined ? memoryJournal() : fileJournal(options.dataDir);
  const cluster: Cluster = {
    store: openStore(journal),
    registry: createRegistry([CONFIG_MAP, CORE_EVENT, NAMESPACE, SECRET, EVENT, DEFINITION, LEASE]),
    eventLines: createEventLines(),
    now: options.now ?? Date.now,
  };
  createInitialNamespaces(cluster);
  const stops = [runDefinitions(cluster), runEventExpiry(cluster)];
  if (options.controllers !== false) stops.push(runNamespaces(cluster), runGarbageCollection(cluster));

  const handle = createHandler(cluster);
  const server = createServer(
    { keepAliveTimeout: 120_000 },
    (request, response) => void handle(request, response),
  );
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    kubeconfig: () => kubeconfigFor(url),
    async close() {
      for (const stop of stops) stop();
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
      cluster.store.close();
    },
  };
}

function createInitialNamespaces(cluster: Cluster): void {
  const options = {
    dryRun: false,
    fieldManager: 'kube-apiserver',
    fieldValidation: 'Ignore',
    force: false,
  } as const;
  for (const name of INITIAL_NAMESPACES) {
    if (cluster.store.get(NAMESPACES, '', name) !== undefined) continue;
    const target = { cluster, resource: NAMESPACE, namespace: '', name, subresource: '' } as const;
    const body = { apiVersion: 'v1', kind: 'Namespace', metadata: { name } };
    insert(target, body, options, (object) => object);
  }
}

function kubeconfigFor(url: string): string {
  const name = 'vendorplane-local';
  return writeYaml({
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': name,
    // There is no TLS on the loopback; @kubernetes/client-node talks plain HTTP only when told not to ask for any.
    clusters: [{ name, cluster: { server: url, 'insecure-skip-tls-verify': true } }],
    users: [{ name, user: {} }],
    contexts: [{ name, context: { cluster: name, user: name, namespace: 'default' } }],
  });
}
