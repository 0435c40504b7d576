import type { Declared, InFlight, KindTypes, Verb } from '../domain/item.ts';
import { admit, type Held } from '../domain/mode.ts';
import { judge, planItem } from '../domain/plan.ts';
import type { LaneState } from './lane-state.ts';
import { setState } from './lane-state.ts';
import { settleItem } from './settling.ts';
import type { Ordinal } from './table.ts';

/** Items planned in one go; between two goes other work gets its turn, so the process never stalls. */
const SLICE_ITEMS = 2_000;

/** Plans up to one slice of dirty items and queues what their steps ask for. */
export function planDirty<T extends KindTypes>(lane: LaneState<T>): void {
  for (const { ordinal, failure } of lane.wakes.due(lane.env.nowMs())) {
    // A refusal that was forgotten or replaced since is not the one whose time has come.
    if (lane.table.failure[ordinal] !== failure) continue;
    lane.table.failure[ordinal] = { ...failure, due: true };
    lane.dirty.add(ordinal);
  }
  let left = SLICE_ITEMS;
  for (const ordinal of lane.dirty) {
    if (left === 0) return;
    left -= 1;
    lane.dirty.delete(ordinal);
    planOne(lane, ordinal);
  }
}

function planOne<T extends KindTypes>(lane: LaneState<T>, ordinal: Ordinal): void {
  const { table, kind } = lane;
  unqueue(lane, ordinal);
  settleByReading(lane, ordinal);
  let step = planItem(kind, table.item(ordinal));
  if (step.do === 'call' && refuseLocally(lane, ordinal, step.verb))
    step = planItem(kind, table.item(ordinal));
  if (step.do === 'call' && lane.lingering.has(ordinal)) step = { do: 'wait' };
  table.step[ordinal] = step;
  // What the vendor shows as declared has outlived every refusal.
  if (step.do === 'settle' || step.do === 'keep') table.failure[ordinal] = undefined;
  if (step.do === 'observe') queueRead(lane, ordinal, step.notBeforeMs ?? 0);
  if (step.do === 'call') queueCall(lane, ordinal, step.verb);
  if (step.do === 'keep') lane.keeps.set(ordinal, step.record);
  tellHolders(lane, ordinal);
}

/** An operation has the item from now on: says at once what planning it would say. */
export function hold<T extends KindTypes>(
  lane: LaneState<T>,
  ordinal: Ordinal,
  inFlight: InFlight & { is: 'running' },
): void {
  unqueue(lane, ordinal);
  lane.table.inFlight[ordinal] = inFlight;
  lane.table.step[ordinal] = { do: 'wait' };
  // What an earlier write achieved says nothing about this one.
  lane.table.visibleFromMs[ordinal] = 0;
  tellHolders(lane, ordinal);
}

function tellHolders<T extends KindTypes>(lane: LaneState<T>, ordinal: Ordinal): void {
  for (const { by } of lane.table.declared[ordinal] ?? []) lane.changed.add(by.holder);
}

/** Takes an item out of wherever its last step had put it. */
function unqueue<T extends KindTypes>(lane: LaneState<T>, ordinal: Ordinal): void {
  lane.itemReads.delete(ordinal);
  lane.waitingIn.get(ordinal)?.waiting.delete(ordinal);
  lane.waitingIn.delete(ordinal);
  lane.formingIn.get(ordinal)?.ordinals.delete(ordinal);
  lane.formingIn.delete(ordinal);
  lane.keeps.delete(ordinal);
}

/** Ends the unknown of one item as soon as a read can tell. */
function settleByReading<T extends KindTypes>(lane: LaneState<T>, ordinal: Ordinal): void {
  const inFlight = lane.table.inFlight[ordinal];
  if (inFlight?.is !== 'unknown') return;
  const operation = lane.operations.get(inFlight.operation);
  const position = operation?.positionOf.get(ordinal);
  if (operation === undefined || position === undefined) return;
  const judgement = judge(lane.kind, lane.table.item(ordinal));
  if (judgement === 'cannotTell') return;
  settleItem(operation, position, judgement === 'happened' ? 'succeeded' : 'didNotHappen');
  lane.table.inFlight[ordinal] = { is: 'running', verb: inFlight.verb, operation: inFlight.operation };
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

/** Puts an item in line to be looked at, no earlier than this. */
export function queueRead<T extends KindTypes>(
  lane: LaneState<T>,
  ordinal: Ordinal,
  notBeforeMs: number,
): void {
  const name = setOfInterest(lane, ordinal);
  if (name === undefined) return;
  const set = setState(lane, name);
  lane.waitingIn.get(ordinal)?.waiting.delete(ordinal);
  set.waiting.set(ordinal, notBeforeMs);
  lane.waitingIn.set(ordinal, set);
}

/** The set that an item is looked for in: of a write whose outcome is unknown, else of its declaration. */
export function setOfInterest<T extends KindTypes>(lane: LaneState<T>, ordinal: Ordinal): string | undefined {
  const inFlight = lane.table.inFlight[ordinal];
  if (inFlight?.is === 'unknown') return lane.kind.setOfPartition(inFlight.partition);
  const winner = winnerOf(lane, ordinal);
  return winner && lane.kind.setOf(winner.by.desired);
}

function queueCall<T extends KindTypes>(lane: LaneState<T>, ordinal: Ordinal, verb: Verb): void {
  const winner = winnerOf(lane, ordinal);
  const text = partitionText(lane, ordinal, verb);
  if (winner === undefined || text === undefined || heldBack(lane, winner) !== undefined) return;
  const inLine = lane.readyIn.get(ordinal);
  if (inLine?.verb === verb && inLine.partitionText === text) return;
  const name = `${verb} ${text}`;
  const nowMs = lane.env.nowMs();
  const forming = lane.forming.get(name) ?? {
    verb,
    partitionText: text,
    ordinals: new Set(),
    firstAtMs: nowMs,
    lastAtMs: nowMs,
  };
  forming.ordinals.add(ordinal);
  forming.lastAtMs = nowMs;
  lane.forming.set(name, forming);
  lane.formingIn.set(ordinal, forming);
}

/** What an item must share with others to travel with them, as text; undefined when it cannot travel now. */
export function partitionText<T extends KindTypes>(
  lane: LaneState<T>,
  ordinal: Ordinal,
  verb: Verb,
): string | undefined {
  const writer = lane.env.ports()?.writer;
  const winner = winnerOf(lane, ordinal);
  const key = lane.table.keys[ordinal];
  if (writer === undefined || winner === undefined || key === undefined) return undefined;
  return JSON.stringify(writer.partition(verb, { key, subject: winner.subject, desired: winner.by.desired }));
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

/** The declaration that counts. */
export function winnerOf<T extends KindTypes>(lane: LaneState<T>, ordinal: Ordinal): Declared<T> | undefined {
  const declared = lane.table.declared[ordinal];
  // Nearly every item has one declaration, and then there is nothing to resolve.
  if (declared === undefined || declared.length < 2) return declared?.[0];
  return lane.kind.resolve(lane.table.item(ordinal)).winner;
}
