import type { HttpReply } from '../../http/exchange.ts';
import { redactText } from '../../http/redact.ts';
import { parseRetryAfter } from '../../http/retry-after.ts';
import type { Failure, FailureKind } from '../../ports/failure.ts';
import { decodeError } from './codec.ts';
import type { WireError } from './wire.ts';

/** Whether a request changes anything at Google. */
export type Access = 'read' | 'write';

interface Row {
  readonly from: number;
  /** Last status of the row; `from` alone when absent. */
  readonly to?: number;
  /** One of Google's words for the error (`status`, or a `reason`) must be among these. */
  readonly words?: readonly string[];
  readonly read: FailureKind;
  readonly write: FailureKind;
  /** Ours; absent: Google's own status word. */
  readonly code?: string;
  readonly message: string;
  /** The status alone is believed, whatever the body: any server on the way may say it, and nothing happened. */
  readonly bare?: true;
}

const QUOTA_WORDS = [
  'RESOURCE_EXHAUSTED',
  'RATE_LIMIT_EXCEEDED',
  'rateLimitExceeded',
  'userRateLimitExceeded',
  'quotaExceeded',
  'dailyLimitExceeded',
];

/** `type` of the details of a refusal because of terms, shortened to its last word (reference/customer/rest/v1/TosError). */
const TERMS_WORDS = ['TosError'];

/**
 * The first matching row decides. Statuses and words are Google's standard ones
 * (cloud.google.com/apis/design/errors); what they mean for this API is ASSUMED but for the terms.
 */
const TABLE: readonly Row[] = [
  {
    from: 400,
    words: ['FAILED_PRECONDITION'],
    read: 'conflict',
    write: 'conflict',
    message: 'the state of the device does not allow it',
  },
  {
    from: 400,
    read: 'rejected',
    write: 'rejected',
    code: 'INVALID_ARGUMENT',
    message: 'Google does not accept the request',
  },
  {
    from: 401,
    read: 'unauthorized',
    write: 'unauthorized',
    code: 'UNAUTHENTICATED',
    message: 'Google does not accept the access token of the service account',
    bare: true,
  },
  {
    from: 403,
    words: TERMS_WORDS,
    read: 'unauthorized',
    write: 'unauthorized',
    code: 'TERMS_NOT_ACCEPTED',
    message:
      'new terms of service wait for acceptance: a person must accept them in the zero-touch reseller portal',
  },
  {
    from: 403,
    words: QUOTA_WORDS,
    read: 'throttled',
    write: 'throttled',
    code: 'RATE_LIMITED',
    message: 'the quota is spent',
  },
  {
    from: 403,
    read: 'unauthorized',
    write: 'unauthorized',
    code: 'PERMISSION_DENIED',
    message:
      'Google denies access: check that the API is enabled in the project, that the service account is linked in the zero-touch reseller portal and that partnerId is yours',
  },
  {
    from: 404,
    read: 'notFound',
    write: 'notFound',
    code: 'NOT_FOUND',
    message: 'Google does not know what the request names',
  },
  {
    from: 408,
    read: 'transient',
    write: 'unknownOutcome',
    code: 'HTTP_408',
    message: 'the request took too long',
  },
  { from: 409, read: 'conflict', write: 'conflict', message: 'another change was under way' },
  {
    from: 413,
    read: 'rejected',
    write: 'rejected',
    code: 'REQUEST_TOO_LARGE',
    message: 'the request is too large',
    bare: true,
  },
  {
    from: 429,
    read: 'throttled',
    write: 'throttled',
    code: 'RATE_LIMITED',
    message: 'the quota is spent',
    bare: true,
  },
  { from: 400, to: 498, read: 'rejected', write: 'rejected', message: 'Google does not accept the request' },
  {
    from: 499,
    read: 'transient',
    write: 'unknownOutcome',
    code: 'HTTP_499',
    message: 'the request was cut off',
  },
  {
    from: 501,
    read: 'rejected',
    write: 'rejected',
    code: 'NOT_IMPLEMENTED',
    message: 'Google does not offer this',
  },
  { from: 500, to: 599, read: 'transient', write: 'unknownOutcome', message: 'Google failed', bare: true },
];

/** Classifies a reply that is not a success. `nowMs` is wall time, for a `Retry-After` that is a date. */
export function replyFailure(reply: HttpReply, access: Access, nowMs: number): Failure {
  const error = decodeError(reply.body)?.error;
  const words = error === undefined ? [] : wordsOf(error);
  const row = TABLE.find((candidate) => applies(candidate, reply.status, words, error !== undefined));
  if (row === undefined) return invalidReply(access);
  const kind = row[access];
  const waits = kind === 'throttled' || kind === 'transient';
  const retryAfterMs = waits ? parseRetryAfter(reply.headers['retry-after'], nowMs) : undefined;
  return {
    kind,
    code: row.code ?? error?.status ?? `HTTP_${reply.status}`,
    message:
      error?.message === undefined
        ? row.message
        : `${row.message}; Google says: ${redactText(error.message)}`,
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  };
}

/**
 * A reply that is not what the documents promise: HTML, cut off, another shape, a redirect. It says nothing:
 * not that the world is empty, nor that a write failed.
 */
export function invalidReply(access: Access): Failure {
  return {
    kind: access === 'write' ? 'unknownOutcome' : 'transient',
    code: 'INVALID_REPLY',
    message:
      'the reply is not what the zero-touch API promises; something between us and Google may have answered',
  };
}

function applies(row: Row, status: number, words: readonly string[], isGoogles: boolean): boolean {
  if (status < row.from || status > (row.to ?? row.from)) return false;
  if (!isGoogles && row.bare !== true) return false;
  return row.words === undefined || row.words.some((word) => words.includes(word));
}

/** Every word by which Google may have named the reason: status, reasons old and new, and the types of details. */
function wordsOf(error: WireError['error']): readonly string[] {
  const details = (error.details ?? []).flatMap((detail) => [detail['reason'], lastWord(detail['@type'])]);
  const reasons = (error.errors ?? []).map(({ reason }) => reason);
  return [error.status, ...details, ...reasons].filter((word) => typeof word === 'string');
}

function lastWord(type: unknown): string | undefined {
  return typeof type === 'string' ? type.split('.').at(-1) : undefined;
}
