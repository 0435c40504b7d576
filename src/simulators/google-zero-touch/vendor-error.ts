import { type HttpReply, jsonReply } from '../http.ts';

/** HTTP status to the canonical name Google puts beside it. */
const STATUS_NAMES: Readonly<Record<number, string>> = {
  400: 'INVALID_ARGUMENT',
  401: 'UNAUTHENTICATED',
  403: 'PERMISSION_DENIED',
  404: 'NOT_FOUND',
  429: 'RESOURCE_EXHAUSTED',
  500: 'INTERNAL',
  503: 'UNAVAILABLE',
};

const DEFAULT_MESSAGES: Readonly<Record<number, string>> = {
  429: "Quota exceeded for quota metric 'Queries' and limit 'Queries per 100 seconds per user'.",
  500: 'Internal error encountered.',
  503: 'The service is currently unavailable.',
};

/** A refusal in the vendor's envelope (fact sheet 2.7). */
export class VendorError extends Error {
  readonly code: number;
  readonly status: string;
  readonly headers: Readonly<Record<string, string>>;

  constructor(code: number, message: string, status?: string, headers: Record<string, string> = {}) {
    super(message);
    this.name = 'VendorError';
    this.code = code;
    this.status = status ?? STATUS_NAMES[code] ?? 'UNKNOWN';
    this.headers = headers;
  }
}

export function invalidArgument(message: string): VendorError {
  return new VendorError(400, message);
}

export function permissionDenied(message: string): VendorError {
  return new VendorError(403, message);
}

export function notFound(message: string): VendorError {
  return new VendorError(404, message);
}

export function unauthenticated(): VendorError {
  return new VendorError(
    401,
    'Request had invalid authentication credentials. Expected OAuth 2 access token.',
    undefined,
    { 'www-authenticate': 'Bearer realm="https://accounts.google.com/", error="invalid_token"' },
  );
}

/** The error as the vendor sends it. */
export function envelope(error: VendorError): HttpReply {
  const body = { error: { code: error.code, message: error.message, status: error.status } };
  return jsonReply(error.code, body, error.headers);
}

/** An error of the given status with the vendor's stock message, for faults. */
export function errorReply(status: number, headers: Record<string, string> = {}): HttpReply {
  return envelope(new VendorError(status, DEFAULT_MESSAGES[status] ?? 'Error.', undefined, headers));
}
