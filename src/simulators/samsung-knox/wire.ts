import type { JsonObject } from '../json.ts';
import { FAILED_DEVICE_FIELD, listedId, STATE } from './assumed-wire.ts';
import { CODES, type CodeName, type CodeWriter, nameOf, SUCCESS } from './codes.ts';
import type { Hardware } from './identifiers.ts';
import type { Page } from './paging.ts';
import type { DeviceRecord } from './records.ts';
import type { Transaction } from './transaction.ts';

/** The error object (3.6). */
export function errorObject(errorId: string, codeName: CodeName, write: CodeWriter): JsonObject {
  return { errorId, code: write(CODES[codeName]), message: nameOf(codeName), data: null };
}

/** A page of the transaction status: all inside the object `devices` (3.5). */
export function statusPage(page: Page<Transaction>, show: (one: Transaction) => JsonObject): JsonObject {
  const { totalCount, totalPages, pageNum, items } = page;
  return { devices: { totalCount, totalPage: totalPages, pageNum, transactions: items.map(show) } };
}

/** A transaction: its inner `devices` holds only those that failed, and is absent when none did (3.5). */
export function shownTransaction(
  { transactionId, verb, orderNo, type, failures }: Transaction,
  complete: boolean,
  write: CodeWriter,
): JsonObject {
  const failed = failures.map(({ identifier, code }) => ({
    [FAILED_DEVICE_FIELD[type]]: identifier,
    code: write(CODES[code]),
    message: nameOf(code),
    data: null,
  }));
  return {
    transactionId,
    state: complete ? STATE.complete : STATE.working,
    type: verb === 'upload' ? 'Put' : 'Delete',
    operationType: verb === 'upload' ? 'UPLOAD' : 'DELETE',
    ...(orderNo === undefined ? {} : { orderNo }),
    ...(failed.length === 0 ? {} : { devices: failed }),
  };
}

/** A page of the device list (3.5). Its `code` is a string in the vendor's sample. */
export function devicePage(
  page: Page<DeviceRecord>,
  show: (one: DeviceRecord) => JsonObject,
  write: CodeWriter,
): JsonObject {
  const { pageNum, pageSize, totalCount, totalPages, items } = page;
  return {
    code: write(SUCCESS, 'string'),
    message: 'SUCCESS',
    pageNum,
    pageSize,
    totalCount,
    totalPages,
    size: items.length,
    devices: items.map(show),
  };
}

/** A device: the first IMEI under the name `mei`; no order, no transaction, no profile (3.5, 3.7). */
export function shownDevice(
  device: DeviceRecord,
  { imei, meid, serialNumber, model }: Hardware,
  state: string,
  customerName: string,
): JsonObject {
  return {
    id: listedId(device.deviceId),
    createTime: device.createdAtMs,
    ...(imei === undefined ? {} : { mei: imei }),
    ...(meid === undefined ? {} : { meid }),
    serialNumber,
    model,
    state,
    uploadId: listedId(device.uploadId),
    customerId: device.customerId,
    customerName,
  };
}

/** A page of the customer list (3.5). */
export function customerPage(page: Page<JsonObject>): JsonObject {
  return { totalCount: page.totalCount, pageNum: page.pageNum, customers: page.items };
}
