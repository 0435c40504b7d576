import type { Simulation } from './simulation.ts';
import { changeState } from './state-changes.ts';
import type { Outcome, RequestItem, StateRequest } from './state-requests.ts';

/** The ledger's word for each action that took effect. */
const CHANGES = {
  Activate: 'activated',
  Deactivate: 'deactivated',
  Restore: 'restored',
  Suspend: 'suspended',
} as const;

/** Ends the change of state of one line, writes it down and tells whoever registered for callbacks. */
export function finishItem(sim: Simulation, request: StateRequest, item: RequestItem): Outcome {
  const outcome = outcomeOf(sim, request, item);
  const { accountName, requestId, dueAtMs } = request;
  const registration = sim.callbacks.find(accountName, 'CarrierService');
  if (registration !== undefined) {
    const { identifier } = item;
    sim.courier.send(registration, { requestId, identifier, status: outcome }, dueAtMs);
  }
  return outcome;
}

function outcomeOf(sim: Simulation, request: StateRequest, item: RequestItem): Outcome {
  const device = sim.store.device(item.deviceId);
  // Somebody has deleted or changed the line while the change was pending.
  const { change } = item;
  if (device === undefined || change === undefined || device.state !== change.pending) return 'Failed';
  const { action, dueAtMs, username, servicePlan } = request;
  if (change.fate !== 'succeeds') {
    sim.store.put({ ...device, state: change.before });
    return change.fate === 'hollow' ? 'Success' : 'Failed';
  }
  changeState(sim, device, {
    to: change.to,
    atMs: dueAtMs,
    by: username,
    eventType: action,
    ...(servicePlan === undefined ? {} : { servicePlan }),
  });
  sim.ledger.addEffect(request.ledgerSeq, {
    change: CHANGES[action],
    at: new Date(dueAtMs).toISOString(),
    deviceId: device.deviceId,
    identifiers: device.identifiers,
  });
  return 'Success';
}
