import type { Observation, Verb } from '../item.ts';
import type { Believed, Drift, ItemKind } from '../kind.ts';
import type {
  RecordedSubscription,
  ShownSubscription,
  SubscriptionDesire,
  SubscriptionTypes,
} from './facts.ts';
import { subscriberOfKey, subscriptionKey } from './facts.ts';
import { nextSubscriptionStep } from './next.ts';
import { resolveSubscription } from './resolve.ts';
import { foldShown, standingIn } from './standing.ts';
import { subscriptionTarget } from './target.ts';
import { subscriptionVerdict } from './verdict.ts';

/** No list shows subscriptions: each subscriber is asked for alone. */
const NO_SET = '';

/** Subscription state: this subscriber's subscription is active, suspended or cancelled. */
export const subscriptionKind: ItemKind<SubscriptionTypes> = {
  name: 'subscription',
  meetsContact: true,
  verbs: ['createSubscription', 'suspendSubscription', 'unsuspendSubscription', 'cancelSubscription'],
  setOf: () => NO_SET,
  setOfPartition: () => NO_SET,
  setOfRow: () => NO_SET,
  keysOf: (row) => [subscriptionKey(row)],
  fileUnder: 'first',
  observe: (before, row) => foldShown(before, row.shown),
  resolve: resolveSubscription,
  compare: compareSubscription,
  shows: (verb, _partition, observed) => SHOWN_BY[verb]?.includes(standingIn(observed)) ?? false,
  setOfRecord: () => NO_SET,
  holderOf: (recorded) => recorded.holder,
  target: subscriptionTarget,
  believed: ({ target }) => believedAfter(target?.desired.write),
  recordAfter: ({ target, nowMs }) => {
    const write = target?.desired.write;
    if (write === undefined) return undefined;
    return { value: write.after && { ...write.after, atMs: nowMs } };
  },
  subjectOf: subscriberOfKey,
  subjectOfRow: ({ customer }) => ({ customer }),
  next: nextSubscriptionStep,
  verdict: subscriptionVerdict,
};

/** What the look after a lost reply must show for the write to have happened (fact sheet 8.3). */
const SHOWN_BY: Readonly<Partial<Record<Verb, readonly string[]>>> = {
  createSubscription: ['effective', 'notEffective'],
  suspendSubscription: ['notEffective'],
  unsuspendSubscription: ['effective'],
  cancelSubscription: ['cancelled', 'none'],
};

const AFTER = {
  suspend: { lifeCycle: 'NOT_EFFECTIVE', netflix: 'NOT_EFFECTIVE' },
  unsuspend: { lifeCycle: 'EFFECTIVE', netflix: 'EFFECTIVE' },
  cancel: { lifeCycle: 'CANCELLED', netflix: 'NOT_EFFECTIVE' },
} as const satisfies Record<string, Partial<ShownSubscription>>;

/** States may lag behind a success (fact sheet 8.1), so it is believed until a look late enough verifies it. */
function believedAfter(write: SubscriptionDesire['write']): Believed<SubscriptionTypes> {
  if (write === undefined || write.do === 'create' || write.shown === undefined) return { is: 'nothing' };
  const living = write.do === 'cancel' ? 0 : write.shown.living;
  return { is: 'present', fact: { ...write.shown, ...AFTER[write.do], living } };
}

const WANTED = {
  Active: ['effective'],
  Suspended: ['notEffective'],
  Cancelled: ['cancelled', 'none'],
} as const;

function compareSubscription(
  desired: SubscriptionDesire,
  observed: Observation<SubscriptionTypes>,
  recorded: RecordedSubscription | undefined,
): readonly Drift[] {
  const standing = standingIn(observed);
  if (standing === 'unseen') return [];
  const isThere = WANTED[desired.state].some((wanted) => wanted === standing);
  const isConfirmed = desired.state !== 'Suspended' || recorded?.action === 'suspend';
  return isThere && isConfirmed ? [] : [{ reason: `Not${desired.state}`, field: 'spec.state' }];
}
