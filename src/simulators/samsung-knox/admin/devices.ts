import { AdminError, type AdminRoute } from '../../admin.ts';
import { type Fields, fields, ordersIn } from '../../admin-fields.ts';
import { countedImei } from '../../imei.ts';
import { giveUp, newHardware, register } from '../holding.ts';
import {
  canonical,
  formatProblem,
  type Hardware,
  hardwareKeys,
  type IdentifierType,
} from '../identifiers.ts';
import type { DeviceRecord, DeviceState } from '../records.ts';
import type { Simulation } from '../simulation.ts';
import { hardwareNamed, identifierTypeOf, shownDevice } from './naming.ts';

const STATES: readonly DeviceState[] = ['Pending', 'Verified', 'MPTS error', 'Exchanging'];

/** Phones that exist, and devices that are registered before the client arrives. */
export function deviceRoutes(sim: Simulation): readonly AdminRoute[] {
  return [
    {
      method: 'POST',
      path: '/hardware',
      does: 'Describes a phone {"imei"?, "imei2"?, "meid"?, "serialNumber", "model"?}, or {"hardware": [...]}: all its identifiers are one device.',
      handle: ({ body }) => ({
        hardware: ordersIn(body, 'hardware').map((order) => describe(sim, fields(order))),
      }),
    },
    {
      method: 'POST',
      path: '/mpts',
      does: 'Samsung does not recognise {"devices": [any identifier, …]}: uploads of them end as DEVICE_INVALID.',
      handle: ({ body }) => {
        const named = fields(body).texts('devices') ?? [];
        for (const one of named) sim.store.mpts.add(canonical(identifierTypeOf(one), one));
        return { devices: [...sim.store.mpts] };
      },
    },
    {
      method: 'POST',
      path: '/devices',
      does: 'Registers {"device": any identifier, "customerId", "resellerId"? (ours), "state"? (Verified)}, or {"devices": [...]}, whoever had it.',
      handle: ({ body }) => ({
        devices: ordersIn(body, 'devices').map((order) => {
          const wanted = fields(order);
          return shownDevice(sim, registerFor(sim, wanted.requiredText('device'), wanted));
        }),
      }),
    },
    {
      method: 'POST',
      path: '/devices/generate',
      does: 'Registers {"count"} devices with counted IMEIs, from {"first"? (0)} on, for {"customerId", "resellerId"?, "state"?}.',
      handle: ({ body }) => {
        const wanted = fields(body);
        const first = wanted.count('first') ?? 0;
        const imeis = Array.from({ length: wanted.count('count') ?? 1 }, (_, index) =>
          countedImei(first + index),
        );
        return { devices: imeis.map((imei) => shownDevice(sim, registerFor(sim, imei, wanted))) };
      },
    },
  ];
}

/** Puts the device into the hands that the order names, at once and in every list, whoever had it. */
export function registerFor(sim: Simulation, identifier: string, wanted: Fields): DeviceRecord {
  const nowMs = sim.clock.now();
  sim.processing.settle(nowMs);
  const hardware =
    hardwareNamed(sim, identifier) ?? newHardware(sim, identifierTypeOf(identifier), identifier);
  const holder = sim.store.registered(hardware.hardwareId);
  if (holder !== undefined) giveUp(sim.store, holder, nowMs);
  const resellerId = wanted.text('resellerId') ?? sim.settings.resellerId;
  const customerId = wanted.requiredText('customerId');
  sim.store.associate({ resellerId, customerId });
  return register(sim, {
    hardwareId: hardware.hardwareId,
    resellerId,
    customerId,
    uploadId: sim.ids.upload(),
    createdAtMs: nowMs,
    state: stateIn(wanted),
    listedFromMs: nowMs,
  });
}

function describe(sim: Simulation, wanted: Fields): Hardware {
  const [imei, imei2] = [identifierIn(wanted, 'imei', 'IMEI'), identifierIn(wanted, 'imei2', 'IMEI')];
  const meid = identifierIn(wanted, 'meid', 'MEID');
  wanted.requiredText('serialNumber');
  const hardware = {
    ...(imei === undefined ? {} : { imei }),
    ...(imei2 === undefined ? {} : { imei2 }),
    ...(meid === undefined ? {} : { meid }),
    serialNumber: identifierIn(wanted, 'serialNumber', 'SN') as string,
    model: wanted.text('model') ?? 'SM-S911B',
  };
  const taken = hardwareKeys(hardware).find(
    (key) => hardwareNamed(sim, key.replace(/^\w+:/, '')) !== undefined,
  );
  if (taken !== undefined) throw new AdminError(`${taken} belongs to a known device.`, 409);
  const known = { hardwareId: sim.ids.hardware(), ...hardware };
  sim.store.putHardware(known);
  return known;
}

function identifierIn(wanted: Fields, name: string, type: IdentifierType): string | undefined {
  const text = wanted.text(name);
  if (text === undefined || formatProblem(type, text) === undefined)
    return text === undefined ? undefined : canonical(type, text);
  throw new AdminError(`"${name}" is no valid ${type}.`);
}

function stateIn(wanted: Fields): DeviceState {
  const text = wanted.text('state') ?? 'Verified';
  const state = STATES.find((one) => one === text);
  if (state === undefined) throw new AdminError(`"state" must be one of ${STATES.join(', ')}.`);
  return state;
}
