import type { JsonObject } from '../json.ts';
import { CODES, type CodeName, type CodeWriter, nameOf, SUCCESS } from './codes.ts';
import type { IdentifierType } from './identifiers.ts';
import { COUNTRY, MAX_NAME_CHARS } from './limits.ts';
import type { Settings } from './options.ts';
import type { CustomerRecord, DeviceState } from './records.ts';

/**
 * What Samsung's public pages do not tell about the wire of the API, and what we take it to be (fact sheet 3.5, 3.8, 9).
 * Everything here is ASSUMED. When the truth is known, this file is replaced.
 */

/** Where customers are listed. The first is documented; the second was seen as well (3.4). */
export const CUSTOMERS_PATHS = ['/customers/list', '/customers'] as const;

/** Where a customer is created, if anywhere (3.8). */
export const CREATE_CUSTOMER_PATH = '/customers';

/** What a transaction id may look like (3.7). */
export const TRANSACTION_ID = /^[\w-]{1,64}$/;

/** Transaction states (3.8). Rejected occurs in acknowledgements only: a rejected request has no status (9.14). */
export const STATE = { working: 'Progress', complete: 'Complete', rejected: 'Rejected' } as const;

/** Device states; only Verified was seen on the wire (3.5), the others are the portal's words (3.7). */
export const DEVICE_STATE: Readonly<Record<DeviceState, string>> = {
  Pending: 'Pending',
  Verified: 'Verified',
  'MPTS error': 'MPTS error',
  Exchanging: 'Exchanging',
};

/** Under what name a failed device stands in the status, for each kind of identifier (3.5 shows `imei` only). */
export const FAILED_DEVICE_FIELD: Readonly<Record<IdentifierType, string>> = {
  IMEI: 'imei',
  MEID: 'meid',
  SN: 'serialNumber',
};

/** The code and name of Gen1, where public code shows one that Gen2 names otherwise (3.5). */
const GEN1: Partial<Readonly<Record<CodeName, { readonly code: number; readonly message: string }>>> = {
  RESELLER_ID_INVALID: { code: 4002101, message: 'RESELLER_ID_MISSING' },
  CUSTOMER_NOT_FOUND: { code: 4042104, message: 'CUSTOMER_NOT_FOUND' },
};

/** The acknowledgement of an upload or delete. */
export function acknowledgement(transactionId: string, write: CodeWriter): JsonObject {
  return { transactionId, state: STATE.working, code: write(SUCCESS), message: 'SUCCESS' };
}

/** The acknowledgement of a request that is refused as a whole. */
export function rejection(
  transactionId: unknown,
  codeName: CodeName,
  { rejectionCodes }: Settings,
  write: CodeWriter,
): JsonObject {
  const gen2 = { code: CODES[codeName], message: nameOf(codeName) };
  const { code, message } = (rejectionCodes === 'gen1' ? GEN1[codeName] : undefined) ?? gen2;
  return { transactionId, state: STATE.rejected, code: write(code), message, data: null };
}

/** `id` and `uploadId` of a listed device: all ids are JSON strings. */
export function listedId(id: number): string {
  return String(id);
}

/** A customer in a list. */
export function listedCustomer({ customerId, customerName, country }: CustomerRecord): JsonObject {
  return { customerId, customerName, country, status: 'Active' };
}

/** The reply to the creation of a customer. */
export function createdCustomer({ customerId, customerName }: CustomerRecord): JsonObject {
  return { customerId, customerName };
}

/** The customer a creation asks for, or undefined when something is missing or wrong. */
export function readNewCustomer(
  body: JsonObject,
): { readonly customerName: string; readonly email: string; readonly country: string } | undefined {
  const { customerName, email, country, firstName, lastName, service } = body;
  const isName = (name: unknown) => isText(name) && name.length <= MAX_NAME_CHARS;
  if (!isText(customerName) || !isText(email) || !isText(country)) return undefined;
  if (!/^[^@\s]+@[^@\s]+$/.test(email) || !COUNTRY.test(country)) return undefined;
  if (!isName(firstName) || !isName(lastName) || service !== 'KME') return undefined;
  return { customerName, email, country };
}

/** The profiles a customer offers. */
export function listedAliases({ profileAliases }: CustomerRecord): JsonObject {
  return {
    totalCount: profileAliases.length,
    profileAliases: profileAliases.map((alias) => ({ alias, service: 'KME' })),
  };
}

/** The body of a 429. */
export const TOO_MANY_REQUESTS = { code: 429, message: 'TOO_MANY_REQUESTS', data: null } as const;

/** Message of an expired access token of a signed client identifier; its code is documented (3.3). */
export const ACCESS_TOKEN_EXPIRED = 'ACCESS_TOKEN_EXPIRED';

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}
