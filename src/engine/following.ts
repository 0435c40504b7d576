import type { KindTypes } from '../domain/item.ts';
import { advance } from '../domain/operation.ts';
import { pollDelayMs } from '../domain/schedule.ts';
import type { JournalEntry } from '../ports/journal.ts';
import type { OperationProgress } from '../ports/operation-poller.ts';
import { noteIntended } from './intending.ts';
import type { LaneState, OpenOperation } from './lane-state.ts';
import { hold } from './planning.ts';
import { settle, settleItem, takeOutcomes } from './settling.ts';
import { type Task, taskOn } from './task.ts';

/** An operation that an earlier process left open: its items are held until it is known what became of it. */
export function restoreOperation<T extends KindTypes>(lane: LaneState<T>, entry: JournalEntry): void {
  const { intent, facts, name } = entry;
  const ordinals = intent.keys.map((key) => lane.table.ordinalOf(key));
  const ids = facts.vendorOperationIds;
  const before: OpenOperation['phase'] =
    ids.length > 0 && facts.state !== 'Unknown' ? { is: 'running', waitingFor: ids } : { is: 'intended' };
  const operation: OpenOperation = {
    intent,
    ordinals,
    positionOf: new Map(ordinals.map((ordinal, position) => [ordinal, position])),
    asked: undefined,
    outcomes: ordinals.map(() => undefined),
    budget: { left: 0, afterSuccess: 0 },
    unsettled: ordinals.length,
    settled: [],
    vendorIds: new Map(),
    markedForMs: undefined,
    name,
    phase: advance(before, { is: 'restarted' }, lane.env.nowMs()),
    vendorOperationIds: ids,
    submittedAtWallMs: facts.submittedAtMs,
    acceptedAtMs: lane.env.nowMs(),
    refusal: undefined,
    resolvedByPeople: false,
    heeded: undefined,
    noteDue: ids.length === 0,
    busy: false,
    attempts: 0,
    noteNotBeforeMs: 0,
    polls: 0,
    nextAtMs: 0,
  };
  lane.operations.set(intent.requestKey, operation);
  const inFlight = { is: 'running', verb: intent.verb, operation: intent.requestKey } as const;
  noteIntended(lane, operation);
  for (const ordinal of ordinals) hold(lane, ordinal, inFlight);
  settle(lane, operation);
}

/** After so many questions, about a quarter of an hour, an operation is not like others. ASSUMED. */
const USUAL_POLLS = 24;

/** The next vendor operation to ask after, if its time has come. */
export function nextPoll<T extends KindTypes>(lane: LaneState<T>): Task | undefined {
  const nowMs = lane.env.nowMs();
  for (const operation of lane.operations.values()) {
    if (operation.busy || operation.nextAtMs > nowMs) continue;
    const operationId = askedBy(operation);
    if (operationId !== undefined) return poll(lane, operation, operationId);
  }
  return undefined;
}

/** When `nextPoll` may have something that it does not have now. */
export function nextPollAtMs<T extends KindTypes>(lane: LaneState<T>): number {
  let earliest = Number.POSITIVE_INFINITY;
  for (const operation of lane.operations.values()) {
    if (!operation.busy && askedBy(operation) !== undefined) {
      earliest = Math.min(earliest, operation.nextAtMs);
    }
  }
  return earliest;
}

/** The id by which the vendor can be asked after an operation now. */
function askedBy({ phase }: OpenOperation): string | undefined {
  if (phase.is === 'sought') return phase.operationId;
  return phase.is === 'running' ? phase.waitingFor[0] : undefined;
}

function poll<T extends KindTypes>(lane: LaneState<T>, operation: OpenOperation, operationId: string): Task {
  return taskOn(operation, 'vendor', async (signal) => {
    const askedAtMs = lane.env.nowMs();
    operation.polls += 1;
    operation.nextAtMs = askedAtMs + pollDelayMs(operation.polls);
    const progress = await lane.env.ports()?.poller?.poll(operationId, operation.intent.keys, signal);
    operation.nextAtMs = lane.env.nowMs() + nextPollInMs(lane, operation);
    if (progress === undefined) return;
    if (progress.ok) return foldProgress(lane, operation, operationId, progress.value);
    if (progress.failure.kind === 'notFound') return foldNotFound(lane, operation, operationId, askedAtMs);
    operation.phase = advance(operation.phase, { is: 'observationFailed' }, lane.env.nowMs());
    operation.nextAtMs = Math.max(
      operation.nextAtMs,
      lane.env.nowMs() + (progress.failure.retryAfterMs ?? 0),
    );
    lane.env.onVendorFailure(progress.failure);
  });
}

/** An operation that does not end is asked after like anything else that keeps failing. */
function nextPollInMs<T extends KindTypes>(lane: LaneState<T>, { polls }: OpenOperation): number {
  const delayMs = pollDelayMs(polls);
  return polls > USUAL_POLLS ? lane.env.bookRetryMs(delayMs, 1) : delayMs;
}

function foldProgress<T extends KindTypes>(
  lane: LaneState<T>,
  operation: OpenOperation,
  operationId: string,
  progress: OperationProgress,
): void {
  lane.env.onVendorReply();
  if (operation.phase.is === 'sought') found(lane, operation, operationId);
  if (progress.is === 'running') return;
  takeOutcomes(lane, operation, progress.outcomes);
  operation.phase = advance(operation.phase, { is: 'idFinished', operationId }, lane.env.nowMs());
}

/** The request arrived: from now on its operation is followed like one whose reply came. */
function found<T extends KindTypes>(lane: LaneState<T>, operation: OpenOperation, operationId: string): void {
  const nowMs = lane.env.nowMs();
  operation.phase = advance(operation.phase, { is: 'idFound', operationId }, nowMs);
  operation.vendorOperationIds = [operationId];
  operation.acceptedAtMs = nowMs;
  operation.noteDue = true;
}

/**
 * | the vendor does not show it   | names it itself | goes by our names                               |
 * | ----------------------------- | --------------- | ----------------------------------------------- |
 * | too soon for it to be shown   | –               | says nothing                                    |
 * | it was taken, or was seen     | forgotten       | forgotten                                       |
 * | nobody ever saw it            | –               | it never arrived, and nothing of it happened    |
 */
function foldNotFound<T extends KindTypes>(
  lane: LaneState<T>,
  operation: OpenOperation,
  operationId: string,
  askedAtMs: number,
): void {
  const { phase } = operation;
  const visibleAfterMs = lane.env.ports()?.poller?.ownNames?.visibleAfterMs ?? 0;
  const sinceMs = phase.is === 'sought' ? phase.sinceMs : operation.acceptedAtMs;
  if (askedAtMs < sinceMs + visibleAfterMs) return;
  operation.noteDue = true;
  if (phase.is !== 'sought') {
    operation.phase = advance(phase, { is: 'idForgotten', operationId }, lane.env.nowMs());
    return;
  }
  operation.ordinals.forEach((_ordinal, position) => settleItem(operation, position, 'didNotHappen'));
  operation.phase = advance(phase, { is: 'neverArrived' }, lane.env.nowMs());
}
