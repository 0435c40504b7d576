import type { Failure } from '../ports/failure.ts';

/** One HTTP request to the API server, without credentials. */
export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Path and query. */
  readonly path: string;
  readonly contentType?: string;
  readonly body?: string;
}

/** An answer, whatever its status. */
export interface Answer {
  readonly kind: 'answer';
  readonly status: number;
  readonly retryAfter: string | undefined;
  readonly body: string;
}

/** No answer. `sent` is false only when the server certainly never saw the request. */
export interface Break {
  readonly kind: 'break';
  readonly code: string;
  readonly sent: boolean;
}

/** Nothing was tried: there are no credentials to send. */
export interface Refusal {
  readonly kind: 'refusal';
  readonly failure: Failure;
}

/** A success status opened it; reading may end with an error of the transport. */
export interface Stream {
  readonly kind: 'stream';
  readonly chunks: AsyncIterable<Buffer>;
}
