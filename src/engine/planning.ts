import { BUDGETS, type BudgetName } from '../domain/guard.ts';
import type { InFlight, KindTypes, Verb } from '../domain/item.ts';
import type { Step, Target } from '../domain/kind.ts';
import { admit, type Held } from '../domain/mode.ts';
import { judge, planItem } from '../domain/plan.ts';
import type { VerbTraits } from '../ports/writer.ts';
import { lookOwedMs } from './creating.ts';
import { keepAsking } from './doubting.ts';
import { dropForgotten } from './dropping.ts';
import { takeExchanged, waitsForRelease } from './exchanging.ts';
import { declares, itemOf, mayGo, targetOf, winnerOf } from './items.ts';
import type { LaneState } from './lane-state.ts';
import { lookLater, lookNow } from './looking.ts';
import { stepOfMerged } from './merging.ts';
import { leftBeforeRecorded, recordOf } from './recording.ts';
import { forgetRefusal, recallRefusal } from './refusals.ts';
import { settleItem } from './settling.ts';
import type { Ordinal } from './table.ts';
import { queueRead } from './where-to-look.ts';

/** Items planned in one go; between two goes other work gets its turn, so the process never stalls. */
const SLICE_ITEMS = 2_000;
/** A wait that is over by the record and not by the clock is not spun on. */
const SHORTEST_WAIT_MS = 100;
/** However far off a time is, it is reckoned anew this often, since clocks are set. ASSUMED. */
const LONGEST_WAIT_MS = 3_600_000;

/** Plans up to one slice of dirty items and queues what their steps ask for. */
export function planDirty<T extends KindTypes>(lane: LaneState<T>): void {
  for (const { ordinal, failure, look } of lane.wakes.due(lane.env.nowMs())) {
    if (look) {
      lookNow(lane, ordinal);
      continue;
    }
    lane.dirty.add(ordinal);
    // A refusal that was forgotten or replaced since is not the one whose time has come.
    if (failure === undefined || lane.table.failure[ordinal] !== failure) continue;
    lane.table.failure[ordinal] = { ...failure, due: true };
  }
  for (let left = SLICE_ITEMS; left > 0; left -= 1) {
    const ordinal = lane.dirty.take();
    if (ordinal === undefined) return;
    planOne(lane, ordinal);
  }
}

function planOne<T extends KindTypes>(lane: LaneState<T>, ordinal: Ordinal): void {
  const { table, kind } = lane;
  // It was dropped while it stood in line.
  if (table.keys[ordinal] === undefined) return;
  if (leftBeforeRecorded(lane, ordinal)) return;
  lane.plannedItems += 1;
  unqueue(lane, ordinal);
  settleByReading(lane, ordinal);
  let step = stepOfMerged(lane, ordinal) ?? planItem(kind, itemOf(lane, ordinal));
  const isRefused =
    step.do === 'call' &&
    (refuseLocally(lane, ordinal, step.verb) || recallRefusal(lane, ordinal, step.verb));
  if (isRefused) step = planItem(kind, itemOf(lane, ordinal));
  step = lookedUp(lane, ordinal, settled(lane, ordinal, step));
  if (step.do === 'call' && lane.lingering.has(ordinal)) step = { do: 'wait' };
  table.plan(ordinal, step);
  if (step.do === 'settle' || (step.do === 'keep' && step.aside !== true)) outlive(lane, ordinal);
  if (step.do === 'observe') {
    if (step.before !== undefined) countForGuard(lane, ordinal, step.before);
    queueRead(lane, ordinal, step.notBeforeMs ?? 0);
  }
  if (step.do === 'call') queueCall(lane, ordinal, step.verb);
  if (step.do === 'keep') lane.keeps.set(ordinal, step.record);
  if (step.do === 'store') queueStore(lane, ordinal);
  if ((step.do === 'wait' || step.do === 'settle') && step.untilMs !== undefined)
    wakeAt(lane, ordinal, step.untilMs);
  if (step.do !== 'observe') {
    lookLater(lane, ordinal);
    keepAsking(lane, ordinal);
  }
  noteDeparture(lane, ordinal);
  tellHolders(lane, ordinal);
  if (step.do === 'settle') dropForgotten(lane, ordinal);
}

