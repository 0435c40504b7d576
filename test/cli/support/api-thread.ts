import { parentPort } from 'node:worker_threads';
import { startLocalCluster } from '../../../src/local-cluster/server.ts';

/** What the thread tells once it serves. */
export interface ApiThreadReady {
  readonly url: string;
  readonly kubeconfig: string;
}

// A Kubernetes API with an event loop of its own: it goes on while the test's own loop is blocked.
const cluster = await startLocalCluster({ port: 0 });
const ready: ApiThreadReady = { url: cluster.url, kubeconfig: cluster.kubeconfig() };
parentPort?.postMessage(ready, []);
