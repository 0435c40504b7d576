import { readFile } from 'node:fs/promises';
import type { RequestOptions } from 'node:https';
import type { KubeConfig } from '@kubernetes/client-node';
import { ExecAuth } from '@kubernetes/client-node/dist/exec_auth.js';
import type { KubeUser, Login } from './kubeconfig.ts';

/** What TLS needs. All absent: the system's roots and no client certificate. */
export interface TlsMaterial {
  readonly ca?: string | Buffer;
  readonly cert?: string | Buffer;
  readonly key?: string | Buffer;
  readonly servername?: string;
  readonly rejectUnauthorized?: boolean;
}

/** What one request carries to be let in. Secret: never logged, never part of a message. */
export interface Credentials {
  readonly headers: Readonly<Record<string, string>>;
  readonly tls: TlsMaterial;
}

/** What authenticators fill in. */
type Options = RequestOptions & { readonly headers: Record<string, string> };

/**
 * Reads the credentials of a login; to be called whenever they are due. What a plugin answered is kept by it for as long
 * as it said. Rejects when a file cannot be read or a plugin fails, with what these said: not for a log.
 */
export function credentialsReader({ cluster, user }: Login): () => Promise<Credentials> {
  const authenticate = authenticatorOf({ cluster, user });
  return async () => {
    // Like kubectl: nothing secret is ever sent in the clear.
    if (cluster.server.startsWith('http:')) return { headers: {}, tls: {} };
    const options: Options = { headers: {} };
    const ca = await content(cluster.caFile, cluster.caData);
    const cert = await content(user?.certFile, user?.certData);
    const key = await content(user?.keyFile, user?.keyData);
    Object.assign(options, { ca, cert, key });
    await authenticate(options);
    Object.assign(options.headers, await headersOf(user));
    return {
      headers: options.headers,
      tls: {
        ...tlsOf(options),
        ...(cluster.tlsServerName && { servername: cluster.tlsServerName }),
        ...(cluster.skipTLSVerify && { rejectUnauthorized: false }),
      },
    };
  };
}

/** Asks a plugin, where the user has one. */
function authenticatorOf({
  cluster,
  user,
}: Pick<Login, 'cluster' | 'user'>): (options: Options) => Promise<void> {
  if (!user?.exec && !user?.authProvider) return async () => undefined;
  const exec = new ExecAuth();
  if (exec.isAuthProvider(user)) return (options) => exec.applyAuthentication(user, options);
  // The providers that kubectl no longer builds in. Few have one, and these alone wait for the whole library.
  let whole: Promise<KubeConfig> | undefined;
  return async (options) => {
    whole ??= import('@kubernetes/client-node').then(({ KubeConfig }) => {
      const config = new KubeConfig();
      config.loadFromClusterAndUser(cluster, user);
      return config;
    });
    await (await whole).applyToHTTPSOptions(options);
  };
}

async function headersOf(user: KubeUser | undefined): Promise<Record<string, string>> {
  const token = user?.tokenFile ? (await readFile(user.tokenFile, 'utf8')).trim() : user?.token;
  const basic = user?.username && Buffer.from(`${user.username}:${user.password ?? ''}`).toString('base64');
  return {
    ...(basic && { Authorization: `Basic ${basic}` }),
    ...(token && { Authorization: `Bearer ${token}` }),
    ...(user?.impersonateUser && { 'Impersonate-User': user.impersonateUser }),
  };
}

/** As kubectl does: data wins over a file. */
async function content(file: string | undefined, data: string | undefined): Promise<Buffer | undefined> {
  if (data) return Buffer.from(data, 'base64');
  return file ? readFile(file) : undefined;
}

function tlsOf({ ca, cert, key }: RequestOptions): TlsMaterial {
  return {
    ...(ca !== undefined && { ca: ca as string | Buffer }),
    ...(cert !== undefined && { cert: cert as string | Buffer }),
    ...(key !== undefined && { key: key as string | Buffer }),
  };
}
