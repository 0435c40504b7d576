import { resourceOf } from '../../controllers/holder.ts';
import { isLookDue } from '../../controllers/look-request.ts';
import type { References } from '../../controllers/references.ts';
import type { ServedVendorAccount } from '../../controllers/resources.ts';
import { scopeOf } from '../../controllers/vendor-account/scope.ts';
import type { Holder } from '../../domain/item.ts';
import { type KubeObject, keyOf } from '../../kube/object.ts';
import type { ConfigMap, Secret } from '../../kube/resource.ts';
import { PRIORITY, type Priority } from '../../kube/schedule.ts';
import type { StoreChange } from '../../kube/store.ts';
import type { Workqueue } from '../../kube/workqueue.ts';
import { KINDS, type ReconciledKind } from './kinds.ts';
import { BY_ACCOUNT, BY_CUSTOMER, BY_SCOPE, type World } from './world.ts';

/** The kinds that are reconciled, each with its queue. */
export type Queues = Readonly<Record<ReconciledKind, Workqueue>>;

/** Verdicts come in bursts; what only counts them is looked at again this much later. */
const GATHER_MS = 1_000;

/**
 * Which change lets which resource be looked at again:
 *
 * | changed        | looked at again                                              |
 * | -------------- | ------------------------------------------------------------ |
 * | VendorAccount  | itself, its Customers and their DeviceClaims, its NetflixSubscriptions, NetflixDeviceRegistrations, NetflixChargeFeeds and VerizonDeviceDeletions; when it comes, goes or changes its identity, others of that |
 * | Customer       | itself and its DeviceClaims                                  |
 * | DeviceClaim    | itself                                                       |
 * | NetflixSubscription, NetflixDeviceRegistration, NetflixChargeFeed | itself    |
 * | VerizonDeviceDeletion | itself                                                |
 * | Secret         | the VendorAccounts and NetflixSubscriptions that refer to it |
 * | ConfigMap      | the DeviceClaims, NetflixDeviceRegistrations and VerizonDeviceDeletions that refer to it |
 * | verdicts       | the resources they are about; later their account and its Customers, for the counts |
 */
export function routeChanges(
  world: World,
  references: {
    readonly secrets: References<Secret>;
    readonly registrations: References<Secret>;
    /** Kept apart, since two kinds may have objects of one name. */
    readonly configMaps: Readonly<
      Record<'claims' | 'deletions' | 'deviceRegistrations', References<ConfigMap>>
    >;
  },
  queues: Queues,
): void {
  const { secrets, registrations, configMaps } = references;
  world.accounts.subscribe((change) => {
    const key = keyOf(change.object.metadata);
    queues.VendorAccount.add(key);
    if (onlyCounts(change)) return;
    for (const scope of changedScopes(change)) {
      lookAt(queues.VendorAccount, world.accounts.byIndex(BY_SCOPE, scope));
    }
    for (const customer of world.customers.byIndex(BY_ACCOUNT, key))
      customerChanged(keyOf(customer.metadata));
    lookAt(queues.NetflixSubscription, world.subscriptions.byIndex(BY_ACCOUNT, key));
    lookAt(queues.VerizonDeviceDeletion, world.deletions.byIndex(BY_ACCOUNT, key));
    lookAt(queues.NetflixDeviceRegistration, world.deviceRegistrations.byIndex(BY_ACCOUNT, key));
    lookAt(queues.NetflixChargeFeed, world.feeds.byIndex(BY_ACCOUNT, key));
  });
  world.customers.subscribe((change) => {
    const key = keyOf(change.object.metadata);
    if (onlyCounts(change)) queues.Customer.add(key);
    else customerChanged(key);
  });
  world.claims.subscribe(({ object }) => queues.DeviceClaim.add(keyOf(object.metadata)));
  world.deviceRegistrations.subscribe(({ object }) =>
    queues.NetflixDeviceRegistration.add(keyOf(object.metadata)),
  );
  world.feeds.subscribe(({ object }) => queues.NetflixChargeFeed.add(keyOf(object.metadata)));
  world.subscriptions.subscribe((change) =>
    queues.NetflixSubscription.add(keyOf(change.object.metadata), { priority: urgencyOf(change) }),
  );
  world.deletions.subscribe(({ object }) => queues.VerizonDeviceDeletion.add(keyOf(object.metadata)));
  world.secrets.subscribe(({ namespace = 'default', name }) => {
    for (const owner of registrations.ownersOf(namespace, name)) queues.NetflixSubscription.add(owner);
    for (const owner of secrets.ownersOf(namespace, name)) queues.VendorAccount.add(owner);
  });
  world.configMaps.subscribe(({ namespace = 'default', name }) => {
    for (const owner of configMaps.claims.ownersOf(namespace, name)) queues.DeviceClaim.add(owner);
    for (const owner of configMaps.deviceRegistrations.ownersOf(namespace, name))
      queues.NetflixDeviceRegistration.add(owner);
    for (const owner of configMaps.deletions.ownersOf(namespace, name))
      queues.VerizonDeviceDeletion.add(owner);
  });

  function customerChanged(key: string): void {
    queues.Customer.add(key);
    lookAt(queues.DeviceClaim, world.claims.byIndex(BY_CUSTOMER, key));
  }
}

