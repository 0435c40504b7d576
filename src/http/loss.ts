import type { Failure } from '../ports/failure.ts';
import type { Exchange, LossCode } from './exchange.ts';

/** What went wrong, to be read after "cannot talk to <origin>: ". */
const WORDS: Readonly<Record<LossCode, string>> = {
  ABORTED: 'the request was called off',
  CLOSED: 'the connections were closed',
  CONNECTION_FAILED: 'the connection failed',
  CONNECTION_REFUSED: 'the connection was refused',
  CONNECTION_RESET: 'the connection broke',
  CONNECT_TIMEOUT: 'no connection came about in time',
  DEADLINE_EXCEEDED: 'no complete reply came in time',
  NAME_NOT_RESOLVED: 'the host name cannot be resolved',
  NOT_ALLOWED_TO_START: 'this process may not write now',
  PROXY_FAILED: 'the proxy refused or failed',
  REPLY_TIMEOUT: 'the reply stalled',
  REPLY_TOO_LARGE: 'the reply is larger than allowed',
  TLS_FAILED: 'the certificate is not trusted or TLS failed; a private authority belongs in the CA bundle',
};

/** Error codes of node and undici. TLS has too many to list; they are told by their shape. */
const CODES: Readonly<Record<string, LossCode>> = {
  ECONNREFUSED: 'CONNECTION_REFUSED',
  ECONNRESET: 'CONNECTION_RESET',
  EPIPE: 'CONNECTION_RESET',
  UND_ERR_SOCKET: 'CONNECTION_RESET',
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: 'CONNECTION_RESET',
  ENOTFOUND: 'NAME_NOT_RESOLVED',
  EAI_AGAIN: 'NAME_NOT_RESOLVED',
  ETIMEDOUT: 'CONNECT_TIMEOUT',
  UND_ERR_CONNECT_TIMEOUT: 'CONNECT_TIMEOUT',
  UND_ERR_HEADERS_TIMEOUT: 'REPLY_TIMEOUT',
  UND_ERR_BODY_TIMEOUT: 'REPLY_TIMEOUT',
  UND_ERR_DESTROYED: 'CLOSED',
  UND_ERR_CLOSED: 'CLOSED',
  UND_ERR_PRX_CONN: 'PROXY_FAILED',
  UND_ERR_PRX_TLS: 'PROXY_FAILED',
  // Calling a request off never comes this far; what is left is a proxy that refused the tunnel.
  UND_ERR_ABORTED: 'PROXY_FAILED',
  EPROTO: 'TLS_FAILED',
};

/** Names an error of node or undici; falls back on `CONNECTION_FAILED`. */
export function lossCodeOf(error: unknown): LossCode {
  const code = codeOf(error);
  const known = CODES[code];
  if (known !== undefined) return known;
  return /CERT|TLS|SSL|UNABLE_TO_VERIFY/.test(code) ? 'TLS_FAILED' : 'CONNECTION_FAILED';
}

/**
 * The failure an unanswered exchange amounts to. A read may always be repeated; a write that may have arrived
 * must not be.
 */
export function lossFailure(
  exchange: Exclude<Exchange, { is: 'answered' }>,
  access: 'read' | 'write',
  origin: string,
): Failure {
  return {
    kind: exchange.is === 'lost' && access === 'write' ? 'unknownOutcome' : 'transient',
    code: exchange.code,
    message: `cannot talk to ${origin}: ${WORDS[exchange.code]}`,
  };
}

function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return '';
  if ('code' in error && typeof error.code === 'string') return error.code;
  // A name with several addresses fails with all their errors; they rarely differ.
  return error instanceof AggregateError ? codeOf(error.errors[0]) : '';
}
