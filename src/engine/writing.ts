import type { KindTypes, Verb } from '../domain/item.ts';
import type { Target } from '../domain/kind.ts';
import { advance } from '../domain/operation.ts';
import { CALL_BACKOFF, pollDelayMs, retryMs } from '../domain/schedule.ts';
import { type Failure, failed, type Result } from '../ports/failure.ts';
import type { Submission, WriteItem, WriteRequest } from '../ports/writer.ts';
import { askedBy, askedTogether } from './asking.ts';
import { closeBatches, formingClosesAtMs, putBack, takeReady } from './batching.ts';
import { lookOwedMs } from './creating.ts';
import { waitsForRelease } from './exchanging.ts';
import { noteIntended, recordsAfter } from './intending.ts';
import { mayGo, targetOf } from './items.ts';
import type { LaneState, OpenOperation, ReadyCall, SplitBudget } from './lane-state.ts';
import { admitted, budgetOf, heldBack, hold, partitionText, queueAllowed } from './planning.ts';
import { takeOutcomes } from './settling.ts';
import type { Ordinal } from './table.ts';
import { type Task, taskOn } from './task.ts';
import { concernsAccount } from './trouble.ts';

/** How soon to look again when this process may not write. ASSUMED: leadership comes back with the next renewal. */
const LEADERSHIP_LOOK_MS = 1_000;

/**
 * The next write of this lane, if one may start: an intent that was not sent yet first, then a batch that has
 * closed.
 */
export function nextWrite<T extends KindTypes>(lane: LaneState<T>): Task | undefined {
  const nowMs = lane.env.nowMs();
  // What is dirty may be about to leave a batch, or to join it.
  if (lane.dirty.size > 0 || lane.writesNotBeforeMs > nowMs) return undefined;
  // What stands there already is found out before anything is changed.
  if (lane.kind.meetsContact && lane.env.contact() === 'looking') return undefined;
  if (!lane.env.leadership.mayWrite()) {
    lane.writesNotBeforeMs = nowMs + LEADERSHIP_LOOK_MS;
    return undefined;
  }
  for (const operation of lane.operations.values()) {
    if (isUnsent(operation) && operation.nextAtMs <= nowMs) return write(lane, operation);
  }
  queueAllowed(lane);
  closeBatches(lane, nowMs);
  for (let ready = takeReady(lane); ready !== undefined; ready = takeReady(lane)) {
    const operation = openOperation(lane, ready);
    if (operation !== undefined) return write(lane, operation);
  }
  return undefined;
}

/** When `nextWrite` may have something that it does not have now. */
export function nextWriteAtMs<T extends KindTypes>(lane: LaneState<T>): number {
  let earliest = lane.ready.length > 0 ? 0 : formingClosesAtMs(lane);
  for (const operation of lane.operations.values()) {
    if (isUnsent(operation)) earliest = Math.min(earliest, operation.nextAtMs);
  }
  if (lane.kind.meetsContact && lane.env.contact() === 'looking') return Number.POSITIVE_INFINITY;
  return Math.max(earliest, lane.writesNotBeforeMs);
}

function isUnsent(operation: OpenOperation): boolean {
  return operation.phase.is === 'intended' && !operation.busy;
}

/** An operation of those items that still want it; from here on nothing else starts for them. */
function openOperation<T extends KindTypes>(lane: LaneState<T>, ready: ReadyCall): OpenOperation | undefined {
  const { env, table } = lane;
  const writer = env.ports()?.writer;
  const wanted = ready.ordinals.filter(
    (ordinal) => wants(lane, ordinal, ready) && !waitsForRelease(lane, ordinal, ready.verb),
  );
  // What it was planned on may be too old by now: planned anew, it says what is missing.
  for (const ordinal of ready.ordinals) {
    if (!mayGo(lane, ordinal, ready.verb)) lane.dirty.add(ordinal);
  }
  const { records, fitting } = recordsAfter(lane, ready, wanted);
  const ordinals = wanted.slice(0, fitting);
  putBack(lane, { ...ready, ordinals: wanted.slice(fitting) });
  const [first] = writeItems(lane, ready.verb, ordinals);
  if (writer === undefined || first === undefined) return undefined;
  const requestKey = env.newRequestKey();
  const asked = ordinals.map(askedBy(lane, ready.verb));
  const operation: OpenOperation = {
    intent: {
      requestKey,
      verb: ready.verb,
      partition: writer.partition(ready.verb, first),
      keys: ordinals.map((ordinal) => table.keys[ordinal] as string),
      records,
      asked: askedTogether(asked),
      fence: env.leadership.fence,
    },
    ordinals,
    positionOf: new Map(ordinals.map((ordinal, position) => [ordinal, position])),
    asked,
    outcomes: ordinals.map(() => undefined),
    budget: ready.budget ?? splitBudget(ordinals.length),
    unsettled: ordinals.length,
    settled: [],
    vendorIds: new Map(),
    markedForMs: undefined,
    name: undefined,
    phase: { is: 'intended' },
    vendorOperationIds: [],
    submittedAtWallMs: undefined,
    acceptedAtMs: 0,
    refusal: undefined,
    resolvedByPeople: false,
    heeded: undefined,
    noteDue: false,
    busy: false,
    attempts: 0,
    noteNotBeforeMs: 0,
    polls: 0,
    nextAtMs: 0,
  };
  const inFlight = { is: 'running', verb: ready.verb, operation: requestKey } as const;
  noteIntended(lane, operation);
  for (const ordinal of ordinals) hold(lane, ordinal, inFlight);
  const budget = budgetOf(lane, ready.verb);
  if (budget !== undefined) env.guard.reserve(requestKey, budget, ordinals.length);
  lane.operations.set(requestKey, operation);
  return operation;
}

