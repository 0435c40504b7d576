import { faultOf } from '../../fault-box.ts';
import { accountsInScope, requireDevice } from '../access.ts';
import type { Call, Endpoint } from '../call.ts';
import type { Device } from '../device.ts';
import { type Identifier, listed } from '../identifiers.ts';
import { MAX_NAMED_DEVICES, MAX_REACHED_DEVICES } from '../limits.ts';
import { guid } from '../sessions.ts';
import type { RequestItem } from '../state-requests.ts';
import { type Action, transition } from '../states.ts';
import { CODES, VendorFault } from '../vendor-fault.ts';
import { textElement } from '../xml/write.ts';
import { readStateOrder, type Selection } from './state-order.ts';

/** Changes of state are accepted here and happen later (fact sheet 7). */
export const changeStateEndpoints: readonly Endpoint[] = [
  {
    service: 'CarrierService',
    operation: 'ChangeDeviceState',
    role: 'startOperation',
    handle: changeDeviceState,
  },
];

/** A line and how the caller named it. */
interface Chosen {
  readonly device: Device;
  readonly identifier: Identifier;
}

function changeDeviceState(call: Call): string {
  const { sim, user, faults, entry, nowMs } = call;
  const { action, servicePlan, selection } = readStateOrder(call);
  const chosen = choose(call, selection);
  const [only] = chosen;
  if (only === undefined) throw new VendorFault(CODES.numberOfDevices, 'No device was named.');
  const refusal = chosen.length === 1 ? refusalOf(call, action, only.device) : undefined;
  if (refusal !== undefined) throw refusal;
  const requestId = guid(sim.random);
  sim.requests.add({
    requestId,
    accountName: only.device.accountName,
    action,
    username: user.username,
    ...(servicePlan === undefined ? {} : { servicePlan }),
    dueAtMs: nowMs + sim.settings.stateChangeMs,
    items: chosen.map(({ device, identifier }) => begin(call, action, device, identifier)),
    ledgerSeq: entry.seq,
    isStuck: faultOf(faults, 'operationStuck') !== undefined,
    isVanished: false,
  });
  return textElement('a:RequestId', requestId);
}

function choose(call: Call, selection: Selection): readonly Chosen[] {
  if (selection.by === 'account') return reached(call, selection);
  if (selection.devices.length > MAX_NAMED_DEVICES) {
    throw new VendorFault(CODES.numberOfDevices, `At most ${MAX_NAMED_DEVICES} devices may be named.`);
  }
  return selection.devices.map((identifiers) => ({
    device: requireDevice(call, identifiers),
    identifier: identifiers[0] as Identifier,
  }));
}

/** Every line the filters leave: without a device list that is the whole account (7, "Danger"). */
function reached(call: Call, selection: Extract<Selection, { by: 'account' }>): readonly Chosen[] {
  const { customField } = selection;
  const accounts = accountsInScope(call, selection.accountName);
  const devices = [...call.sim.store.devices()].filter((device) => {
    const { groupName = device.groupName, servicePlan = device.servicePlan } = selection;
    if (!accounts.includes(device.accountName) || device.groupName !== groupName) return false;
    if (device.servicePlan !== servicePlan) return false;
    return customField === undefined || device.customFields[customField.name] === customField.value;
  });
  if (devices.length > MAX_REACHED_DEVICES) {
    throw new VendorFault(CODES.maxRequestsExceeded, `More than ${MAX_REACHED_DEVICES} devices are meant.`);
  }
  return devices.flatMap((device) => {
    const [identifier] = listed(device.identifiers);
    return identifier === undefined ? [] : [{ device, identifier }];
  });
}

/**
 * Why the change is refused, or undefined. A request for one line is refused as a whole; in one for several, the
 * line fails for itself. ASSUMED: the codes are listed among the immediate ones (10).
 */
function refusalOf({ sim, nowMs }: Call, action: Action, device: Device): VendorFault | undefined {
  if (action === 'Activate' && device.state === 'active')
    return new VendorFault(CODES.alreadyActive, 'The device is already active.');
  if (transition(action, device.state, sim.settings) === undefined)
    return new VendorFault(CODES.stateInvalid, `${action} is not possible in the state ${device.state}.`);
  // No code is known for this limit; the vendor's general one stands for what has none. ASSUMED.
  return actionsOn(dayOf(nowMs), device) < sim.settings.actionsPerDay
    ? undefined
    : new VendorFault(CODES.unexpectedError, 'The device has had its changes of state for today.');
}

/** Puts the line into its pending state and says what will become of it. */
function begin(call: Call, action: Action, device: Device, identifier: Identifier): RequestItem {
  const { sim, nowMs } = call;
  const way = transition(action, device.state, sim.settings);
  const { deviceId } = device;
  if (way === undefined || refusalOf(call, action, device) !== undefined)
    return { deviceId, identifier, outcome: 'Failed' };
  const day = dayOf(nowMs);
  const actions = { day, count: actionsOn(day, device) + 1 };
  sim.store.put({ ...device, state: way.pending, actions });
  const change = { before: device.state, pending: way.pending, to: way.to, fate: fateOf(call) };
  return { deviceId, identifier, change, outcome: 'Pending' };
}

function fateOf({ sim, faults }: Call): 'succeeds' | 'fails' | 'hollow' {
  if (faultOf(faults, 'hollowSuccess') !== undefined) return 'hollow';
  const partial = faultOf(faults, 'partialFailure');
  return partial !== undefined && sim.random.fraction() < partial.ratio ? 'fails' : 'succeeds';
}

function actionsOn(day: string, { actions }: Device): number {
  return actions.day === day ? actions.count : 0;
}

/** The day in UTC, as `2026-01-31`. Where the vendor's day begins is not known. ASSUMED. */
function dayOf(nowMs: number): string {
  return new Date(nowMs).toISOString().slice(0, 10);
}
