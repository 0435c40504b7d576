import { DeadlineExceeded } from './deadline.ts';
import type { Break } from './exchange.ts';

/** What Node, OpenSSL and undici say when there never was a connection, so that nothing was sent. */
const NEVER_SENT: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_PRX_TLS',
  'UND_ERR_PRX_CONN',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'CERT_HAS_EXPIRED',
  'ERR_TLS_CERT_ALTNAME_INVALID',
]);

/** Turns what the transport threw into a value. Only the code is taken: messages may hold addresses and headers. */
export function breakOf(error: unknown, signal: AbortSignal): Break {
  const code = codeOf(error, signal);
  return { kind: 'break', code, sent: !NEVER_SENT.has(code) };
}

function codeOf(error: unknown, signal: AbortSignal): string {
  if (signal.aborted) return signal.reason instanceof DeadlineExceeded ? 'DeadlineExceeded' : 'Aborted';
  const code = (error as { readonly code?: unknown } | null)?.code;
  return typeof code === 'string' ? code : 'ConnectionBroken';
}
