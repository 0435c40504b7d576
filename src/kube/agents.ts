import { createHash } from 'node:crypto';
import { Agent, type Dispatcher, ProxyAgent } from 'undici';
import type { TlsMaterial } from './credentials.ts';

/** The two connection pools of one API server. */
export interface Agents {
  readonly requests: Dispatcher;
  /** Apart, because watches hold their connection for minutes and would starve every other request. */
  readonly watches: Dispatcher;
}

/** A silent server is given up after this, in milliseconds: half the API server's own 60 s limit for a request. */
const SILENCE_MS = 30_000;
/** ASSUMED: a handshake that takes longer will not succeed. Milliseconds. */
const CONNECT_TIMEOUT_MS = 10_000;
/** Below the 60 s idle limit of common load balancers, in milliseconds (client-go uses the same). */
const KEEP_ALIVE_PROBE_MS = 30_000;

/** Keeps one pair of pools as long as the TLS material stays the same; a rotated certificate gets new ones. */
export function createAgentPool(
  proxyUrl: string | undefined,
  maxConnections: number,
  maxWatches: number,
): { agentsFor(tls: TlsMaterial): Agents; close(): Promise<void> } {
  let current: { readonly print: string; readonly agents: Agents } | undefined;
  return {
    agentsFor(tls) {
      const print = fingerprint(tls);
      if (current?.print !== print) {
        // Requests under way finish on the old pools, which then close by themselves.
        if (current !== undefined) void retire(current.agents);
        current = {
          print,
          agents: {
            requests: createAgent(tls, proxyUrl, { connections: maxConnections, bodyTimeout: SILENCE_MS }),
            // The reader of a watch has its own watchdog, which knows how often bookmarks come.
            watches: createAgent(tls, proxyUrl, { connections: maxWatches, bodyTimeout: 0 }),
          },
        };
      }
      return current.agents;
    },
    async close() {
      if (current !== undefined) {
        await Promise.all([current.agents.requests.destroy(), current.agents.watches.destroy()]);
      }
    },
  };
}

async function retire(agents: Agents): Promise<void> {
  await Promise.allSettled([agents.requests.close(), agents.watches.close()]);
}

function createAgent(tls: TlsMaterial, proxyUrl: string | undefined, options: Agent.Options): Dispatcher {
  const connect = {
    ...tls,
    timeout: CONNECT_TIMEOUT_MS,
    keepAlive: true,
    keepAliveInitialDelay: KEEP_ALIVE_PROBE_MS,
  };
  // HTTP/2 would never replace a connection that died silently while its requests are cancelled one by one.
  const common = { ...options, allowH2: false, headersTimeout: SILENCE_MS };
  return proxyUrl === undefined
    ? new Agent({ ...common, connect })
    : new ProxyAgent({ ...common, uri: proxyUrl, requestTls: connect });
}

function fingerprint(tls: TlsMaterial): string {
  const hash = createHash('sha256');
  for (const part of [tls.ca, tls.cert, tls.key, tls.servername, String(tls.rejectUnauthorized)]) {
    hash.update(part ?? '').update('\0');
  }
  return hash.digest('base64');
}
