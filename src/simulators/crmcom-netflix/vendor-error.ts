import { type HttpReply, jsonReply } from '../http.ts';
import type { Knobs } from './knobs.ts';

/** Status codes of refusals. The vendor's own are not published: all ASSUMED (fact sheet 5). */
const HTTP_STATUS = {
  INVALID_TOKEN: 401,
  INVALID_CREDENTIALS: 401,
  INVALID_PARAMETER: 400,
  LIMIT_EXCEEDED: 400,
  NOT_FOUND: 404,
  SUBSCRIPTION_NOT_FOUND: 404,
  SUBSCRIPTION_EXISTS: 409,
  INVALID_STATE: 409,
} as const;

export type ErrorCode = keyof typeof HTTP_STATUS;

/** A refusal in the vendor's envelope. */
export class VendorError extends Error {
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string) {
    super(message);
    this.name = 'VendorError';
    this.code = code;
  }
}

export function invalidParameter(message: string): VendorError {
  return new VendorError('INVALID_PARAMETER', message);
}

export function limitExceeded(message: string): VendorError {
  return new VendorError('LIMIT_EXCEEDED', message);
}

/** A success as the vendor sends it (3). */
export function success(data: unknown): HttpReply {
  return jsonReply(200, { data, status: { code: 'OK', description: '', message: '' } });
}

/** A refusal as the vendor sends it: the same envelope, the readable text in `message` (3, 5). */
export function refusal({ code, message }: VendorError, knobs: Knobs): HttpReply {
  const status = knobs.errorHttpStatus === 200 ? 200 : HTTP_STATUS[code];
  return jsonReply(status, failed(code, message));
}

/** An error of the server itself, for faults: JSON like all errors (1), with an HTTP status that says so. ASSUMED. */
export function errorReply(status: number, headers: Record<string, string> = {}): HttpReply {
  return jsonReply(status, failed('SYSTEM_ERROR', `The request could not be served (${status}).`), headers);
}

/** What the web server before the API answers: a page, no envelope (5: malformed JSON, wrong verb, unknown path). */
export function webServerPage(status: number, text: string, headers: Record<string, string> = {}): HttpReply {
  const body = `<html><head><title>Error ${status}</title></head><body><h1>HTTP Status ${status}</h1><p>${text}</p></body></html>`;
  return { status, headers: { 'content-type': 'text/html; charset=UTF-8', ...headers }, body };
}

function failed(code: string, message: string): unknown {
  return { data: {}, status: { code, description: message, message } };
}
