import { AdminError, type AdminRoute } from '../../admin.ts';
import { type Fields, fields, ordersIn } from '../../admin-fields.ts';
import { isObject } from '../../json.ts';
import { giveUp, stateAt } from '../holding.ts';
import { COUNTRY } from '../limits.ts';
import type { Approval } from '../options.ts';
import type { CustomerRecord, DeviceRecord } from '../records.ts';
import type { Simulation } from '../simulation.ts';
import { deviceNamed, shownDevice } from './naming.ts';

/** Customers that exist before the client arrives, and what they decide about their devices. */
export function customerRoutes(sim: Simulation): readonly AdminRoute[] {
  return [
    {
      method: 'POST',
      path: '/customers',
      does: 'Adds {"customerName", "customerId"?, "country"? (US), "associated"? (false), "approval"?, "profileAliases"?}, or {"customers": [...]}.',
      handle: ({ body }) => ({
        customers: ordersIn(body, 'customers').map((order) => addCustomer(sim, fields(order))),
      }),
    },
    {
      method: 'PATCH',
      path: '/customers/{customerId}',
      does: 'Changes {"approval": "manual" | "never" | {"afterMs"}} for devices to come, and {"profileAliases"}.',
      handle: ({ params, body }) => {
        const customer = customerNamed(sim, params);
        const changed = { ...customer, ...behaviourIn(fields(body), customer.profileAliases) };
        sim.store.putCustomer(changed);
        return changed;
      },
    },
    {
      method: 'POST',
      path: '/customers/{customerId}/approve',
      does: 'The customer approves its Pending devices: all, or {"devices": [any identifier, …]}.',
      handle: ({ params, body }) => {
        const { customerId, approval } = customerNamed(sim, params);
        if ((approval ?? sim.settings.approval) === 'never')
          throw new AdminError('This customer never approves anything.', 409);
        return decide(sim, customerId, body, ({ approvesAtMs: _never, ...device }) =>
          sim.store.putDevice({ ...device, state: 'Verified' }),
        );
      },
    },
    {
      method: 'POST',
      path: '/customers/{customerId}/reject',
      does: 'The customer rejects its Pending devices, all or {"devices": […]}: they vanish.',
      handle: ({ params, body }) =>
        decide(sim, customerNamed(sim, params).customerId, body, (device) =>
          giveUp(sim.store, device, sim.clock.now()),
        ),
    },
    {
      method: 'POST',
      path: '/vendors',
      does: 'Adds the sub-reseller {"vendorId", "vendorName"?, "resellerId"?}, or {"vendors": [...]}.',
      handle: ({ body }) => ({
        vendors: ordersIn(body, 'vendors').map((order) => addVendor(sim, fields(order))),
      }),
    },
  ];
}

function addCustomer(sim: Simulation, wanted: Fields) {
  const customer: CustomerRecord = {
    customerId: wanted.text('customerId') ?? sim.ids.customer(),
    customerName: wanted.requiredText('customerName'),
    country: countryIn(wanted),
    profileAliases: [],
    ...behaviourIn(wanted, []),
  };
  const { customerId, customerName } = customer;
  const associated = wanted.flag('associated') ?? false;
  sim.store.putCustomer(customer);
  if (associated) sim.store.associate({ resellerId: sim.settings.resellerId, customerId });
  return { customerId, customerName, associated };
}

function addVendor(sim: Simulation, wanted: Fields) {
  const vendorId = wanted.requiredText('vendorId');
  const vendor = {
    vendorId,
    vendorName: wanted.text('vendorName') ?? `Vendor ${vendorId}`,
    resellerId: wanted.text('resellerId') ?? sim.settings.resellerId,
  };
  sim.store.putVendor(vendor);
  return vendor;
}

function behaviourIn(wanted: Fields, aliases: readonly string[]): Partial<CustomerRecord> {
  const approval = approvalIn(wanted.raw('approval'));
  return {
    ...(approval === undefined ? {} : { approval }),
    profileAliases: wanted.texts('profileAliases') ?? aliases,
  };
}

function approvalIn(value: unknown): Approval | undefined {
  if (value === undefined || value === 'manual' || value === 'never') return value;
  const afterMs = isObject(value) ? value['afterMs'] : undefined;
  if (typeof afterMs === 'number' && afterMs >= 0) return { afterMs };
  throw new AdminError('"approval" must be "manual", "never" or {"afterMs": n}.');
}

function countryIn(wanted: Fields): string {
  const country = wanted.text('country') ?? 'US';
  if (COUNTRY.test(country)) return country;
  throw new AdminError('"country" must be two letters, for example US.');
}

function customerNamed(sim: Simulation, params: Readonly<Record<string, string>>): CustomerRecord {
  const customer = sim.store.customer(params['customerId'] ?? '');
  if (customer === undefined) throw new AdminError('There is no such customer.', 404);
  return customer;
}

/** Carries a decision of the customer out on its Pending devices; naming one that is not Pending is a conflict. */
function decide(
  sim: Simulation,
  customerId: string,
  body: unknown,
  carryOut: (device: DeviceRecord) => void,
): { readonly devices: readonly unknown[] } {
  sim.processing.settle(sim.clock.now());
  const isPending = (device: DeviceRecord) =>
    device.customerId === customerId && stateAt(device, sim.clock.now()) === 'Pending';
  const named = fields(body ?? {})
    .texts('devices')
    ?.map((text) => deviceNamed(sim, text));
  if (named !== undefined && !named.every(isPending))
    throw new AdminError('Not all of these devices wait for this customer.', 409);
  const devices = named ?? sim.store.registrations().filter(isPending);
  for (const device of devices) carryOut(device);
  return { devices: devices.map((device) => shownDevice(sim, device)) };
}
