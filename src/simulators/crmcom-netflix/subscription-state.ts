import type { Knobs } from './knobs.ts';

/**
 * Where a subscription truly stands (fact sheet 8.1). The vendor's replies tell less:
 *
 * | State      | `life_cycle_state`          | `netflix_state` |
 * | ---------- | --------------------------- | --------------- |
 * | created    | NOT_EFFECTIVE               | NOT_EFFECTIVE   |
 * | effective  | EFFECTIVE                   | EFFECTIVE       |
 * | suspended  | NOT_EFFECTIVE               | NOT_EFFECTIVE   |
 * | cancelled  | CANCELLED                   | NOT_EFFECTIVE   |
 * | terminated | the knob terminatedLifeCycle| NOT_EFFECTIVE   |
 */
export type SubscriptionState = 'created' | 'effective' | 'suspended' | 'cancelled' | 'terminated';

/** The operator's actions after create. */
export type Action = 'suspend' | 'unsuspend' | 'cancel';

/** What happens to a subscription. `register` and `terminate` are Netflix's doing. */
export type SubscriptionEvent = Action | 'register' | 'terminate';

interface Transition {
  readonly from: readonly SubscriptionState[];
  readonly to: SubscriptionState;
}

/** ASSUMED, but for the cancelled and the terminated end (8.1). */
const TRANSITIONS: Readonly<Record<SubscriptionEvent, Transition>> = {
  register: { from: ['created'], to: 'effective' },
  suspend: { from: ['effective'], to: 'suspended' },
  unsuspend: { from: ['suspended'], to: 'effective' },
  cancel: { from: ['created', 'effective', 'suspended', 'terminated'], to: 'cancelled' },
  terminate: { from: ['effective', 'suspended'], to: 'terminated' },
};

/** The state after the event; undefined when it cannot happen, the same state when there is nothing to change. */
export function stateAfter(
  state: SubscriptionState,
  event: SubscriptionEvent,
  knobs: Knobs,
): SubscriptionState | undefined {
  const { from, to } = TRANSITIONS[event];
  if (state === to) return knobs.repeatAction === 'ok' ? state : undefined;
  if (state === 'terminated' && knobs.cancelTerminated === 'invalid_state') return undefined;
  return from.includes(state) ? to : undefined;
}

/** The two states as the vendor's replies name them. */
export function shownStates(
  state: SubscriptionState,
  knobs: Knobs,
): { readonly netflix: string; readonly lifeCycle: string } {
  return {
    netflix: state === 'effective' ? 'EFFECTIVE' : 'NOT_EFFECTIVE',
    lifeCycle: lifeCycle(state, knobs),
  };
}

function lifeCycle(state: SubscriptionState, knobs: Knobs): string {
  switch (state) {
    case 'effective':
      return 'EFFECTIVE';
    case 'cancelled':
      return 'CANCELLED';
    case 'terminated':
      return knobs.terminatedLifeCycle;
    case 'created':
    case 'suspended':
      return 'NOT_EFFECTIVE';
    default:
      return state satisfies never;
  }
}
