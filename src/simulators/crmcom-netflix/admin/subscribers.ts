import { AdminError, type AdminRoute } from '../../admin.ts';
import { MAX_VALIDITY_S } from '../limits.ts';
import { register, terminate } from '../netflix.ts';
import type { Simulation } from '../simulation.ts';
import type { SubscriptionState } from '../subscription-state.ts';
import { type Subscription, stateOf } from '../subscriptions.ts';
import { type Order, operatorIn, orderIn, subscriptionIn } from './reading.ts';

const STATES: readonly SubscriptionState[] = ['created', 'effective', 'suspended', 'cancelled', 'terminated'];

/** Subscribers as Netflix and CRM.COM truly have them, and what they do. */
export function subscriberRoutes(sim: Simulation): readonly AdminRoute[] {
  return [
    {
      method: 'GET',
      path: '/subscribers',
      does: 'Every subscription with its true state. ?customer= shows those of one.',
      handle: ({ query }) => {
        const customer = query.get('customer');
        return sim.store
          .subscriptions()
          .filter((each) => customer === null || each.customer === customer)
          .map((each) => shown(sim, each));
      },
    },
    {
      method: 'POST',
      path: '/subscribers',
      does: 'Adds {"customer", "state"? (effective), "subscriptionNumber"?, "prices"?, "operatorId"?}, who was there before the client.',
      handle: ({ body }) => {
        const order = orderIn(body);
        return shown(sim, addSubscriber(sim, order, order.requiredText('customer')));
      },
    },
    {
      method: 'POST',
      path: '/subscribers/generate',
      does: 'Adds {"count"} subscribers named {"prefix"? (pci)} and a number from {"first"? (1)} on, {"state"?, "operatorId"?}.',
      handle: ({ body }) => generate(sim, orderIn(body)),
    },
    {
      method: 'POST',
      path: '/subscribers/register',
      does: 'The customer registers at Netflix with its token: {"customer"} or {"netflixToken"}, {"prices"?: ["9,99 €"]}.',
      handle: ({ body }) => shown(sim, registered(sim, orderIn(body))),
    },
    {
      method: 'POST',
      path: '/subscribers/expire-token',
      does: 'The registration token of {"customer"} has expired unused.',
      handle: ({ body }) => {
        const expired = { ...subscriptionIn(sim, orderIn(body)), tokenExpiresAtMs: sim.clock.now() };
        sim.store.putSubscription(expired);
        return shown(sim, expired);
      },
    },
    {
      method: 'POST',
      path: '/subscribers/terminate',
      does: 'Netflix ends the subscription of {"customer"}.',
      handle: ({ body }) => {
        const ended = terminate(sim, subscriptionIn(sim, orderIn(body)));
        if (stateOf(ended) !== 'terminated') throw new AdminError('It is not running at Netflix.', 409);
        return shown(sim, ended);
      },
    },
  ];
}

function addSubscriber(sim: Simulation, order: Order, customer: string): Subscription {
  const nowMs = sim.clock.now();
  const state = order.oneOf('state', STATES) ?? 'effective';
  const subscription: Subscription = {
    operatorId: operatorIn(sim, order).id,
    customer,
    subscriptionNumber: order.text('subscriptionNumber') ?? sim.ids.subscription(),
    netflixToken: sim.ids.netflix(),
    tokenExpiresAtMs: nowMs + MAX_VALIDITY_S * 1000,
    netflixCustomer: state === 'created' ? null : sim.ids.netflix(),
    promotionCode: null,
    redeemed: [],
    prices: order.texts('prices') ?? [],
    history: [{ state, sinceMs: nowMs }],
  };
  sim.store.putSubscription(subscription);
  return subscription;
}

function generate(sim: Simulation, order: Order): unknown {
  const first = order.count('first') ?? 1;
  const prefix = order.text('prefix') ?? 'pci';
  const count = order.count('count') ?? 1;
  for (let index = 0; index < count; index += 1) addSubscriber(sim, order, `${prefix}${first + index}`);
  return { added: count };
}

function registered(sim: Simulation, order: Order): Subscription {
  const token = order.text('netflixToken');
  const subscription = token === undefined ? subscriptionIn(sim, order) : withToken(sim, token);
  const outcome = register(sim, subscription, order.texts('prices'));
  if (typeof outcome === 'string') throw new AdminError(`The customer cannot register: ${outcome}.`, 409);
  return outcome;
}

function withToken(sim: Simulation, token: string): Subscription {
  const found = sim.store.subscriptions().find(({ netflixToken }) => netflixToken === token);
  if (found === undefined) throw new AdminError('No subscription has this token.', 404);
  return found;
}

function shown(sim: Simulation, subscription: Subscription): unknown {
  const { tokenExpiresAtMs, history: _, ...rest } = subscription;
  return {
    ...rest,
    state: stateOf(subscription),
    tokenExpiresAt: new Date(tokenExpiresAtMs).toISOString(),
    tokenExpired: sim.clock.now() >= tokenExpiresAtMs,
  };
}
