import type { JsonObject } from '../../json.ts';
import type { Call, Endpoint } from '../call.ts';
import { pageReply } from '../paging.ts';
import type { CustomerRecord, VendorRecord } from '../store.ts';
import { notFound } from '../vendor-error.ts';
import { pageSizeOf, shownCustomer } from './customers.ts';

/** Vendors are sub-resellers; they come into being in the portal only (2.2). */
export const vendorEndpoints: readonly Endpoint[] = [
  {
    method: 'GET',
    path: '/v1/partners/{partnerId}/vendors',
    endpoint: 'vendors.list',
    role: 'list',
    handle: listVendors,
  },
  {
    method: 'GET',
    path: '/v1/partners/{partnerId}/vendors/{vendorId}/customers',
    endpoint: 'vendors.customers.list',
    role: 'list',
    handle: listVendorCustomers,
  },
];

function listVendors(call: Call): JsonObject {
  return pageReply(call, {
    field: 'vendors',
    scope: `vendors/${call.partnerId}`,
    lists: [call.reads.vendorsOf(call.partnerId).map(({ companyId }) => companyId)],
    limit: pageSizeOf(call.query),
    pageToken: call.query.get('pageToken') ?? undefined,
    show: (id) => shownVendor(call.reads.vendor(id) as VendorRecord),
  });
}

function listVendorCustomers(call: Call): JsonObject {
  const vendor = call.reads.vendor(Number(call.params['vendorId']));
  if (vendor === undefined || vendor.resellerId !== call.partnerId)
    throw notFound('The vendor is not found.');
  const customers = call.reads.customersOf(call.partnerId, vendor.companyId);
  return pageReply(call, {
    field: 'customers',
    scope: `vendors/${call.partnerId}/${vendor.companyId}`,
    lists: [customers.map(({ companyId }) => companyId)],
    limit: pageSizeOf(call.query),
    pageToken: call.query.get('pageToken') ?? undefined,
    show: (id) => shownCustomer(call.reads.customer(id) as CustomerRecord),
  });
}

function shownVendor(vendor: VendorRecord): JsonObject {
  return {
    name: `partners/${vendor.resellerId}/vendors/${vendor.companyId}`,
    companyId: String(vendor.companyId),
    companyName: vendor.companyName,
  };
}
