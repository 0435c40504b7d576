import type { ItemFailure, ItemKey, KindTypes, RememberedFailure } from '../domain/item.ts';
import type { Success, Target } from '../domain/kind.ts';
import { stateName } from '../domain/operation.ts';
import { groupOutcomes } from '../domain/outcomes.ts';
import { backoffMs, CALL_BACKOFF, retryMs } from '../domain/schedule.ts';
import type { Failure, Result } from '../ports/failure.ts';
import type { OperationFacts } from '../ports/journal.ts';
import type { RecordChange } from '../ports/records.ts';
import { splitRefused } from './batching.ts';
import { winnerOf } from './items.ts';
import type { LaneState, OpenOperation } from './lane-state.ts';
import { pagesOf } from './reckoning.ts';
import { answersWhatIsAsked, failureOfAll, recordRefusals } from './refusals.ts';
import { heedPeople } from './resolving.ts';
import { failuresOf, NOT_EXECUTED, REPLY_LOST, settle } from './settling.ts';
import { type Ordinal, UNKNOWN } from './table.ts';
import { type Task, taskOn } from './task.ts';
import { watchFor } from './waiting.ts';
import { setOfInterest } from './where-to-look.ts';
import { targetBehind } from './writing.ts';

/** What has to be written down next: the end of an operation, its news, or what is known of some of its items. */
export function nextNote<T extends KindTypes>(lane: LaneState<T>): Task | undefined {
  const nowMs = lane.env.nowMs();
  for (const operation of lane.operations.values()) {
    const { name } = operation;
    if (operation.busy || name === undefined) continue;
    heedPeople(lane, operation);
    settle(lane, operation);
    if (operation.noteNotBeforeMs > nowMs) continue;
    if (operation.phase.is === 'ended') return close(lane, operation, name);
    if (operation.noteDue) return note(lane, operation, name);
    if (isPartlySettled(operation)) return freeSettled(lane, operation);
  }
  return undefined;
}

/** When `nextNote` may have something that it does not have now. */
export function nextNoteAtMs<T extends KindTypes>(lane: LaneState<T>): number {
  let earliest = Number.POSITIVE_INFINITY;
  for (const operation of lane.operations.values()) {
    if (operation.busy || operation.name === undefined) continue;
    if (operation.noteDue || operation.phase.is === 'ended' || isPartlySettled(operation)) {
      earliest = Math.min(earliest, operation.noteNotBeforeMs);
    }
  }
  return earliest;
}

/** What nobody knows of one item must not hold up the others of its request. */
function isPartlySettled(operation: OpenOperation): boolean {
  const isOpen = operation.phase.is === 'unknown' || operation.phase.is === 'sought';
  return isOpen && operation.settled.length > 0;
}

function note<T extends KindTypes>(lane: LaneState<T>, operation: OpenOperation, name: string): Task {
  operation.noteDue = false;
  return taskOn(operation, 'own', async (signal) => {
    const noted = await lane.env.journal.note(name, factsOf(operation, undefined), signal);
    if (noted.ok) operation.attempts = 0;
    else noteLater(lane, operation, noted.failure);
  });
}

function noteLater<T extends KindTypes>(
  lane: LaneState<T>,
  operation: OpenOperation,
  failure: Failure,
): void {
  operation.noteDue = true;
  operation.attempts += 1;
  operation.noteNotBeforeMs =
    lane.env.nowMs() + retryMs(failure.retryAfterMs, CALL_BACKOFF, operation.attempts, lane.env.random);
}

/** Frees the items whose outcome is known while others of the same request are still being read back. */
function freeSettled<T extends KindTypes>(lane: LaneState<T>, operation: OpenOperation): Task {
  return taskOn(operation, 'own', async (signal) => {
    const positions = [...operation.settled];
    const recorded = await record(lane, operation, positions, signal);
    if (!recorded.ok) return noteLater(lane, operation, recorded.failure);
    const refused = await recordRefusals(lane, operation, positions, signal);
    if (!refused.ok) return noteLater(lane, operation, refused.failure);
    const freed = new Set(positions);
    operation.settled = operation.settled.filter((position) => !freed.has(position));
    free(lane, operation, positions, recorded.value);
    for (const position of positions) lane.lingering.add(operation.ordinals[position] as Ordinal);
  });
}

/**
 * Ends an operation: what it achieved is recorded first, then its end is noted, and only then its items are
 * free again. Stopped anywhere in between, the next process asks the vendor again and does the same.
 */
