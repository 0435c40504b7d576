import { formatDuration } from '../../api/duration.ts';
import type { VendorAccountStatus } from '../../api/vendor-account.generated.ts';
import type { GuardState } from '../../domain/guard.ts';
import type { AccountSummary } from '../../engine/account.ts';
import { kubeTime } from '../../kube/conditions.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Census } from '../census.ts';

type Quota = Pick<VendorAccountStatus, 'quota' | 'pending'>;
type Fields = Pick<VendorAccountStatus, 'observed' | 'guard' | 'promotions'>;

/** crds/vendoraccounts.yaml, status.promotions: maxItems. */
const SHOWN_PROMOTIONS = 200;

/** The quota is written at most this often (api.md, VendorAccount): it changes with every call. */
const QUOTA_EVERY_MS = 30_000;

/** The numbers of an open account, but for what its quota has to do with. */
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

/**
 * Makes the quota of each account's status, and what it means for the work that is left: anew once its time has come,
 * and at once when there is work where none was, or none any more.
 */
export function createQuotaTeller(
  clock: Clock,
): (key: string, before: VendorAccountStatus | undefined, summary: AccountSummary) => Quota {
  const toldAtMs = new Map<string, number>();
  return (key, before, summary) => {
    const { waitingActions, openOperations, pendingCalls } = summary;
    const counts = { actions: waitingActions, operations: openOperations };
    const lastAtMs = toldAtMs.get(key) ?? Number.NEGATIVE_INFINITY;
    const isFresh = clock.monotonic() < lastAtMs + QUOTA_EVERY_MS && before?.quota !== undefined;
    const { estimatedVendorCalls: calls, estimatedFinishAt: at } = before?.pending ?? {};
    if (isFresh && pendingCalls > 0 === (calls !== undefined)) {
      const estimate = calls === undefined ? {} : { estimatedVendorCalls: calls };
      const finish = at === undefined ? {} : { estimatedFinishAt: at };
      return { quota: before.quota, pending: { ...counts, ...estimate, ...finish } };
    }
    // It is about to be known what earlier processes sent; until then what they said of it stands.
    if (summary.connected && summary.quota === undefined && before?.quota !== undefined) {
      return { quota: before.quota, pending: { ...counts, ...estimated(summary, clock.now()) } };
    }
    toldAtMs.set(key, clock.monotonic());
    return { ...quota(summary, clock.now()), pending: { ...counts, ...estimated(summary, clock.now()) } };
  };
}

function quota({ quota: left, resyncIntervalMs }: AccountSummary, nowMs: number): Pick<Quota, 'quota'> {
  if (left === undefined) return {};
  const { windowRemaining, dayRemaining, retryAfterMs } = left;
  return {
    quota: {
      windowRemaining: Math.floor(windowRemaining),
      dayRemaining: Math.floor(dayRemaining),
      ...(retryAfterMs === undefined ? {} : { retryAfter: kubeTime(nowMs + retryAfterMs) }),
      effectiveResyncInterval: formatDuration(resyncIntervalMs),
    },
  };
}

function estimated(
  { pendingCalls, finishInMs }: AccountSummary,
  nowMs: number,
): VendorAccountStatus['pending'] {
  if (pendingCalls === 0) return {};
  return {
    estimatedVendorCalls: pendingCalls,
    ...(finishInMs === undefined ? {} : { estimatedFinishAt: kubeTime(nowMs + finishInMs) }),
  };
}
