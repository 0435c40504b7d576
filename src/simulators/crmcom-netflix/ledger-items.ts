import { isObject, type JsonObject } from '../json.ts';

/** What the ledger notes: identifiers and choices; no token, no name, no address. */
const NOTED = [
  'billing_system_customer_identifier',
  'netflix_customer_identifier',
  'promotion_code',
  'channel',
  'validity_duration',
  'number',
  'reference_number',
  'esn',
];

/** What a request asks for, item by item, whether or not the vendor will understand it. Undefined for nothing. */
export function ledgerItems(message: JsonObject): readonly JsonObject[] | undefined {
  const list = message['acknowledged_charges_set'] ?? message['devices'];
  const items = (Array.isArray(list) ? list : [message]).map(noted);
  return items.some((item) => Object.keys(item).length > 0) ? items : undefined;
}

function noted(item: unknown): JsonObject {
  if (!isObject(item)) return {};
  return Object.fromEntries(Object.entries(item).filter(([name]) => NOTED.includes(name)));
}
