import type { ItemFailure, KindTypes, Verb } from '../domain/item.ts';
import { CALL_BACKOFF, retryMs } from '../domain/schedule.ts';
import type { Failure, Result } from '../ports/failure.ts';
import type { RecordChange, RecordGroup } from '../ports/records.ts';
import { askedBy, askedOf } from './asking.ts';
import type { LaneState, OpenOperation } from './lane-state.ts';
import type { Ordinal } from './table.ts';
import { type Task, taskOn } from './task.ts';

/** What the vendor refused for good: as recorded, so that a restart does not ask it again. */
export interface Refusal {
  readonly verb: Verb;
  readonly code: string;
  readonly message: string;
  /** Digest of what was asked. Whoever asks something else has no answer yet. */
  readonly asked: string;
  /** Wall time. */
  readonly atMs: number;
}

/** A refusal older than this is forgotten at the next start, and asked again if it is still declared. ASSUMED. */
const LONGEST_MS = 30 * 24 * 3_600_000;
/** Refusals forgotten in one go. */
const FORGET_ITEMS = 5_000;

/** The kind under which refusals of a lane stand in the records. */
export function refusalsOf(kind: string): string {
  return `refusal.${kind}`;
}

/** Takes in what an earlier process was refused. */
export function restoreRefusals<T extends KindTypes>(
  lane: LaneState<T>,
  groups: readonly RecordGroup[],
): void {
  const beforeMs = lane.env.wallMs() - LONGEST_MS;
  for (const { kind, value, keys } of groups) {
    if (kind !== refusalsOf(lane.kind.name)) continue;
    const refusal = value as Refusal;
    for (const ordinal of keys.map((key) => lane.table.ordinalOf(key))) {
      lane.refusals.set(ordinal, refusal);
      lane.dirty.add(ordinal);
      if (refusal.atMs < beforeMs) forgetRefusal(lane, ordinal);
    }
  }
}

/** What was refused in the same words before costs no request. Answers whether it was. */
export function recallRefusal<T extends KindTypes>(
  lane: LaneState<T>,
  ordinal: Ordinal,
  verb: Verb,
): boolean {
  const refusal = lane.refusals.get(ordinal);
  if (refusal?.verb !== verb || lane.table.failure[ordinal] !== undefined) return false;
  if (askedBy(lane, verb)(ordinal) !== refusal.asked) return false;
  const { code, message } = refusal;
  lane.table.failure[ordinal] = {
    failure: { code, message, kind: 'invalid' },
    verb,
    attempts: 1,
    due: false,
  };
  return true;
}

/** It no longer stands; the record follows. */
export function forgetRefusal<T extends KindTypes>(lane: LaneState<T>, ordinal: Ordinal): void {
  if (lane.refusals.delete(ordinal)) lane.outlived.add(ordinal);
}

/**
 * Whether a refusal answers what is asked for the item by now. A declaration that changed while the vendor was at work
 * is a new question.
 */
export function answersWhatIsAsked<T extends KindTypes>(
  lane: LaneState<T>,
  operation: OpenOperation,
): (position: number) => boolean {
  const asked = askedOf(lane, operation);
  const now = askedBy(lane, operation.intent.verb);
  return (position) => {
    const before = asked[position];
    return before !== undefined && before === now(operation.ordinals[position] as Ordinal);
  };
}

/** Makes durable what those items of the operation were refused for good, and forgets older refusals of the others. */
export async function recordRefusals<T extends KindTypes>(
  lane: LaneState<T>,
  operation: OpenOperation,
  positions: readonly number[],
  signal: AbortSignal,
): Promise<Result<unknown>> {
  const { env, table } = lane;
  const asked = askedOf(lane, operation);
  const changes: RecordChange[] = [];
  const learned = new Map<Ordinal, Refusal | undefined>();
  for (const position of positions) {
    const ordinal = operation.ordinals[position] as Ordinal;
    const key = table.keys[ordinal];
    const refusal = refusalAt(lane, operation, position, asked[position]);
    if (key === undefined || (refusal === undefined && !lane.refusals.has(ordinal))) continue;
    changes.push({ key, value: refusal });
    learned.set(ordinal, refusal);
  }
  if (changes.length === 0) return { ok: true, value: undefined };
  const kept = await env.records.keep(refusalsOf(lane.kind.name), changes, signal);
  if (!kept.ok) return kept;
  for (const [ordinal, refusal] of learned) {
    lane.outlived.delete(ordinal);
    if (refusal === undefined) lane.refusals.delete(ordinal);
    else lane.refusals.set(ordinal, refusal);
  }
  return kept;
}

function refusalAt<T extends KindTypes>(
  lane: LaneState<T>,
  operation: OpenOperation,
  position: number,
  asked: string | undefined,
): Refusal | undefined {
  const { refusal, phase, intent } = operation;
  const isRefused = phase.is === 'ended' && phase.how === 'refused';
  const outcome =
    isRefused && refusal !== undefined ? failureOfAll(operation, refusal) : operation.outcomes[position];
  if (typeof outcome !== 'object' || outcome.kind !== 'invalid' || asked === undefined) return undefined;
  const { code, message } = outcome;
  return { verb: intent.verb, code, message, asked, atMs: lane.env.wallMs() };
}

/**
 * What a request that was refused as a whole says of its items. Only of one that stood alone it is proven that the
 * item is to blame.
 */
export function failureOfAll({ ordinals }: OpenOperation, { kind, code, message }: Failure): ItemFailure {
  if (kind === 'conflict') return { code, message, kind: 'heldByOther' };
  return { code, message, kind: kind === 'rejected' && ordinals.length === 1 ? 'invalid' : 'passing' };
}

/** Takes refusals out of the records that do not stand any more, many at once. */
export function nextForgetting<T extends KindTypes>(lane: LaneState<T>): Task | undefined {
  if (lane.outlived.size === 0 || lane.forgetting.busy || lane.dirty.size > 0) return undefined;
  if (lane.forgetting.notBeforeMs > lane.env.nowMs()) return undefined;
  const ordinals = [...lane.outlived].slice(0, FORGET_ITEMS);
  for (const ordinal of ordinals) lane.outlived.delete(ordinal);
  return taskOn(lane.forgetting, 'own', (signal) => forget(lane, ordinals, signal));
}

/** When `nextForgetting` may have something that it does not have now. */
export function nextForgettingAtMs<T extends KindTypes>({ outlived, forgetting }: LaneState<T>): number {
  return outlived.size === 0 || forgetting.busy ? Number.POSITIVE_INFINITY : forgetting.notBeforeMs;
}

async function forget<T extends KindTypes>(
  lane: LaneState<T>,
  ordinals: readonly Ordinal[],
  signal: AbortSignal,
): Promise<void> {
  const { env, table, forgetting } = lane;
  const changes = ordinals.flatMap((ordinal) => {
    const key = table.keys[ordinal];
    return key === undefined ? [] : [{ key, value: undefined }];
  });
  const kept = await env.records.keep(refusalsOf(lane.kind.name), changes, signal);
  forgetting.attempts = kept.ok ? 0 : forgetting.attempts + 1;
  if (kept.ok) return;
  const waitMs = retryMs(kept.failure.retryAfterMs, CALL_BACKOFF, forgetting.attempts, env.random);
  forgetting.notBeforeMs = env.nowMs() + waitMs;
  for (const ordinal of ordinals) if (!lane.refusals.has(ordinal)) lane.outlived.add(ordinal);
}
