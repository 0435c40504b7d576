import type { ObservedDevice } from '../../domain/device/facts.ts';
import { listOf, shape } from '../decoder.ts';
import type { WireType } from './wire.ts';

/**
 * What Samsung's public pages do not tell of its API, and what we take it to be. Everything here is ASSUMED: when
 * the truth is known, this file is replaced, and nothing else.
 */

/** Rows we ask for on one page. A sample shows pages of 1,000,000; the largest is not published. */
export const PAGE_ITEMS = 500;

/** How long a transaction may be missing from the status after its acknowledgement. */
export const STATUS_VISIBLE_MS = 60_000;

/** Where the endpoints are, behind the base URL. */
export const PATHS = {
  upload: '/kcs/v1/rp/devices/upload',
  delete: '/kcs/v1/rp/devices/delete',
  status: '/kcs/v1/rp/devices/status',
  devices: '/kcs/v1/rp/devices',
  customers: '/kcs/v1/rp/customers/list',
  createCustomer: '/kcs/v1/rp/customers',
} as const;

/** How a page of a list is asked for, numbered from 0, all of the reseller's or one customer's. */
export function pageQuery(resellerId: string, pageNum: number, customerId?: string): string {
  return new URLSearchParams({
    resellerId,
    ...(customerId === undefined ? {} : { customerId }),
    pageNum: String(pageNum),
    pageSize: String(PAGE_ITEMS),
  }).toString();
}

/** How one transaction is asked for. */
export function statusQuery(resellerId: string, transactionId: string): string {
  return new URLSearchParams({ resellerId, transactionId }).toString();
}

/** What a transaction's state word means; the first generation's acknowledgements use the same words. */
export function transactionState(word: string): 'working' | 'complete' | 'rejected' | 'unknown' {
  switch (word) {
    case 'Progress':
      return 'working';
    case 'Complete':
      return 'complete';
    case 'Rejected':
      return 'rejected';
    default:
      return 'unknown';
  }
}

/** Whether an acknowledgement says that the request was taken, was refused, or nothing we understand. */
export function acknowledged(word: string): 'taken' | 'refused' | 'unsaid' {
  if (word === 'Progress' || word === 'Complete') return 'taken';
  return word === 'Rejected' ? 'refused' : 'unsaid';
}

/**
 * What a device's state word means: only `Verified` was seen on the wire, the others are the portal's. While an
 * IMEI is exchanged the registration stands. A word we do not know is no proof that the device is in force.
 */
export function deviceStanding(word: string | undefined): Pick<ObservedDevice, 'standing'> {
  if (word === 'Verified' || word === 'Exchanging') return {};
  return { standing: word === 'MPTS error' ? 'notRecognised' : 'awaitingCustomer' };
}

/** Under what names a failed device stands in a transaction. */
export const FAILED_DEVICE_FIELDS: readonly (readonly [name: string, type: WireType])[] = [
  ['imei', 'IMEI'],
  ['mei', 'IMEI'],
  ['meid', 'MEID'],
  ['serialNumber', 'SN'],
  ['sn', 'SN'],
];

/** Codes of the first generation that acknowledgements were seen to carry, as their second generation's names. */
export const FIRST_GENERATION: Readonly<Record<string, string>> = {
  '4002101': 'RESELLER_ID_INVALID',
  '4042104': 'CUSTOMER_NOT_FOUND',
};

/** The service whose profiles an upload may name. */
export const PROFILE_SERVICE = 'KME';

/** A customer in a list. */
export interface WireCustomer {
  readonly customerId: string;
  readonly customerName?: string;
}

export interface CustomerListReply {
  readonly totalCount: number;
  readonly customers?: readonly WireCustomer[];
}

/** What a customer is created from, if that is how it is done: the library does it, the API is not published. */
export interface CreateCustomerRequest {
  readonly customerName: string;
  readonly email: string;
  readonly country: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly service: typeof PROFILE_SERVICE;
}

const text = { type: 'string' } as const;

export const customer = shape({ customerId: { type: 'string', minLength: 1 }, customerName: text }, [
  'customerId',
]);

export const customerListReply = shape(
  { totalCount: { type: 'integer', minimum: 0 }, customers: listOf(customer) },
  ['totalCount'],
);
