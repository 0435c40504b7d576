import type { Declared, Item } from '../item.ts';
import type { Resolution } from '../kind.ts';
import type { SubscriptionTypes } from './facts.ts';

/** Which resource a subscriber belongs to: the one the record names; else the older; else by namespace and name. */
export function resolveSubscription(item: Item<SubscriptionTypes>): Resolution<SubscriptionTypes> {
  const { declared, recorded } = item;
  const isRecorded = ({ by }: Declared<SubscriptionTypes>) => Number(by.holder === recorded?.holder);
  const [winner, ...losers] = [...declared].sort(
    (a, b) =>
      isRecorded(b) - isRecorded(a) ||
      a.by.createdAtMs - b.by.createdAtMs ||
      (a.by.holder < b.by.holder ? -1 : 1),
  );
  return winner === undefined ? { losers } : { winner, losers };
}