/** What the vendor shows as declared has outlived every refusal. */
function outlive<T extends KindTypes>(lane: LaneState<T>, ordinal: Ordinal): void {
  lane.table.failure[ordinal] = undefined;
  // Of what nobody declares nothing was seen: its resource may not have spoken yet.
  if (winnerOf(lane, ordinal) !== undefined) forgetRefusal(lane, ordinal);
}

/** An operation has the item from now on: says at once what planning it would say. */
export function hold<T extends KindTypes>(
  lane: LaneState<T>,
  ordinal: Ordinal,
  inFlight: InFlight & { is: 'running' },
): void {
  unqueue(lane, ordinal);
  lane.table.inFlight[ordinal] = inFlight;
  lane.table.plan(ordinal, { do: 'wait' });
  // What an earlier write achieved says nothing about this one.
  lane.table.visibleFromMs[ordinal] = 0;
  lane.doubted.delete(ordinal);
  tellHolders(lane, ordinal);
}

function tellHolders<T extends KindTypes>(lane: LaneState<T>, ordinal: Ordinal): void {
  for (const { by } of lane.table.declared(ordinal)) lane.changed.add(by.holder);
  const former = lane.departingFrom.get(ordinal);
  if (former !== undefined) lane.changed.add(former);
}

/** Plans an item again at a wall time. A clock that was set meanwhile makes it early or late, never lost. */
function wakeAt<T extends KindTypes>(lane: LaneState<T>, ordinal: Ordinal, wallMs: number): void {
  const inMs = Math.max(wallMs - lane.env.wallMs(), SHORTEST_WAIT_MS);
  lane.wakes.add(lane.env.nowMs() + Math.min(inMs, LONGEST_WAIT_MS), { ordinal });
}

/**
 * A destructive or irreversible write waits until nobody has touched its item for a while, so that a slip can be taken back.
 */
function settled<T extends KindTypes>(lane: LaneState<T>, ordinal: Ordinal, step: Step<T>): Step<T> {
  const { table, env } = lane;
  // The last look before such a write is a part of it: it does not make the waiting begin anew.
  if (step.do === 'observe' && step.before !== undefined) return step;
  const budget = step.do === 'call' ? countForGuard(lane, ordinal, step.verb) : undefined;
  if (budget === undefined || budget === 'creations') {
    table.destructiveSinceMs[ordinal] = 0;
    return step;
  }
  const nowMs = env.nowMs();
  const sinceMs = table.destructiveSinceMs[ordinal] || nowMs;
  table.destructiveSinceMs[ordinal] = sinceMs;
  const fromMs = sinceMs + env.settings().settleMs;
  if (fromMs > nowMs) {
    lane.wakes.add(fromMs, { ordinal });
    return { do: 'wait' };
  }
  return step;
}

/** Before something is created, the vendor is looked up again. What may not start anyway needs no look. */
function lookedUp<T extends KindTypes>(lane: LaneState<T>, ordinal: Ordinal, step: Step<T>): Step<T> {
  if (step.do !== 'call' || budgetOf(lane, step.verb) !== 'creations') {
    lane.missedSinceMs.delete(ordinal);
    return step;
  }
  const notBeforeMs = lookOwedMs(lane, ordinal, step.verb);
  const target = targetOf(lane, ordinal, step.verb);
  if (notBeforeMs === undefined || target === undefined) return step;
  if (heldBack(lane, target, step.verb) !== undefined) return step;
  return { do: 'observe', notBeforeMs, before: step.verb };
}

/**
 * Counts an item for the budget that its due write spends; while it settles, too: what was asked for within that time
 * is one set for the guard.
 */
function countForGuard<T extends KindTypes>(
  lane: LaneState<T>,
  ordinal: Ordinal,
  verb: Verb,
): BudgetName | undefined {
  const budget = budgetOf(lane, verb);
  if (budget !== undefined) lane.guarded[budget].add(ordinal);
  return budget;
}