/** Has each of these resources looked at. */
export function lookAt(queue: Workqueue, objects: Iterable<KubeObject>): void {
  for (const { metadata } of objects) queue.add(keyOf(metadata));
}

/** New verdicts: the resources they are about at once, those that only count them a little later. */
export function routeVerdicts(
  world: World,
  queues: Queues,
  accountKey: string,
  holders: readonly Holder[],
): void {
  for (const holder of holders) {
    const { kind, key } = resourceOf(holder);
    if (isReconciled(kind)) queues[kind].add(key, { priority: PRIORITY.poll });
  }
  const later = { priority: PRIORITY.drift, afterMs: GATHER_MS };
  queues.VendorAccount.add(accountKey, later);
  for (const { metadata } of world.customers.byIndex(BY_ACCOUNT, accountKey)) {
    queues.Customer.add(keyOf(metadata), later);
  }
}

function isReconciled(kind: string): kind is ReconciledKind {
  return KINDS.some((known) => known === kind);
}

/**
 * Whether a person waits for it: it was edited, and its status does not speak of it as it is written by now. What stood
 * there before this process, and what our own status comes back as, has time: of ten thousand resources that is nearly
 * all there is.
 */
function urgencyOf<T extends KubeObject>({ type, object }: StoreChange<T>): Priority {
  const { metadata } = object;
  const { observedGeneration } = (object.status ?? {}) as { readonly observedGeneration?: number };
  if (type === 'added') return PRIORITY.poll;
  const stands = type !== 'deleted' && metadata.deletionTimestamp === undefined;
  const isTold =
    observedGeneration === metadata.generation && !isLookDue(object as KubeObject<unknown, object>);
  return stands && isTold ? PRIORITY.poll : PRIORITY.edit;
}

/** The vendor identities that an account took or gave up. */
function changedScopes(change: StoreChange<ServedVendorAccount>): readonly string[] {
  const now = scopeOf(change.object.spec) ?? '';
  if (change.type !== 'updated') return [now];
  const before = scopeOf(change.previous.spec) ?? '';
  return before === now ? [] : [before, now];
}

/** Whether nothing changed that another resource goes by: spec, conditions and binding are as before. */
function onlyCounts<T extends KubeObject>(change: StoreChange<T>): boolean {
  return change.type === 'updated' && factsFor(change.object) === factsFor(change.previous);
}

function factsFor({ metadata, status }: KubeObject): string {
  const { conditions, companyId } = (status ?? {}) as { conditions?: unknown; companyId?: unknown };
  return JSON.stringify([metadata.generation, metadata.deletionTimestamp, conditions, companyId]);
}
