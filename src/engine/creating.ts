import type { KindTypes, Verb } from '../domain/item.ts';
import type { LaneState } from './lane-state.ts';
import type { Ordinal } from './table.ts';

/**
 * From when a look is still owed before something may be created, in monotonic ms; undefined: none is. What is created
 * twice stays there twice, so the vendor's list gets the time to catch up with whoever created it a moment ago: it has
 * to miss the thing for as long as the vendor may take to show it, and to have been read within that time.
 *
 * ```
 *   first look that misses it        looks in between        a look from here on misses it: create
 *   ├────────────────────────── visibilityMs ───────────────┤
 * ```
 */
export function lookOwedMs<T extends KindTypes>(
  lane: LaneState<T>,
  ordinal: Ordinal,
  verb: Verb,
): number | undefined {
  const traits = lane.env.ports()?.writer?.verbs[verb];
  if (traits?.effect !== 'creation') return undefined;
  const nowMs = lane.env.nowMs();
  const observed = lane.table.observed(ordinal);
  if (observed.is !== 'absent') return nowMs;
  const sinceMs = lane.missedSinceMs.get(ordinal) ?? observed.atMs;
  lane.missedSinceMs.set(ordinal, sinceMs);
  const visibleFromMs = sinceMs + traits.visibilityMs;
  if (observed.atMs < visibleFromMs) return visibleFromMs;
  return observed.atMs < nowMs - traits.visibilityMs ? nowMs : undefined;
}
