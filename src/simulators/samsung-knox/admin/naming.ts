import { AdminError } from '../../admin.ts';
import { formatProblem, type Hardware, IDENTIFIER_TYPES, type IdentifierType } from '../identifiers.ts';
import type { DeviceRecord } from '../records.ts';
import type { Simulation } from '../simulation.ts';

/** Which kind of identifier a text is: the first of IMEI, MEID and serial number whose form it has. */
export function identifierTypeOf(text: string): IdentifierType {
  const type = IDENTIFIER_TYPES.find((one) => formatProblem(one, text) === undefined);
  if (type === undefined) throw new AdminError(`"${text}" is no identifier of a device.`);
  return type;
}

/** The hardware that answers to the text, whatever kind of identifier it is. */
export function hardwareNamed(sim: Simulation, text: string): Hardware | undefined {
  return IDENTIFIER_TYPES.map((type) => sim.store.findHardware(type, text)).find((one) => one !== undefined);
}

/** The registered device that answers to the text; throws 404 when there is none. */
export function deviceNamed(sim: Simulation, text: string): DeviceRecord {
  const hardware = hardwareNamed(sim, text);
  const device = hardware === undefined ? undefined : sim.store.registered(hardware.hardwareId);
  if (device === undefined) throw new AdminError(`No device ${text} is registered.`, 404);
  return device;
}

/** The device for the reader of an answer. */
export function shownDevice(sim: Simulation, { deviceId, hardwareId, resellerId, customerId }: DeviceRecord) {
  const { imei, imei2, meid, serialNumber } = sim.store.hardware(hardwareId);
  return { id: String(deviceId), imei, imei2, meid, serialNumber, resellerId, customerId };
}
