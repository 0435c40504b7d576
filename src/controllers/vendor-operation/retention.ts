import type { RetentionRule } from '../../kube/retention.ts';
import {
  FINISHED_DAY_LABEL,
  OPEN_LABEL,
  type ServedVendorOperation,
  VENDOR_OPERATIONS,
} from '../resources.ts';

/** Which finished operations are removed, and how those are found that do not say when they ended by their label. */
interface OperationRetention extends RetentionRule<ServedVendorOperation> {
  dayAtMs(operation: ServedVendorOperation): number | undefined;
}

/**
 * Finished operations are removed once their audit time is over (api.md, VendorOperation). One that is open, or
 * whose end nobody noted, stays. Nothing else rests on them: what the guard counted stands in the records.
 */
export function operationRetention(keepForMs: number, namespace: string | undefined): OperationRetention {
  return {
    type: VENDOR_OPERATIONS,
    dayLabel: FINISHED_DAY_LABEL,
    labelSelector: `!${OPEN_LABEL}`,
    leastMs: keepForMs,
    isOver: ({ status }, nowMs) => Date.parse(status?.finishedAt ?? '') + keepForMs <= nowMs,
    dayAtMs: ({ status }) => {
      const atMs = Date.parse(status?.finishedAt ?? '');
      return Number.isNaN(atMs) ? undefined : atMs;
    },
    ...(namespace === undefined ? {} : { namespace }),
  };
}
