import { closesAtMs, halves } from '../domain/batch.ts';
import type { KindTypes } from '../domain/item.ts';
import { advance } from '../domain/operation.ts';
import { backoffMs, CALL_BACKOFF, pollDelayMs } from '../domain/schedule.ts';
import { type Failure, failed, type Result } from '../ports/failure.ts';
import type { Submission, WriteItem } from '../ports/writer.ts';
import type { LaneState, OpenOperation, ReadyCall, SplitBudget, Task } from './lane-state.ts';
import { heldBack, winnerOf } from './planning.ts';
import { takeOutcomes } from './settling.ts';
import type { Ordinal } from './table.ts';

/**
 * The next write of this lane, if one may start: an intent that is not yet durable first, then a batch that has
 * closed.
 */
export function nextWrite<T extends KindTypes>(lane: LaneState<T>): Task | undefined {
  const nowMs = lane.env.nowMs();
  // What is dirty may be about to leave a batch, or to join it.
  if (lane.dirty.size > 0 || lane.writesNotBeforeMs > nowMs) return undefined;
  for (const operation of lane.operations.values()) {
    if (operation.name === undefined && !operation.busy && operation.nextAtMs <= nowMs) {
      return write(lane, operation);
    }
  }
  closeBatches(lane, nowMs);
  for (let ready = lane.ready.shift(); ready !== undefined; ready = lane.ready.shift()) {
    const operation = openOperation(lane, ready);
    if (operation !== undefined) return write(lane, operation);
  }
  return undefined;
}

/** When `nextWrite` may have something that it does not have now. */
export function nextWriteAtMs<T extends KindTypes>(lane: LaneState<T>): number {
  let earliest = lane.ready.length > 0 ? 0 : Number.POSITIVE_INFINITY;
  for (const call of lane.forming.values()) {
    const max = lane.env.ports()?.writer?.verbs[call.verb]?.maxItemsPerCall ?? 1;
    earliest = Math.min(earliest, closesAtMs({ ...call, items: call.ordinals.size }, max));
  }
  for (const operation of lane.operations.values()) {
    if (operation.name === undefined && !operation.busy) earliest = Math.min(earliest, operation.nextAtMs);
  }
  return Math.max(earliest, lane.writesNotBeforeMs);
}

function closeBatches<T extends KindTypes>(lane: LaneState<T>, nowMs: number): void {
  for (const [name, call] of lane.forming) {
    const max = lane.env.ports()?.writer?.verbs[call.verb]?.maxItemsPerCall;
    if (max === undefined) continue;
    if (call.ordinals.size > 0 && closesAtMs({ ...call, items: call.ordinals.size }, max) > nowMs) continue;
    lane.forming.delete(name);
    const ordinals = [...call.ordinals];
    for (let from = 0; from < ordinals.length; from += max) {
      lane.ready.push({ verb: call.verb, ordinals: ordinals.slice(from, from + max) });
    }
  }
}

/** An operation of those items that still want it; from here on nothing else starts for them. */
function openOperation<T extends KindTypes>(lane: LaneState<T>, ready: ReadyCall): OpenOperation | undefined {
  const { env, table } = lane;
  const writer = env.ports()?.writer;
  const ordinals = ready.ordinals.filter((ordinal) => wants(lane, ordinal, ready));
  const [first] = writeItems(lane, ordinals);
  if (writer === undefined || first === undefined) return undefined;
  const requestKey = env.newRequestKey();
  const operation: OpenOperation = {
    intent: {
      requestKey,
      verb: ready.verb,
      partition: writer.partition(ready.verb, first),
      keys: ordinals.map((ordinal) => table.keys[ordinal] as string),
      fence: env.leadership.fence,
    },
    ordinals,
    positionOf: new Map(ordinals.map((ordinal, position) => [ordinal, position])),
    outcomes: ordinals.map(() => undefined),
    budget: ready.budget ?? splitBudget(ordinals.length),
    name: undefined,
    phase: { is: 'intended' },
    vendorOperationIds: [],
    submittedAtWallMs: undefined,
    refusal: undefined,
    noteDue: false,
    busy: false,
    attempts: 0,
    noteNotBeforeMs: 0,
    polls: 0,
    nextAtMs: 0,
  };
  const inFlight = { is: 'running', verb: ready.verb, operation: requestKey } as const;
  for (const ordinal of ordinals) {
    table.inFlight[ordinal] = inFlight;
    lane.dirty.add(ordinal);
    for (const call of lane.forming.values()) call.ordinals.delete(ordinal);
  }
  lane.operations.set(requestKey, operation);
  return operation;
}

function wants<T extends KindTypes>(lane: LaneState<T>, ordinal: Ordinal, ready: ReadyCall): boolean {
  const step = lane.table.step[ordinal];
  const winner = winnerOf(lane, ordinal);
  return (
    step?.do === 'call' &&
    step.verb === ready.verb &&
    lane.table.inFlight[ordinal] === undefined &&
    winner !== undefined &&
    heldBack(lane, winner) === undefined
  );
}

function writeItems<T extends KindTypes>(
  lane: LaneState<T>,
  ordinals: readonly Ordinal[],
): readonly WriteItem<T['subject'], T['desired']>[] {
  return ordinals.flatMap((ordinal) => {
    const key = lane.table.keys[ordinal];
    const winner = winnerOf(lane, ordinal);
    return key === undefined || winner === undefined
      ? []
      : [{ key, subject: winner.subject, desired: winner.by.desired }];
  });
}

