import { setTimeout as sleep } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { type CallPoint, type CallTrace, describePoint } from './call-trace.ts';
import { type ControllerProcess, startController } from './controller-process.ts';
import { type EndState, endStateOf, guardSpent, isSettled } from './end-state.ts';
import type { Fleet } from './fleet.ts';
import { resolveUnknown } from './person.ts';
import { startWorld, type World } from './world.ts';

/** What happens in one world: faults at the vendor, and where one controller after the other is killed. */
export interface Scenario {
  readonly fleet: Fleet;
  readonly faults?: readonly object[];
  readonly killAt?: readonly CallPoint[];
}

/** What came of it. */
export interface RunResult {
  /** Kills that were carried out; the others were never reached, because chance has its say in batches and passes. */
  readonly killed: readonly CallPoint[];
  /** Of each controller, in the order of their lives. */
  readonly traces: readonly CallTrace[];
  readonly state: EndState;
  /**
   * What the vendor's ledger or our own books show that must never be, whatever chance did: it happened, and no later
   * run takes it back. Empty when all is well.
   */
  readonly harm: readonly string[];
  /** What else went wrong, with the last words of the controller it went wrong in; empty when all is well. */
  readonly complaints: readonly string[];
}

/** Real time one controller gets to settle everything: several times what it needs, two cores being shared. */
const SETTLE_MS = 120_000;
const LOOK_EVERY_MS = 150;
/** Real time an end state must stand: more than the half minute after which every count is taken anew. */
const STANDING_MS = 2_000;
/** Real time without any call that acts: more than a batch waits for company, or a poll for its turn. */
const QUIET_MS = 300;

/** Calls that go on for ever in a settled controller and change nothing. */
const IDLE_CALLS = new Set([
  'status.write',
  'quota.availableAt',
  'quota.snapshot',
  'leadership.mayWrite',
  'leadership.confirm',
  'events.record',
]);

/**
 * One run: a new world, a controller for each kill, and one more that lives. `expected`: the end state it must
 * come to; absent when it is this run that shows it.
 */
export async function run(scenario: Scenario, expected?: EndState): Promise<RunResult> {
  const world = await startWorld(scenario.fleet, scenario.faults ?? []);
  try {
    return await runIn(world, scenario, expected);
  } finally {
    await world.close();
  }
}

async function runIn(
  world: World,
  { fleet, killAt = [] }: Scenario,
  expected: EndState | undefined,
): Promise<RunResult> {
  const killed: CallPoint[] = [];
  const traces: CallTrace[] = [];
  const complaints: string[] = [];
  for (const [index, point] of [...killAt, undefined].entries()) {
    if (index === 1) await world.apply(fleet.edits ?? []);
    const since = (await world.ledger()).at(-1)?.seq ?? 0;
    const controller = startController(world, index, point);
    const settled = await settle(world, controller, since, expected);
    const end = await controller.stop();
    traces.push(controller.trace());
    if (point !== undefined && end.signal === 'SIGKILL') killed.push(point);
    else if (end.code !== 0) complaints.push(`ended with ${JSON.stringify(end)}`, controller.lastWords());
    else if (!settled) complaints.push('did not settle in time', controller.lastWords());
  }
  const state = await endStateOf(world);
  const harm = [...(await fleet.vendor.brokenRules(world)), ...(await undercounted(world))];
  if (expected !== undefined) complaints.push(...differences(state, expected));
  return { killed, traces, state, harm, complaints };
}

/**
 * Waits until the controller has nothing left to do and the end state stands, or until it has ended. Answers
 * whether it is the first. Without an expected state, one that has stood for a while counts.
 */
async function settle(
  world: World,
  controller: ControllerProcess,
  since: number,
  expected: EndState | undefined,
): Promise<boolean> {
  const deadlineMs = Date.now() + SETTLE_MS;
  let standing: { readonly state: EndState; readonly sinceMs: number } | undefined;
  while (controller.end() === undefined && Date.now() < deadlineMs) {
    await sleep(LOOK_EVERY_MS);
    if (!isQuiet(controller.trace()) || !(await hasLookedAtAll(world, since))) continue;
    const state = await endStateOf(world);
    if (!isSettled(state)) {
      await world.fleet.vendor.play?.(world);
      await resolveUnknown(world);
      continue;
    }
    if (expected !== undefined && differences(state, expected).length === 0) return true;
    if (standing === undefined || differences(state, standing.state).length > 0) {
      standing = { state, sinceMs: Date.now() };
    }
    if (expected === undefined && Date.now() - standing.sinceMs > STANDING_MS) return true;
  }
  return false;
}

function isQuiet({ calls }: CallTrace): boolean {
  const last = calls.findLast(({ port, method }) => !IDLE_CALLS.has(`${port}.${method}`));
  return last !== undefined && Date.now() - last.atMs > QUIET_MS;
}

/** A status from before the kill may look settled: only one that has read what the vendor has knows. */
async function hasLookedAtAll(world: World, since: number): Promise<boolean> {
  return world.fleet.vendor.hasLooked(await world.ledger(since), world.fleet);
}

/** What the guard has not counted, although it happened. */
async function undercounted(world: World): Promise<readonly string[]> {
  const happened = Object.entries(world.fleet.vendor.spent(await world.ledger()));
  const counted = await Promise.all(happened.map(([budget]) => guardSpent(world, budget)));
  return happened.flatMap(([budget, times], index) =>
    (counted[index] ?? 0) < times
      ? [`the guard counts ${counted[index]} as ${budget}, and ${times} happened`]
      : [],
  );
}

function differences(state: EndState, expected: EndState): readonly string[] {
  const sections = ['resources', 'holdings', 'records', 'open'] as const;
  return sections.flatMap((section) => {
    const [is, should] = [state[section], expected[section]] as Readonly<Record<string, unknown>>[];
    const names = new Set([...Object.keys(is ?? {}), ...Object.keys(should ?? {})]);
    return [...names]
      .filter((name) => !isDeepStrictEqual(is?.[name], should?.[name]))
      .map(
        (name) => `${section} ${name}: ${JSON.stringify(is?.[name])}, not ${JSON.stringify(should?.[name])}`,
      );
  });
}

/** How a scenario reads in a report. */
export function describeScenario({ faults = [], killAt = [] }: Scenario): string {
  const kills = killAt.map((point) => `killed ${describePoint(point)}`).join(', then ');
  return faults.length === 0 ? kills : `${kills}, with ${JSON.stringify(faults)}`;
}
