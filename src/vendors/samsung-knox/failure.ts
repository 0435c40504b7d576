import type { HttpReply } from '../../http/exchange.ts';
import { redactText } from '../../http/redact.ts';
import { parseRetryAfter } from '../../http/retry-after.ts';
import type { Failure, FailureKind } from '../../ports/failure.ts';
import { decodeError } from './codec.ts';
import { codeName } from './codes.ts';
import type { Acknowledgement } from './wire.ts';

/** Whether a request changes anything at Samsung. */
export type Access = 'read' | 'write';

/** What something that was said of a whole request means to it. */
interface Meaning {
  readonly read: FailureKind;
  readonly write: FailureKind;
  /** The library's code where it has one. */
  readonly code: string;
  readonly message: string;
}

function refused(code: string, message: string): Meaning {
  return { read: 'rejected', write: 'rejected', code, message };
}

function forbidden(code: string, message: string): Meaning {
  return { read: 'unauthorized', write: 'unauthorized', code, message };
}

const NO_ACCESS = forbidden(
  'AUTHORIZATION_FAIL',
  'Samsung denies access: check in the Knox API portal that the credentials have the scope kdp and that resellerId is yours',
);
const NO_RESELLER = forbidden(
  'INVALID_RESELLER_ID',
  'Samsung does not know this reseller: check resellerId in the reseller portal',
);
const NO_CUSTOMER = refused(
  'INVALID_CUSTOMER_ID',
  'Samsung does not know the customer: ask the customer for its Knox Customer ID',
);
const NOT_ACCEPTED = refused('INVALID_PARAM_DEFAULT', 'Samsung does not accept the request');
const FAILED: Meaning = {
  read: 'transient',
  write: 'unknownOutcome',
  code: 'INTERNAL_SERVER_ERROR',
  message: 'Samsung failed',
};
const SPENT: Meaning = {
  read: 'throttled',
  write: 'throttled',
  code: 'RATE_LIMITED',
  message: 'the quota is spent',
};

/** By the vendor's names (KDP, error codes). A refusal in this form means that nothing happened. */
const BY_NAME: Readonly<Record<string, Meaning>> = {
  RESOURCE_INVALID_PARAM: NOT_ACCEPTED,
  RESOURCE_DUPLICATE_PARAM: NOT_ACCEPTED,
  PAGE_OUT_OF_BOUNDS: refused('INVALID_PAGE_TOKEN', 'the list has no such page'),
  DEVICE_COUNT_EXCEEDED: refused('DEVICE_UPLOAD_COUNT_EXCEEDED', 'the request names too many devices'),
  DEVICE_INVALID: refused('INVALID_DEVICE', 'Samsung does not recognise a device of the request'),
  DEVICE_ID_INVALID: refused('INVALID_IDENTIFIER_SET', 'Samsung cannot read a device of the request'),
  DEVICE_IMEI_INVALID: refused('INVALID_DEVICE_IMEI', 'Samsung does not accept an IMEI of the request'),
  DEVICE_MEID_INVALID: refused('INVALID_DEVICE_MEID', 'Samsung does not accept a MEID of the request'),
  DEVICE_SERIAL_INVALID: refused('INVALID_DEVICE_SERIAL', 'Samsung does not accept a serial number'),
  RESELLER_ID_INVALID: NO_RESELLER,
  RESELLER_NOT_FOUND: NO_RESELLER,
  CUSTOMER_ID_INVALID: NO_CUSTOMER,
  CUSTOMER_NOT_FOUND: NO_CUSTOMER,
  ASSOCIATION_NOT_FOUND: refused(
    'INVALID_CUSTOMER_ID',
    'Samsung has not associated the customer with us yet',
  ),
  CUSTOMER_RESELLER_ALREADY_ASSOCIATED: refused(
    'CUSTOMER_EXISTS',
    'Samsung has this customer already: adopt it by its companyId',
  ),
  TRANSACTION_ID_INVALID: refused('INVALID_OPERATION_ID', 'Samsung does not accept our transaction id'),
  // Our ids are unique for all time: an earlier request of the same write arrived after all.
  TRANSACTION_ID_DUPLICATE: {
    read: 'transient',
    write: 'unknownOutcome',
    code: 'TRANSACTION_ID_DUPLICATE',
    message: 'Samsung has the transaction already, so what became of it is asked for',
  },
  RESELLER_CUSTOMER_DEVICE_NOT_FOUND: refused(
    'NOT_HELD',
    'the customer does not have a device of the request',
  ),
  VENDOR_NOT_FOUND: refused('INVALID_PARAM_DEFAULT', 'Samsung does not know the vendorId in vendorParams'),
  AUTHORIZATION_FAIL: NO_ACCESS,
  ACCESS_TOKEN_EXPIRED: NO_ACCESS,
  ACCESS_TOKEN_BAD_REQUEST: NO_ACCESS,
  INTERNAL_SERVER_ERROR: FAILED,
};

