import type { Settings } from './options.ts';

/** States at rest, in the vendor's spelling (fact sheet 6.3). */
export const RESTING_STATES = ['Pre-active', 'active', 'deactive', 'suspend'] as const;

/** While a change is pending every other one fails (6.3). The list is that of the vendor's page. */
export const PENDING_STATES = [
  'pending Cost Center Codes change',
  'pending resume',
  'pending MDN change',
  'pending PRL Update',
  'pending preactive',
  'pending activation',
  'pending deactivation',
  'pending suspend',
  'pending service plan change',
  'pending ESN / MEID change',
  'pending account update',
] as const;

export type RestingState = (typeof RESTING_STATES)[number];
export type DeviceState = RestingState | (typeof PENDING_STATES)[number];

/** Variants of ChangeDeviceState (7) that are simulated. */
export const ACTIONS = ['Activate', 'Deactivate', 'Restore', 'Suspend'] as const;

export type Action = (typeof ACTIONS)[number];

/** From which states an action may start, and where it leads. */
interface Transition {
  readonly from: readonly RestingState[];
  readonly pending: DeviceState;
  readonly to: RestingState;
}

/** The table of 6.3. */
const TRANSITIONS: Readonly<Record<Action, Transition>> = {
  Activate: { from: ['Pre-active', 'deactive'], pending: 'pending activation', to: 'active' },
  Deactivate: { from: ['active', 'suspend'], pending: 'pending deactivation', to: 'deactive' },
  Suspend: { from: ['active'], pending: 'pending suspend', to: 'suspend' },
  Restore: { from: ['suspend'], pending: 'pending resume', to: 'active' },
};

/** The way of an action from this state; undefined when the state does not allow it. */
export function transition(action: Action, from: DeviceState, settings: Settings): Transition | undefined {
  const isBarred =
    action === 'Deactivate' && from === 'suspend' && settings.deactivateFromSuspend === 'refused';
  const way = TRANSITIONS[action];
  return !isBarred && way.from.some((state) => state === from) ? way : undefined;
}

/** The state of that name, whatever its case; undefined for an unknown one. */
export function stateNamed(name: string): DeviceState | undefined {
  const wanted = name.toLowerCase();
  return [...RESTING_STATES, ...PENDING_STATES].find((state) => state.toLowerCase() === wanted);
}
