import type { Command } from 'commander';
import { createKubeClient, type KubeClient } from '../kube/client.ts';
import { loadClusterAccess } from '../kube/config.ts';
import { type Connection, createConnection } from '../kube/connection.ts';
import { Sentence } from './exit.ts';
import { systemClock } from './system.ts';
import { packageVersion } from './version.ts';

/** Which cluster a person means. */
export interface ClusterOptions {
  readonly kubeconfig?: string;
  readonly context?: string;
}

/** The cluster that a person's command works on, with that person's rights. */
export interface Cluster {
  readonly client: KubeClient;
  /** For what is no object of the API. */
  readonly connection: Connection;
  /** The namespace of the kubeconfig's context; `default` where it names none. */
  readonly namespace: string;
}

/** Adds `--kubeconfig` and `--context` to a command. */
export function addClusterOptions(command: Command): Command {
  return command
    .option('--kubeconfig <file>', 'the cluster to look at (default: KUBECONFIG, ~/.kube/config, in-cluster)')
    .option('--context <name>', 'a context other than the current one of the kubeconfig');
}

/** Works on the cluster, and lets go of it however the work ends. */
export async function withCluster<T>(
  { kubeconfig, context }: ClusterOptions,
  work: (cluster: Cluster) => Promise<T>,
): Promise<T> {
  const access = await loadClusterAccess({
    env: process.env,
    clock: systemClock,
    ...(kubeconfig === undefined ? {} : { kubeconfig }),
    ...(context === undefined ? {} : { context }),
  });
  if (!access.ok) throw new Sentence(access.failure.message);
  const userAgent = `vendorplane/${packageVersion()}`;
  const connection = createConnection({ access: access.value, clock: systemClock, userAgent });
  try {
    const client = createKubeClient(connection, systemClock);
    return await work({ client, connection, namespace: access.value.namespace ?? 'default' });
  } finally {
    await connection.close();
  }
}