/** What a status means when no name says more. Those not listed say nothing without Samsung's own form. */
const BARE: Readonly<Record<number, Meaning>> = {
  401: NO_ACCESS,
  408: { ...FAILED, code: 'HTTP_408', message: 'the request took too long' },
  413: refused('REQUEST_TOO_LARGE', 'the request is too large'),
  429: SPENT,
};

/** With Samsung's own form, of a code that nobody documents. */
const FORMED: Readonly<Record<number, Meaning>> = { 403: NO_ACCESS, 429: SPENT };

/** Classifies a reply that is not a success. `nowMs` is wall time, for a `Retry-After` that is a date. */
export function replyFailure(reply: HttpReply, access: Access, nowMs: number): Failure {
  const error = decodeError(reply.body);
  const meaning = meaningOf(reply.status, codeName(error?.code), error !== undefined);
  if (meaning === undefined) return invalidReply(access);
  const kind = meaning[access];
  const waits = kind === 'throttled' || kind === 'transient';
  const retryAfterMs = waits ? parseRetryAfter(reply.headers['retry-after'], nowMs) : undefined;
  return {
    kind,
    code: meaning.code,
    message: inTheirWords(meaning.message, error?.message),
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  };
}

/** Why an upload or delete was refused as a whole. Nothing of it happened. */
export function rejection({ code, message }: Acknowledgement): Failure {
  const meaning = BY_NAME[codeName(code) ?? ''] ?? NOT_ACCEPTED;
  // Whatever it says, a refusal is no lost reply; only a duplicate id tells of another request.
  const kind = meaning === FAILED ? 'rejected' : meaning.write;
  return { kind, code: meaning.code, message: inTheirWords(meaning.message, message) };
}

/**
 * A reply that is not what the documents promise: HTML, cut off, another shape, a redirect. It says nothing: not
 * that the world is empty, nor that a write failed.
 */
export function invalidReply(access: Access): Failure {
  return {
    kind: access === 'write' ? 'unknownOutcome' : 'transient',
    code: 'INVALID_REPLY',
    message:
      'the reply is not what the Knox Deployment Program promises; something between us and Samsung may have answered',
  };
}

function meaningOf(status: number, name: string | undefined, isSamsungs: boolean): Meaning | undefined {
  // Behind a status of the server's own trouble even a well-formed body is no promise.
  if (status >= 500) return { ...FAILED, code: name ?? `HTTP_${status}` };
  if (name !== undefined) return BY_NAME[name];
  if (BARE[status] !== undefined) return BARE[status];
  if (!isSamsungs || status < 400) return undefined;
  return FORMED[status] ?? NOT_ACCEPTED;
}

function inTheirWords(message: string, theirs: string | undefined): string {
  const words = redactText(theirs ?? '');
  return words === '' ? message : `${message}; Samsung says: ${words}`;
}
