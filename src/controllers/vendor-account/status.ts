import type { VendorAccountStatus } from '../../api/vendor-account.generated.ts';
import type { GuardState } from '../../domain/guard.ts';
import type { AccountSummary } from '../../engine/account.ts';
import { kubeTime } from '../../kube/conditions.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Census } from '../census.ts';

type Quota = Pick<VendorAccountStatus, 'quota'>;
type Fields = Quota & Pick<VendorAccountStatus, 'observed' | 'pending' | 'guard' | 'promotions'>;

/** crds/vendoraccounts.yaml, status.promotions: maxItems. */
const SHOWN_PROMOTIONS = 200;

/** The quota is written at most this often (api.md, VendorAccount): it changes with every call. */
const QUOTA_EVERY_MS = 30_000;

/** The numbers of an open account, but for its quota. */
export function statusFields(census: Census, summary: AccountSummary, window: string): Fields {
  const readAtMs = summary.health.lastCompleteAtMs;
  const { promotions } = summary.facts;
  return {
    observed: {
      customers: census.companies,
      devices: census.devices,
      unmanagedDevices: census.unmanaged,
      ...(readAtMs === undefined ? {} : { lastCompleteReadAt: kubeTime(readAtMs) }),
    },
    pending: { actions: summary.waitingActions, operations: summary.openOperations },
    guard: guard(summary, window),
    ...(promotions === undefined ? {} : { promotions: promotions.slice(0, SHOWN_PROMOTIONS) }),
  };
}

/** The destructive budget stands at the top; the others only where they are in use. */
function guard({ guard: budgets }: AccountSummary, window: string): NonNullable<Fields['guard']> {
  const { destructive, creations, irreversible } = budgets;
  const { base } = destructive;
  return {
    window,
    base,
    ...used(destructive),
    ...(isInUse(creations) ? { creations: used(creations) } : {}),
    ...(isInUse(irreversible) ? { irreversible: used(irreversible) } : {}),
  };
}

function used({ spent, allowed, requested }: GuardState): Omit<GuardState, 'base'> {
  return { spent, allowed, requested };
}

function isInUse({ spent, allowed, requested }: GuardState): boolean {
  return spent + allowed + requested > 0;
}

/** Makes the quota of each account's status, anew once its time has come. */
export function createQuotaTeller(
  clock: Clock,
): (key: string, before: VendorAccountStatus | undefined, summary: AccountSummary) => Quota {
  const toldAtMs = new Map<string, number>();
  return (key, before, { quota }) => {
    if (quota === undefined) return {};
    const lastAtMs = toldAtMs.get(key) ?? Number.NEGATIVE_INFINITY;
    if (clock.monotonic() < lastAtMs + QUOTA_EVERY_MS && before?.quota !== undefined)
      return { quota: before.quota };
    toldAtMs.set(key, clock.monotonic());
    const { windowRemaining, dayRemaining, retryAfterMs } = quota;
    return {
      quota: {
        windowRemaining: Math.floor(windowRemaining),
        dayRemaining: Math.floor(dayRemaining),
        ...(retryAfterMs === undefined ? {} : { retryAfter: kubeTime(clock.now() + retryAfterMs) }),
      },
    };
  };
}
