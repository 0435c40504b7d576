import type { ItemKey } from './item.ts';

/** What a person found out about items of an operation whose outcome nobody knew. */
export interface Resolution {
  /** Absent: all items without a finding of their own. */
  readonly item?: ItemKey;
  readonly as: 'Happened' | 'NotHappened';
}

/** What was found out about one item. The first word about it stands, and its own comes before one about all. */
export function findingFor(resolutions: readonly Resolution[], key: ItemKey): Resolution['as'] | undefined {
  const own = resolutions.find(({ item }) => item === key);
  return (own ?? resolutions.find(({ item }) => item === undefined))?.as;
}
