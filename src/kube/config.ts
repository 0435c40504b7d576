import { existsSync } from 'node:fs';
import type { RequestOptions } from 'node:https';
import { delimiter, join } from 'node:path';
import type { KubeConfig } from '@kubernetes/client-node';
import type { Clock } from '../ports/clock.ts';
import { failed, ok, type Result } from '../ports/failure.ts';

/** What TLS needs. All absent: the system's roots and no client certificate. */
export interface TlsMaterial {
  readonly ca?: string | Buffer;
  readonly cert?: string | Buffer;
  readonly key?: string | Buffer;
  readonly servername?: string;
  readonly rejectUnauthorized?: boolean;
}

/** What one request carries to be let in. Secret: never logged, never part of a message. */
interface Credentials {
  readonly headers: Readonly<Record<string, string>>;
  readonly tls: TlsMaterial;
}

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
    const config = await readConfig(place, source);
    const cluster = config.getCurrentCluster();
    if (cluster === null) throw new Error('no current cluster');
    const context = config.getContextObject(config.getCurrentContext());
    return ok({
      server: cluster.server.replace(/\/$/, ''),
      namespace: context?.namespace,
      proxyUrl: cluster.proxyUrl,
      ...credentialReader(config, () => readConfig(place, source), source.clock),
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

async function readConfig(place: Place, source: AccessSource): Promise<KubeConfig> {
  // Imported late: it takes most of a second and 85 MB, which `validate` and `simulate` need not pay.
  const { KubeConfig } = await import('@kubernetes/client-node');
  const config = new KubeConfig();
  if ('inCluster' in place) {
    config.loadFromOptions(await podOptions(place.inCluster, source.env));
    return config;
  }
  const files = place.files.map((file) => {
    const one = new KubeConfig();
    one.loadFromFile(file);
    return one;
  });
  // As kubectl merges: the first file to name a thing decides it.
  config.loadFromOptions({
    clusters: firstOfEachName(files.flatMap((file) => file.clusters)),
    users: firstOfEachName(files.flatMap((file) => file.users)),
    contexts: firstOfEachName(files.flatMap((file) => file.contexts)),
    currentContext: files.map((file) => file.currentContext).find((name) => Boolean(name)),
  });
  if (source.context !== undefined) config.setCurrentContext(source.context);
  return config;
}

function firstOfEachName<T extends { readonly name: string }>(items: readonly T[]): T[] {
  return items.filter((item, index) => items.findIndex((other) => other.name === item.name) === index);
}

async function podOptions(
  dir: string,
  env: AccessSource['env'],
): Promise<Parameters<KubeConfig['loadFromOptions']>[0]> {
  const { readFile } = await import('node:fs/promises');
  const host = env.KUBERNETES_SERVICE_HOST ?? 'kubernetes.default.svc';
  const server = `https://${host.includes(':') ? `[${host}]` : host}:${env.KUBERNETES_SERVICE_PORT ?? '443'}`;
  const namespace = (await readFile(join(dir, 'namespace'), 'utf8')).trim();
  return {
    clusters: [{ name: 'pod', server, caFile: join(dir, 'ca.crt') }],
    users: [{ name: 'pod', authProvider: { name: 'tokenFile', config: { tokenFile: join(dir, 'token') } } }],
    contexts: [{ name: 'pod', cluster: 'pod', user: 'pod', namespace }],
    currentContext: 'pod',
  };
}

function credentialReader(
  loaded: KubeConfig,
  reload: () => Promise<KubeConfig>,
  clock: Clock,
): Pick<ClusterAccess, 'credentials' | 'renew'> {
  let config = loaded;
  let refused = false;
  let latest: { readonly atMs: number; readonly value: Promise<Result<Credentials>> } | undefined;

  async function read(afresh: boolean): Promise<Result<Credentials>> {
    try {
      if (afresh) config = await reload();
      return ok(await credentialsOf(config));
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

async function credentialsOf(config: KubeConfig): Promise<Credentials> {
  // Like kubectl: nothing secret is ever sent in the clear.
  if (config.getCurrentCluster()?.server.startsWith('http:') === true) return { headers: {}, tls: {} };
  const options: RequestOptions = {};
  await config.applyToHTTPSOptions(options);
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(options.headers ?? {})) headers[name] = String(value);
  if (typeof options.auth === 'string') {
    headers.Authorization = `Basic ${Buffer.from(options.auth).toString('base64')}`;
  }
  return { headers, tls: tlsOf(options) };
}

function tlsOf(options: RequestOptions): TlsMaterial {
  return {
    ...(options.ca !== undefined && { ca: options.ca as string | Buffer }),
    ...(options.cert !== undefined && { cert: options.cert as string | Buffer }),
    ...(options.key !== undefined && { key: options.key as string | Buffer }),
    ...(options.servername !== undefined && { servername: options.servername }),
    ...(options.rejectUnauthorized !== undefined && { rejectUnauthorized: options.rejectUnauthorized }),
  };
}
