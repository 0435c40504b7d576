import type { DeviceTypes } from '../../domain/device/facts.ts';
import { identityKeys } from '../../domain/device/identity.ts';
import type { DeclaredItem } from '../../engine/declaring.ts';
import type { VendorHabits } from '../../ports/vendor.ts';

/** The devices of a claim under the keys that this vendor's lists give them. */
export function* namedBy(
  { namesDevicesBy }: VendorHabits = {},
  items: Iterable<DeclaredItem<DeviceTypes>>,
): Iterable<DeclaredItem<DeviceTypes>> {
  for (const { key, subject } of items) {
    const [own = key] = namesDevicesBy === undefined ? [] : identityKeys(namesDevicesBy(subject));
    yield { key: own, subject };
  }
}
