import type { HttpReply } from '../../http/exchange.ts';
import { redactText } from '../../http/redact.ts';
import { parseRetryAfter } from '../../http/retry-after.ts';
import type { Failure, FailureKind } from '../../ports/failure.ts';
import { decodeEnvelope } from './codec.ts';
import type { FailureClass, FailureTable } from './failure-table.ts';
import { classOf } from './failure-table.ts';

/** Whether a request changes anything at the vendor. */
export type Access = 'read' | 'write';

interface Meaning {
  readonly kind: FailureKind;
  /** Ours, one for each class: the vendor's own codes are not published. */
  readonly code: string;
  readonly message: string;
}

/** What each class means to a request (fact sheet 5; ASSUMED there). */
const MEANING: Readonly<Record<Exclude<FailureClass, 'AlreadyAcknowledged'>, Meaning>> = {
  Auth: {
    kind: 'unauthorized',
    code: 'INVALID_TOKEN',
    message: 'CRM.COM does not accept the token of its own login',
  },
  AuthFatal: {
    kind: 'unauthorized',
    code: 'INVALID_CREDENTIALS',
    message: 'CRM.COM refuses the credentials: check the Secret, the organisation and the unit',
  },
  Validation: {
    kind: 'rejected',
    code: 'INVALID_PARAMETER',
    message: 'CRM.COM does not accept the request',
  },
  NotFound: {
    kind: 'notFound',
    code: 'SUBSCRIPTION_NOT_FOUND',
    message: 'CRM.COM knows no subscription of this customer',
  },
  Conflict: {
    kind: 'conflict',
    code: 'SUBSCRIPTION_EXISTS',
    message: 'the customer has a subscription already',
  },
  State: {
    kind: 'conflict',
    code: 'INVALID_STATE',
    message: 'the state of the subscription does not allow it',
  },
  Throttled: { kind: 'throttled', code: 'RATE_LIMITED', message: 'CRM.COM asks us to wait' },
};

/** Pages of the web server in front, which never got as far as the API: nothing happened (fact sheet 5, protocol). */
const NEVER_ARRIVED: ReadonlySet<number> = new Set([404, 405, 413]);

/**
 * Classifies a reply that is not a success. An error that no row of the table knows is `VENDOR_ERROR`: a read is
 * made again, a write counts as unknown, because nobody has written down what it means. `nowMs` is wall time.
 */
export function replyFailure(reply: HttpReply, access: Access, table: FailureTable, nowMs: number): Failure {
  const status = decodeEnvelope(reply.body)?.status;
  if (reply.status === 429) return throttled(reply, nowMs);
  if (status === undefined || status.code === 'OK') return pageFailure(reply.status, access);
  const words = (status.message ?? '') || (status.description ?? '');
  const known = classOf(table, status.code, words);
  const says = `${isWord(status.code) ? `${status.code} ` : ''}${redactText(words)}`.trim();
  // A request as a whole cannot be acknowledged already.
  if (known === undefined || known === 'AlreadyAcknowledged') {
    return {
      kind: access === 'write' ? 'unknownOutcome' : 'transient',
      code: 'VENDOR_ERROR',
      message: `CRM.COM failed in a way no table of ours knows; CRM.COM says: ${says}`,
    };
  }
  const { kind, code, message } = MEANING[known];
  return { kind, code, message: says === '' ? message : `${message}; CRM.COM says: ${says}` };
}

/** A reply that is not what the documents promise: a page, cut off, another shape. It says nothing at all. */
export function invalidReply(access: Access): Failure {
  return {
    kind: access === 'write' ? 'unknownOutcome' : 'transient',
    code: 'INVALID_REPLY',
    message:
      'the reply is not what the CRM.COM Web API promises; something between us and CRM.COM may have answered',
  };
}

function pageFailure(status: number, access: Access): Failure {
  if (NEVER_ARRIVED.has(status)) {
    return {
      kind: 'rejected',
      code: `HTTP_${status}`,
      message: 'the web server does not know the way: check the endpoint and the installed release',
    };
  }
  if (status < 500) return invalidReply(access);
  return {
    kind: access === 'write' ? 'unknownOutcome' : 'transient',
    code: `HTTP_${status}`,
    message: 'CRM.COM failed',
  };
}

function throttled(reply: HttpReply, nowMs: number): Failure {
  const retryAfterMs = parseRetryAfter(reply.headers['retry-after'], nowMs);
  return { ...MEANING.Throttled, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) };
}

/** Codes are short words; anything else is not repeated. */
function isWord(code: string): boolean {
  return /^[A-Za-z0-9_.-]{1,40}$/.test(code);
}
