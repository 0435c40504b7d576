import { AdminError, type AdminRoute } from '../../admin.ts';
import { type Fields, fields, ordersIn } from '../../admin-fields.ts';
import type { Simulation } from '../simulation.ts';
import type { CustomerRecord, VendorRecord } from '../store.ts';

const TERMS = ['TERMS_STATUS_NOT_ACCEPTED', 'TERMS_STATUS_ACCEPTED', 'TERMS_STATUS_STALE'];

/** Companies that exist before the client arrives, or that come into being in the portal. */
export function companyRoutes(sim: Simulation): readonly AdminRoute[] {
  return [
    {
      method: 'POST',
      path: '/customers',
      does: 'Adds {"companyName", "companyId"?, "resellerId"?, "vendorId"?, "termsStatus"?}, or {"customers": [...]}.',
      handle: ({ body }) => ({
        customers: ordersIn(body, 'customers').map((order) => idOf(addCustomer(sim, order))),
      }),
    },
    {
      method: 'POST',
      path: '/vendors',
      does: 'Adds the sub-reseller {"companyName", "companyId"?, "resellerId"?}, or {"vendors": [...]}.',
      handle: ({ body }) => ({
        vendors: ordersIn(body, 'vendors').map((order) => idOf(addVendor(sim, order))),
      }),
    },
  ];
}

/** The order's `termsStatus`: one the vendor has (2.3), or undefined. */
export function termsIn(order: Fields): string | undefined {
  const termsStatus = order.text('termsStatus');
  if (termsStatus === undefined || TERMS.includes(termsStatus)) return termsStatus;
  throw new AdminError(`"termsStatus" must be one of ${TERMS.join(', ')}.`);
}

function addCustomer(sim: Simulation, order: unknown): CustomerRecord {
  const wanted = fields(order);
  const companyName = wanted.requiredText('companyName');
  const termsStatus = termsIn(wanted) ?? 'TERMS_STATUS_ACCEPTED';
  const vendorId = wanted.id('vendorId');
  const customer: CustomerRecord = {
    companyId: wanted.id('companyId') ?? sim.ids.company(),
    companyName,
    resellerId: wanted.digits('resellerId') ?? sim.settings.partnerId,
    termsStatus,
    ...(vendorId === undefined ? {} : { vendorId }),
  };
  sim.store.putCustomer(customer);
  return customer;
}

function addVendor(sim: Simulation, order: unknown): VendorRecord {
  const wanted = fields(order);
  const vendor: VendorRecord = {
    companyName: wanted.requiredText('companyName'),
    companyId: wanted.id('companyId') ?? sim.ids.company(),
    resellerId: wanted.digits('resellerId') ?? sim.settings.partnerId,
  };
  sim.store.putVendor(vendor);
  return vendor;
}

function idOf({ companyId, companyName, resellerId }: CustomerRecord | VendorRecord) {
  return { companyId: String(companyId), companyName, resellerId };
}
