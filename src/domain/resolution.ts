import type { ItemKey } from './item.ts';

/** What a person found out about items of an operation whose outcome nobody knew. */
export interface Resolution {
  /** Absent: all items without a finding of their own. */
  readonly item?: ItemKey;
  readonly as: 'Happened' | 'NotHappened';
}

/** What was found out about one item: its own finding, else that about all. Of several the first one stands. */
export function findingsOf(
  resolutions: readonly Resolution[],
): (key: ItemKey) => Resolution['as'] | undefined {
  const byItem = new Map<ItemKey | undefined, Resolution['as']>();
  for (const { item, as } of resolutions) if (!byItem.has(item)) byItem.set(item, as);
  return (key) => byItem.get(key) ?? byItem.get(undefined);
}