function close<T extends KindTypes>(lane: LaneState<T>, operation: OpenOperation, name: string): Task {
  return taskOn(operation, 'own', async (signal) => {
    const recorded = await record(lane, operation, operation.settled, signal);
    if (!recorded.ok) return noteLater(lane, operation, recorded.failure);
    const refused = await recordRefusals(lane, operation, answeredBy(operation), signal);
    if (!refused.ok) return noteLater(lane, operation, refused.failure);
    const noted = await lane.env.journal.note(name, factsOf(operation, lane.env.wallMs()), signal);
    if (!noted.ok) return noteLater(lane, operation, noted.failure);
    const { phase, intent } = operation;
    if (phase.is === 'ended' && phase.how === 'abandoned') {
      const returned = await lane.env.guard.giveBack(intent.requestKey, signal);
      if (!returned.ok) return noteLater(lane, operation, returned.failure);
    }
    release(lane, operation, recorded.value);
  });
}

/** Positions about which the operation says something and whose items are not free yet. */
function answeredBy({ phase, ordinals, settled }: OpenOperation): readonly number[] {
  return phase.is === 'ended' && phase.how === 'refused'
    ? ordinals.map((_ordinal, position) => position)
    : settled;
}

/** Makes durable what those items of the operation achieved, and of which nobody knows it. */
async function record<T extends KindTypes>(
  lane: LaneState<T>,
  operation: OpenOperation,
  positions: readonly number[],
  signal: AbortSignal,
): Promise<Result<readonly RecordChange[]>> {
  const { env, kind } = lane;
  const changes = positions.flatMap((position) => {
    const ordinal = operation.ordinals[position] as Ordinal;
    const key = lane.table.keys[ordinal];
    const outcome = operation.outcomes[position];
    if (key === undefined) return [];
    if (outcome === REPLY_LOST) return recordLoss(lane, operation, ordinal, key);
    if (outcome !== 'succeeded') return [];
    const target = targetBehind(lane, operation, ordinal);
    const intended = target === undefined ? lane.intended.get(ordinal) : undefined;
    const after =
      kind.recordAfter(successOf(lane, operation, ordinal, target)) ??
      (intended === undefined ? undefined : { value: intended });
    return after === undefined ? [] : [{ key, value: after.value }];
  });
  if (changes.length === 0) return { ok: true, value: changes };
  const kept = await env.records.keep(kind.name, changes, signal);
  return kept.ok ? { ok: true, value: changes } : kept;
}

function recordLoss<T extends KindTypes>(
  { kind, table }: LaneState<T>,
  { intent }: OpenOperation,
  ordinal: Ordinal,
  key: ItemKey,
): readonly RecordChange[] {
  const recorded = table.recorded[ordinal];
  const value = recorded === undefined ? undefined : kind.recordAfterLoss?.(intent.verb, recorded);
  return value === undefined ? [] : [{ key, value }];
}

function successOf<T extends KindTypes>(
  lane: LaneState<T>,
  operation: OpenOperation,
  ordinal: Ordinal,
  target: Target<T> | undefined,
): Success<T> {
  const { verb, partition } = operation.intent;
  const intended = lane.intended.get(ordinal);
  const recorded = lane.table.recorded[ordinal];
  const awaitsCustomer = lane.env.ports()?.writer?.verbs[verb]?.awaitsCustomer;
  const position = operation.positionOf.get(ordinal);
  const vendorId = position === undefined ? undefined : operation.vendorIds.get(position);
  return {
    verb,
    partition,
    ...(awaitsCustomer === undefined ? {} : { awaitsCustomer }),
    ...(target === undefined ? {} : { target }),
    ...(intended === undefined ? {} : { intended }),
    ...(recorded === undefined ? {} : { recorded }),
    nowMs: lane.env.wallMs(),
    ...(vendorId === undefined ? {} : { vendorId }),
  };
}

function factsOf(operation: OpenOperation, finishedAtMs: number | undefined): OperationFacts {
  const failures = failuresOf(operation);
  const failedItems = failures.filter((failure) => failure !== undefined).length;
  const succeeded = operation.outcomes.filter((outcome) => outcome === 'succeeded').length;
  return {
    state: stateName(operation.phase, {
      succeeded,
      failed: failedItems,
      resolved: operation.resolvedByPeople,
    }),
    vendorOperationIds: operation.vendorOperationIds,
    ...(operation.submittedAtWallMs === undefined ? {} : { submittedAtMs: operation.submittedAtWallMs }),
    ...(finishedAtMs === undefined ? {} : { finishedAtMs }),
    succeeded,
    failed: failedItems,
    outcomes: groupOutcomes(failures),
    ...(operation.refusal === undefined
      ? {}
      : { failure: { code: operation.refusal.code, message: operation.refusal.message } }),
  };
}

