import type { IncomingHttpHeaders } from 'node:http';

export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Longest time from here to the last byte of the reply; longer than the wait for its first byte. */
  readonly deadlineMs: number;
  /** A longer reply is given up. */
  readonly maxReplyBytes: number;
  /**
   * Asked when a connection is ready, in the same turn in which the first byte would leave. Answering false
   * keeps every byte here.
   */
  readonly mayStart?: () => boolean;
}

export interface HttpReply {
  readonly status: number;
  readonly headers: Readonly<IncomingHttpHeaders>;
  /** The whole body, read as UTF-8. */
  readonly body: string;
}

/**
 * What became of one request.
 * `answered`: a whole reply came, whatever it says.
 * `notSent`: not one byte of it left; nothing can have happened.
 * `lost`: some of it may have arrived and no whole reply came back; anything can have happened.
 */
export type Exchange =
  | { readonly is: 'answered'; readonly reply: HttpReply }
  | { readonly is: 'notSent'; readonly code: LossCode }
  | { readonly is: 'lost'; readonly code: LossCode };

/** Why no reply came. */
export type LossCode =
  | 'ABORTED'
  | 'CLOSED'
  | 'CONNECTION_FAILED'
  | 'CONNECTION_REFUSED'
  | 'CONNECTION_RESET'
  | 'CONNECT_TIMEOUT'
  | 'DEADLINE_EXCEEDED'
  | 'NAME_NOT_RESOLVED'
  | 'NOT_ALLOWED_TO_START'
  | 'PROXY_FAILED'
  | 'REPLY_TIMEOUT'
  | 'REPLY_TOO_LARGE'
  | 'TLS_FAILED';