/** The budget that a write spends, if the vendor can do it at all. */
export function budgetOf<T extends KindTypes>(lane: LaneState<T>, verb: Verb): BudgetName | undefined {
  const effect = lane.env.ports()?.writer?.verbs[verb]?.effect;
  return effect === undefined ? undefined : BUDGET_OF[effect];
}

const BUDGET_OF: Readonly<Record<VerbTraits['effect'], BudgetName | undefined>> = {
  additive: undefined,
  creation: 'creations',
  destructive: 'destructive',
  irreversible: 'irreversible',
};

/**
 * Keeps track of which items leave a resource, so that it can say how far that is: those recorded for it, and those
 * that a write under way may yet bring to it.
 */
export function noteDeparture<T extends KindTypes>(lane: LaneState<T>, ordinal: Ordinal): void {
  const before = lane.departingFrom.get(ordinal);
  const named = recordOf(lane, ordinal);
  const holder = named === undefined ? undefined : lane.kind.holderOf(named);
  const now = holder !== undefined && !declares(lane, holder, ordinal) ? holder : undefined;
  if (before === now) return;
  if (before !== undefined) {
    lane.departing.get(before)?.delete(ordinal);
    lane.changed.add(before);
    lane.departingFrom.delete(ordinal);
  }
  if (now === undefined) return;
  const leaving = lane.departing.get(now) ?? new Set();
  lane.departing.set(now, leaving.add(ordinal));
  lane.departingFrom.set(ordinal, now);
}

/** Takes an item out of wherever its last step had put it. */
function unqueue<T extends KindTypes>(lane: LaneState<T>, ordinal: Ordinal): void {
  lane.itemReads.delete(ordinal);
  lane.waitingIn.get(ordinal)?.waiting.delete(ordinal);
  lane.waitingIn.delete(ordinal);
  lane.formingIn.get(ordinal)?.ordinals.delete(ordinal);
  lane.formingIn.delete(ordinal);
  lane.keeps.delete(ordinal);
  lane.stores.delete(ordinal);
  for (const budget of BUDGETS) lane.guarded[budget].delete(ordinal);
}

/** Ends the unknown of one item as soon as a read can tell. */
function settleByReading<T extends KindTypes>(lane: LaneState<T>, ordinal: Ordinal): void {
  const inFlight = lane.table.inFlight[ordinal];
  if (inFlight?.is !== 'unknown') return;
  const operation = lane.operations.get(inFlight.operation);
  const position = operation?.positionOf.get(ordinal);
  if (operation === undefined || position === undefined) return;
  const judgement = judge(lane.kind, itemOf(lane, ordinal));
  if (judgement === 'cannotTell') return;
  settleItem(operation, position, judgement === 'happened' ? 'succeeded' : 'didNotHappen');
  lane.table.inFlight[ordinal] = { is: 'running', verb: inFlight.verb, operation: inFlight.operation };
}

/** Writes about what the vendor does not have yet: what it has, it has accepted before. */
const CHECKED: readonly Verb[] = ['claim', 'createCompany'];

/** What the vendor would refuse anyway costs no request. Answers whether it did. */
function refuseLocally<T extends KindTypes>(lane: LaneState<T>, ordinal: Ordinal, verb: Verb): boolean {
  const ports = lane.env.ports();
  const target = targetOf(lane, ordinal, verb);
  if (ports === undefined || target === undefined) return false;
  const failure =
    ports.writer?.verbs[verb] === undefined
      ? ({ code: 'NOT_IMPLEMENTED', message: `this vendor cannot ${verb}`, kind: 'invalid' } as const)
      : CHECKED.includes(verb)
        ? ports.check(target.subject)
        : undefined;
  if (failure === undefined) return false;
  lane.table.failure[ordinal] = { failure, verb, attempts: 1, due: false };
  return true;
}

