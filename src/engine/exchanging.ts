import type { Holder, KindTypes, Verb } from '../domain/item.ts';
import { targetOf, winnerOf } from './items.ts';
import type { LaneState } from './lane-state.ts';
import type { Ordinal } from './table.ts';

/**
 * An exchange is a release and then a claim: what a resource newly names is claimed only after what it lets go of was
 * released, as long as that release is on its way. One that the guard holds, that the vendor refused or whose outcome
 * nobody knows holds nothing up.
 *
 * Answers whether the write has to wait; if so, it is kept for `takeExchanged`.
 */
export function waitsForRelease<T extends KindTypes>(
  lane: LaneState<T>,
  ordinal: Ordinal,
  verb: Verb,
): boolean {
  const { exchange } = lane.kind;
  if (exchange === undefined || verb !== exchange.claim) return false;
  const holder = winnerOf(lane, ordinal)?.by.holder;
  if (holder === undefined || !isReleasing(lane, holder, exchange.release)) return false;
  const waiting = lane.exchanging.get(holder) ?? new Set();
  lane.exchanging.set(holder, waiting.add(ordinal));
  return true;
}

/** What waited for releases that are over, or no longer on their way. */
export function takeExchanged<T extends KindTypes>(lane: LaneState<T>): readonly Ordinal[] {
  const { exchange } = lane.kind;
  if (exchange === undefined) return [];
  const free: Ordinal[] = [];
  for (const [holder, waiting] of lane.exchanging) {
    if (isReleasing(lane, holder, exchange.release)) continue;
    lane.exchanging.delete(holder);
    free.push(...waiting);
  }
  return free;
}

function isReleasing<T extends KindTypes>(lane: LaneState<T>, holder: Holder, release: Verb): boolean {
  for (const ordinal of lane.departing.get(holder) ?? []) {
    if (isOnItsWay(lane, ordinal, release)) return true;
  }
  return false;
}

/** It runs, or settles, is looked at or waits in line before it runs, and nothing holds it back. */
function isOnItsWay<T extends KindTypes>(lane: LaneState<T>, ordinal: Ordinal, release: Verb): boolean {
  const { table } = lane;
  const inFlight = table.inFlight[ordinal];
  if (inFlight !== undefined) return inFlight.is === 'running' && inFlight.verb === release;
  const step = table.step[ordinal];
  const isDue =
    (step?.do === 'call' && step.verb === release) ||
    (step?.do === 'observe' && step.before === release) ||
    (step?.do === 'wait' && (table.destructiveSinceMs[ordinal] ?? 0) > 0);
  if (!isDue || table.failure[ordinal] !== undefined) return false;
  return targetOf(lane, ordinal, release) !== undefined && lane.env.guard.allows('destructive');
}
