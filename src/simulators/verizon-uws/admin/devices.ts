import { AdminError, type AdminRoute } from '../../admin.ts';
import { type Fields, fields, ordersIn } from '../../admin-fields.ts';
import { countedImei } from '../../imei.ts';
import type { Device } from '../device.ts';
import { type Identifiers, listed } from '../identifiers.ts';
import { newLine } from '../lines.ts';
import type { Simulation } from '../simulation.ts';
import { DEFAULT_PLAN } from '../state-changes.ts';
import { identifiersIn, stateIn, timeIn } from './orders.ts';

/** Lines that exist before the client arrives, and those that are gone. */
export function deviceRoutes(sim: Simulation): readonly AdminRoute[] {
  return [
    {
      method: 'POST',
      path: '/devices',
      does: 'Adds {"identifiers": {"imei", "iccid", …}, "accountName"?, "state"? (active), "createdAt"?, "groupName"?, "servicePlan"?, "customFields"?, "deletable"?}, or {"devices": [...]}.',
      handle: ({ body }) => ({
        devices: ordersIn(body, 'devices').map((order) => addDevice(sim, order, identifiersIn(order))),
      }),
    },
    {
      method: 'POST',
      path: '/devices/generate',
      does: 'Adds {"count"} lines with counted IMEIs and ICCIDs from {"firstSerial"? (0)}, otherwise as POST /devices.',
      handle: ({ body }) => ({ devices: generate(sim, body) }),
    },
    {
      method: 'GET',
      path: '/devices',
      does: 'Every line as it truly is, whatever the reads of the vendor’s face show.',
      handle: () => [...sim.store.devices()],
    },
    {
      method: 'GET',
      path: '/deletions',
      does: 'Every line that is truly gone: when, by whom, with how many rows of history.',
      handle: () => sim.deletions,
    },
  ];
}

/** Adds one line; refuses an identifier that another line has. */
export function addDevice(sim: Simulation, order: unknown, identifiers: Identifiers): Device {
  const wanted = fields(order);
  const names = listed(identifiers);
  if (names.length === 0) throw new AdminError('"identifiers" must name at least one.');
  if (names.some((identifier) => sim.store.named(identifier) !== undefined))
    throw new AdminError('Another device has one of these identifiers.', 409);
  sim.lastDeviceId += 1 + sim.random.integer(97);
  const device = newLine(sim.random, {
    deviceId: sim.lastDeviceId,
    accountName: wanted.text('accountName') ?? sim.settings.accountName,
    identifiers,
    state: stateIn(wanted) ?? 'active',
    createdAtMs: timeIn(wanted, 'createdAt') ?? sim.clock.now(),
    groupName: wanted.text('groupName') ?? 'Default',
    servicePlan: wanted.text('servicePlan') ?? DEFAULT_PLAN,
    customFields: customFieldsIn(wanted),
    isDeletable: wanted.flag('deletable') ?? true,
  });
  sim.store.put(device);
  return device;
}

function customFieldsIn(wanted: Fields): Readonly<Record<string, string>> {
  const given = wanted.object('customFields');
  return Object.fromEntries(
    Object.keys(given).map((name) => {
      if (!/^CustomField[1-5]$/.test(name)) throw new AdminError(`There is no custom field "${name}".`);
      return [name, fields(given).requiredText(name)];
    }),
  );
}

function generate(sim: Simulation, order: unknown): readonly Device[] {
  const wanted = fields(order);
  const first = wanted.count('firstSerial') ?? 0;
  return Array.from({ length: wanted.count('count') ?? 1 }, (_, index) => {
    const serial = first + index;
    const iccid = `8914800${String(serial).padStart(13, '0')}`;
    return addDevice(sim, order, { imei: countedImei(serial), iccid });
  });
}
