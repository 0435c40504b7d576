import { isObject, type JsonObject } from '../json.ts';

/** What the ledger notes of an item: identifiers and customers, never metadata or email addresses. */
const NOTED = ['deviceIdentifier', 'deviceId', 'customerId'];

/** What a request asks for, item by item, whether or not the vendor will understand it. Undefined for nothing. */
export function ledgerItems(
  body: unknown,
  params: Readonly<Record<string, string>>,
): readonly JsonObject[] | undefined {
  const message = isObject(body) ? body : {};
  const list = message['claims'] ?? message['unclaims'] ?? message['updates'];
  const items = Array.isArray(list) ? list.map(noted) : [{ ...noted(params), ...noted(message) }];
  const company = message['customer'];
  if (isObject(company)) return [{ companyName: company['companyName'] }];
  return items.some((item) => Object.keys(item).length > 0) ? items : undefined;
}

function noted(item: unknown): JsonObject {
  if (!isObject(item)) return {};
  return Object.fromEntries(Object.entries(item).filter(([name]) => NOTED.includes(name)));
}