/** The operation is over and noted: nothing of it is left but what its items learned. */
function release<T extends KindTypes>(
  lane: LaneState<T>,
  operation: OpenOperation,
  recorded: readonly RecordChange[],
): void {
  lane.operations.delete(operation.intent.requestKey);
  const held = operation.ordinals.map((_ordinal, position) => position);
  free(
    lane,
    operation,
    held.filter((position) => !lane.lingering.has(operation.ordinals[position] as Ordinal)),
    recorded,
  );
  for (const ordinal of operation.ordinals) {
    // A write that waited for this end may be due.
    if (lane.lingering.delete(ordinal)) lane.dirty.add(ordinal);
  }
  if (operation.phase.is === 'ended' && operation.phase.how === 'refused') afterRefusal(lane, operation);
}

/** Lets go of items: they may be planned again, each with what it learned. */
function free<T extends KindTypes>(
  lane: LaneState<T>,
  operation: OpenOperation,
  positions: readonly number[],
  recorded: readonly RecordChange[],
): void {
  const { table } = lane;
  for (const { key, value } of recorded) {
    const ordinal = table.find(key);
    if (ordinal !== undefined) table.record(ordinal, value);
  }
  const answers = answersWhatIsAsked(lane, operation);
  const againInMs = againTogether(lane, operation);
  for (const position of positions) {
    const ordinal = operation.ordinals[position] as Ordinal;
    table.inFlight[ordinal] = undefined;
    count(lane, operation, position);
    learn(lane, operation, ordinal, position, answers, againInMs);
    lane.intended.delete(ordinal);
    lane.dirty.add(ordinal);
  }
}

/** What never left is no outcome. */
function count<T extends KindTypes>(
  { writtenItems }: LaneState<T>,
  { intent, phase, outcomes }: OpenOperation,
  position: number,
): void {
  if (phase.is === 'ended' && phase.how === 'abandoned') return;
  const { verb } = intent;
  const written = writtenItems.get(verb) ?? { succeeded: 0, failed: 0 };
  written[outcomes[position] === 'succeeded' ? 'succeeded' : 'failed'] += 1;
  writtenItems.set(verb, written);
}

function learn<T extends KindTypes>(
  lane: LaneState<T>,
  operation: OpenOperation,
  ordinal: Ordinal,
  position: number,
  answers: (position: number) => boolean,
  againInMs: (attempts: number) => number,
): void {
  const { table, kind } = lane;
  const { verb } = operation.intent;
  const attempts = (table.failure[ordinal]?.attempts ?? 0) + 1;
  const outcome = operation.outcomes[position];
  if (outcome === 'succeeded') believe(lane, operation, ordinal);
  else if (outcome === 'didNotHappen') remember(lane, ordinal, verb, NOT_EXECUTED, againInMs(attempts));
  else if (typeof outcome === 'object' && (outcome.kind !== 'invalid' || answers(position))) {
    const isPassing = outcome.kind === 'passing';
    remember(lane, ordinal, verb, outcome, isPassing ? againInMs(attempts) : undefined);
    if (outcome.unproven === true) doubt(lane, operation, ordinal);
  }
  // Absent from where this write would have put it is not absent from where it is wanted by now.
  const lookedForIn = kind.setOfPartition(operation.intent.partition);
  if (table.observed(ordinal).is === 'absent' && setOfInterest(lane, ordinal) !== lookedForIn) {
    table.observe(ordinal, UNKNOWN);
  }
}

/**
 * In how long the items of one operation that came to nothing for passing reasons are asked about again: all together,
 * in one call, with the polls and looks that this one took.
 */
function againTogether<T extends KindTypes>(
  lane: LaneState<T>,
  operation: OpenOperation,
): (attempts: number) => number {
  let againInMs: number | undefined;
  return (attempts) => {
    againInMs ??= lane.env.bookRetryMs(
      backoffMs(CALL_BACKOFF, attempts, lane.env.random),
      1 + operation.polls + looksOf(lane, operation),
    );
    return againInMs;
  };
}

/** An unknown outcome is looked for about so often, until its absence is proven (`domain/plan.ts`). */
const LOOKS_AT_UNKNOWN = 8;

function looksOf<T extends KindTypes>(
  lane: LaneState<T>,
  { intent, outcomes, ordinals }: OpenOperation,
): number {
  if (!outcomes.includes('didNotHappen')) return 0;
  const set = lane.sets.get(lane.kind.setOfPartition(intent.partition) ?? '');
  const pages = set === undefined ? 1 : pagesOf(lane, set);
  const canAskByItem = lane.env.ports()?.items !== undefined;
  return LOOKS_AT_UNKNOWN * (canAskByItem ? Math.min(pages, ordinals.length) : pages);
}

