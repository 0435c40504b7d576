import type { NetflixSubscriptionStatus } from '../../api/netflix-subscription.generated.ts';
import type { RecordedSubscription, SubscriptionVerdict } from '../../domain/subscription/facts.ts';
import { kubeTime } from '../../kube/conditions.ts';
import { operationsField } from '../status-fields.ts';

type Fields = Pick<
  NetflixSubscriptionStatus,
  | 'lastConfirmedAction'
  | 'lifeCycleState'
  | 'netflixState'
  | 'operations'
  | 'prices'
  | 'promotions'
  | 'subscriptionNumber'
  | 'tokenExpiresAt'
>;

/** crds/netflixsubscriptions.yaml, maxItems and maxLength of the lists of status. */
const MOST = 50;
const MAX_PRICE_CHARACTERS = 256;
const MAX_CODE_CHARACTERS = 64;

const VERB_OF: Readonly<Record<NonNullable<RecordedSubscription['action']>, string>> = {
  create: 'createSubscription',
  adopt: 'adopt',
  suspend: 'suspendSubscription',
  unsuspend: 'unsuspendSubscription',
  cancel: 'cancelSubscription',
};

/** What the status says beside its conditions. What is not known any more stays as it was last seen. */
export function statusFields(
  before: NetflixSubscriptionStatus | undefined,
  verdict: SubscriptionVerdict | undefined,
  operations: readonly string[],
): Fields {
  const { shown, recorded } = verdict ?? {};
  const number = shown?.number ?? recorded?.number;
  return {
    ...lastSeen(before),
    ...(number === undefined ? {} : { subscriptionNumber: number }),
    ...(shown === undefined ? {} : { lifeCycleState: shown.lifeCycle, netflixState: shown.netflix }),
    ...lists(shown),
    ...confirmed(before, recorded),
    ...tokenEnd(recorded),
    ...operationsField(operations),
  };
}

function lastSeen(before: NetflixSubscriptionStatus | undefined): Fields {
  const {
    conditions: _,
    observedGeneration: __,
    lastHandledReconcileAt: ___,
    operations: ____,
    ...seen
  } = before ?? {};
  return seen;
}

function lists(shown: SubscriptionVerdict['shown']): Pick<Fields, 'prices' | 'promotions'> {
  if (shown === undefined) return {};
  const { promotions, prices } = shown;
  return {
    promotions: promotions.slice(0, MOST).map((code) => code.slice(0, MAX_CODE_CHARACTERS)),
    prices: prices.slice(0, MOST).map((price) => price.slice(0, MAX_PRICE_CHARACTERS)),
  };
}

/** The operation is the one that was under way when the action came to be confirmed. */
function confirmed(
  before: NetflixSubscriptionStatus | undefined,
  recorded: RecordedSubscription | undefined,
): Pick<Fields, 'lastConfirmedAction'> {
  if (recorded?.action === undefined || recorded.atMs === undefined) return {};
  const at = kubeTime(recorded.atMs);
  const verb = VERB_OF[recorded.action];
  const was = before?.lastConfirmedAction;
  if (was?.verb === verb && was.at === at) return { lastConfirmedAction: was };
  const operation = recorded.action === 'adopt' ? undefined : before?.operations?.[0]?.name;
  return { lastConfirmedAction: { verb, at, ...(operation === undefined ? {} : { operation }) } };
}

function tokenEnd(recorded: RecordedSubscription | undefined): Pick<Fields, 'tokenExpiresAt'> {
  const token = recorded?.token;
  if (token?.is !== 'stored' || token.expiresAtMs === undefined) return {};
  return { tokenExpiresAt: kubeTime(token.expiresAtMs) };
}
