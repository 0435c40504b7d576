import type { Knobs } from './knobs.ts';
import type { SubscriptionState } from './subscription-state.ts';

/** A state and since when. */
interface StateSince {
  readonly state: SubscriptionState;
  readonly sinceMs: number;
}

/** One subscription of one customer. Replaced, never changed. */
export interface Subscription {
  readonly operatorId: string;
  /** The operator's own identifier of the customer. */
  readonly customer: string;
  readonly subscriptionNumber: string;
  /** The one-time token of the registration page; a reissue replaces it. */
  readonly netflixToken: string;
  readonly tokenExpiresAtMs: number;
  /** Netflix's own identifier; null until the customer has registered. */
  readonly netflixCustomer: string | null;
  /** Redeemed by the registration. */
  readonly promotionCode: string | null;
  readonly redeemed: readonly { readonly code: string; readonly atMs: number }[];
  /** Prices as Netflix words them for people. */
  readonly prices: readonly string[];
  /** Every state so far, oldest first; the last is the true one. */
  readonly history: readonly [StateSince, ...StateSince[]];
}

/** Where the subscription truly stands. */
export function stateOf({ history }: Subscription): SubscriptionState {
  return (history.at(-1) ?? history[0]).state;
}

/** Where `show` says it stands: a change shows after the lag, the first state at once (fact sheet 8.1). */
export function stateShown({ history }: Subscription, nowMs: number, knobs: Knobs): SubscriptionState {
  const settled = history.filter(({ sinceMs }) => sinceMs + knobs.stateLagMs <= nowMs);
  return (settled.at(-1) ?? history[0]).state;
}

/** The same subscription in another state from now on. */
export function moved(subscription: Subscription, state: SubscriptionState, nowMs: number): Subscription {
  if (state === stateOf(subscription)) return subscription;
  return { ...subscription, history: [...subscription.history, { state, sinceMs: nowMs }] };
}
