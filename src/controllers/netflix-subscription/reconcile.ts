import type {
  DesiredSubscription,
  SubscriptionTypes,
  SubscriptionVerdict,
} from '../../domain/subscription/facts.ts';
import { subscriptionKey } from '../../domain/subscription/facts.ts';
import type { Registration } from '../../domain/subscription/registration.ts';
import type { Account } from '../../engine/account.ts';
import { type ReconcileResult, retry, settled } from '../../kube/controller.ts';
import type { Secret } from '../../kube/resource.ts';
import type { Store } from '../../kube/store.ts';
import { findAccount, NETFLIX_VENDORS } from '../account-lookup.ts';
import { wayOfItsAccount } from '../account-way.ts';
import { conclude } from '../conclude.ts';
import { declarationOf } from '../declaration.ts';
import { holderOf } from '../holder.ts';
import { isLookDue } from '../look-request.ts';
import { standingForMs } from '../missing-since.ts';
import type { References } from '../references.ts';
import { markForRelease, type ReleaseDeps, stepLeave } from '../release.ts';
import { NETFLIX_SUBSCRIPTIONS, type ServedNetflixSubscription } from '../resources.ts';
import { type Standing, unlessUnresolved, withTrouble } from '../standing.ts';
import { findRegistration } from './registration.ts';
import { besides, standingOf } from './standing.ts';
import { statusFields } from './status.ts';

export interface NetflixSubscriptionDeps extends ReleaseDeps {
  readonly subscriptions: Store<ServedNetflixSubscription>;
  /** The Secrets that hold registrations. */
  readonly registrations: References<Secret>;
}

/** One that stands as declared is told of whatever changes it; to look at ten thousand is work all the same. ASSUMED. */
const READY_REFRESH_MS = 600_000;

/** Whether a release is possible is asked again after this. ASSUMED. */
const RETRY_DELETION_MS = 1_000;

/** One pass over one NetflixSubscription: declares it to the account, and says how it stands. */
export async function reconcileNetflixSubscription(
  deps: NetflixSubscriptionDeps,
  key: string,
  signal: AbortSignal,
): Promise<ReconcileResult> {
  const object = deps.subscriptions.get(key);
  const holder = holderOf('NetflixSubscription', key);
  if (object === undefined) return forget(deps, key, holder);
  if (object.metadata.deletionTimestamp !== undefined) return end(deps, object, holder, signal);
  const missingForMs = standingForMs(
    object,
    ['AccountNotFound', 'SecretNotFound'],
    deps.reporter.clock.now(),
  );
  const registration = findRegistration(object, deps.registrations.readerFor(key), missingForMs);
  const { name } = object.spec.accountRef;
  const found = findAccount(name, object, deps.accounts, deps.fleet, missingForMs, NETFLIX_VENDORS);
  if (!found.ok) return hold(deps, object, holder, found.standing, signal);
  if (!registration.ok) return hold(deps, object, holder, registration.standing, signal);
  const releases = object.spec.releasePolicy === 'Cancel';
  const marked = await markForRelease(deps, NETFLIX_SUBSCRIPTIONS, object, releases, signal);
  if (!marked.ok) return retry(marked.failure);
  const { account } = found.open;
  for (const open of deps.fleet.all())
    if (open.account !== account) open.account.subscriptions.dismiss(holder);
  declare(account, holder, object, registration.value);
  if (isLookDue(object)) account.subscriptions.lookAgainAt(holder);
  const facts = account.subscriptions.report(holder);
  const [told] = facts.verdicts;
  const own = unlessUnresolved(standingOf(told?.verdict, facts), facts, object);
  const standing = own.is === 'moving' ? (found.trouble ?? own) : withTrouble(own, found.trouble);
  return say(deps, object, told?.verdict, facts.operations, standing, signal);
}

