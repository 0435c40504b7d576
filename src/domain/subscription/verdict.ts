import type { Holder, Item } from '../item.ts';
import type { Step } from '../kind.ts';
import type { SubscriptionState, SubscriptionTypes, SubscriptionVerdict } from './facts.ts';
import { declaredElsewhere, REGISTRATION_OPEN } from './refusals.ts';
import { resolveSubscription } from './resolve.ts';
import { standingIn } from './standing.ts';

/**
 * | the subscription                          | its resource                     | another one that names it |
 * | ----------------------------------------- | -------------------------------- | ------------------------- |
 * | stands as declared                        | active, suspended or cancelled   | conflicted                |
 * | created, the token is good, not registered | registrationOpen                | conflicted                |
 * | stopped                                   | failed, with the reason          | conflicted                |
 * | anything else                             | pending                          | conflicted                |
 */
export function subscriptionVerdict(
  item: Item<SubscriptionTypes>,
  step: Step<SubscriptionTypes>,
  holder: Holder,
): SubscriptionVerdict {
  const { winner } = resolveSubscription(item);
  if (winner === undefined) return { state: 'pending' };
  if (winner.by.holder !== holder) return told('conflicted', declaredElsewhere(winner.by.holder));
  const seen = {
    ...(item.observed.is === 'present' ? { shown: item.observed.fact } : {}),
    ...(item.recorded === undefined ? {} : { recorded: item.recorded }),
  };
  if (step.do === 'stall') return { ...told('failed', step.failure), ...seen };
  if (step.do === 'settle' || step.do === 'keep') return { state: settledState(item), ...seen };
  if (isOpen(item, step)) return { ...told('registrationOpen', REGISTRATION_OPEN), ...seen };
  const failure = item.failure?.failure;
  return { ...(failure === undefined ? { state: 'pending' } : told('pending', failure)), ...seen };
}

const WANTED = { Active: 'active', Suspended: 'suspended', Cancelled: 'cancelled' } as const;

/** What a suspended resource left undone is not done. */
function settledState(item: Item<SubscriptionTypes>): SubscriptionState {
  const desired = resolveSubscription(item).winner?.by.desired;
  if (desired === undefined) return 'pending';
  const standing = standingIn(item.observed);
  const is = {
    Active: standing === 'effective',
    Suspended: standing === 'notEffective' && item.recorded?.action === 'suspend',
    Cancelled: standing === 'cancelled' || standing === 'none',
  };
  return is[desired.state] ? WANTED[desired.state] : 'pending';
}

function isOpen(
  { recorded, observed, inFlight, failure }: Item<SubscriptionTypes>,
  step: Step<SubscriptionTypes>,
) {
  const waits = step.do === 'observe' && inFlight === undefined && failure === undefined;
  const isCreated = recorded?.action === 'create' && recorded.token?.is === 'stored' && !recorded.registered;
  return waits && isCreated && standingIn(observed) === 'notEffective';
}

function told(
  state: SubscriptionState,
  { code, message }: { readonly code: string; readonly message: string },
): SubscriptionVerdict {
  return { state, code, message };
}
