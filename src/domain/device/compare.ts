import type { Observation } from '../item.ts';
import type { Drift } from '../kind.ts';
import type { DesiredDevice, DeviceTypes, RecordedDevice } from './facts.ts';

/**
 * | observed             | recorded here | drift                       |
 * | -------------------- | ------------- | --------------------------- |
 * | at the company       | –             | none                        |
 * | absent or unassigned | no            | NotClaimed                  |
 * | absent or unassigned | yes           | ReleasedByVendor            |
 * | at another company   | –             | HeldByOtherCustomer         |
 * | unknown              | –             | none that could be acted on |
 *
 * The order number is not compared yet: it is sent with a claim, and a changed one is not written again.
 */
export function compareDevice(
  desired: DesiredDevice,
  observed: Observation<DeviceTypes>,
  recorded: RecordedDevice | undefined,
): readonly Drift[] {
  if (observed.is === 'unknown') return [];
  const holder = observed.is === 'present' ? observed.fact.companyId : undefined;
  if (holder === desired.companyId) return [];
  if (holder !== undefined) return [drift('HeldByOtherCustomer')];
  return [drift(recorded?.companyId === desired.companyId ? 'ReleasedByVendor' : 'NotClaimed')];
}

function drift(reason: string): Drift {
  return { reason, field: 'spec.customerRef' };
}