/** Enough requests to single out several poisoned items by halving; never as many as there are items. */
function splitBudget(items: number): SplitBudget {
  return { left: 8 * Math.ceil(Math.log2(items + 1)) };
}

/** Intent, then ONE unsafe write, then the outcome. */
function write<T extends KindTypes>(lane: LaneState<T>, operation: OpenOperation): Task {
  operation.busy = true;
  return {
    with: 'vendor',
    run: async (signal) => {
      const intended = await lane.env.journal.intend(operation.intent, signal);
      operation.busy = false;
      if (!intended.ok) return intendLater(lane, operation, intended.failure);
      operation.name = intended.value.name;
      operation.attempts = 0;
      if (!mayStillSend(lane, operation)) return withdraw(lane, operation);
      operation.busy = true;
      const reply = await sendOnce(lane, operation, signal);
      operation.busy = false;
      foldReply(lane, operation, reply);
    },
  };
}

function intendLater<T extends KindTypes>(
  lane: LaneState<T>,
  operation: OpenOperation,
  failure: Failure,
): void {
  operation.attempts += 1;
  const waitMs = failure.retryAfterMs ?? backoffMs(CALL_BACKOFF, operation.attempts, lane.env.random);
  operation.nextAtMs = lane.env.nowMs() + waitMs;
}

/** The declaration, the mode or the leadership may have changed while the intent was being written. */
function mayStillSend<T extends KindTypes>(lane: LaneState<T>, operation: OpenOperation): boolean {
  if (!lane.env.leadership.mayWrite() || lane.env.ports()?.writer === undefined) return false;
  return operation.ordinals.every((ordinal) => {
    const winner = winnerOf(lane, ordinal);
    if (winner === undefined || heldBack(lane, winner) !== undefined) return false;
    return lane.kind.setOf(winner.by.desired) === lane.kind.setOfPartition(operation.intent.partition);
  });
}

function withdraw<T extends KindTypes>(lane: LaneState<T>, operation: OpenOperation): void {
  operation.phase = advance(operation.phase, { is: 'withdrawn' }, lane.env.nowMs());
  operation.noteDue = true;
}

/** The only place in the engine from which a vendor is changed, and the only one that catches. */
async function sendOnce<T extends KindTypes>(
  lane: LaneState<T>,
  operation: OpenOperation,
  signal: AbortSignal,
): Promise<Result<Submission>> {
  const writer = lane.env.ports()?.writer;
  const { verb, partition, requestKey } = operation.intent;
  const items = writeItems(lane, operation.ordinals);
  if (writer === undefined) return failed(unknownReply);
  try {
    return await writer.send({ verb, partition, requestKey, items }, signal);
  } catch {
    // A fault of ours after the first byte may have left is no proof that nothing happened.
    return failed(unknownReply);
  }
}

const unknownReply: Failure = {
  kind: 'unknownOutcome',
  code: 'NO_REPLY',
  message: 'no trustworthy reply came back, so whether it happened is read back',
};

function foldReply<T extends KindTypes>(
  lane: LaneState<T>,
  operation: OpenOperation,
  reply: Result<Submission>,
): void {
  const nowMs = lane.env.nowMs();
  operation.noteDue = true;
  if (!reply.ok) return foldFailedReply(lane, operation, reply.failure);
  lane.env.onVendorReply();
  lane.writeAttempts = 0;
  operation.submittedAtWallMs = lane.env.wallMs();
  if (reply.value.is === 'accepted') {
    operation.vendorOperationIds = reply.value.operationIds;
    operation.nextAtMs = nowMs + pollDelayMs(0);
    operation.phase = advance(operation.phase, reply.value, nowMs);
    return;
  }
  takeOutcomes(lane, operation, reply.value.outcomes);
  operation.phase = advance(operation.phase, { is: 'answered' }, nowMs);
}

function foldFailedReply<T extends KindTypes>(
  lane: LaneState<T>,
  operation: OpenOperation,
  failure: Failure,
): void {
  const { env } = lane;
  env.onVendorFailure(failure);
  operation.refusal = failure;
  switch (failure.kind) {
    case 'unknownOutcome':
      operation.phase = advance(operation.phase, { is: 'replyLost' }, env.nowMs());
      return;
    case 'rejected':
    case 'notFound':
    case 'conflict':
      operation.phase = advance(operation.phase, { is: 'refused' }, env.nowMs());
      return;
    case 'transient':
    case 'throttled':
    case 'unauthorized':
      operation.phase = advance(operation.phase, { is: 'notSent' }, env.nowMs());
      lane.writeAttempts += 1;
      lane.writesNotBeforeMs =
        env.nowMs() + (failure.retryAfterMs ?? backoffMs(CALL_BACKOFF, lane.writeAttempts, env.random));
      return;
    default:
      failure.kind satisfies never;
  }
}

/** Puts the halves of a refused request in line, so that one poisoned item holds up no other. */
export function splitRefused<T extends KindTypes>(lane: LaneState<T>, operation: OpenOperation): void {
  for (const half of halves(operation.ordinals)) {
    operation.budget.left -= 1;
    lane.ready.push({ verb: operation.intent.verb, ordinals: half, budget: operation.budget });
  }
}
