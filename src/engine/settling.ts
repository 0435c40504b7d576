import type { ItemFailure, KindTypes } from '../domain/item.ts';
import { advance } from '../domain/operation.ts';
import { pollDelayMs } from '../domain/schedule.ts';
import type { ItemOutcome } from '../ports/writer.ts';
import type { LaneState, OpenOperation, PositionOutcome } from './lane-state.ts';

/** Takes in what the vendor said of single items. What it did not speak of stays open. */
export function takeOutcomes<T extends KindTypes>(
  lane: LaneState<T>,
  operation: OpenOperation,
  outcomes: readonly ItemOutcome[],
): void {
  for (const { key, failure, vendorId } of outcomes) {
    const ordinal = lane.table.find(key);
    const position = ordinal === undefined ? undefined : operation.positionOf.get(ordinal);
    if (position === undefined) continue;
    settleItem(operation, position, failure ?? 'succeeded');
    if (vendorId !== undefined) operation.vendorIds.set(position, vendorId);
  }
}

/** Takes in what became of one item. The first word stands. */
export function settleItem(
  operation: OpenOperation,
  position: number,
  outcome: Exclude<PositionOutcome, undefined>,
): void {
  if (operation.outcomes[position] !== undefined) return;
  operation.outcomes[position] = outcome;
  operation.unsettled -= 1;
  operation.settled.push(position);
}

/**
 * Brings the items in line with their operation: an unknown outcome is marked as such, and an operation whose
 * vendor finished without speaking of every item is unknown for the rest.
 */
export function settle<T extends KindTypes>(lane: LaneState<T>, operation: OpenOperation): void {
  const before = operation.phase;
  if (operation.unsettled > 0) advanceTo(lane, operation, 'outcomesMissing');
  else advanceTo(lane, operation, 'settledByReading');
  if (operation.phase.is === 'unknown') seek(lane, operation);
  operation.noteDue ||= operation.phase.is !== before.is;
  if (operation.phase.is === 'unknown') markUnknown(lane, operation, operation.phase.sinceMs);
}

function advanceTo<T extends KindTypes>(
  lane: LaneState<T>,
  operation: OpenOperation,
  is: 'outcomesMissing' | 'settledByReading',
): void {
  operation.phase = advance(operation.phase, { is }, lane.env.nowMs());
}

/** An operation that goes by a name of ours, and was never seen at the vendor, is asked after there. */
function seek<T extends KindTypes>(lane: LaneState<T>, operation: OpenOperation): void {
  const ownNames = lane.env.ports()?.poller?.ownNames;
  // One that the vendor took and does not show any more is forgotten, and no asking brings it back.
  if (ownNames === undefined || operation.vendorOperationIds.length > 0) return;
  const operationId = ownNames.operationIdOf(operation.intent.requestKey);
  const nowMs = lane.env.nowMs();
  operation.phase = advance(operation.phase, { is: 'askable', operationId }, nowMs);
  operation.polls = 0;
  operation.nextAtMs = nowMs + pollDelayMs(0);
}

function markUnknown<T extends KindTypes>(
  lane: LaneState<T>,
  operation: OpenOperation,
  lostAtMs: number,
): void {
  const { verb, partition, requestKey } = operation.intent;
  const writer = lane.env.ports()?.writer;
  if (operation.markedForMs === lostAtMs || writer === undefined) return;
  operation.markedForMs = lostAtMs;
  const traits = writer.verbs[verb];
  if (traits?.repeat === 'safe') return sendAgain(operation);
  const visibleFromMs = lostAtMs + (traits?.visibilityMs ?? 0);
  const provable = traits === undefined || traits.repeat === 'never' ? {} : { provableFromMs: visibleFromMs };
  const unknown = { is: 'unknown', verb, operation: requestKey, partition, lostAtMs, visibleFromMs } as const;
  const inFlight = { ...unknown, ...provable };
  operation.ordinals.forEach((ordinal, position) => {
    if (operation.outcomes[position] !== undefined) return;
    lane.table.inFlight[ordinal] = inFlight;
    lane.dirty.add(ordinal);
  });
}

/** Where repeating is harmless there is nothing to find out: the operation ends, and its items are sent anew. */
function sendAgain(operation: OpenOperation): void {
  operation.outcomes.forEach((outcome, position) => {
    if (outcome === undefined) settleItem(operation, position, REPLY_LOST);
  });
}

/** The failures of an operation's items by position, for grouping. */
export function failuresOf(operation: OpenOperation): readonly (ItemFailure | undefined)[] {
  const { refusal, phase } = operation;
  if (phase.is === 'ended' && phase.how === 'abandoned') {
    return operation.outcomes.map((outcome) => (typeof outcome === 'object' ? outcome : ABANDONED));
  }
  if (phase.is === 'ended' && phase.how === 'refused' && refusal !== undefined) {
    const failure = { code: refusal.code, message: refusal.message, kind: 'invalid' } as const;
    return operation.ordinals.map(() => failure);
  }
  return operation.outcomes.map((outcome) => {
    if (outcome === undefined || outcome === 'succeeded') return undefined;
    if (outcome === 'saidNotToHaveHappened') return SAID_NOT_EXECUTED;
    return outcome === 'didNotHappen' ? NOT_EXECUTED : outcome;
  });
}

const ABANDONED: ItemFailure = {
  code: 'ABANDONED',
  message: 'never sent: what it was for changed first',
  kind: 'passing',
};

/** What came of a write whose reply was lost and that may be repeated. */
export const REPLY_LOST: ItemFailure = {
  code: 'REPLY_LOST',
  message: 'no trustworthy reply came back; repeating it is harmless, so it is sent again',
  kind: 'passing',
  // Where the vendor can be looked at, it is, before anything is sent again.
  unproven: true,
};

/** What came of a lost write that a look proves not to have happened. */
export const NOT_EXECUTED: ItemFailure = {
  code: 'NOT_EXECUTED',
  message: 'the reply was lost, and a later read proves that it did not happen',
  kind: 'passing',
};

const SAID_NOT_EXECUTED: ItemFailure = {
  code: 'NOT_EXECUTED',
  message: 'the reply was lost, and a person found out that it did not happen',
  kind: 'passing',
};
