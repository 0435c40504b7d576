import type { Declared, Item } from '../item.ts';
import type { Resolution } from '../kind.ts';
import type { DeviceTypes } from './facts.ts';

type DeviceItem = Item<DeviceTypes>;
type DeclaredDevice = Declared<DeviceTypes>;

/**
 * Which claim a device belongs to when several name it: the one the record names; else the one whose customer
 * the vendor shows holding it; else the older claim; else the first by namespace and name.
 */
export function resolveDevice(item: DeviceItem): Resolution<DeviceTypes> {
  const { declared } = item;
  if (declared.length < 2) {
    return declared[0] === undefined ? { losers: [] } : { winner: declared[0], losers: [] };
  }
  const [winner, ...losers] = [...declared].sort((a, b) => compareStanding(item, a, b));
  return { ...(winner === undefined ? {} : { winner }), losers };
}

function compareStanding(item: DeviceItem, a: DeclaredDevice, b: DeclaredDevice): number {
  return (
    Number(isRecorded(item, b)) - Number(isRecorded(item, a)) ||
    Number(isObserved(item, b)) - Number(isObserved(item, a)) ||
    a.by.createdAtMs - b.by.createdAtMs ||
    (a.by.holder < b.by.holder ? -1 : 1)
  );
}

function isRecorded(item: DeviceItem, declared: DeclaredDevice): boolean {
  return item.recorded?.holder === declared.by.holder;
}

function isObserved(item: DeviceItem, declared: DeclaredDevice): boolean {
  const { observed } = item;
  return observed.is === 'present' && observed.fact.companyId === declared.by.desired.companyId;
}
