import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
// Its parts alone: the package as a whole takes half a second and 50 MB, for models of every kind that is built in.
import {
  type Cluster,
  type Context,
  newClusters,
  newContexts,
  newUsers,
  type User,
} from '@kubernetes/client-node/dist/config_types.js';
import { parse } from 'yaml';

/** A user entry; the token file is read anew whenever credentials are. */
export type KubeUser = User & { tokenFile?: string };

/** What one or several kubeconfig files say. */
export interface Kubeconfig {
  readonly clusters: readonly Cluster[];
  readonly users: readonly KubeUser[];
  readonly contexts: readonly Context[];
  readonly currentContext: string | undefined;
}

/** The one cluster that is talked to, and as whom. */
export interface Login {
  readonly cluster: Cluster;
  /** Absent where the context names none: the API server then knows nobody. */
  readonly user: KubeUser | undefined;
  readonly namespace: string | undefined;
}

/** Reads the files as kubectl merges them: the first to name a thing decides it. Throws when one is unreadable. */
export function readKubeconfig(files: readonly string[]): Kubeconfig {
  const parts = files.map(readFile);
  return {
    clusters: parts.flatMap(({ clusters }) => clusters),
    users: parts.flatMap(({ users }) => users),
    contexts: parts.flatMap(({ contexts }) => contexts),
    currentContext: parts.map(({ currentContext }) => currentContext).find(Boolean),
  };
}

/** What a context leads to. Throws when it names no cluster. */
export function loginOf(config: Kubeconfig, contextName = config.currentContext): Login {
  const context = config.contexts.find(({ name }) => name === contextName);
  const cluster = config.clusters.find(({ name }) => name === context?.cluster);
  if (context === undefined || cluster === undefined) throw new Error('no current cluster');
  const user = config.users.find(({ name }) => name === context.user);
  return { cluster, user, namespace: context.namespace };
}

function readFile(file: string): Kubeconfig {
  const content = (parse(readFileSync(file, 'utf8')) ?? {}) as Readonly<Record<string, unknown>>;
  const folder = dirname(file);
  const currentContext = content['current-context'];
  return {
    clusters: newClusters(content.clusters).map((cluster) => inFolder(folder, cluster, ['caFile'])),
    users: readUsers(content.users).map((user) =>
      inFolder(folder, user, ['certFile', 'keyFile', 'tokenFile']),
    ),
    contexts: newContexts(content.contexts),
    currentContext: typeof currentContext === 'string' ? currentContext : undefined,
  };
}

/** With the token file, which the library leaves out. */
function readUsers(entries: unknown): readonly KubeUser[] {
  const users = entries as readonly {
    readonly name: string;
    readonly user?: { readonly tokenFile?: string };
  }[];
  return newUsers(entries).map((user) => {
    const tokenFile = users.find(({ name }) => name === user.name)?.user?.tokenFile;
    return tokenFile === undefined ? user : { ...user, tokenFile };
  });
}

/** Paths of a kubeconfig start from its own folder. */
function inFolder<T extends object>(folder: string, entry: T, fields: readonly (keyof T)[]): T {
  const paths = fields.flatMap((field) => {
    const path = entry[field];
    return typeof path === 'string' ? [[field, resolve(folder, path)] as const] : [];
  });
  return { ...entry, ...Object.fromEntries(paths) };
}