function wants<T extends KindTypes>(lane: LaneState<T>, ordinal: Ordinal, ready: ReadyCall): boolean {
  const step = lane.table.step[ordinal];
  const target = targetOf(lane, ordinal, ready.verb);
  return (
    step?.do === 'call' &&
    step.verb === ready.verb &&
    lane.table.inFlight[ordinal] === undefined &&
    target !== undefined &&
    mayGo(lane, ordinal, ready.verb) &&
    heldBack(lane, target, ready.verb) === undefined &&
    isLookedUp(lane, ordinal, ready.verb) &&
    partitionText(lane, ordinal, ready.verb) === ready.partitionText
  );
}

/** An item whose look has grown old while it waited is planned anew, and that asks for another one. */
function isLookedUp<T extends KindTypes>(lane: LaneState<T>, ordinal: Ordinal, verb: Verb): boolean {
  if (budgetOf(lane, verb) !== 'creations' || lookOwedMs(lane, ordinal, verb) === undefined) return true;
  lane.dirty.add(ordinal);
  return false;
}

function writeItems<T extends KindTypes>(
  lane: LaneState<T>,
  verb: Verb,
  ordinals: readonly Ordinal[],
): readonly WriteItem<T['subject'], T['desired']>[] {
  return ordinals.flatMap((ordinal) => {
    const key = lane.table.keys[ordinal];
    const target = targetOf(lane, ordinal, verb);
    return key === undefined || target === undefined
      ? []
      : [{ key, subject: target.subject, desired: target.desired }];
  });
}

/**
 * Singling out one poisoned item by halving takes two requests a level. As long as every part is refused, it may
 * be what they share: no more than that is spent. Once a part was taken, there is enough to find several.
 */
function splitBudget(items: number): SplitBudget {
  const forOneItem = 2 * Math.ceil(Math.log2(items + 1));
  return { left: forOneItem, afterSuccess: 3 * forOneItem };
}

/** Intent, then ONE unsafe write, then the outcome. */
function write<T extends KindTypes>(lane: LaneState<T>, operation: OpenOperation): Task {
  return taskOn(operation, 'vendor', async (signal) => {
    lane.aboutToSend += 1;
    const isReady = await prepare(lane, operation, signal).finally(() => {
      lane.aboutToSend -= 1;
    });
    if (!isReady) return;
    if (!mayStillSend(lane, operation)) return withdraw(lane, operation);
    operation.nextAtMs = lane.env.sendableAtMs();
    // The account came into trouble, or a request in turn took the quota: the intent stands, and goes when it can.
    if (operation.nextAtMs > lane.env.nowMs()) return;
    foldReply(lane, operation, await sendOnce(lane, operation, signal));
  });
}

/** Everything that has to be durable, or asked, before the request goes. Answers whether it may go on; if not, later. */
async function prepare<T extends KindTypes>(
  lane: LaneState<T>,
  operation: OpenOperation,
  signal: AbortSignal,
): Promise<boolean> {
  if (operation.name === undefined) {
    const counted = await lane.env.guard.write(operation.intent.requestKey, signal);
    const intended = counted.ok ? await lane.env.journal.intend(operation.intent, signal) : counted;
    if (!intended.ok) {
      intendLater(lane, operation, intended.failure);
      return false;
    }
    operation.name = intended.value.name;
    operation.attempts = 0;
  }
  await withhold(lane, operation, signal);
  const isLeading = await isConfirmed(lane, operation, signal);
  if (!isLeading) operation.nextAtMs = lane.env.nowMs() + LEADERSHIP_LOOK_MS;
  return isLeading;
}

/** Settles the items that must not be sent; the others go without them. */
async function withhold<T extends KindTypes>(
  lane: LaneState<T>,
  operation: OpenOperation,
  signal: AbortSignal,
): Promise<void> {
  const writer = lane.env.ports()?.writer;
  if (writer?.withheld === undefined) return;
  takeOutcomes(lane, operation, await writer.withheld(requestOf(lane, operation), signal));
}

/** What can never be undone asks the lease itself, not what is remembered of it. */
async function isConfirmed<T extends KindTypes>(
  { env }: LaneState<T>,
  { intent }: OpenOperation,
  signal: AbortSignal,
): Promise<boolean> {
  const traits = env.ports()?.writer?.verbs[intent.verb];
  const { effect, repeat } = traits ?? {};
  const isForGood = effect === 'irreversible' || effect === 'creation' || repeat === 'never';
  return !isForGood || env.leadership.confirm(signal);
}

