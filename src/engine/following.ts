import type { ItemFailure, KindTypes } from '../domain/item.ts';
import { advance, stateName } from '../domain/operation.ts';
import { groupOutcomes } from '../domain/outcomes.ts';
import { backoffMs, CALL_BACKOFF, pollDelayMs } from '../domain/schedule.ts';
import type { Failure, Result } from '../ports/failure.ts';
import type { JournalEntry, OperationFacts } from '../ports/journal.ts';
import type { OperationProgress } from '../ports/operation-poller.ts';
import type { RecordChange } from '../ports/records.ts';
import type { LaneState, OpenOperation, Task } from './lane-state.ts';
import { winnerOf } from './planning.ts';
import { failuresOf, settle, takeOutcomes } from './settling.ts';
import type { Ordinal } from './table.ts';
import { splitRefused } from './writing.ts';

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
    outcomes: ordinals.map(() => undefined),
    budget: { left: 0 },
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
  for (const ordinal of ordinals) lane.table.inFlight[ordinal] = inFlight;
  settle(lane, operation);
}

/** What has to be written down next: the end of an operation before the news of another. */
export function nextNote<T extends KindTypes>(lane: LaneState<T>): Task | undefined {
  const nowMs = lane.env.nowMs();
  for (const operation of lane.operations.values()) {
    const { name } = operation;
    if (operation.busy || name === undefined) continue;
    settle(lane, operation);
    if (operation.noteNotBeforeMs > nowMs) continue;
    if (operation.phase.is === 'ended') return close(lane, operation, name);
    if (operation.noteDue) return note(lane, operation, name);
  }
  return undefined;
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

/** When `nextNote` or `nextPoll` may have something that they do not have now. */
export function nextFollowUpAtMs<T extends KindTypes>(lane: LaneState<T>): number {
  let earliest = Number.POSITIVE_INFINITY;
  for (const operation of lane.operations.values()) {
    if (operation.busy || operation.name === undefined) continue;
    const { phase, noteDue, noteNotBeforeMs, nextAtMs } = operation;
    if (noteDue || phase.is === 'ended') earliest = Math.min(earliest, noteNotBeforeMs);
    if (phase.is === 'running') earliest = Math.min(earliest, nextAtMs);
  }
  return earliest;
}

function poll<T extends KindTypes>(lane: LaneState<T>, operation: OpenOperation, operationId: string): Task {
  operation.busy = true;
  return {
    with: 'vendor',
    run: async (signal) => {
      const progress = await lane.env.ports()?.poller?.poll(operationId, operation.intent.keys, signal);
      operation.busy = false;
      operation.polls += 1;
      operation.nextAtMs = lane.env.nowMs() + pollDelayMs(operation.polls);
      if (progress !== undefined) foldProgress(lane, operation, operationId, progress);
    },
  };
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
  settle(lane, operation);
}

function note<T extends KindTypes>(lane: LaneState<T>, operation: OpenOperation, name: string): Task {
  operation.busy = true;
  operation.noteDue = false;
  return {
    with: 'own',
    run: async (signal) => {
      const noted = await lane.env.journal.note(name, factsOf(operation, undefined), signal);
      operation.busy = false;
      if (!noted.ok) noteLater(lane, operation, noted.failure);
    },
  };
}

function noteLater<T extends KindTypes>(
  lane: LaneState<T>,
  operation: OpenOperation,
  failure: Failure,
): void {
  operation.noteDue = true;
  operation.attempts += 1;
  const waitMs = failure.retryAfterMs ?? backoffMs(CALL_BACKOFF, operation.attempts, lane.env.random);
  operation.noteNotBeforeMs = lane.env.nowMs() + waitMs;
}

/**
 * Ends an operation: what it achieved is recorded first, then its end is noted, and only then its items are
 * free again. Stopped anywhere in between, the next process asks the vendor again and does the same.
 */
function close<T extends KindTypes>(lane: LaneState<T>, operation: OpenOperation, name: string): Task {
  operation.busy = true;
  return {
    with: 'own',
    run: async (signal) => {
      const ended = await makeDurable(lane, operation, name, signal);
      operation.busy = false;
      if (ended.ok) release(lane, operation, ended.value);
      else noteLater(lane, operation, ended.failure);
    },
  };
}

async function makeDurable<T extends KindTypes>(
  lane: LaneState<T>,
  operation: OpenOperation,
  name: string,
  signal: AbortSignal,
): Promise<Result<readonly RecordChange[]>> {
  const { env, kind } = lane;
  const changes = recordsOf(lane, operation);
  if (changes.length > 0) {
    const kept = await env.records.keep(kind.name, changes, signal);
    if (!kept.ok) return kept;
  }
  const noted = await env.journal.note(name, factsOf(operation, env.wallMs()), signal);
  return noted.ok ? { ok: true, value: changes } : noted;
}

function recordsOf<T extends KindTypes>(
  lane: LaneState<T>,
  operation: OpenOperation,
): readonly RecordChange[] {
  return operation.ordinals.flatMap((ordinal, position) => {
    const winner = winnerOf(lane, ordinal);
    const key = lane.table.keys[ordinal];
    if (operation.outcomes[position] !== 'succeeded' || winner === undefined || key === undefined) return [];
    const value = lane.kind.recordOf(winner, 'Claimed');
    return value === undefined ? [] : [{ key, value }];
  });
}

function factsOf(operation: OpenOperation, finishedAtMs: number | undefined): OperationFacts {
  const failures = failuresOf(operation);
  const failedItems = failures.filter((failure) => failure !== undefined).length;
  const succeeded = operation.outcomes.filter((outcome) => outcome === 'succeeded').length;
  return {
    state: stateName(operation.phase, { succeeded, failed: failedItems }),
    vendorOperationIds: operation.vendorOperationIds,
    ...(operation.submittedAtWallMs === undefined ? {} : { submittedAtMs: operation.submittedAtWallMs }),
    ...(finishedAtMs === undefined ? {} : { finishedAtMs }),
    succeeded,
    failed: failedItems,
    outcomes: groupOutcomes(failures),
  };
}

/** The operation is over and noted: its items may be planned again, each with what it learned. */
function release<T extends KindTypes>(
  lane: LaneState<T>,
  operation: OpenOperation,
  recorded: readonly RecordChange[],
): void {
  const { table } = lane;
  for (const { key, value } of recorded) {
    const ordinal = table.find(key);
    if (ordinal !== undefined) table.recorded[ordinal] = value;
  }
  operation.ordinals.forEach((ordinal, position) => {
    table.inFlight[ordinal] = undefined;
    learn(lane, operation, ordinal, position);
    lane.dirty.add(ordinal);
  });
  lane.operations.delete(operation.intent.requestKey);
  if (operation.phase.is === 'ended' && operation.phase.how === 'refused') afterRefusal(lane, operation);
}

function learn<T extends KindTypes>(
  lane: LaneState<T>,
  operation: OpenOperation,
  ordinal: Ordinal,
  position: number,
): void {
  const outcome = operation.outcomes[position];
  if (outcome === undefined || outcome === 'didNotHappen') return;
  if (outcome !== 'succeeded') return remember(lane, operation, ordinal, outcome);
  lane.table.failure[ordinal] = undefined;
  believe(lane, operation, ordinal);
}

/** A per-item success counts as seen; the next look verifies it. */
function believe<T extends KindTypes>(lane: LaneState<T>, operation: OpenOperation, ordinal: Ordinal): void {
  const { table, kind, env } = lane;
  const winner = winnerOf(lane, ordinal);
  const before = table.observed[ordinal];
  if (winner === undefined) return;
  const fact = kind.believed(operation.intent.verb, winner.by.desired);
  const set = kind.setOfPartition(operation.intent.partition);
  if (fact === undefined || kind.setOf(winner.by.desired) !== set) return;
  if (before !== undefined && kind.shows(operation.intent.verb, operation.intent.partition, before)) return;
  table.observed[ordinal] = { is: 'present', fact, atMs: env.nowMs() };
  table.seenInSet[ordinal] = set;
}

function remember<T extends KindTypes>(
  lane: LaneState<T>,
  operation: OpenOperation,
  ordinal: Ordinal,
  failure: ItemFailure,
): void {
  const { env, table } = lane;
  const attempts = (table.failure[ordinal]?.attempts ?? 0) + 1;
  table.failure[ordinal] = { failure, verb: operation.intent.verb, attempts, due: false };
  if (failure.kind === 'passing') {
    lane.wakes.add(env.nowMs() + backoffMs(CALL_BACKOFF, attempts, env.random), ordinal);
  }
  if (failure.kind === 'heldByOther') lane.wakes.add(env.nowMs() + env.settings().resyncIntervalMs, ordinal);
}

/** A request refused as a whole: look for the item it was refused for, as long as the budget lasts. */
function afterRefusal<T extends KindTypes>(lane: LaneState<T>, operation: OpenOperation): void {
  const { refusal, ordinals, budget } = operation;
  if (refusal === undefined) return;
  if (refusal.kind === 'rejected' && ordinals.length > 1 && budget.left > 0) {
    return splitRefused(lane, operation);
  }
  const kind = refusal.kind === 'conflict' ? 'heldByOther' : 'invalid';
  const failure: ItemFailure = { code: refusal.code, message: refusal.message, kind };
  for (const ordinal of ordinals) remember(lane, operation, ordinal, failure);
}
