import { faultOf } from '../../fault-box.ts';
import type { JsonObject } from '../../json.ts';
import { type Call, type Endpoint, noteEffect } from '../call.ts';
import { fieldsSetIn } from '../fields-set.ts';
import { REDEEMED_MONTHS } from '../limits.ts';
import { mandatoryText, onlyKeyOf } from '../parameters.ts';
import { type Action, shownStates, stateAfter } from '../subscription-state.ts';
import { moved, type Subscription, stateOf, stateShown } from '../subscriptions.ts';
import { invalidParameter, VendorError } from '../vendor-error.ts';
import { monthsBefore } from '../wire-dates.ts';
import { shownPromotion } from './promotions.ts';

const CUSTOMER = 'billing_system_customer_identifier';
const NETFLIX_CUSTOMER = 'netflix_customer_identifier';

const SHOWN_FIELDS = [
  'netflix_state',
  'netflix_sate',
  'promotions_set',
  'subscription_number',
  'prices_set',
  'life_cycle_state',
];

/** Show and the three actions on a subscription (fact sheet 4.2, 4.4); create has a file of its own. */
export const subscriptionEndpoints: readonly Endpoint[] = [
  {
    method: 'GET',
    path: 'netflix/subscriptions/show',
    endpoint: 'subscriptions.show',
    role: 'read',
    parameters: [CUSTOMER, NETFLIX_CUSTOMER, 'fields_set'],
    handle: show,
  },
  actionEndpoint('suspend'),
  actionEndpoint('unsuspend'),
  actionEndpoint('cancel'),
];

function actionEndpoint(action: Action): Endpoint {
  return {
    method: 'POST',
    path: `netflix/subscriptions/${action}`,
    endpoint: `subscriptions.${action}`,
    role: 'write',
    parameters: [CUSTOMER],
    handle: (call) => act(call, action),
  };
}

function act(call: Call, action: Action): JsonObject {
  const { sim, operatorId, nowMs } = call;
  const customer = mandatoryText(call.input, CUSTOMER);
  const subscription = sim.store.subscriptionsOf(operatorId, customer).at(-1);
  if (subscription === undefined) throw noSubscription();
  const before = stateOf(subscription);
  const after = stateAfter(before, action, sim.knobs);
  if (after === undefined)
    throw new VendorError('INVALID_STATE', `The subscription cannot ${action} in its current state.`);
  if (after === before) return {};
  sim.store.putSubscription(moved(subscription, after, nowMs));
  const { subscriptionNumber } = subscription;
  noteEffect(call, { change: action, customer, subscriptionNumber, state: after });
  return {};
}

function show(call: Call): unknown {
  const chosen = fieldsSetIn(call.input, SHOWN_FIELDS);
  const found = askedFor(call);
  const current = found.at(-1);
  if (current === undefined) return withoutSubscription(call);
  if (call.sim.knobs.showForm === 'array') return found.map((each) => chosen(shown(call, each)));
  return chosen(shown(call, current));
}

/** The customer's subscriptions, oldest first. */
function askedFor({ sim, input, reads, operatorId }: Call): readonly Subscription[] {
  if (!sim.knobs.showByNetflixCustomer) {
    if (input[NETFLIX_CUSTOMER] !== undefined && sim.knobs.unknownParameters === 'reject')
      throw invalidParameter(`Unknown parameter ${NETFLIX_CUSTOMER}.`);
    return reads.subscriptionsOf(operatorId, mandatoryText(input, CUSTOMER));
  }
  const { fields_set: _, ...keys } = input;
  const { key, value } = onlyKeyOf(keys, 'The customer', [CUSTOMER, NETFLIX_CUSTOMER], sim.knobs);
  if (key === CUSTOMER) return reads.subscriptionsOf(operatorId, value);
  return reads
    .subscriptions()
    .filter((each) => each.operatorId === operatorId && each.netflixCustomer === value);
}

function shown({ sim, reads, faults, nowMs }: Call, subscription: Subscription): JsonObject {
  const { netflix, lifeCycle } = shownStates(stateShown(subscription, nowMs, sim.knobs), sim.knobs);
  const unheardOf = faultOf(faults, 'unknownState')?.state;
  const since = monthsBefore(nowMs, REDEEMED_MONTHS);
  const redeemed = subscription.redeemed.filter(({ atMs }) => atMs >= since).map(({ code }) => code);
  const promotions = reads
    .promotionsOf(subscription.operatorId)
    .filter(({ code }) => redeemed.includes(code));
  return {
    [sim.knobs.stateSpelling]: unheardOf ?? netflix,
    promotions_set: promotions.map((promotion) => shownPromotion(promotion, sim.dates)),
    subscription_number: subscription.subscriptionNumber,
    prices_set: subscription.prices.map((price) => ({ FormattedPrice: price })),
    life_cycle_state: unheardOf ?? lifeCycle,
  };
}

/** An unknown customer and one without a subscription are the same thing (fact sheet 5). */
function withoutSubscription({ sim }: Call): unknown {
  if (sim.knobs.showWithout === 'null') return null;
  if (sim.knobs.showWithout === 'empty_array') return [];
  throw noSubscription();
}

function noSubscription(): VendorError {
  return new VendorError('SUBSCRIPTION_NOT_FOUND', 'The customer has no subscription.');
}
