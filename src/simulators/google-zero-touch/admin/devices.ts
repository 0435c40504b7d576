import { AdminError, type AdminRoute } from '../../admin.ts';
import { fields, ordersIn } from '../../admin-fields.ts';
import { countedImei } from '../../imei.ts';
import type { DeviceName } from '../checks.ts';
import { named, release } from '../holding.ts';
import { type DeviceIdentifier, identifierProblem, readIdentifier } from '../identifiers.ts';
import { mergedEntries, readEntries } from '../metadata.ts';
import type { Simulation } from '../simulation.ts';
import type { Claim, DeviceRecord } from '../store.ts';
import { termsIn } from './companies.ts';

const ZERO_TOUCH = 'SECTION_TYPE_ZERO_TOUCH';

/** What can happen to one device without our doing. */
const DEVICE_DRIFTS: ReadonlyMap<string, (sim: Simulation, device: DeviceRecord, order: unknown) => unknown> =
  new Map([
    ['customerUnclaims', customerUnclaims],
    ['otherResellerTakes', otherResellerTakes],
    ['portalWritesMetadata', portalWritesMetadata],
  ]);

/** Devices that are held before the client arrives, and what others do to them behind the client's back. */
export function deviceRoutes(sim: Simulation): readonly AdminRoute[] {
  return [
    {
      method: 'POST',
      path: '/devices',
      does: 'Adds {"deviceIdentifier", "customerId", "resellerId"? (ours), "sectionType"?, "deviceMetadata"?}, or {"devices": [...]}, whoever holds them.',
      handle: ({ body }) => ({
        devices: ordersIn(body, 'devices').map((order) => shown(addDevice(sim, order))),
      }),
    },
    {
      method: 'POST',
      path: '/devices/generate',
      does: 'Adds {"count"} devices for {"customerId", "resellerId"?, "manufacturer"? (Google), "firstSerial"? (0)} with counted IMEIs.',
      handle: ({ body }) => ({ devices: generate(sim, body).map(shown) }),
    },
    {
      method: 'POST',
      path: '/drift',
      does: '{"kind": "customerUnclaims" | "otherResellerTakes" | "portalWritesMetadata" | "termsChange", …}: see README.md.',
      handle: ({ body }) => drift(sim, body),
    },
  ];
}

function addDevice(sim: Simulation, order: unknown): DeviceRecord {
  const wanted = fields(order);
  const identifier = readIdentifier(wanted.object('deviceIdentifier'));
  const problem = identifierProblem(identifier, sim.settings);
  if (problem !== undefined) throw new AdminError(problem.message);
  const device = named(sim.store, { identifier }) ?? newDevice(sim, identifier);
  return hold(sim, device, {
    ...claimIn(sim, order),
    metadata: mergedEntries(device.metadata, readEntries(wanted.object('deviceMetadata')), 'accept'),
  });
}

function generate(sim: Simulation, order: unknown): DeviceRecord[] {
  const wanted = fields(order);
  const first = wanted.count('firstSerial') ?? 0;
  const manufacturer = wanted.text('manufacturer') ?? 'Google';
  const claim = claimIn(sim, order);
  return Array.from({ length: wanted.count('count') ?? 1 }, (_, index) => {
    const identifier = { imei: countedImei(first + index), manufacturer };
    return hold(sim, named(sim.store, { identifier }) ?? newDevice(sim, identifier), claim);
  });
}

function drift(sim: Simulation, order: unknown): unknown {
  const kind = fields(order).requiredText('kind');
  if (kind === 'termsChange') return changeTerms(sim, order);
  const happens = DEVICE_DRIFTS.get(kind);
  if (happens === undefined) throw new AdminError(`There is no drift "${kind}".`);
  const device = named(sim.store, nameIn(order));
  if (device === undefined) throw new AdminError('There is no such device.', 404);
  return happens(sim, device, order);
}

/** The customer lets go of the device in its own portal; only a reseller can register it again (6.2.1). */
function customerUnclaims(sim: Simulation, device: DeviceRecord, order: unknown): unknown {
  const sectionType = fields(order).text('sectionType') ?? ZERO_TOUCH;
  const held = device.claims.find((claim) => claim.sectionType === sectionType);
  if (held === undefined) throw new AdminError('Nobody holds that section of the device.', 409);
  return release(sim.store, device, held);
}

/** Another reseller has registered the device for one of its own customers (6.2.4). */
function otherResellerTakes(sim: Simulation, device: DeviceRecord, order: unknown): unknown {
  const wanted = fields(order);
  const resellerId = wanted.digits('resellerId') ?? '9999999999';
  const ownerCompanyId = wanted.digits('customerId') ?? String(sim.ids.company());
  const sectionType = wanted.text('sectionType') ?? ZERO_TOUCH;
  return shown(hold(sim, device, { sectionType, resellerId, ownerCompanyId, metadata: {} }));
}

/** Staff of the reseller edit the device in the portal, beside the API (6.2.3). */
function portalWritesMetadata(sim: Simulation, device: DeviceRecord, order: unknown): unknown {
  const entries = readEntries(fields(order).object('deviceMetadata'));
  const changed = { ...device, metadata: mergedEntries(device.metadata, entries, 'accept') };
  sim.store.putDevice(changed);
  return shown(changed);
}

function changeTerms(sim: Simulation, order: unknown): unknown {
  const wanted = fields(order);
  const customer = sim.store.customer(wanted.id('customerId') ?? 0);
  if (customer === undefined) throw new AdminError('There is no such customer.', 404);
  const termsStatus = termsIn(wanted) ?? customer.termsStatus;
  sim.store.putCustomer({ ...customer, termsStatus });
  return { companyId: String(customer.companyId), termsStatus };
}

/** Puts one section of the device into somebody's hands, whoever had it. */
function hold(
  sim: Simulation,
  device: DeviceRecord,
  { metadata, ...claim }: Claim & { readonly metadata?: DeviceRecord['metadata'] },
): DeviceRecord {
  const others = device.claims.filter(({ sectionType }) => sectionType !== claim.sectionType);
  const held = { ...device, claims: [...others, claim], metadata: metadata ?? device.metadata };
  sim.store.putDevice(held);
  return held;
}

function claimIn(sim: Simulation, order: unknown): Claim {
  const wanted = fields(order);
  const ownerCompanyId = wanted.digits('customerId');
  if (ownerCompanyId === undefined) throw new AdminError('"customerId" is missing.');
  return {
    sectionType: wanted.text('sectionType') ?? ZERO_TOUCH,
    ownerCompanyId,
    resellerId: wanted.digits('resellerId') ?? sim.settings.partnerId,
  };
}

function nameIn(order: unknown): DeviceName {
  const wanted = fields(order);
  const deviceId = wanted.digits('deviceId');
  return deviceId === undefined
    ? { identifier: readIdentifier(wanted.object('deviceIdentifier')) }
    : { deviceId };
}

function newDevice(sim: Simulation, identifier: DeviceIdentifier): DeviceRecord {
  return { deviceId: sim.ids.device(), identifier, metadata: {}, claims: [] };
}

function shown(device: DeviceRecord) {
  return { ...device, deviceId: String(device.deviceId) };
}
