import type { Declared, Item } from '../item.ts';
import type { Resolution } from '../kind.ts';
import type { DesiredDeletion, LineTypes } from './facts.ts';

/**
 * Which resource a line is deleted for when several ask for it: the one the record names, else the older one, else the
 * first by namespace and name. They want the same; one of them says how.
 */
export function resolveLine(item: Item<LineTypes>): Resolution<LineTypes> {
  const [winner, ...losers] = [...item.declared].sort((a, b) => compareStanding(item, a, b));
  return { ...(winner === undefined ? {} : { winner }), losers };
}

function compareStanding(item: Item<LineTypes>, a: Declared<LineTypes>, b: Declared<LineTypes>): number {
  return (
    Number(isRecorded(item, b)) - Number(isRecorded(item, a)) ||
    a.by.createdAtMs - b.by.createdAtMs ||
    (a.by.holder < b.by.holder ? -1 : 1)
  );
}

function isRecorded(item: Item<LineTypes>, declared: Declared<LineTypes>): boolean {
  return item.recorded?.holder === declared.by.holder;
}

/** What the resource asks for that counts; undefined when none does. */
export function wishOf(item: Item<LineTypes>): DesiredDeletion | undefined {
  const desired = resolveLine(item).winner?.by.desired;
  return desired?.asks === 'gone' ? desired : undefined;
}
