import type { Esn, RegistrationTypes } from '../../domain/registration/facts.ts';
import type { Account } from '../../engine/account.ts';
import { type ReconcileResult, retry, settled, waiting } from '../../kube/controller.ts';
import type { ConfigMap } from '../../kube/resource.ts';
import type { Store } from '../../kube/store.ts';
import { findAccount, NETFLIX_VENDORS } from '../account-lookup.ts';
import { wayOfItsAccount } from '../account-way.ts';
import { conclude } from '../conclude.ts';
import { declarationOf } from '../declaration.ts';
import { holderOf } from '../holder.ts';
import { brokenList } from '../lists/broken-list.ts';
import type { DeclaredLists, Lists } from '../lists/declared.ts';
import type { ListMemory } from '../lists/memory.ts';
import { unlessReleaseHeld } from '../lists/release-held.ts';
import { isLookDue } from '../look-request.ts';
import { standingForMs } from '../missing-since.ts';
import type { References } from '../references.ts';
import { markForRelease, type ReleaseDeps, stepLeave } from '../release.ts';
import { NETFLIX_DEVICE_REGISTRATIONS, type ServedNetflixDeviceRegistration } from '../resources.ts';
import { type Standing, withTrouble } from '../standing.ts';
import { listFields } from '../status-fields.ts';
import { reportedBy, toldBefore } from './reported.ts';
import { besides, heldOf, standingOf } from './standing.ts';
import { type Tally, tally } from './tally.ts';

export interface NetflixDeviceRegistrationDeps extends ReleaseDeps {
  readonly deviceRegistrations: Store<ServedNetflixDeviceRegistration>;
  readonly configMaps: References<ConfigMap>;
  readonly lists: ListMemory<RegistrationTypes, keyof Esn>;
}

/** What waits for a list, an account or a release is looked at again after this. ASSUMED. */
const RETRY_MS = 1_000;

/** One pass over one NetflixDeviceRegistration: declares its devices to the account, and says how they stand. */
export async function reconcileNetflixDeviceRegistration(
  deps: NetflixDeviceRegistrationDeps,
  key: string,
  signal: AbortSignal,
): Promise<ReconcileResult> {
  const object = deps.deviceRegistrations.get(key);
  const holder = holderOf('NetflixDeviceRegistration', key);
  if (object === undefined) return forget(deps, key, holder);
  if (object.metadata.deletionTimestamp !== undefined) return end(deps, object, holder, signal);
  const declared = await deps.lists.read(key, object, deps.configMaps.readerFor(key));
  // Until a list was looked at, nothing is known of what it declares.
  if (declared.unread) return waiting(deps.reporter.clock.now() + RETRY_MS);
  const { name } = object.spec.accountRef;
  const nowMs = deps.reporter.clock.now();
  const missingForMs = standingForMs(object, ['AccountNotFound'], nowMs);
  const found = findAccount(name, object, deps.accounts, deps.fleet, missingForMs, NETFLIX_VENDORS);
  if (!found.ok) {
    for (const { account } of deps.fleet.all()) account.registrations.suspend(holder);
    const told = toldBefore(object, declared, tally(declared, NOTHING));
    return say(deps, object, declared, told, [], found.standing, signal);
  }
  const releases = object.spec.releasePolicy === 'Unregister';
  const marked = await markForRelease(deps, NETFLIX_DEVICE_REGISTRATIONS, object, releases, signal);
  if (!marked.ok) return retry(marked.failure);
  const { account } = found.open;
  for (const open of deps.fleet.all())
    if (open.account !== account) open.account.registrations.dismiss(holder);
  declare(account, holder, object, declared);
  const facts = account.registrations.report(holder);
  const tallied = tally(declared, facts);
  const own = standingOf(tallied, facts, object);
  const standing =
    own.is === 'moving'
      ? (found.trouble ?? own)
      : (brokenList(object, declared, nowMs) ?? withTrouble(own, found.trouble));
  const told = facts.restored ? tallied : toldBefore(object, declared, tallied);
  return say(deps, object, declared, told, facts.operations, standing, signal);
}

const NOTHING = { verdicts: [], releasing: 0, releaseFailures: [] } as const;

function declare(
  account: Account,
  holder: string,
  object: ServedNetflixDeviceRegistration,
  declared: DeclaredLists<RegistrationTypes>,
): void {
  const { group, releasePolicy } = object.spec;
  const desired = { group, releasePolicy };
  const declaration = declarationOf<RegistrationTypes>(
    holder,
    object,
    desired,
    declared.incomplete === undefined,
  );
  account.registrations.declare(declaration, declared.items, reportedBy(object, declared));
  if (isLookDue(object)) account.registrations.goOnWithout(holder);
}

function forget(
  { fleet, configMaps, lists }: NetflixDeviceRegistrationDeps,
  key: string,
  holder: string,
): ReconcileResult {
  for (const { account } of fleet.all()) account.registrations.forget(holder);
  configMaps.release(key);
  lists.forget(key);
  return settled();
}

const RELEASING: Standing = {
  is: 'moving',
  reason: 'Releasing',
  message: 'devices are being unregistered before this object goes',
};

async function end(
  deps: NetflixDeviceRegistrationDeps,
  object: ServedNetflixDeviceRegistration,
  holder: string,
  signal: AbortSignal,
): Promise<ReconcileResult> {
  const { spec } = object;
  const leaving = {
    type: NETFLIX_DEVICE_REGISTRATIONS,
    object,
    keeps: spec.releasePolicy === 'Keep' ? 'its releasePolicy is Keep' : undefined,
    stays: 'its devices stay registered',
    way: () => wayOfItsAccount(deps, object),
    letGo: (account: Account) => {
      account.registrations.letGo(holder);
      return account.registrations.report(holder);
    },
  };
  const left = await stepLeave(deps, leaving, signal);
  if (!left.ok) return retry(left.failure);
  if (left.value.is === 'gone') return settled();
  if (left.value.is === 'waiting') return settled(RETRY_MS);
  const facts = left.value.account.registrations.report(holder);
  const declared = { count: 0, rejected: [], sources: [] };
  const tallied = tally(declared, facts);
  const own = standingOf(tallied, facts, object);
  const standing = own.is === 'ready' || own.is === 'moving' ? RELEASING : own;
  return say(deps, object, declared, tallied, facts.operations, standing, signal);
}

function say(
  { reporter }: NetflixDeviceRegistrationDeps,
  object: ServedNetflixDeviceRegistration,
  declared: Pick<Lists, 'sources' | 'incomplete'>,
  tallied: Tally,
  operations: readonly string[],
  standing: Standing,
  signal: AbortSignal,
): Promise<ReconcileResult> {
  const fields = listFields(tallied.counts, declared, tallied.failures, operations);
  const held = heldOf(object, declared);
  const conclusion = {
    standing: unlessReleaseHeld(standing, held),
    beside: besides(tallied, held),
    fields,
  };
  return conclude(reporter, NETFLIX_DEVICE_REGISTRATIONS, object, conclusion, signal);
}
