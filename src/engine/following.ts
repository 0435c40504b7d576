import type { KindTypes } from '../domain/item.ts';
import { advance } from '../domain/operation.ts';
import { pollDelayMs } from '../domain/schedule.ts';
import type { Result } from '../ports/failure.ts';
import type { JournalEntry } from '../ports/journal.ts';
import type { OperationProgress } from '../ports/operation-poller.ts';
import { noteIntended } from './intending.ts';
import type { LaneState, OpenOperation } from './lane-state.ts';
import { hold } from './planning.ts';
import { settle, takeOutcomes } from './settling.ts';
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
    markedForMs: undefined,
    name,
    phase: advance(before, { is: 'restarted' }, lane.env.nowMs()),
    vendorOperationIds: ids,
    submittedAtWallMs: facts.submittedAtMs,
    refusal: undefined,
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

/** The next vendor operation to ask after, if its time has come. */
export function nextPoll<T extends KindTypes>(lane: LaneState<T>): Task | undefined {
  const nowMs = lane.env.nowMs();
  for (const operation of lane.operations.values()) {
    const { phase } = operation;
    if (operation.busy || phase.is !== 'running' || operation.nextAtMs > nowMs) continue;
    const [operationId] = phase.waitingFor;
    if (operationId !== undefined) return poll(lane, operation, operationId);
  }
  return undefined;
}

/** When `nextPoll` may have something that it does not have now. */
export function nextPollAtMs<T extends KindTypes>(lane: LaneState<T>): number {
  let earliest = Number.POSITIVE_INFINITY;
  for (const operation of lane.operations.values()) {
    if (!operation.busy && operation.phase.is === 'running') {
      earliest = Math.min(earliest, operation.nextAtMs);
    }
  }
  return earliest;
}

function poll<T extends KindTypes>(lane: LaneState<T>, operation: OpenOperation, operationId: string): Task {
  return taskOn(operation, 'vendor', async (signal) => {
    operation.polls += 1;
    operation.nextAtMs = lane.env.nowMs() + pollDelayMs(operation.polls);
    const progress = await lane.env.ports()?.poller?.poll(operationId, operation.intent.keys, signal);
    operation.nextAtMs = lane.env.nowMs() + pollDelayMs(operation.polls);
    if (progress !== undefined) foldProgress(lane, operation, operationId, progress);
  });
}

function foldProgress<T extends KindTypes>(
  lane: LaneState<T>,
  operation: OpenOperation,
  operationId: string,
  progress: Result<OperationProgress>,
): void {
  const nowMs = lane.env.nowMs();
  if (!progress.ok) {
    const { failure } = progress;
    const forgotten = failure.kind === 'notFound';
    operation.phase = advance(
      operation.phase,
      forgotten ? { is: 'idForgotten', operationId } : { is: 'observationFailed' },
      nowMs,
    );
    operation.noteDue ||= forgotten;
    operation.nextAtMs = Math.max(operation.nextAtMs, nowMs + (failure.retryAfterMs ?? 0));
    if (!forgotten) lane.env.onVendorFailure(failure);
    return;
  }
  lane.env.onVendorReply();
  if (progress.value.is === 'running') return;
  takeOutcomes(lane, operation, progress.value.outcomes);
  operation.phase = advance(operation.phase, { is: 'idFinished', operationId }, nowMs);
}
