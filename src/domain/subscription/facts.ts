import type { Holder, ItemKey } from '../item.ts';
import type { Registration } from './registration.ts';

/** A subscriber, by the id of the operator's own billing system. */
export interface Subscriber {
  readonly customer: string;
}

/** What a NetflixSubscription asks for. */
export interface DesiredSubscription {
  readonly state: 'Active' | 'Suspended' | 'Cancelled';
  /** Whether a subscription that was cancelled, by the vendor or by our record, may be followed by a new one. */
  readonly recreateAfterCancel: boolean;
  /** What happens to it when its resource is deleted. */
  readonly releasePolicy: 'Keep' | 'Cancel';
  /** Where the one-time token of a creation goes; without it nothing can be created. */
  readonly tokenSecretName?: string;
  readonly registration: Registration;
  /** Whether the operator offers the promotion of the registration; absent when it names none. */
  readonly promotion?: 'offered' | 'notOffered' | 'notRead';
}

/** One subscription as the vendor shows it. */
export interface SubscriptionRow {
  readonly customer: string;
  readonly shown: ShownSubscription;
}

export type LifeCycle = 'EFFECTIVE' | 'NOT_EFFECTIVE' | 'CANCELLED' | 'UNKNOWN';
export type NetflixState = 'EFFECTIVE' | 'NOT_EFFECTIVE' | 'UNKNOWN';

/** What one look shows. A suspension has no state of its own: it reads like a subscriber who never registered. */
export interface ShownSubscription {
  readonly number: string;
  readonly lifeCycle: LifeCycle;
  readonly netflix: NetflixState;
  /** Codes of the promotions redeemed in the last ten months. */
  readonly promotions: readonly string[];
  /** Localised texts, for reading only. */
  readonly prices: readonly string[];
}

/** What a look shows of a subscriber: the subscription that counts, and how many of theirs live. */
export interface ObservedSubscription extends ShownSubscription {
  readonly living: number;
}

/** What was last confirmed to have been done. `adopt`: it was there before us. */
export type ConfirmedAction = 'create' | 'adopt' | 'suspend' | 'unsuspend' | 'cancel';

/** What our record holds of a subscription, because the vendor cannot tell. */
export interface RecordedSubscription {
  readonly holder: Holder;
  readonly releasePolicy: 'Keep' | 'Cancel';
  /** Absent while only the Secret for the token stands. */
  readonly action?: ConfirmedAction;
  /** When that was confirmed, wall time in ms. */
  readonly atMs?: number;
  readonly number?: string;
  /** Whether it was ever seen effective: only then can it have been suspended or terminated. */
  readonly registered: boolean;
  readonly token?: TokenState;
}

/**
 * Where the one-time token of a creation is.
 * `awaited`: its empty Secret stands, so that a creation may be sent. `issued`: the creation succeeded, and the
 * token is on its way into the Secret. `stored`: it is there. `lost`: nobody has it and nothing can read it again.
 */
export type TokenState =
  | { readonly is: 'awaited' | 'issued' | 'lost'; readonly secret: TokenSecret }
  | { readonly is: 'stored'; readonly secret: TokenSecret; readonly expiresAtMs?: number };

/** The Secret that was made for a token: the receipt without which nothing is created. */
export interface TokenSecret {
  /** The resource it was made for. */
  readonly holder: Holder;
  readonly namespace: string;
  readonly name: string;
  readonly uid: string;
}

/** What one write carries. A creation has its token's Secret, or it does not compile. */
export type SubscriptionWrite =
  | {
      readonly do: 'create';
      readonly registration: Registration;
      readonly secret: TokenSecret;
      readonly after: RecordedSubscription;
    }
  | {
      readonly do: 'suspend' | 'unsuspend' | 'cancel';
      /** What the vendor showed before. */
      readonly shown: ObservedSubscription | undefined;
      /** What becomes recorded; absent: nothing stays recorded. */
      readonly after: RecordedSubscription | undefined;
    };

/** What a NetflixSubscription is told. */
export interface SubscriptionVerdict {
  readonly state: SubscriptionState;
  /** With every state but `active`, `suspended` and `cancelled`. */
  readonly code?: string;
  readonly message?: string;
  readonly shown?: ObservedSubscription;
  readonly recorded?: RecordedSubscription;
}

export type SubscriptionState =
  | 'active'
  | 'suspended'
  | 'cancelled'
  /** Created, and the subscriber has not registered yet. */
  | 'registrationOpen'
  | 'pending'
  | 'failed'
  | 'conflicted';

/** The types that a subscription is made of. */
export interface SubscriptionTypes {
  readonly subject: Subscriber;
  readonly desired: SubscriptionDesire;
  readonly row: SubscriptionRow;
  readonly observed: ObservedSubscription;
  readonly recorded: RecordedSubscription;
  readonly verdict: SubscriptionVerdict;
}

/** What is asked for; and, on its way to the vendor, the one write that follows from it. */
export interface SubscriptionDesire extends DesiredSubscription {
  readonly write?: SubscriptionWrite;
}

const PREFIX = 'customer:';

export function subscriptionKey({ customer }: Subscriber): ItemKey {
  return `${PREFIX}${customer}`;
}

export function subscriberOfKey(key: ItemKey): Subscriber | undefined {
  return key.startsWith(PREFIX) ? { customer: key.slice(PREFIX.length) } : undefined;
}
