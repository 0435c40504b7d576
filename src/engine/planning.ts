import type { Declared, KindTypes, Verb } from '../domain/item.ts';
import { admit, type Held } from '../domain/mode.ts';
import { judge, planItem } from '../domain/plan.ts';
import type { LaneState } from './lane-state.ts';
import { setState } from './lane-state.ts';
import type { Ordinal } from './table.ts';

/** Items planned in one go; between two goes other work gets its turn, so the process never stalls. */
const SLICE_ITEMS = 2_000;

/** Plans up to one slice of dirty items and queues what their steps ask for. */
export function planDirty<T extends KindTypes>(lane: LaneState<T>): void {
  for (const ordinal of lane.wakes.due(lane.env.nowMs())) wake(lane, ordinal);
  let left = SLICE_ITEMS;
  for (const ordinal of lane.dirty) {
    if (left === 0) return;
    left -= 1;
    lane.dirty.delete(ordinal);
    planOne(lane, ordinal);
  }
}

/** A refusal whose time has come may be asked about again. */
function wake<T extends KindTypes>(lane: LaneState<T>, ordinal: Ordinal): void {
  const failure = lane.table.failure[ordinal];
  if (failure === undefined) return;
  lane.table.failure[ordinal] = { ...failure, due: true };
  lane.dirty.add(ordinal);
}

function planOne<T extends KindTypes>(lane: LaneState<T>, ordinal: Ordinal): void {
  const { table, kind } = lane;
  unqueue(lane, ordinal);
  settleByReading(lane, ordinal);
  let step = planItem(kind, table.item(ordinal));
  if (step.do === 'call' && refuseLocally(lane, ordinal, step.verb))
    step = planItem(kind, table.item(ordinal));
  table.step[ordinal] = step;
  if (step.do === 'observe') queueRead(lane, ordinal, step.notBeforeMs ?? 0);
  if (step.do === 'call') queueCall(lane, ordinal, step.verb);
  if (step.do === 'keep') lane.keeps.set(ordinal, step.record);
  for (const { by } of table.declared[ordinal] ?? []) lane.changed.add(by.holder);
}

/** Takes an item out of wherever its last step had put it. */
function unqueue<T extends KindTypes>(lane: LaneState<T>, ordinal: Ordinal): void {
  const step = lane.table.step[ordinal];
  if (step?.do === 'observe') {
    lane.itemReads.delete(ordinal);
    for (const set of lane.sets.values()) set.waiting.delete(ordinal);
  }
  if (step?.do === 'call') for (const call of lane.forming.values()) call.ordinals.delete(ordinal);
  if (step?.do === 'keep') lane.keeps.delete(ordinal);
}

/** Ends the unknown of one item as soon as a read can tell. */
function settleByReading<T extends KindTypes>(lane: LaneState<T>, ordinal: Ordinal): void {
  const inFlight = lane.table.inFlight[ordinal];
  if (inFlight?.is !== 'unknown') return;
  const operation = lane.operations.get(inFlight.operation);
  const position = operation?.positionOf.get(ordinal);
  if (operation === undefined || position === undefined || operation.outcomes[position] !== undefined) return;
  const judgement = judge(lane.kind, lane.table.item(ordinal));
  if (judgement === 'cannotTell') return;
  operation.outcomes[position] = judgement === 'happened' ? 'succeeded' : 'didNotHappen';
}

/** What the vendor would refuse anyway costs no request. Answers whether it did. */
function refuseLocally<T extends KindTypes>(lane: LaneState<T>, ordinal: Ordinal, verb: Verb): boolean {
  const ports = lane.env.ports();
  const winner = winnerOf(lane, ordinal);
  if (ports === undefined || winner === undefined) return false;
  const failure =
    ports.writer?.verbs[verb] === undefined
      ? ({ code: 'NOT_IMPLEMENTED', message: `this vendor cannot ${verb}`, kind: 'invalid' } as const)
      : ports.check(winner.subject);
  if (failure === undefined) return false;
  lane.table.failure[ordinal] = { failure, verb, attempts: 1, due: false };
  return true;
}

function queueRead<T extends KindTypes>(lane: LaneState<T>, ordinal: Ordinal, notBeforeMs: number): void {
  const winner = winnerOf(lane, ordinal);
  const inFlight = lane.table.inFlight[ordinal];
  const name =
    inFlight?.is === 'unknown'
      ? lane.kind.setOfPartition(inFlight.partition)
      : winner && lane.kind.setOf(winner.by.desired);
  if (name !== undefined) setState(lane, name).waiting.set(ordinal, notBeforeMs);
}

function queueCall<T extends KindTypes>(lane: LaneState<T>, ordinal: Ordinal, verb: Verb): void {
  const writer = lane.env.ports()?.writer;
  const winner = winnerOf(lane, ordinal);
  const key = lane.table.keys[ordinal];
  if (writer === undefined || winner === undefined || key === undefined) return;
  if (heldBack(lane, winner) !== undefined) return;
  const partition = writer.partition(verb, { key, subject: winner.subject, desired: winner.by.desired });
  const partitionText = JSON.stringify(partition);
  const name = `${verb} ${partitionText}`;
  const nowMs = lane.env.nowMs();
  const forming = lane.forming.get(name);
  if (forming === undefined) {
    const ordinals = new Set([ordinal]);
    lane.forming.set(name, { verb, partitionText, ordinals, firstAtMs: nowMs, lastAtMs: nowMs });
  } else {
    forming.ordinals.add(ordinal);
    forming.lastAtMs = nowMs;
  }
}

/** Why a due write of this declaration does not start; undefined when it may. */
export function heldBack<T extends KindTypes>(lane: LaneState<T>, declared: Declared<T>): Held | undefined {
  const { mode, suspended } = lane.env.settings();
  return admit({ mode, accountSuspended: suspended, resourceSuspended: declared.by.suspended });
}

/** Plans again everything that waits for a write: the mode, a suspension or the vendor's abilities changed. */
export function replanCalls<T extends KindTypes>(lane: LaneState<T>): void {
  lane.table.step.forEach((step, ordinal) => {
    if (step.do === 'call') lane.dirty.add(ordinal);
  });
}

export function winnerOf<T extends KindTypes>(lane: LaneState<T>, ordinal: Ordinal): Declared<T> | undefined {
  return lane.kind.resolve(lane.table.item(ordinal)).winner;
}
