import type { JsonObject } from '../../json.ts';
import { type Call, type Endpoint, noteEffect } from '../call.ts';
import { condemned, failedSet } from '../failed-set.ts';
import { MAX_DEVICES_PER_CALL } from '../limits.ts';
import {
  mandatoryObjects,
  mandatoryText,
  missing,
  onlyKeyOf,
  optionalObject,
  refuseUnknownNames,
} from '../parameters.ts';
import type { Operator } from '../store.ts';
import { limitExceeded, VendorError } from '../vendor-error.ts';

/** operators/register_devices and unregister_devices (fact sheet 4.8). A failed device comes without a reason. */
export const deviceEndpoints: readonly Endpoint[] = [
  {
    method: 'POST',
    path: 'netflix/operators/register_devices',
    endpoint: 'devices.register',
    role: 'writeBatch',
    parameters: ['group_identifier', 'devices'],
    handle: (call) => eachDevice(call, registered),
  },
  {
    method: 'POST',
    path: 'netflix/operators/unregister_devices',
    endpoint: 'devices.unregister',
    role: 'writeBatch',
    parameters: ['group_identifier', 'devices'],
    handle: (call) => eachDevice(call, unregistered),
  },
];

/** Does one device; false when it failed. */
type DeviceWork = (call: Call, esn: string, operator: Operator) => boolean;

/** Answers device by device; a request that cannot be understood, or is too large, has no effect at all (8.5). */
function eachDevice(call: Call, work: DeviceWork): JsonObject {
  const operator = groupIn(call);
  const objects = mandatoryObjects(call.input, 'devices');
  if (objects.length > MAX_DEVICES_PER_CALL) throw limitExceeded('Up to 1000 devices at a time.');
  const esns = objects.map((object) => {
    refuseUnknownNames(object, ['esn'], 'devices.', call.sim.knobs);
    return mandatoryText(object, 'esn');
  });
  const failed = esns.filter((esn) => condemned(call) !== undefined || !work(call, esn, operator));
  return failedSet(
    call,
    'failed_devices_set',
    failed.map((esn) => ({ esn })),
  );
}

function registered(call: Call, esn: string, { id }: Operator): boolean {
  const { store, knobs } = call.sim;
  const holder = store.operatorOfDevice(esn);
  if (holder !== undefined) return holder === id && knobs.repeatedDevice === 'ok';
  store.registerDevice(esn, id);
  noteEffect(call, { change: 'register', esn, operatorId: id });
  return true;
}

function unregistered(call: Call, esn: string, { id }: Operator): boolean {
  const { store } = call.sim;
  if (store.operatorOfDevice(esn) !== id) return false;
  store.unregisterDevice(esn);
  noteEffect(call, { change: 'unregister', esn, operatorId: id });
  return true;
}

/** The operator the group stands for: `name` holds "the code of the group". Another than the caller's is unknown. */
function groupIn({ sim, input, operatorId }: Call): Operator {
  const own = sim.store.operators().find(({ id }) => id === operatorId);
  const group = optionalObject(input, 'group_identifier');
  if (group === undefined && sim.knobs.missingGroup === 'reject') throw missing('group_identifier');
  if (own !== undefined && (group === undefined || isGroup(group, own, sim.knobs))) return own;
  throw new VendorError('NOT_FOUND', 'There is no such group.');
}

function isGroup(group: JsonObject, own: Operator, knobs: Call['sim']['knobs']): boolean {
  const { key, value } = onlyKeyOf(group, 'group_identifier', ['id', 'name', 'alternative_code'], knobs);
  if (key === 'id') return own.id === value;
  return value === (key === 'name' ? own.name : own.alternativeCode);
}
