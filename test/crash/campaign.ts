import { type CallPoint, samePoint } from './call-trace.ts';
import type { EndState } from './end-state.ts';
import { describeScenario, run, type Scenario } from './run.ts';

/** What a number of runs came to. */
export interface CampaignResult {
  readonly runs: number;
  /** Every kill that was carried out. */
  readonly killed: readonly CallPoint[];
  /** Runs that were made once more, since they did not settle, were not killed, or ended otherwise than expected. */
  readonly retries: number;
  /** One entry for each run that went wrong: its scenario, what was wrong, and the controller's last words. */
  readonly failures: readonly string[];
}

/** Runs side by side: they mostly wait, and two cores carry so many controllers that start. */
const SIDE_BY_SIDE = 8;
/**
 * Batches and passes depend on chance: a call that came in one run may come once less in the next, and a starved machine
 * misses the time in which a life has to settle. What is wrong with the program is wrong each time. Harm is not tried
 * again: it counts on the first run, since once is too often.
 */
const ATTEMPTS = 3;
/** One fault shows in many items; the first few say what it is. */
const MOST_COMPLAINTS = 8;

/**
 * Carries out every scenario; each must come to the expected end, if there is only one, and each last kill must have
 * been reached.
 */
export async function carryOut(
  scenarios: readonly Scenario[],
  expected: EndState | undefined,
): Promise<CampaignResult> {
  const killed: CallPoint[] = [];
  const failures: string[] = [];
  let retries = 0;
  const left = [...scenarios];
  async function work(): Promise<void> {
    for (let scenario = left.shift(); scenario !== undefined; scenario = left.shift()) {
      const outcome = await attempt(scenario, expected);
      killed.push(...outcome.killed);
      retries += outcome.retries;
      if (outcome.wrong.length > 0) {
        failures.push([describeScenario(scenario), ...shortened(outcome.wrong)].join('\n  '));
      }
    }
  }
  await Promise.all(Array.from({ length: SIDE_BY_SIDE }, work));
  return { runs: scenarios.length, killed, retries, failures };
}

function shortened(complaints: readonly string[]): readonly string[] {
  const rest = complaints.length - MOST_COMPLAINTS;
  return rest > 0 ? [...complaints.slice(0, MOST_COMPLAINTS), `and ${rest} more`] : complaints;
}

/** What a scenario came to in the end. */
interface Attempted {
  readonly killed: readonly CallPoint[];
  readonly retries: number;
  /** Empty when all is well. */
  readonly wrong: readonly string[];
}

async function attempt(scenario: Scenario, expected: EndState | undefined): Promise<Attempted> {
  const wanted = scenario.killAt?.at(-1);
  let wrong: readonly string[] = ['the call to be killed at never came'];
  for (let retries = 0; retries < ATTEMPTS; retries += 1) {
    const { killed, harm, complaints } = await run(scenario, expected);
    if (harm.length > 0) return { killed, retries, wrong: [...harm, ...complaints] };
    const reached = wanted === undefined || killed.some((point) => samePoint(point, wanted));
    if (reached && complaints.length === 0) return { killed, retries, wrong: [] };
    if (complaints.length > 0) wrong = complaints;
  }
  return { killed: [], retries: ATTEMPTS - 1, wrong };
}
