import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import type { Clock } from '../ports/clock.ts';
import { failed, ok, type Result } from '../ports/failure.ts';
import { type Credentials, credentialsReader } from './credentials.ts';
import { type Login, loginOf, readKubeconfig } from './kubeconfig.ts';

/** Where the API server is and how to be let in. */
export interface ClusterAccess {
  /** Base URL without a trailing slash. */
  readonly server: string;
  /** The namespace of the kubeconfig's context, or of the pod. */
  readonly namespace: string | undefined;
  readonly proxyUrl: string | undefined;
  /** Current credentials; tokens, token files and exec plugins are read again when they are due. */
  credentials(): Promise<Result<Credentials>>;
  /** The API server refused the credentials: the next reading starts from the files again. */
  renew(): void;
}

/** Where to look for a cluster; the first that is there wins, in this order. */
export interface AccessSource {
  /** A kubeconfig named by the user. If it is absent, nothing else is tried. */
  readonly kubeconfig?: string;
  /** A context other than the current one of the kubeconfig. */
  readonly context?: string;
  /** KUBECONFIG, then HOME/.kube/config, then KUBERNETES_SERVICE_HOST and _PORT, are read from here. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Token, ca.crt and namespace of the pod. Default: where Kubernetes mounts them. */
  readonly serviceAccountDir?: string;
  readonly clock: Clock;
}

/** Kubernetes documentation, "Accessing the Kubernetes API from a Pod". */
const SERVICE_ACCOUNT_DIR = '/var/run/secrets/kubernetes.io/serviceaccount';

/** How long credentials are used before they are read again, in milliseconds. ASSUMED: far below any token's life. */
const CREDENTIALS_FRESH_MS = 10_000;

type Place = { readonly files: readonly string[] } | { readonly inCluster: string };

/** Access to a server that asks for no credentials: `kubectl proxy`, the embedded API. */
export function openAccess(server: string): ClusterAccess {
  return {
    server: server.replace(/\/$/, ''),
    namespace: undefined,
    proxyUrl: undefined,
    credentials: async () => ok({ headers: {}, tls: {} }),
    renew: () => undefined,
  };
}

/** Finds and reads the configuration. Fails as `rejected`, with a message that names the file, never its content. */
export async function loadClusterAccess(source: AccessSource): Promise<Result<ClusterAccess>> {
  const place = findPlace(source);
  if (place === undefined) {
    return failed({
      kind: 'rejected',
      code: 'KubeconfigMissing',
      message: 'no cluster found: neither a kubeconfig nor a service account is there',
    });
  }
  try {
    const login = await readLogin(place, source);
    return ok({
      server: login.cluster.server.replace(/\/$/, ''),
      namespace: login.namespace,
      proxyUrl: login.cluster.proxyUrl,
      ...freshCredentials(login, () => readLogin(place, source), source.clock),
    });
  } catch {
    // The reader's own message may quote the file, and the file holds secrets.
    return failed({
      kind: 'rejected',
      code: 'KubeconfigInvalid',
      message: `cannot use ${nameOf(place)}: it is unreadable or its context names no cluster`,
    });
  }
}

function findPlace(source: AccessSource): Place | undefined {
  if (source.kubeconfig !== undefined) return { files: [source.kubeconfig] };
  // kubectl passes over missing files of the list; so do we.
  const listed = (source.env.KUBECONFIG ?? '')
    .split(delimiter)
    .filter((file) => file !== '' && existsSync(file));
  if (listed.length > 0) return { files: listed };
  const home = source.env.HOME === undefined ? undefined : join(source.env.HOME, '.kube', 'config');
  if (home !== undefined && existsSync(home)) return { files: [home] };
  const pod = source.serviceAccountDir ?? SERVICE_ACCOUNT_DIR;
  return existsSync(join(pod, 'token')) ? { inCluster: pod } : undefined;
}

function nameOf(place: Place): string {
  return 'files' in place ? place.files.join(delimiter) : `the service account in ${place.inCluster}`;
}

async function readLogin(place: Place, source: AccessSource): Promise<Login> {
  if ('files' in place) return loginOf(readKubeconfig(place.files), source.context);
  return podLogin(place.inCluster, source.env);
}

async function podLogin(dir: string, env: AccessSource['env']): Promise<Login> {
  const host = env.KUBERNETES_SERVICE_HOST ?? 'kubernetes.default.svc';
  const server = `https://${host.includes(':') ? `[${host}]` : host}:${env.KUBERNETES_SERVICE_PORT ?? '443'}`;
  return {
    cluster: { name: 'pod', server, caFile: join(dir, 'ca.crt'), skipTLSVerify: false },
    user: { name: 'pod', tokenFile: join(dir, 'token') },
    namespace: (await readFile(join(dir, 'namespace'), 'utf8')).trim(),
  };
}

/** Reads credentials when they are due, and the configuration again once they were refused. */
function freshCredentials(
  login: Login,
  reload: () => Promise<Login>,
  clock: Clock,
): Pick<ClusterAccess, 'credentials' | 'renew'> {
  let readCredentials = credentialsReader(login);
  let refused = false;
  let latest: { readonly atMs: number; readonly value: Promise<Result<Credentials>> } | undefined;

  async function read(afresh: boolean): Promise<Result<Credentials>> {
    try {
      if (afresh) readCredentials = credentialsReader(await reload());
      return ok(await readCredentials());
    } catch {
      // An exec plugin's stderr may hold anything, also a token.
      return failed({
        kind: 'unauthorized',
        code: 'CredentialsUnavailable',
        message: 'the credentials of the kubeconfig cannot be read: look at its user entry',
      });
    }
  }

  return {
    credentials() {
      const atMs = clock.monotonic();
      if (latest === undefined || atMs - latest.atMs >= CREDENTIALS_FRESH_MS) {
        latest = { atMs, value: read(refused) };
        refused = false;
      }
      return latest.value;
    },
    renew() {
      refused = true;
    },
  };
}