function declare(
  account: Account,
  holder: string,
  object: ServedNetflixSubscription,
  registration: Registration,
): void {
  const { spec } = object;
  const promotion = promotionOf(account, registration);
  const desired: DesiredSubscription = {
    state: spec.state,
    recreateAfterCancel: spec.recreateAfterCancel,
    releasePolicy: spec.releasePolicy,
    registration,
    ...(spec.tokenSecretRef === undefined ? {} : { tokenSecretName: spec.tokenSecretRef.name }),
    ...(promotion === undefined ? {} : { promotion }),
  };
  const subject = { customer: spec.billingSystemCustomerIdentifier };
  const declaration = declarationOf<SubscriptionTypes>(holder, object, desired);
  account.subscriptions.declare(
    declaration,
    [{ key: subscriptionKey(subject), subject }],
    toldToExist(object),
  );
}

/** How many subscriptions it was told to exist: what it may not create because a look misses it. */
function toldToExist({ status }: ServedNetflixSubscription): number {
  const verb = status?.lastConfirmedAction?.verb;
  return verb === undefined || verb === 'cancelSubscription' ? 0 : 1;
}

/** Promotions are read with the account; a code that its list does not have would be refused. */
function promotionOf(account: Account, { promotionCode }: Registration): DesiredSubscription['promotion'] {
  if (promotionCode === undefined) return undefined;
  const { promotions } = account.summary().facts;
  if (promotions === undefined) return 'notRead';
  return promotions.some(({ code }) => code === promotionCode) ? 'offered' : 'notOffered';
}

/** Without its account or its registration it starts nothing new, and what was sent is followed to its end. */
function hold(
  deps: NetflixSubscriptionDeps,
  object: ServedNetflixSubscription,
  holder: string,
  standing: Standing,
  signal: AbortSignal,
): Promise<ReconcileResult> {
  for (const { account } of deps.fleet.all()) account.subscriptions.suspend(holder);
  return say(deps, object, undefined, [], standing, signal);
}

function forget(
  { fleet, registrations }: NetflixSubscriptionDeps,
  key: string,
  holder: string,
): ReconcileResult {
  for (const { account } of fleet.all()) account.subscriptions.forget(holder);
  registrations.release(key);
  return settled();
}

const RELEASING: Standing = {
  is: 'moving',
  reason: 'Releasing',
  message: 'the subscription is being cancelled before this object goes',
};

async function end(
  deps: NetflixSubscriptionDeps,
  object: ServedNetflixSubscription,
  holder: string,
  signal: AbortSignal,
): Promise<ReconcileResult> {
  const { spec } = object;
  const leaving = {
    type: NETFLIX_SUBSCRIPTIONS,
    object,
    keeps: spec.releasePolicy === 'Keep' ? 'its releasePolicy is Keep' : undefined,
    stays: 'its subscription stays as it is',
    way: () => wayOfItsAccount(deps, object),
    letGo: (account: Account) => {
      account.subscriptions.letGo(holder);
      return account.subscriptions.report(holder);
    },
  };
  const left = await stepLeave(deps, leaving, signal);
  if (!left.ok) return retry(left.failure);
  if (left.value.is === 'gone') return settled();
  if (left.value.is === 'waiting') return settled(RETRY_DELETION_MS);
  const facts = left.value.account.subscriptions.report(holder);
  const [refused] = facts.releaseFailures;
  const standing =
    refused === undefined
      ? standingOf({ state: 'pending' }, facts)
      : standingOf({ state: 'failed', ...refused.failure }, facts);
  const isQuiet = standing.is === 'moving' && standing.reason === 'Progressing';
  return say(deps, object, undefined, facts.operations, isQuiet ? RELEASING : standing, signal);
}

function say(
  { reporter }: NetflixSubscriptionDeps,
  object: ServedNetflixSubscription,
  verdict: SubscriptionVerdict | undefined,
  operations: readonly string[],
  standing: Standing,
  signal: AbortSignal,
): Promise<ReconcileResult> {
  const fields = statusFields(object.status, verdict, operations);
  const beside = besides(verdict);
  const again = standing.is === 'ready' ? { againMs: READY_REFRESH_MS } : {};
  return conclude(reporter, NETFLIX_SUBSCRIPTIONS, object, { standing, beside, fields, ...again }, signal);
}
