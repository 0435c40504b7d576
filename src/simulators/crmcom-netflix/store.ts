import { type ChargeBook, createChargeBook } from './charge-book.ts';
import type { Charge } from './charges.ts';
import type { Subscription } from './subscriptions.ts';

/** An operator: the group its users belong to. */
export interface Operator {
  readonly id: string;
  readonly name: string;
  readonly alternativeCode: string | null;
}

/** A promotion of one operator. */
export interface Promotion {
  readonly operatorId: string;
  readonly code: string;
  readonly name: string;
  readonly description: string | null;
  readonly effectiveFromMs: number;
  readonly expiresOnMs: number | null;
}

/** All the store holds, as plain data. */
export interface StoreContent {
  readonly operators: readonly Operator[];
  readonly promotions: readonly Promotion[];
  readonly subscriptions: readonly Subscription[];
  readonly charges: readonly Charge[];
  readonly devices: readonly Device[];
}

/** A device registered to an operator. */
interface Device {
  readonly esn: string;
  readonly operatorId: string;
}

/** What reads need: the live store and a frozen copy of it answer alike. */
export interface StoreReads {
  promotionsOf(operatorId: string): readonly Promotion[];
  /** All subscriptions a customer ever had, oldest first: the last is the current one. */
  subscriptionsOf(operatorId: string, customer: string): readonly Subscription[];
  subscriptions(): readonly Subscription[];
  readonly charges: Pick<ChargeBook, 'get' | 'open'>;
}

/** The vendor's records. */
export interface Store extends StoreReads {
  readonly charges: ChargeBook;
  operators(): readonly Operator[];
  putOperator(operator: Operator): void;
  /** Adds the promotion, or replaces the one with the same code. */
  putPromotion(promotion: Promotion): void;
  /** Adds the subscription, or replaces the one with the same number. */
  putSubscription(subscription: Subscription): void;
  /** The operator a device is registered to. */
  operatorOfDevice(esn: string): string | undefined;
  registerDevice(esn: string, operatorId: string): void;
  unregisterDevice(esn: string): void;
  devices(): readonly Device[];
  content(): StoreContent;
}

const NOTHING: StoreContent = { operators: [], promotions: [], subscriptions: [], charges: [], devices: [] };

export function createStore(content: StoreContent = NOTHING): Store {
  const operators = new Map(content.operators.map((operator) => [operator.id, operator]));
  const promotions = new Map(content.promotions.map((promotion) => [keyOfPromotion(promotion), promotion]));
  const subscriptions = new Map<string, Subscription[]>();
  const charges = createChargeBook(content.charges);
  const devices = new Map(content.devices.map(({ esn, operatorId }) => [esn, operatorId]));

  function putSubscription(subscription: Subscription): void {
    const key = JSON.stringify([subscription.operatorId, subscription.customer]);
    const known = subscriptions.get(key) ?? [];
    const same = (other: Subscription) => other.subscriptionNumber === subscription.subscriptionNumber;
    const changed = known.some(same)
      ? known.map((other) => (same(other) ? subscription : other))
      : [...known, subscription];
    subscriptions.set(key, changed);
  }

  for (const subscription of content.subscriptions) putSubscription(subscription);
  const allSubscriptions = () => [...subscriptions.values()].flat();
  const allDevices = () => [...devices].map(([esn, operatorId]) => ({ esn, operatorId }));

  return {
    charges,
    promotionsOf: (operatorId) =>
      [...promotions.values()].filter((promotion) => promotion.operatorId === operatorId),
    subscriptionsOf: (operatorId, customer) =>
      subscriptions.get(JSON.stringify([operatorId, customer])) ?? [],
    subscriptions: allSubscriptions,
    operators: () => [...operators.values()],
    putOperator: (operator) => operators.set(operator.id, operator),
    putPromotion: (promotion) => promotions.set(keyOfPromotion(promotion), promotion),
    putSubscription,
    operatorOfDevice: (esn) => devices.get(esn),
    registerDevice: (esn, operatorId) => devices.set(esn, operatorId),
    unregisterDevice: (esn) => devices.delete(esn),
    devices: allDevices,
    content: () => ({
      operators: [...operators.values()],
      promotions: [...promotions.values()],
      subscriptions: allSubscriptions(),
      charges: charges.list(),
      devices: allDevices(),
    }),
  };
}

function keyOfPromotion({ operatorId, code }: Promotion): string {
  return JSON.stringify([operatorId, code]);
}
