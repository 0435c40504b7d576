import { closesAtMs, halves } from '../domain/batch.ts';
import type { KindTypes, Verb } from '../domain/item.ts';
import type { FormingCall, LaneState, OpenOperation, ReadyCall } from './lane-state.ts';

/**
 * Moves what need not wait for more items into the line of calls: full requests, and batches that closed. One forming
 * batch at a time: each is long work, and the others are there the next time.
 */
export function closeBatches<T extends KindTypes>(lane: LaneState<T>, nowMs: number): void {
  for (const [name, call] of lane.forming) {
    if (lane.ready.length > 0) return;
    const max = maxItems(lane, call.verb);
    const closed = closesAtMs(sizeOf(call), Number.POSITIVE_INFINITY) <= nowMs;
    const leaving = closed ? call.ordinals.size : call.ordinals.size - (call.ordinals.size % max);
    const ordinals = [...call.ordinals].slice(0, leaving);
    for (const ordinal of ordinals) {
      call.ordinals.delete(ordinal);
      lane.formingIn.delete(ordinal);
    }
    for (let from = 0; from < ordinals.length; from += max) {
      const { verb, partitionText } = call;
      queueReady(lane, { verb, partitionText, ordinals: ordinals.slice(from, from + max) });
    }
    if (call.ordinals.size === 0) lane.forming.delete(name);
  }
}

function queueReady<T extends KindTypes>(lane: LaneState<T>, ready: ReadyCall): void {
  lane.ready.push(ready);
  for (const ordinal of ready.ordinals) lane.readyIn.set(ordinal, ready);
}

/** Takes the next call out of the line. */
export function takeReady<T extends KindTypes>(lane: LaneState<T>): ReadyCall | undefined {
  const ready = lane.ready.shift();
  for (const ordinal of ready?.ordinals ?? []) {
    if (lane.readyIn.get(ordinal) === ready) lane.readyIn.delete(ordinal);
  }
  return ready;
}

/** Puts what a request could not take along back to the head of the line. */
export function putBack<T extends KindTypes>(lane: LaneState<T>, ready: ReadyCall): void {
  if (ready.ordinals.length === 0) return;
  lane.ready.unshift(ready);
  for (const ordinal of ready.ordinals) lane.readyIn.set(ordinal, ready);
}

/** When the next forming batch closes. */
export function formingClosesAtMs<T extends KindTypes>(lane: LaneState<T>): number {
  let earliest = Number.POSITIVE_INFINITY;
  for (const call of lane.forming.values()) {
    earliest = Math.min(earliest, closesAtMs(sizeOf(call), maxItems(lane, call.verb)));
  }
  return earliest;
}

function sizeOf(call: FormingCall): {
  readonly items: number;
  readonly firstAtMs: number;
  readonly lastAtMs: number;
} {
  return { items: call.ordinals.size, firstAtMs: call.firstAtMs, lastAtMs: call.lastAtMs };
}

function maxItems<T extends KindTypes>(lane: LaneState<T>, verb: Verb): number {
  return lane.env.ports()?.writer?.verbs[verb]?.maxItemsPerCall ?? 1;
}

/** Puts the halves of a refused request in line, so that one poisoned item holds up no other. */
export function splitRefused<T extends KindTypes>(lane: LaneState<T>, operation: OpenOperation): void {
  const { verb, partition } = operation.intent;
  for (const half of halves(operation.ordinals)) {
    operation.budget.left -= 1;
    queueReady(lane, {
      verb,
      partitionText: JSON.stringify(partition),
      ordinals: half,
      budget: operation.budget,
    });
  }
}
