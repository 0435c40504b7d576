import type { JsonObject } from '../../json.ts';
import { type Call, type Endpoint, noteEffect } from '../call.ts';
import { checkContacts } from '../contacts.ts';
import { DEFAULT_VALIDITY_S, MAX_VALIDITY_S } from '../limits.ts';
import { mandatoryText, optionalChoice, optionalInteger, optionalText } from '../parameters.ts';
import { type Subscription, stateOf } from '../subscriptions.ts';
import { invalidParameter, limitExceeded, VendorError } from '../vendor-error.ts';
import { offeredPromotions } from './promotions.ts';

const CHANNELS = ['WEB', 'STORE', 'MOBILE', 'BROADBAND', 'OTHER'];

/** POST netflix/subscriptions/create (fact sheet 4.3): a subscription, and the one-time token to register it. */
export const createEndpoint: Endpoint = {
  method: 'POST',
  path: 'netflix/subscriptions/create',
  endpoint: 'subscriptions.create',
  role: 'write',
  parameters: [
    'billing_system_customer_identifier',
    'promotion_code',
    'channel',
    'validity_duration',
    'customer_first_name',
    'customer_last_name',
    'customer_address',
    'customer_email',
    'customer_phone',
  ],
  handle: create,
};

function create(call: Call): JsonObject {
  const { sim, input, operatorId, nowMs } = call;
  const customer = mandatoryText(input, 'billing_system_customer_identifier');
  const promotionCode = promotionIn(call);
  const validityS = validityIn(input);
  checkTheRest(call);
  const reissued = toReissue(call, sim.store.subscriptionsOf(operatorId, customer).at(-1));
  const subscription: Subscription = {
    ...(reissued ?? newSubscription(call, customer)),
    promotionCode,
    netflixToken: sim.ids.netflix(),
    tokenExpiresAtMs: nowMs + validityS * 1000,
  };
  sim.store.putSubscription(subscription);
  const { subscriptionNumber } = subscription;
  const change = reissued === undefined ? 'create' : 'reissueToken';
  noteEffect(call, { change, customer, subscriptionNumber });
  return {
    subscription_number: subscriptionNumber,
    netflix_token: subscription.netflixToken,
    netflix_token_expiration_date: sim.dates.show(subscription.tokenExpiresAtMs),
  };
}

/** What is checked and then forgotten: no operation reads it back (8.2). */
function checkTheRest({ sim, input }: Call): void {
  optionalChoice(input, 'channel', CHANNELS);
  optionalText(input, 'customer_first_name');
  optionalText(input, 'customer_last_name');
  checkContacts(input, sim.knobs);
}

function promotionIn({ sim, input, operatorId, nowMs }: Call): string | null {
  const code = optionalText(input, 'promotion_code');
  if (code === undefined) return null;
  if (offeredPromotions(sim.store, operatorId, nowMs).some((offered) => offered.code === code)) return code;
  throw new VendorError('NOT_FOUND', `There is no promotion ${code}.`);
}

function validityIn(input: JsonObject): number {
  const seconds = optionalInteger(input, 'validity_duration') ?? DEFAULT_VALIDITY_S;
  if (seconds < 1) throw invalidParameter('Parameter validity_duration must be 1 or more.');
  if (seconds > MAX_VALIDITY_S) throw limitExceeded('Parameter validity_duration can be up to 24 hours.');
  return seconds;
}

/**
 * The subscription that gets a fresh token instead of a new one being made; undefined for a new one. Throws when the
 * customer's subscription stands in the way (8.1, 8.3: ASSUMED, knobs).
 */
function toReissue({ sim }: Call, current: Subscription | undefined): Subscription | undefined {
  if (current === undefined) return undefined;
  const state = stateOf(current);
  if (state === 'cancelled' && sim.knobs.recreateAfterCancel) return undefined;
  if (state === 'created' && sim.knobs.createWhenExists === 'reissue_token') return current;
  throw new VendorError('SUBSCRIPTION_EXISTS', 'The customer already has a subscription.');
}

function newSubscription({ sim, operatorId, nowMs }: Call, customer: string) {
  return {
    operatorId,
    customer,
    subscriptionNumber: sim.ids.subscription(),
    netflixCustomer: null,
    redeemed: [],
    prices: [],
    history: [{ state: 'created', sinceMs: nowMs }],
  } as const;
}
