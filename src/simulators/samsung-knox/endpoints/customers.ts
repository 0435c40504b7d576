import { type HttpReply, jsonReply } from '../../http.ts';
import {
  CREATE_CUSTOMER_PATH,
  CUSTOMERS_PATHS,
  createdCustomer,
  listedAliases,
  listedCustomer,
  readNewCustomer,
} from '../assumed-wire.ts';
import { BASE_PATH, type Call, type Endpoint } from '../call.ts';
import { checkReseller } from '../checks.ts';
import { cutPage } from '../paging.ts';
import type { CustomerRecord } from '../records.ts';
import { invalidParam, VendorError } from '../vendor-error.ts';
import { customerPage } from '../wire.ts';

export const customerEndpoints: readonly Endpoint[] = [
  ...CUSTOMERS_PATHS.map(
    (path): Endpoint => ({
      method: 'GET',
      path: BASE_PATH + path,
      endpoint: 'customers.list',
      role: () => 'list',
      scope: 'kdp.customers',
      handle: listCustomers,
    }),
  ),
  {
    method: 'GET',
    path: `${BASE_PATH}/profilealias/kme`,
    endpoint: 'profilealias.list',
    role: () => 'read',
    scope: 'kdp.profilealias',
    handle: listAliases,
  },
];

/** Not published, and therefore there only where a knob says so (3.8, 9.12). Its scope is ASSUMED. */
export const createCustomerEndpoint: Endpoint = {
  method: 'POST',
  path: BASE_PATH + CREATE_CUSTOMER_PATH,
  endpoint: 'customers.create',
  role: () => 'write',
  scope: 'kdp.customers',
  handle: createCustomer,
};

/** The customers this reseller works for (6). */
function listCustomers(call: Call): HttpReply {
  checkReseller(call, call.query.get('resellerId'));
  const { sim, reads, query, faults, resellerId } = call;
  const customers = reads.store.customersOf(resellerId).map(listedCustomer);
  return jsonReply(200, customerPage(cutPage(customers, query, sim.settings.maxPageItems, faults)));
}

/** Reseller and customer come as headers (3.4). */
function listAliases(call: Call): HttpReply {
  checkReseller(call, call.headers['resellerid']);
  const { store } = call.reads;
  const customerId = call.headers['customerid'];
  if (typeof customerId !== 'string' || customerId === '') throw new VendorError(400, 'CUSTOMER_ID_INVALID');
  const customer = store.customer(customerId);
  if (customer === undefined) throw new VendorError(404, 'CUSTOMER_NOT_FOUND');
  if (!store.customersOf(call.resellerId).includes(customer)) {
    throw new VendorError(404, 'ASSOCIATION_NOT_FOUND');
  }
  return jsonReply(200, listedAliases(customer));
}

/** One Samsung Account is the super admin of one customer only: a repetition is refused. ASSUMED. */
function createCustomer({ sim, body, resellerId, entry }: Call): HttpReply {
  const wanted = readNewCustomer(body ?? {});
  if (wanted === undefined) throw invalidParam();
  if (sim.store.customers().some(({ email }) => email === wanted.email)) {
    throw new VendorError(400, 'CUSTOMER_RESELLER_ALREADY_ASSOCIATED');
  }
  const customer: CustomerRecord = { ...wanted, customerId: sim.ids.customer(), profileAliases: [] };
  const { customerId } = customer;
  sim.store.putCustomer(customer);
  sim.store.associate({ resellerId, customerId });
  sim.ledger.addEffect(entry.seq, { change: 'customerCreated', customerId });
  return jsonReply(200, createdCustomer(customer));
}
