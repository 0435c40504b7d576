import type { KindTypes } from '../domain/item.ts';
import { findingsOf } from '../domain/resolution.ts';
import type { LaneState, OpenOperation } from './lane-state.ts';
import { settleItem } from './settling.ts';
import type { Ordinal } from './table.ts';

/**
 * Takes in what people found out about the items of an operation whose outcome is unknown. While the vendor still
 * answers for an operation it knows better, and what a read has settled stays settled.
 */
export function heedPeople<T extends KindTypes>(lane: LaneState<T>, operation: OpenOperation): void {
  const { verb, requestKey, keys } = operation.intent;
  const resolutions = lane.env.resolutionsOf(requestKey);
  const isUnknown = operation.phase.is === 'unknown' || operation.phase.is === 'sought';
  // The same words again are heeded already: this is asked at every turn.
  if (resolutions.length === 0 || !isUnknown || operation.heeded === resolutions) return;
  operation.heeded = resolutions;
  const findingFor = findingsOf(resolutions);
  keys.forEach((key, position) => {
    const finding = findingFor(key);
    if (finding === undefined || operation.outcomes[position] !== undefined) return;
    settleItem(operation, position, finding === 'Happened' ? 'succeeded' : 'saidNotToHaveHappened');
    operation.resolvedByPeople = true;
    lane.table.inFlight[operation.ordinals[position] as Ordinal] = {
      is: 'running',
      verb,
      operation: requestKey,
    };
  });
}
