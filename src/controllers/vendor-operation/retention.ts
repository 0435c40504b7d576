import type { RetentionRule } from '../../kube/retention.ts';
import {
  FINISHED_DAY_LABEL,
  OPEN_LABEL,
  type ServedVendorOperation,
  VENDOR_OPERATIONS,
} from '../resources.ts';

/**
 * Finished operations are removed once their audit time is over (api.md, VendorOperation). One that is open, or
 * whose end nobody noted, stays. Nothing else rests on them: what the guard counted stands in the records.
 */
export function operationRetention(
  keepForMs: number,
  namespace: string | undefined,
): RetentionRule<ServedVendorOperation> {
  return {
    type: VENDOR_OPERATIONS,
    dayLabel: FINISHED_DAY_LABEL,
    labelSelector: `!${OPEN_LABEL}`,
    leastMs: keepForMs,
    isOver: ({ status }, nowMs) => Date.parse(status?.finishedAt ?? '') + keepForMs <= nowMs,
    ...(namespace === undefined ? {} : { namespace }),
  };
}
