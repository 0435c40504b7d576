import { AdminError, type AdminRoute } from '../../admin.ts';
import { type Fields, fields } from '../../admin-fields.ts';
import { isImei } from '../../imei.ts';
import { giveUp } from '../holding.ts';
import type { DeviceRecord, DeviceState } from '../records.ts';
import type { Simulation } from '../simulation.ts';
import { registerFor } from './devices.ts';
import { deviceNamed, hardwareNamed, shownDevice } from './naming.ts';

/** What can happen to one device without our doing (6.2). */
const DRIFTS: ReadonlyMap<string, (sim: Simulation, wanted: Fields) => unknown> = new Map([
  ['customerDeletes', vanish],
  ['mspDeletes', vanish],
  ['mspMoves', mspMoves],
  ['otherResellerTakes', otherResellerTakes],
  ['mptsRejects', (sim, wanted) => changeState(sim, wanted, 'MPTS error')],
  ['exchangeStarts', (sim, wanted) => changeState(sim, wanted, 'Exchanging')],
  ['exchangeEnds', exchangeEnds],
]);

const OTHER_RESELLER = '9999999999';

export function driftRoutes(sim: Simulation): readonly AdminRoute[] {
  return [
    {
      method: 'POST',
      path: '/drift',
      does: `{"kind": ${[...DRIFTS.keys()].map((kind) => `"${kind}"`).join(' | ')}, "device": any identifier, …}: see README.md.`,
      handle: ({ body }) => {
        sim.processing.settle(sim.clock.now());
        const wanted = fields(body);
        const happens = DRIFTS.get(wanted.requiredText('kind'));
        if (happens === undefined) throw new AdminError(`There is no drift "${wanted.text('kind')}".`);
        return happens(sim, wanted);
      },
    },
  ];
}

/** The customer, or an MSP for it, deletes the device: it is gone from our list at once (3.7, 9.16). */
function vanish(sim: Simulation, wanted: Fields): unknown {
  const device = deviceIn(sim, wanted);
  giveUp(sim.store, device, sim.clock.now());
  return shownDevice(sim, device);
}

/** An MSP moves the device to another of its customers (6.2.2). */
function mspMoves(sim: Simulation, wanted: Fields): unknown {
  return changed(sim, { ...deviceIn(sim, wanted), customerId: wanted.requiredText('customerId') });
}

/** Another reseller has registered the device: it is gone from our list, and uploads of it fail (6.2.4). */
function otherResellerTakes(sim: Simulation, wanted: Fields): unknown {
  const resellerId = wanted.text('resellerId') ?? OTHER_RESELLER;
  const customerId = wanted.text('customerId') ?? sim.ids.customer();
  const holder = fields({ resellerId, customerId });
  return shownDevice(sim, registerFor(sim, wanted.requiredText('device'), holder));
}

/** The exchange is done and the record has a new first IMEI, or it is undone and has its old one (3.7, 6.2.5). */
function exchangeEnds(sim: Simulation, wanted: Fields): unknown {
  const device = deviceIn(sim, wanted);
  const imei = wanted.text('newImei');
  if (imei !== undefined) {
    if (!isImei(imei)) throw new AdminError('"newImei" is no valid IMEI.');
    if (hardwareNamed(sim, imei) !== undefined)
      throw new AdminError('"newImei" belongs to a known device.', 409);
    sim.store.putHardware({ ...sim.store.hardware(device.hardwareId), imei });
  }
  return changed(sim, { ...device, state: 'Verified' });
}

function changeState(sim: Simulation, wanted: Fields, state: DeviceState): unknown {
  return changed(sim, { ...deviceIn(sim, wanted), state });
}

function changed(sim: Simulation, device: DeviceRecord): unknown {
  sim.store.putDevice(device);
  return shownDevice(sim, device);
}

function deviceIn(sim: Simulation, wanted: Fields): DeviceRecord {
  return deviceNamed(sim, wanted.requiredText('device'));
}
