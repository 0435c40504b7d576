import { startLocalCluster } from '../../../src/local-cluster/server.ts';

/** What the process tells once it serves. */
export interface ApiReady {
  readonly url: string;
  readonly kubeconfig: string;
}

// A Kubernetes API as a process of its own, so that what is measured beside it is the controller alone.
const cluster = await startLocalCluster({ port: 0 });
const ready: ApiReady = { url: cluster.url, kubeconfig: cluster.kubeconfig() };
process.send?.(ready);
process.once('disconnect', () => process.exit());
