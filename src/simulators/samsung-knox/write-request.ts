import { isObject, type JsonObject } from '../json.ts';
import type { Call } from './call.ts';
import { IDENTIFIER_TYPES, type IdentifierType } from './identifiers.ts';
import type { CustomerRecord } from './records.ts';
import type { Transaction, Verb } from './transaction.ts';
import { invalidParam, VendorError } from './vendor-error.ts';

/** What an upload or delete asks for, once it has been understood. */
export type WriteRequest = Pick<
  Transaction,
  'customerId' | 'vendorId' | 'type' | 'identifiers' | 'orderNo' | 'onlyUploadId'
>;

/** The fields of each request (3.4). That any other one refuses it is ASSUMED. */
const FIELDS: Readonly<Record<Verb, ReadonlySet<string>>> = {
  upload: new Set([
    'resellerId',
    'customerId',
    'transactionId',
    'devices',
    'type',
    'orderNo',
    'orderTime',
    'vendorId',
    'targetService',
    'profileAliases',
  ]),
  delete: new Set(['resellerId', 'customerId', 'transactionId', 'devices', 'type', 'removeTransactionId']),
};

/** Reads the message of an upload or delete, all but reseller and transaction id. Throws VendorError. */
export function readWrite(call: Call, verb: Verb, body: JsonObject): WriteRequest {
  if (Object.keys(body).some((name) => !FIELDS[verb].has(name))) throw invalidParam();
  const customer = customerIn(call, body);
  const vendorId = vendorIn(call, body);
  const orderNo = textIn(body, 'orderNo');
  checkForgotten(body, customer);
  return {
    customerId: customer.customerId,
    ...(vendorId === undefined ? {} : { vendorId }),
    ...(orderNo === undefined ? {} : { orderNo }),
    ...devicesIn(call, body),
  };
}

function customerIn({ sim }: Call, body: JsonObject): CustomerRecord {
  const customerId = body['customerId'];
  if (typeof customerId !== 'string' || customerId === '') throw new VendorError(400, 'CUSTOMER_ID_INVALID');
  const customer = sim.store.customer(customerId);
  if (customer === undefined) throw new VendorError(sim.settings.unknownCustomerStatus, 'CUSTOMER_NOT_FOUND');
  return customer;
}

function vendorIn({ sim, resellerId }: Call, body: JsonObject): string | undefined {
  const vendorId = textIn(body, 'vendorId');
  if (vendorId === undefined || sim.store.vendor(vendorId)?.resellerId === resellerId) return vendorId;
  throw new VendorError(404, 'VENDOR_NOT_FOUND');
}

/** What is checked and then forgotten, for no reseller can read it back (6). The checks are ASSUMED. */
function checkForgotten(body: JsonObject, customer: CustomerRecord): void {
  textIn(body, 'targetService');
  checkOrderTime(body['orderTime']);
  const aliases = body['profileAliases'] ?? [];
  const isOffered = (one: unknown) =>
    isObject(one) &&
    typeof one['service'] === 'string' &&
    customer.profileAliases.some((offered) => offered === one['alias']);
  if (!Array.isArray(aliases) || !aliases.every(isOffered)) throw invalidParam();
}

/** Seconds or milliseconds since the epoch, as a number or its digits: which of them is not published. */
function checkOrderTime(value: unknown): void {
  const isNumber = typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
  const isDigits = typeof value === 'string' && /^\d+$/.test(value);
  if (value !== undefined && !isNumber && !isDigits) throw invalidParam();
}

/** Either `devices` with their one `type`, or everything an earlier upload registered (3.4). */
function devicesIn(call: Call, body: JsonObject): Pick<Transaction, 'type' | 'identifiers' | 'onlyUploadId'> {
  const removed = textIn(body, 'removeTransactionId');
  if (removed === undefined) return { type: typeIn(body), identifiers: listIn(call, body) };
  if (body['devices'] !== undefined || body['type'] !== undefined) throw invalidParam();
  const upload = call.sim.store.transaction(call.resellerId, removed);
  if (upload?.verb !== 'upload') throw new VendorError(400, 'TRANSACTION_ID_INVALID');
  const failed = new Set(upload.failures.map(({ index }) => index));
  return {
    type: upload.type,
    identifiers: upload.identifiers.filter((_, index) => !failed.has(index)),
    onlyUploadId: upload.uploadId,
  };
}

function typeIn(body: JsonObject): IdentifierType {
  const type = IDENTIFIER_TYPES.find((one) => one === body['type']);
  if (type === undefined) throw invalidParam();
  return type;
}

function listIn({ sim }: Call, body: JsonObject): readonly string[] {
  const devices: unknown = body['devices'];
  if (!Array.isArray(devices) || devices.length === 0) throw invalidParam();
  if (devices.length > sim.settings.maxDevicesPerRequest) throw new VendorError(400, 'DEVICE_COUNT_EXCEEDED');
  if (!devices.every((device) => typeof device === 'string' && device !== '')) {
    throw new VendorError(400, 'DEVICE_ID_INVALID');
  }
  return devices as string[];
}

function textIn(body: JsonObject, name: string): string | undefined {
  const value = body[name];
  if (value === undefined || (typeof value === 'string' && value !== '')) return value;
  throw invalidParam();
}
