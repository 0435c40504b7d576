import { X509Certificate } from 'node:crypto';
import { getCACertificates } from 'node:tls';
import { Agent, type Dispatcher, EnvHttpProxyAgent } from 'undici';
import { failed, ok, type Result } from '../ports/failure.ts';

/** The process environment, or the part of it that names proxies. Passed in, never read here. */
export type Environment = Readonly<Record<string, string | undefined>>;

export interface DispatcherSettings {
  /** Most connections to one origin, hence most requests under way at once. At least 1. */
  readonly connections: number;
  /** PEM certificates trusted in addition to the public roots. */
  readonly caBundle?: string;
  /** Where proxies are looked up: `https_proxy`, `http_proxy` and `no_proxy`, in either case. */
  readonly env?: Environment;
}

/** Longest wait for a TCP and TLS connection. ASSUMED: a reachable vendor answers within one; ten is generous. */
const CONNECT_TIMEOUT_MS = 10_000;
/** Longest wait for the first byte of a reply. ASSUMED; the total deadline of a request must be longer. */
export const HEADERS_TIMEOUT_MS = 30_000;
/** Longest pause between two pieces of a reply. ASSUMED. */
const BODY_TIMEOUT_MS = 30_000;
/**
 * How long an unused connection is kept. Short, because a request that meets a connection the other side is
 * just closing is lost without need (undici's own default).
 */
const KEEP_ALIVE_MS = 4_000;

const NEVER_PROXIED = ['localhost', '127.0.0.1', '::1'];

/**
 * The connections of one adapter. HTTP/1.1 only: with HTTP/2 a silently dead connection is never replaced when
 * requests are cancelled. This machine itself is never reached through a proxy. Fails with `rejected` when the
 * CA bundle holds no certificate that can be read.
 */
export function openDispatcher(settings: DispatcherSettings): Result<Dispatcher> {
  const authorities = trusted(settings.caBundle);
  if (!authorities.ok) return authorities;
  const tls = authorities.value === undefined ? {} : { ca: [...authorities.value] };
  const options: Agent.Options = {
    connections: settings.connections,
    pipelining: 1,
    allowH2: false,
    headersTimeout: HEADERS_TIMEOUT_MS,
    bodyTimeout: BODY_TIMEOUT_MS,
    keepAliveTimeout: KEEP_ALIVE_MS,
    connect: { ...tls, timeout: CONNECT_TIMEOUT_MS, allowH2: false },
  };
  const proxies = proxiesIn(settings.env ?? {});
  if (proxies === undefined) return ok(new Agent(options));
  return ok(
    new EnvHttpProxyAgent({
      ...options,
      ...proxies,
      connectTimeout: CONNECT_TIMEOUT_MS,
      requestTls: { ...tls, timeout: CONNECT_TIMEOUT_MS, allowH2: false },
      proxyTls: { ...tls, timeout: CONNECT_TIMEOUT_MS, allowH2: false },
    }),
  );
}

/** The public roots and the private ones, or undefined for node's own choice. */
function trusted(caBundle: string | undefined): Result<readonly string[] | undefined> {
  if (caBundle === undefined) return ok(undefined);
  const certificates = caBundle.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
  if (certificates.length === 0 || !certificates.every(isCertificate)) {
    return failed({
      kind: 'rejected',
      code: 'INVALID_CA_BUNDLE',
      message: 'the CA bundle holds no certificate, or one that cannot be read: it must be PEM text',
    });
  }
  // What is given as `ca` replaces the roots, so the public ones are named again.
  return ok([...getCACertificates('default'), ...certificates]);
}

function isCertificate(pem: string): boolean {
  try {
    return new X509Certificate(pem).serialNumber !== '';
  } catch {
    return false;
  }
}

/** Every option is set, if only to '', because undici reads the process environment for those it misses. */
function proxiesIn(env: Environment): { httpProxy: string; httpsProxy: string; noProxy: string } | undefined {
  const read = (name: string): string => env[name] ?? env[name.toUpperCase()] ?? '';
  const httpProxy = read('http_proxy');
  const httpsProxy = read('https_proxy');
  if (httpProxy === '' && httpsProxy === '') return undefined;
  return { httpProxy, httpsProxy, noProxy: [read('no_proxy'), ...NEVER_PROXIED].join(',') };
}
