import type { Fleet } from '../../../controllers/fleet.ts';
import type { ServedDeviceClaim, ServedVendorAccount } from '../../../controllers/resources.ts';
import { type KubeObject, keyOf } from '../../../kube/object.ts';
import type { Store } from '../../../kube/store.ts';
import type { AccountFigures, FleetFigures, ResourceFigures } from '../../../observability/metrics/fleet.ts';
import type { ReconciledKind } from '../kinds.ts';
import { BY_ACCOUNT, BY_CUSTOMER, type World } from '../world.ts';

/** The verdicts of DeviceClaim.status.devices; `desired` is their sum and no verdict. */
const VERDICTS = ['claimed', 'pending', 'failed', 'conflicted', 'releasing', 'awaitingCustomer'] as const;

/**
 * Figures from what is known anyway: summaries of the account loops and the statuses that stand in the cache. The
 * cost follows the number of resources, never of devices.
 */
export function fleetFigures(world: World, fleet: Fleet): FleetFigures {
  const stores: Readonly<Record<ReconciledKind, Store<KubeObject>>> = {
    VendorAccount: world.accounts,
    Customer: world.customers,
    DeviceClaim: world.claims,
    NetflixSubscription: world.subscriptions,
    VerizonDeviceDeletion: world.deletions,
    NetflixChargeFeed: world.feeds,
    NetflixDeviceRegistration: world.deviceRegistrations,
  };
  return {
    accounts: () => world.accounts.list().map((object) => accountFigures(world, fleet, object)),
    resources: () => Object.entries(stores).map(([kind, store]) => resourceFigures(kind, store.list())),
  };
}

function accountFigures(world: World, fleet: Fleet, { metadata }: ServedVendorAccount): AccountFigures {
  const key = keyOf(metadata);
  const summary = fleet.get(key)?.account.summary();
  const claims = world.customers
    .byIndex(BY_ACCOUNT, key)
    .flatMap((customer) => world.claims.byIndex(BY_CUSTOMER, keyOf(customer.metadata)));
  return {
    namespace: metadata.namespace ?? 'default',
    account: metadata.name,
    connected: summary?.connected ?? false,
    plannedItems: summary?.plannedItems ?? 0,
    writtenItems: summary?.writtenItems ?? {},
    guard: summary?.guard ?? {},
    openOperations: summary?.openOperations ?? 0,
    waitingActions: summary?.waitingActions ?? 0,
    devices: Object.fromEntries(VERDICTS.map((verdict) => [verdict, sumOf(claims, verdict)])),
    ...(summary?.quota !== undefined && {
      quota: { second: summary.quota.windowRemaining, day: summary.quota.dayRemaining },
    }),
  };
}

function sumOf(claims: readonly ServedDeviceClaim[], verdict: (typeof VERDICTS)[number]): number {
  return claims.reduce((sum, { status }) => sum + (status?.devices?.[verdict] ?? 0), 0);
}

function resourceFigures(kind: string, objects: readonly KubeObject[]): ResourceFigures {
  const ready = objects.filter((object) => isTrue(object, 'Ready')).length;
  const stalled = objects.filter((object) => isTrue(object, 'Stalled')).length;
  return { kind, ready, stalled, reconciling: objects.length - ready - stalled };
}

function isTrue({ status }: KubeObject, wanted: string): boolean {
  const { conditions = [] } = (status ?? {}) as {
    readonly conditions?: readonly { readonly type: string; readonly status: string }[];
  };
  return conditions.some(({ type, status: value }) => type === wanted && value === 'True');
}
