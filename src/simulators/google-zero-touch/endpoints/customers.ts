import type { JsonObject } from '../../json.ts';
import type { Call, Endpoint } from '../call.ts';
import { MAX_PAGE_ITEMS } from '../limits.ts';
import { pageReply } from '../paging.ts';
import { int64, listIn, objectIn, omitUnset, textIn } from '../proto-json.ts';
import type { CustomerRecord } from '../store.ts';
import { invalidArgument } from '../vendor-error.ts';

/** The fields of Company (2.3). */
const COMPANY_SHAPE = {
  name: true,
  companyId: true,
  companyName: true,
  ownerEmails: true,
  adminEmails: true,
  languageCode: true,
  termsStatus: true,
  skipWelcomeEmail: true,
  googleWorkspaceAccount: true,
} as const;

/** The language codes the vendor's published typings list for `languageCode` (2.3). */
const LANGUAGES = new Set(
  'ar zh-HK zh-CN zh-TW cs da nl en-GB en-US fil fi fr de iw hi hu id it ja ko no pl pt-BR pt-PT ru es es-419 sv th tr uk vi'.split(
    ' ',
  ),
);

/** Personal accounts cannot own a customer (2.5). The list of domains is ASSUMED. */
const PERSONAL_DOMAINS = /@(?:gmail|googlemail)\.com$/i;

export const customerEndpoints: readonly Endpoint[] = [
  {
    method: 'POST',
    path: '/v1/partners/{partnerId}/customers',
    endpoint: 'customers.create',
    role: 'write',
    shape: { customer: COMPANY_SHAPE },
    handle: createCustomer,
  },
  {
    method: 'GET',
    path: '/v1/partners/{partnerId}/customers',
    endpoint: 'customers.list',
    role: 'list',
    handle: listCustomers,
  },
];

/** The customer as the vendor's Company; owners, admins and language cannot be read back (6). */
export function shownCustomer(customer: CustomerRecord): JsonObject {
  const vendor = customer.vendorId === undefined ? '' : `/vendors/${customer.vendorId}`;
  return {
    name: `partners/${customer.resellerId}${vendor}/customers/${customer.companyId}`,
    companyId: String(customer.companyId),
    companyName: customer.companyName,
    termsStatus: customer.termsStatus,
  };
}

/** The `pageSize` of a list: 0 or unset means everything (2.5); more than the maximum means the maximum (ASSUMED). */
export function pageSizeOf(query: URLSearchParams): number {
  const size = Number(int64(query.get('pageSize') ?? '0', 'page_size'));
  if (size < 0) throw invalidArgument('Invalid page size.');
  return size === 0 ? Number.POSITIVE_INFINITY : Math.min(size, MAX_PAGE_ITEMS);
}

function listCustomers(call: Call): JsonObject {
  return pageReply(call, {
    field: 'customers',
    scope: `customers/${call.partnerId}`,
    lists: [call.reads.customersOf(call.partnerId).map(({ companyId }) => companyId)],
    limit: pageSizeOf(call.query),
    pageToken: call.query.get('pageToken') ?? undefined,
    show: (id) => shownCustomer(call.reads.customer(id) as CustomerRecord),
  });
}

/** Two calls make two customers: there is no key to tell a repetition by (2.5). */
function createCustomer({ sim, partnerId, body, entry }: Call): JsonObject {
  const company = objectIn(body, 'customer') ?? {};
  const companyName = checkedName(company);
  checkEmails(company);
  checkLanguage(company);
  const customer: CustomerRecord = {
    companyId: sim.ids.company(),
    companyName,
    resellerId: partnerId,
    termsStatus: 'TERMS_STATUS_NOT_ACCEPTED',
  };
  sim.store.putCustomer(customer);
  sim.ledger.addEffect(entry.seq, { change: 'customerCreated', customerId: String(customer.companyId) });
  return omitUnset(shownCustomer(customer));
}

function checkedName(company: JsonObject): string {
  const companyName = textIn(company, 'companyName');
  if (companyName === undefined) throw invalidArgument('Missing company name.');
  if (textIn(company, 'name') !== undefined || textIn(company, 'companyId') !== undefined) {
    throw invalidArgument('The fields name and company id must be empty.');
  }
  return companyName;
}

function checkEmails(company: JsonObject): void {
  const owners = listIn(company, 'ownerEmails');
  if (owners.length === 0) throw invalidArgument('At least one owner email is required.');
  for (const email of [...owners, ...listIn(company, 'adminEmails')]) {
    if (typeof email !== 'string' || !/^[^@\s]+@[^@\s]+$/.test(email))
      throw invalidArgument('Invalid email.');
    if (PERSONAL_DOMAINS.test(email)) throw invalidArgument('A corporate Google Account is required.');
  }
}

function checkLanguage(company: JsonObject): void {
  const code = textIn(company, 'languageCode');
  if (code !== undefined && !LANGUAGES.has(code))
    throw invalidArgument(`Unsupported language code "${code}".`);
}
