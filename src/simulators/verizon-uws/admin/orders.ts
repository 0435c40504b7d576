import { AdminError } from '../../admin.ts';
import { type Fields, fields } from '../../admin-fields.ts';
import type { Device } from '../device.ts';
import { type Identifier, type Identifiers, isOfKind, KINDS, type Kind } from '../identifiers.ts';
import type { Simulation } from '../simulation.ts';
import { type DeviceState, stateNamed } from '../states.ts';

/** What several orders of the admin face have in common. */

/** The line that `{"device": {"kind", "identifier"}}` names. */
export function deviceIn(sim: Simulation, order: unknown): Device {
  const device = sim.store.named(identifierIn(order));
  if (device === undefined) throw new AdminError('There is no such device.', 404);
  return device;
}

function identifierIn(order: unknown): Identifier {
  const wanted = fields(fields(order).object('device'));
  return { kind: kindIn(wanted.requiredText('kind')), value: wanted.requiredText('identifier') };
}

/** The identifiers under `{"identifiers": {"imei": …, "iccid": …}}`, each of its kind's format. */
export function identifiersIn(order: unknown): Identifiers {
  const named = fields(order).object('identifiers');
  const wanted = fields(named);
  return Object.fromEntries(
    Object.keys(named).map((name) => {
      const kind = kindIn(name);
      const value = wanted.requiredText(name);
      if (!isOfKind(kind, value)) throw new AdminError(`"${value}" is no ${kind}.`);
      return [kind, value];
    }),
  );
}

function kindIn(name: string): Kind {
  const kind = KINDS.find((candidate) => candidate === name);
  if (kind === undefined) throw new AdminError(`There is no identifier kind "${name}".`);
  return kind;
}

/** A state by its name; undefined when the order has none. */
export function stateIn(wanted: Fields): DeviceState | undefined {
  const name = wanted.text('state');
  if (name === undefined) return undefined;
  const state = stateNamed(name);
  if (state === undefined) throw new AdminError(`There is no state "${name}".`);
  return state;
}

/** An ISO 8601 time in milliseconds; undefined when the order has none. */
export function timeIn(wanted: Fields, name: string): number | undefined {
  const text = wanted.text(name);
  if (text === undefined) return undefined;
  const timeMs = Date.parse(text);
  if (Number.isNaN(timeMs)) throw new AdminError(`"${name}" must be a time such as 2026-01-31T12:00:00Z.`);
  return timeMs;
}
