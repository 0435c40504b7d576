import type { Item, Verb } from '../item.ts';
import type { Target } from '../kind.ts';
import {
  type ConfirmedAction,
  type RecordedSubscription,
  type SubscriptionDesire,
  type SubscriptionTypes,
  type SubscriptionWrite,
  subscriberOfKey,
} from './facts.ts';
import { resolveSubscription } from './resolve.ts';

/**
 * What a write would do to a subscription, and for whom:
 *
 * | verb               | from                               | nothing, when                                        |
 * | ------------------ | ---------------------------------- | ---------------------------------------------------- |
 * | create             | the declaration, and the receipt   | its token's Secret was not made                      |
 * | suspend, unsuspend | the declaration                    | it asks for another state                            |
 * | cancel             | the declaration, else the record   | it asks for another state, or the record says Keep   |
 */
export function subscriptionTarget(
  item: Item<SubscriptionTypes>,
  verb: Verb,
): Target<SubscriptionTypes> | undefined {
  const { winner } = resolveSubscription(item);
  if (winner === undefined) return verb === 'cancelSubscription' ? releaseOf(item) : undefined;
  const { by, subject } = winner;
  const write = writeOf(item, verb, by.desired, by.holder);
  if (write === undefined) return undefined;
  return { subject, desired: { ...by.desired, write }, holder: by.holder, suspended: by.suspended };
}

function writeOf(
  item: Item<SubscriptionTypes>,
  verb: Verb,
  desired: SubscriptionDesire,
  holder: string,
): SubscriptionWrite | undefined {
  const { recorded, observed } = item;
  const shown = observed.is === 'present' ? observed.fact : undefined;
  const after = (action: ConfirmedAction): RecordedSubscription => ({
    ...recorded,
    holder,
    releasePolicy: desired.releasePolicy,
    action,
    registered: recorded?.registered ?? true,
    ...(shown === undefined ? {} : { number: shown.number }),
  });
  const { state } = desired;
  if (verb === 'createSubscription') {
    const token = recorded?.token;
    if (state !== 'Active' || token === undefined || token.is === 'lost' || token.is === 'stored') {
      return undefined;
    }
    const { secret } = token;
    const { number: _former, ...rest } = after('create');
    const made = { ...rest, registered: false, token: { is: 'issued', secret } } as const;
    return { do: 'create', registration: desired.registration, secret, after: made };
  }
  if (verb === 'suspendSubscription' && state === 'Suspended') {
    return { do: 'suspend', shown, after: after('suspend') };
  }
  if (verb === 'unsuspendSubscription' && state === 'Active') {
    return { do: 'unsuspend', shown, after: after('unsuspend') };
  }
  if (verb === 'cancelSubscription' && state === 'Cancelled') {
    return { do: 'cancel', shown, after: after('cancel') };
  }
  return undefined;
}

function releaseOf(item: Item<SubscriptionTypes>): Target<SubscriptionTypes> | undefined {
  const { recorded, formerHolder, observed } = item;
  const subject = item.lastSubject ?? subscriberOfKey(item.key);
  if (recorded?.releasePolicy !== 'Cancel' || formerHolder !== 'letGo' || subject === undefined) {
    return undefined;
  }
  const shown = observed.is === 'present' ? observed.fact : undefined;
  const { holder, releasePolicy } = recorded;
  return {
    subject,
    desired: {
      state: 'Cancelled',
      recreateAfterCancel: false,
      releasePolicy,
      registration: {},
      write: { do: 'cancel', shown, after: undefined },
    },
    holder,
    suspended: false,
  };
}
