import type { ItemFailure, KindTypes } from '../domain/item.ts';
import { advance } from '../domain/operation.ts';
import type { ItemOutcome } from '../ports/writer.ts';
import type { LaneState, OpenOperation } from './lane-state.ts';

/** Takes in what the vendor said of single items. What it did not speak of stays open. */
export function takeOutcomes<T extends KindTypes>(
  lane: LaneState<T>,
  operation: OpenOperation,
  outcomes: readonly ItemOutcome[],
): void {
  for (const { key, failure } of outcomes) {
    const ordinal = lane.table.find(key);
    const position = ordinal === undefined ? undefined : operation.positionOf.get(ordinal);
    if (position !== undefined) operation.outcomes[position] = failure ?? 'succeeded';
  }
}

/**
 * Brings the items in line with their operation: an unknown outcome is marked as such, and an operation whose
 * vendor finished without speaking of every item is unknown for the rest.
 */
export function settle<T extends KindTypes>(lane: LaneState<T>, operation: OpenOperation): void {
  const { env } = lane;
  const open = operation.outcomes.includes(undefined);
  if (operation.phase.is === 'ended' && operation.phase.how === 'finished' && open) {
    operation.phase = { is: 'unknown', sinceMs: env.nowMs() };
    operation.noteDue = true;
  }
  if (operation.phase.is !== 'unknown') return;
  if (!open) {
    operation.phase = advance(operation.phase, { is: 'settledByReading' }, env.nowMs());
    operation.noteDue = true;
    return;
  }
  markUnknown(lane, operation, operation.phase.sinceMs);
}

function markUnknown<T extends KindTypes>(
  lane: LaneState<T>,
  operation: OpenOperation,
  lostAtMs: number,
): void {
  const { verb, partition, requestKey } = operation.intent;
  const traits = lane.env.ports()?.writer?.verbs[verb];
  if (traits === undefined) return;
  const provable = traits.repeat === 'never' ? {} : { provableFromMs: lostAtMs + traits.visibilityMs };
  const inFlight = { is: 'unknown', verb, operation: requestKey, partition, lostAtMs, ...provable } as const;
  operation.ordinals.forEach((ordinal, position) => {
    const before = lane.table.inFlight[ordinal];
    const marked = before?.is === 'unknown' && before.lostAtMs === lostAtMs;
    if (marked || operation.outcomes[position] !== undefined) return;
    lane.table.inFlight[ordinal] = inFlight;
    lane.dirty.add(ordinal);
  });
}

/** The failures of an operation's items by position, for grouping. */
export function failuresOf(operation: OpenOperation): readonly (ItemFailure | undefined)[] {
  const { refusal, phase } = operation;
  if (phase.is === 'ended' && phase.how === 'abandoned') {
    const failure = {
      code: 'ABANDONED',
      message: 'never sent: what it was for changed first',
      kind: 'passing',
    } as const;
    return operation.ordinals.map(() => failure);
  }
  if (phase.is === 'ended' && phase.how !== 'finished' && refusal !== undefined) {
    const failure = { code: refusal.code, message: refusal.message, kind: 'invalid' } as const;
    return operation.ordinals.map(() => failure);
  }
  return operation.outcomes.map((outcome) => {
    if (outcome === undefined || outcome === 'succeeded') return undefined;
    return outcome === 'didNotHappen' ? NOT_EXECUTED : outcome;
  });
}

const NOT_EXECUTED: ItemFailure = {
  code: 'NOT_EXECUTED',
  message: 'the reply was lost, and a later read proves that it did not happen',
  kind: 'passing',
};