function queueCall<T extends KindTypes>(lane: LaneState<T>, ordinal: Ordinal, verb: Verb): void {
  const target = targetOf(lane, ordinal, verb);
  const text = partitionText(lane, ordinal, verb);
  if (target === undefined || text === undefined || heldBack(lane, target, verb) !== undefined) return;
  if (budgetOf(lane, verb) === 'creations' && lookOwedMs(lane, ordinal, verb) !== undefined) {
    lane.dirty.add(ordinal);
    return;
  }
  if (waitsForRelease(lane, ordinal, verb)) return;
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

/** Puts an item in line to be stored. Storing is the first half of a write: what holds a write up holds it up too. */
function queueStore<T extends KindTypes>(lane: LaneState<T>, ordinal: Ordinal): void {
  if (lane.env.store() !== undefined && storeHeldBack(lane, ordinal) === undefined) lane.stores.add(ordinal);
}

/** Why an item is not stored that should be; undefined when it may. */
export function storeHeldBack<T extends KindTypes>(lane: LaneState<T>, ordinal: Ordinal): Held | undefined {
  const winner = winnerOf(lane, ordinal);
  return winner && admitted(lane, winner.by);
}

/** Guarded writes that were held back go when the guard lets them: a window passed, a budget or the plan changed. */
export function queueAllowed<T extends KindTypes>(lane: LaneState<T>): void {
  for (const ordinal of takeExchanged(lane)) {
    const step = lane.table.step[ordinal];
    if (step?.do === 'call' && !lane.formingIn.has(ordinal)) queueCall(lane, ordinal, step.verb);
  }
  for (const budget of BUDGETS) {
    const waiting = lane.guarded[budget];
    const open = waiting.size === 0 || lane.env.guard.allows(budget);
    if (open !== lane.guardOpen[budget]) for (const ordinal of waiting) tellHolders(lane, ordinal);
    lane.guardOpen[budget] = open;
    if (!open) continue;
    for (const ordinal of waiting) {
      const step = lane.table.step[ordinal];
      if (step?.do !== 'call' || lane.formingIn.has(ordinal)) continue;
      // What it was planned on may be too old by now.
      if (!mayGo(lane, ordinal, step.verb)) lane.dirty.add(ordinal);
      else queueCall(lane, ordinal, step.verb);
    }
  }
}

/** What an item must share with others to travel with them, as text; undefined when it cannot travel now. */
export function partitionText<T extends KindTypes>(
  lane: LaneState<T>,
  ordinal: Ordinal,
  verb: Verb,
): string | undefined {
  const writer = lane.env.ports()?.writer;
  const target = targetOf(lane, ordinal, verb);
  const key = lane.table.keys[ordinal];
  if (writer === undefined || target === undefined || key === undefined) return undefined;
  const { subject, desired } = target;
  return JSON.stringify(writer.partition(verb, { key, subject, desired }));
}

/** Why a due write does not start; undefined when it may. */
export function heldBack<T extends KindTypes>(
  lane: LaneState<T>,
  target: Target<T>,
  verb: Verb,
): Held | undefined {
  const held = admitted(lane, target);
  const budget = budgetOf(lane, verb);
  if (held !== undefined || budget === undefined) return held;
  return lane.env.guard.allows(budget) ? undefined : 'GuardBlocked';
}

/** Why mode or suspension keep a write from starting; undefined when they do not. */
export function admitted<T extends KindTypes>(
  lane: LaneState<T>,
  target: Pick<Target<T>, 'suspended'>,
): Held | undefined {
  const { mode, suspended } = lane.env.settings();
  return admit({
    mode,
    accountSuspended: suspended,
    resourceSuspended: target.suspended,
    awaitsFirstContact: lane.env.contact() === 'awaiting',
  });
}

/** Plans again everything that waits for a write: the mode, a suspension or the vendor's abilities changed. */
export function replanCalls<T extends KindTypes>(lane: LaneState<T>): void {
  lane.table.step.forEach((step, ordinal) => {
    if (step.do === 'call' || step.do === 'store') lane.dirty.add(ordinal);
  });
}
