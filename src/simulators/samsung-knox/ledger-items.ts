import { isObject, type JsonObject } from '../json.ts';

/** What a request asks for, device by device, whether or not the vendor will understand it. Undefined for nothing. */
export function ledgerItems(body: unknown): readonly JsonObject[] | undefined {
  if (!isObject(body)) return undefined;
  const { customerId, customerName, transactionId, removeTransactionId, type, devices } = body;
  if (customerName !== undefined) return [{ customerName }];
  const common = { transactionId, customerId, removeTransactionId, type };
  const items = Array.isArray(devices) ? devices.map((device: unknown) => ({ ...common, device })) : [common];
  return items.some((item) => Object.values(item).some((value) => value !== undefined)) ? items : undefined;
}
