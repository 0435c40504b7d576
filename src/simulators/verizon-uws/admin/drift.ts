import { AdminError, type AdminRoute } from '../../admin.ts';
import { fields } from '../../admin-fields.ts';
import { deleteDevice } from '../deletions.ts';
import type { Device } from '../device.ts';
import { type Identifier, type Identifiers, listed } from '../identifiers.ts';
import type { Simulation } from '../simulation.ts';
import { changeState } from '../state-changes.ts';
import { addDevice } from './devices.ts';
import { deviceIn, identifiersIn, stateIn } from './orders.ts';

/** What can happen to a line without our doing. */
const DRIFTS: ReadonlyMap<string, (sim: Simulation, order: unknown) => unknown> = new Map([
  ['stateChanges', stateChanges],
  ['pairedAnew', pairedAnew],
  ['deleted', deleted],
  ['comesBack', comesBack],
  ['accessChanges', accessChanges],
  ['movesAccount', movesAccount],
]);

/** Somebody works in the portal, in another program, or in a shop. */
export function driftRoutes(sim: Simulation): readonly AdminRoute[] {
  return [
    {
      method: 'POST',
      path: '/drift',
      does: `{"kind": ${[...DRIFTS.keys()].map((kind) => `"${kind}"`).join(' | ')}, "device": {"kind", "identifier"}, …}: see README.md.`,
      handle: ({ body }) => {
        const kind = fields(body).requiredText('kind');
        const happens = DRIFTS.get(kind);
        if (happens === undefined) throw new AdminError(`There is no drift "${kind}".`);
        return happens(sim, body);
      },
    },
  ];
}

/** The line is in that state at once, with all that comes with it: `deactive` takes number, address and plan. */
function stateChanges(sim: Simulation, order: unknown): Device {
  const to = stateIn(fields(order));
  if (to === undefined) throw new AdminError('"state" is missing.');
  const device = deviceIn(sim, order);
  return changeState(sim, device, { to, atMs: sim.clock.now(), by: 'portal', eventType: 'StateChange' });
}

/** The SIM is in another phone, or the phone has another SIM; whoever had the identifier loses it. */
function pairedAnew(sim: Simulation, order: unknown): Device {
  const device = deviceIn(sim, order);
  const added = identifiersIn(order);
  for (const identifier of listed(added)) release(sim, identifier, device);
  const paired = { ...device, identifiers: { ...device.identifiers, ...added } };
  sim.store.put(paired);
  return paired;
}

function release(sim: Simulation, identifier: Identifier, except: Device): void {
  const holder = sim.store.named(identifier);
  if (holder === undefined || holder.deviceId === except.deviceId) return;
  const kept = listed(holder.identifiers).filter(({ kind }) => kind !== identifier.kind);
  const identifiers: Identifiers = Object.fromEntries(kept.map(({ kind, value }) => [kind, value]));
  sim.store.put({ ...holder, identifiers });
}

/** Somebody else has deleted the line. */
function deleted(sim: Simulation, order: unknown): unknown {
  const deletion = deleteDevice(sim, deviceIn(sim, order), { atMs: sim.clock.now(), by: 'portal' });
  sim.deletions.push(deletion);
  return deletion;
}

/** A line that was deleted is in service again: the same identifiers, a new id, no past. */
function comesBack(sim: Simulation, order: unknown): Device {
  const identifiers = identifiersIn(order);
  const wasDeleted = sim.deletions.some((deletion) =>
    listed(identifiers).some(({ kind, value }) => deletion.identifiers[kind] === value),
  );
  if (!wasDeleted) throw new AdminError('No line with one of these identifiers was deleted.', 404);
  return addDevice(sim, order, identifiers);
}

/** The login loses or gets the right to delete this one line. */
function accessChanges(sim: Simulation, order: unknown): Device {
  const changed = { ...deviceIn(sim, order), isDeletable: fields(order).flag('deletable') ?? false };
  sim.store.put(changed);
  return changed;
}

function movesAccount(sim: Simulation, order: unknown): Device {
  const accountName = fields(order).requiredText('accountName');
  const moved = { ...deviceIn(sim, order), accountName };
  sim.store.put(moved);
  return moved;
}