function intendLater<T extends KindTypes>(
  lane: LaneState<T>,
  operation: OpenOperation,
  failure: Failure,
): void {
  operation.attempts += 1;
  operation.nextAtMs =
    lane.env.nowMs() + retryMs(failure.retryAfterMs, CALL_BACKOFF, operation.attempts, lane.env.random);
}

/** The declaration, the mode or the leadership may have changed while the intent was being written. */
function mayStillSend<T extends KindTypes>(lane: LaneState<T>, operation: OpenOperation): boolean {
  if (!lane.env.leadership.mayWrite() || lane.env.ports()?.writer === undefined) return false;
  const { verb, partition } = operation.intent;
  const text = JSON.stringify(partition);
  const leaving = unsettledOf(operation);
  if (leaving.length === 0) return false;
  return leaving.every((ordinal) => {
    const target = targetBehind(lane, operation, ordinal);
    // The guard was asked when the operation was opened, and has counted it since.
    if (target === undefined || admitted(lane, target) !== undefined) return false;
    if (!mayGo(lane, ordinal, verb)) return false;
    return partitionText(lane, ordinal, verb) === text && isLookedUp(lane, ordinal, verb);
  });
}

/** What an operation does for an item; undefined when what is wanted now asks for something else. */
export function targetBehind<T extends KindTypes>(
  lane: LaneState<T>,
  operation: OpenOperation,
  ordinal: Ordinal,
): Target<T> | undefined {
  const { verb, partition } = operation.intent;
  const target = targetOf(lane, ordinal, verb);
  const set = lane.kind.setOfPartition(partition);
  return target !== undefined && lane.kind.setOf(target.desired) === set ? target : undefined;
}

function withdraw<T extends KindTypes>(lane: LaneState<T>, operation: OpenOperation): void {
  operation.phase = advance(operation.phase, { is: 'withdrawn' }, lane.env.nowMs());
  operation.noteDue = true;
}

/** The only place in the engine from which a vendor is changed. */
async function sendOnce<T extends KindTypes>(
  lane: LaneState<T>,
  operation: OpenOperation,
  signal: AbortSignal,
): Promise<Result<Submission>> {
  const writer = lane.env.ports()?.writer;
  if (writer === undefined) return failed(unknownReply);
  try {
    const mayStart = (): boolean => mayStillSend(lane, operation);
    return await writer.send({ ...requestOf(lane, operation), mayStart }, signal);
  } catch (error) {
    lane.env.onBug(error);
    // A fault of ours after the first byte may have left is no proof that nothing happened.
    return failed(unknownReply);
  }
}

/** The request, with the items that are still to be sent. */
function requestOf<T extends KindTypes>(
  lane: LaneState<T>,
  operation: OpenOperation,
): WriteRequest<T['subject'], T['desired']> {
  const { verb, partition, requestKey } = operation.intent;
  const items = writeItems(lane, verb, unsettledOf(operation));
  return { verb, partition, requestKey, items, ...(isAlone(lane, operation) ? { alone: true } : {}) };
}

function unsettledOf({ ordinals, outcomes }: OpenOperation): readonly Ordinal[] {
  return ordinals.filter((_ordinal, position) => outcomes[position] === undefined);
}

function isAlone<T extends KindTypes>(lane: LaneState<T>, { ordinals }: OpenOperation): boolean {
  const isLast = lane.operations.size === 1 && lane.forming.size === 0 && lane.ready.length === 0;
  return isLast && ordinals.length === 1;
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
  if (!reply.ok) return foldFailedReply(lane, operation, reply.failure);
  const nowMs = lane.env.nowMs();
  lane.env.onVendorReply();
  lane.writeAttempts = 0;
  operation.noteDue = true;
  operation.submittedAtWallMs = lane.env.wallMs();
  operation.budget.left += operation.budget.afterSuccess;
  operation.budget.afterSuccess = 0;
  if (reply.value.is === 'accepted') {
    operation.vendorOperationIds = reply.value.operationIds;
    operation.acceptedAtMs = nowMs;
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
  switch (failure.kind) {
    case 'unknownOutcome':
      operation.phase = advance(operation.phase, { is: 'replyLost' }, env.nowMs());
      operation.noteDue = true;
      return;
    case 'rejected':
    case 'notFound':
    case 'conflict':
      operation.refusal = failure;
      operation.phase = advance(operation.phase, { is: 'refused' }, env.nowMs());
      return;
    case 'transient':
    case 'throttled':
    case 'unauthorized':
      operation.phase = advance(operation.phase, { is: 'notSent' }, env.nowMs());
      return holdWrites(lane, failure);
    default:
      failure.kind satisfies never;
  }
}

/** Nothing happened, and the next write would hardly fare better. */
function holdWrites<T extends KindTypes>(lane: LaneState<T>, failure: Failure): void {
  const { env } = lane;
  if (concernsAccount(failure)) return;
  lane.writeAttempts += 1;
  lane.writesNotBeforeMs =
    env.nowMs() + retryMs(failure.retryAfterMs, CALL_BACKOFF, lane.writeAttempts, env.random);
}
