import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { startLocalCluster } from '../../local-cluster/server.ts';
import { Sentence } from '../exit.ts';

/** The API server that `local` works on. */
export interface UsedCluster {
  readonly kubeconfig: string;
  /** In words, for the first lines on the screen. */
  readonly description: string;
  close(): Promise<void>;
}

interface Options {
  readonly kubeconfig?: string;
  readonly port: number;
  readonly dataDir?: string;
}

/** Where `local` keeps what it makes, below the working directory. */
export const STATE_DIR = '.vendorplane';

/** The cluster of the given kubeconfig, or an embedded one with a kubeconfig written for it. */
export async function useCluster({ kubeconfig, port, dataDir }: Options): Promise<UsedCluster> {
  if (kubeconfig !== undefined) {
    return { kubeconfig, description: `the cluster of ${kubeconfig}`, close: async () => {} };
  }
  const cluster = await startLocalCluster({ port, ...(dataDir === undefined ? {} : { dataDir }) }).catch(
    (error: unknown) => {
      throw new Sentence(`the embedded Kubernetes API cannot start: ${(error as Error).message}`);
    },
  );
  const file = resolve(STATE_DIR, 'kubeconfig');
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, cluster.kubeconfig(), { mode: 0o600 });
  return {
    kubeconfig: file,
    description: `an embedded one at ${cluster.url}`,
    close: () => cluster.close(),
  };
}
