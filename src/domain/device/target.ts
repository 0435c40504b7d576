import type { Item, Verb } from '../item.ts';
import type { Target } from '../kind.ts';
import type { DeviceTypes } from './facts.ts';
import { identityOfKey } from './identity.ts';
import { resolveDevice } from './resolve.ts';

/**
 * What a write would do to a device, and for whom:
 *
 * | verb    | from                            | nothing, when                                     |
 * | ------- | ------------------------------- | ------------------------------------------------- |
 * | claim   | the declaration that counts     | no claim names the device                         |
 * | unclaim | the record                      | nothing is recorded, or it is wanted where it is  |
 */
export function deviceTarget(item: Item<DeviceTypes>, verb: Verb): Target<DeviceTypes> | undefined {
  const { winner } = resolveDevice(item);
  if (verb !== 'unclaim') {
    return winner && { subject: winner.subject, ...ofDeclaration(winner.by) };
  }
  const { recorded, formerHolder } = item;
  if (recorded === undefined || formerHolder !== 'letGo') return undefined;
  if (winner?.by.desired.companyId === recorded.companyId) return undefined;
  const { companyId, releasePolicy, holder } = recorded;
  return {
    subject: item.lastSubject ?? winner?.subject ?? identityOfKey(item.key),
    desired: { companyId, releasePolicy, onVendorRelease: 'Report', vendorParams: {} },
    holder,
    suspended: false,
  };
}

function ofDeclaration(
  by: Item<DeviceTypes>['declared'][number]['by'],
): Omit<Target<DeviceTypes>, 'subject'> {
  return { desired: by.desired, holder: by.holder, suspended: by.suspended };
}
