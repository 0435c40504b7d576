import type { HttpReply } from '../../http/exchange.ts';
import { redactText } from '../../http/redact.ts';
import { parseRetryAfter } from '../../http/retry-after.ts';
import type { Failure, FailureKind } from '../../ports/failure.ts';

/** Whether a request changes anything at Verizon. */
export type Access = 'read' | 'write';

/** A fault of the service, its code without the prefix that names the service. */
export interface Fault {
  readonly code: string;
  readonly message: string;
}

interface Row {
  /** Of the code without its prefix: whole, or up to a dot. */
  readonly code: RegExp;
  readonly read: FailureKind;
  readonly write: FailureKind;
  readonly message: string;
}

/**
 * The first matching row decides (fact sheet 10, and 3 for the session). Codes are stable across releases, messages
 * are not, so nothing here looks at a message.
 */
const TABLE: readonly Row[] = [
  {
    code: /\.SessionToken\./,
    read: 'unauthorized',
    write: 'unauthorized',
    message: 'Verizon does not accept the session',
  },
  {
    // Missing values, 30 seconds of work, or anything else: a write may have happened.
    code: /^REQUEST_FAILED\.UnexpectedError$/,
    read: 'transient',
    write: 'unknownOutcome',
    message: 'Verizon failed without a reason',
  },
  {
    code: /^REQUEST_FAILED\.DeviceNotFound$/,
    read: 'notFound',
    write: 'notFound',
    message: 'Verizon knows no such device in the accounts of this login',
  },
  {
    code: /^REQUEST_FAILED\.(AccountName|AccountNotFound|NoAccounts|MultipleAccounts)$/,
    read: 'unauthorized',
    write: 'unauthorized',
    message: 'the login may not use this account: check accountName and the rights of the user',
  },
  {
    code: /^INPUT_INVALID\.Account\.NotDefined$/,
    read: 'rejected',
    write: 'rejected',
    message: 'Verizon needs the account named',
  },
  {
    code: /^(INPUT_INVALID\.DeviceState\.Invalid|REQUEST_FAILED\.DeviceAlreadyActive)$/,
    read: 'conflict',
    write: 'conflict',
    message: 'the state of the device does not allow it',
  },
  {
    code: /^(DeserializationFailed|INPUT_INVALID\.|ActionNotSupported)/,
    read: 'rejected',
    write: 'rejected',
    message: 'Verizon does not accept the request',
  },
  {
    code: /^REQUEST_ONHOLD(\.|$)/,
    read: 'conflict',
    write: 'unknownOutcome',
    message: 'Verizon holds the request, for example until a credit check is done',
  },
  {
    code: /^REQUEST_CANCELLED(\.|$)/,
    read: 'rejected',
    write: 'rejected',
    message: 'Verizon cancelled the request',
  },
  {
    code: /^REQUEST_FAILED(\.|$)/,
    read: 'rejected',
    write: 'rejected',
    message: 'Verizon refused the request',
  },
];

/** `UnifiedWebService.REQUEST_FAILED.AccountNotFound` without its first word; some codes come without one (10). */
export function faultOf(faultCode: string, faultString: string): Fault {
  const isBare = /^(REQUEST_|INPUT_|DeserializationFailed|ActionNotSupported)/.test(faultCode);
  const code = isBare ? faultCode : faultCode.replace(/^[^.:]*[.:]/, '');
  return { code, message: faultString };
}

/** Whether the session, and nothing else, kept the call from being looked at: nothing happened (3). */
export function isSessionFault({ code }: Fault): boolean {
  return code.includes('.SessionToken.');
}

/** Classifies a fault. One of unknown code is a failure of the service: a write may have happened. */
export function faultFailure(fault: Fault, access: Access): Failure {
  const row = TABLE.find(({ code }) => code.test(fault.code));
  const kind = row?.[access] ?? (access === 'write' ? 'unknownOutcome' : 'transient');
  const words = fault.message === '' ? '' : `; Verizon says: ${redactText(fault.message)}`;
  return {
    kind,
    code: /^[A-Za-z_.]{1,100}$/.test(fault.code) ? fault.code : 'UNKNOWN_CODE',
    message: `${row?.message ?? 'Verizon failed with a code that nobody knows'}${words}`,
  };
}

/**
 * Classifies a reply that is neither an operation's output nor a fault: by its status where that alone says that
 * nothing happened, else it says nothing. `nowMs` is wall time, for a `Retry-After` that is a date.
 */
export function replyFailure(reply: HttpReply, access: Access, nowMs: number): Failure {
  const retryAfterMs = parseRetryAfter(reply.headers['retry-after'], nowMs);
  const wait = retryAfterMs === undefined ? {} : { retryAfterMs };
  switch (reply.status) {
    case 429:
      return { kind: 'throttled', code: 'RATE_LIMITED', message: 'the quota is spent', ...wait };
    case 404:
    case 405:
    case 413:
    case 415:
      return {
        kind: 'rejected',
        code: `HTTP_${reply.status}`,
        message: 'no service of Verizon answers there: check the endpoint of the account',
      };
    default:
      return { ...invalidReply(access), ...(access === 'read' ? wait : {}) };
  }
}

/**
 * A reply that is not what the documents promise: HTML, cut off, another operation's, a result that does not say
 * what it must. It says nothing: not that a line is gone, nor that a delete failed.
 */
export function invalidReply(access: Access): Failure {
  return {
    kind: access === 'write' ? 'unknownOutcome' : 'transient',
    code: 'INVALID_REPLY',
    message:
      'the reply is not what the Unified Web Service promises; something between us and Verizon may have answered',
  };
}
