import { parseDurationMs } from '../../api/duration.ts';
import type { ServedVendorAccountSpec } from '../../api/vendor-account.generated.ts';
import type { Budget } from '../../domain/guard.ts';
import type { AccountSettings } from '../../engine/account.ts';
import type { VendorLimits } from '../../ports/vendor.ts';

/** api.md, VendorAccount: default of spec.resyncInterval. */
const RESYNC_INTERVAL_MS = 3_600_000;
/** api.md, VendorAccount: default of spec.guard.settle. */
const SETTLE_MS = 60_000;

/** The limits of the spec, and the vendor's own where it is silent. */
export function limitsOf(spec: ServedVendorAccountSpec, defaults: VendorLimits): VendorLimits {
  return { ...defaults, ...spec.limits };
}

export function settingsOf(spec: ServedVendorAccountSpec, limits: VendorLimits): AccountSettings {
  return {
    mode: spec.mode,
    suspended: spec.suspend,
    resyncIntervalMs: parseDurationMs(spec.resyncInterval) ?? RESYNC_INTERVAL_MS,
    settleMs: parseDurationMs(spec.guard.settle) ?? SETTLE_MS,
    shrinkPercent: spec.guard.shrinkPercent,
    guard: {
      // A window nobody can read never ends: what was spent stays spent.
      windowMs: parseDurationMs(spec.guard.window) ?? Number.POSITIVE_INFINITY,
      budgets: {
        destructive: spec.guard.destructive,
        creations: upTo(spec.guard.creations.maxItems),
        irreversible: upTo(spec.guard.irreversible.maxItems),
      },
    },
    firstContact: spec.firstContact,
    concurrentRequests: limits.concurrentRequests,
    requestsPerSecond: limits.requestsPerSecond,
    requestsPerDay: limits.requestsPerDay,
  };
}

/** A budget that no share of the fleet narrows. */
function upTo(maxItems: number): Budget {
  return { maxItems, maxPercent: 0, floor: maxItems };
}