/** A refusal that tells against the last look: only looks can tell, and the list may lag behind. */
function doubt<T extends KindTypes>(lane: LaneState<T>, operation: OpenOperation, ordinal: Ordinal): void {
  const { verb, partition } = operation.intent;
  lane.table.observe(ordinal, UNKNOWN);
  const lagMs = lane.env.ports()?.writer?.verbs[verb]?.visibilityMs ?? 0;
  watchFor(lane, lane.kind.setOfPartition(partition), lagMs);
}

/** A per-item success counts as seen; a look late enough to show it verifies it. */
function believe<T extends KindTypes>(lane: LaneState<T>, operation: OpenOperation, ordinal: Ordinal): void {
  const { table, kind, env } = lane;
  const { verb, partition } = operation.intent;
  const winner = winnerOf(lane, ordinal);
  const before = table.observed(ordinal);
  table.failure[ordinal] = undefined;
  if (before !== undefined && kind.shows(verb, partition, before)) return;
  const target = targetBehind(lane, operation, ordinal);
  const believed = kind.believed(successOf(lane, operation, ordinal, target));
  if (believed.is !== 'present') {
    // Gone from where it was, or put where nobody wants it any more: what that means to somebody who wants it
    // only a look can tell.
    if (believed.is === 'absent') leaveSet(lane, ordinal);
    if (winner !== undefined) table.observe(ordinal, UNKNOWN);
    return;
  }
  const atMs = env.nowMs();
  const visibleFromMs = atMs + (env.ports()?.writer?.verbs[verb]?.visibilityMs ?? 0);
  const alike = (believed.keys ?? []).map((key) => table.ordinalOf(key));
  for (const shown of new Set([ordinal, ...alike])) {
    table.observe(shown, { is: 'present', fact: believed.fact, atMs, believed: true });
    table.seenInSet[shown] = kind.setOfPartition(partition);
    table.visibleFromMs[shown] = visibleFromMs;
    lane.dirty.add(shown);
  }
  if (kind.waits?.(believed.fact) === true) watchFor(lane, table.seenInSet[ordinal]);
}

/** It is gone from where it was: that set counts it no longer, and does not speak for it any more. */
function leaveSet<T extends KindTypes>({ table, env }: LaneState<T>, ordinal: Ordinal): void {
  table.observe(ordinal, { is: 'absent', atMs: env.nowMs() });
  table.seenInSet[ordinal] = undefined;
}

/** Keeps a refusal in mind, and when it may be asked about again; `againMs` overrules what its kind says. */
export function remember<T extends KindTypes>(
  lane: LaneState<T>,
  ordinal: Ordinal,
  verb: RememberedFailure['verb'],
  failure: ItemFailure,
  againMs = askAgainMs(lane, ordinal, failure),
): void {
  const { env, table } = lane;
  const attempts = (table.failure[ordinal]?.attempts ?? 0) + 1;
  const remembered = { failure, verb, attempts, due: false };
  table.failure[ordinal] = remembered;
  if (againMs !== undefined) lane.wakes.add(env.nowMs() + againMs, { ordinal, failure: remembered });
}

function askAgainMs<T extends KindTypes>(
  lane: LaneState<T>,
  ordinal: Ordinal,
  { kind }: ItemFailure,
): number | undefined {
  const { env, table } = lane;
  const attempts = (table.failure[ordinal]?.attempts ?? 0) + 1;
  switch (kind) {
    case 'invalid':
      return undefined;
    case 'heldByOther':
      return env.settings().resyncIntervalMs;
    case 'passing':
      return env.bookRetryMs(backoffMs(CALL_BACKOFF, attempts, env.random), 1);
    default:
      return kind satisfies never;
  }
}

/**
 * A request refused as a whole: look for the item it was refused for, as long as the budget lasts. Items that
 * were only ever refused together are not proven wrong, and are asked about again at the next look.
 */
function afterRefusal<T extends KindTypes>(lane: LaneState<T>, operation: OpenOperation): void {
  const { refusal, ordinals, budget } = operation;
  if (refusal === undefined) return;
  if (refusal.kind === 'rejected' && ordinals.length > 1 && budget.left > 0)
    return splitRefused(lane, operation);
  const failure = failureOfAll(operation, refusal);
  const proven = failure.kind === 'invalid';
  if (proven && !answersWhatIsAsked(lane, operation)(0)) return;
  const againMs = proven
    ? undefined
    : lane.env.bookRetryMs(
        lane.env.settings().resyncIntervalMs,
        2 * Math.ceil(Math.log2(ordinals.length + 1)),
      );
  for (const ordinal of ordinals) remember(lane, ordinal, operation.intent.verb, failure, againMs);
}
