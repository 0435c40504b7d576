import type { Charge, Outcome } from './charges.ts';
import type { Simulation } from './simulation.ts';
import { type SubscriptionEvent, stateAfter } from './subscription-state.ts';
import { moved, type Subscription, stateOf } from './subscriptions.ts';

// What Netflix does, behind the operator's back. Nothing here ever happens by itself: the admin face orders it.

/** Why a customer cannot register. */
export type RegistrationProblem = 'already registered' | 'token expired';

/** The customer completes the registration with its token: the subscription is effective, the promotion redeemed. */
export function register(
  sim: Simulation,
  subscription: Subscription,
  prices: readonly string[] | undefined,
): Subscription | RegistrationProblem {
  const nowMs = sim.clock.now();
  if (stateOf(subscription) !== 'created') return 'already registered';
  if (nowMs >= subscription.tokenExpiresAtMs) return 'token expired';
  const { promotionCode, redeemed } = subscription;
  return happened(
    sim,
    {
      ...subscription,
      netflixCustomer: sim.ids.netflix(),
      prices: prices ?? subscription.prices,
      redeemed: promotionCode === null ? redeemed : [...redeemed, { code: promotionCode, atMs: nowMs }],
    },
    'register',
  );
}

/** Netflix ends the subscription; nothing happens to one that is not running there. */
export function terminate(sim: Simulation, subscription: Subscription): Subscription {
  return happened(sim, subscription, 'terminate');
}

/** CRM.COM processes a charge. Every outcome but approval ends the customer's subscription (fact sheet 4.5). */
export function process(sim: Simulation, charge: Charge, outcome: Outcome): Charge {
  const setAs = { ...charge.setAs, [outcome]: sim.clock.now() };
  const processed: Charge = { ...charge, status: outcome, setAs };
  sim.store.charges.put(processed);
  const current = sim.store.subscriptionsOf(charge.operatorId, charge.customer).at(-1);
  if (outcome !== 'APPROVED' && current !== undefined) terminate(sim, current);
  return processed;
}

function happened(sim: Simulation, subscription: Subscription, event: SubscriptionEvent): Subscription {
  const after = stateAfter(stateOf(subscription), event, sim.knobs);
  if (after === undefined) return subscription;
  const changed = moved(subscription, after, sim.clock.now());
  sim.store.putSubscription(changed);
  return changed;
}
