import { type CallPoint, samePoint } from './call-trace.ts';
import type { EndState } from './end-state.ts';
import { describeScenario, type RunResult, run, type Scenario } from './run.ts';

/** What a number of runs came to. */
export interface CampaignResult {
  readonly runs: number;
  /** Every kill that was carried out. */
  readonly killed: readonly CallPoint[];
  /** Runs that were made once more, since they did not settle, were not killed, or ended otherwise than expected. */
  readonly retries: number;
  /** Scenarios whose last kill was never reached in lives that all ended well: the call did not come in any of them. */
  readonly missed: readonly CallPoint[];
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

/** Carries out scenarios of many fleets, so many side by side in all. */
export interface Campaigner {
  /** A life to measure others by, with its place among them. */
  readonly live: (scenario: Scenario, expected?: EndState) => Promise<RunResult>;
  /** Carries out every scenario; each must come to the expected end, if there is only one. */
  readonly carryOut: (
    scenarios: readonly Scenario[],
    expected: EndState | undefined,
  ) => Promise<CampaignResult>;
}

export function createCampaigner(): Campaigner {
  const waiting: (() => void)[] = [];
  let running = 0;

  async function inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (running >= SIDE_BY_SIDE) await new Promise<void>((resolve) => waiting.push(resolve));
    else running += 1;
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next === undefined) running -= 1;
      else next();
    }
  }

  return {
    live: (scenario, expected) => inTurn(() => measure(scenario, expected)),
    carryOut: async (scenarios, expected) => {
      const all = await Promise.all(
        scenarios.map((scenario) =>
          inTurn(async () => ({ scenario, ...(await attempt(scenario, expected)) })),
        ),
      );
      return {
        runs: scenarios.length,
        killed: all.flatMap(({ killed }) => killed),
        missed: all.flatMap(({ missed }) => missed),
        retries: all.reduce((sum, { retries }) => sum + retries, 0),
        failures: all
          .filter(({ wrong }) => wrong.length > 0)
          .map(({ scenario, wrong }) => [describeScenario(scenario), ...shortened(wrong)].join('\n  ')),
      };
    },
  };
}

function shortened(complaints: readonly string[]): readonly string[] {
  const rest = complaints.length - MOST_COMPLAINTS;
  return rest > 0 ? [...complaints.slice(0, MOST_COMPLAINTS), `and ${rest} more`] : complaints;
}

/** What a scenario came to in the end. */
interface Attempted {
  readonly killed: readonly CallPoint[];
  readonly missed: readonly CallPoint[];
  readonly retries: number;
  /** Empty when all is well. */
  readonly wrong: readonly string[];
}

/** A life that others are measured by gets as many tries as they do. */
async function measure(scenario: Scenario, expected: EndState | undefined): Promise<RunResult> {
  let life = await run(scenario, expected);
  for (let left = ATTEMPTS - 1; left > 0 && isOnlyChance(life); left -= 1)
    life = await run(scenario, expected);
  return life;
}

function isOnlyChance({ harm, complaints }: RunResult): boolean {
  return harm.length === 0 && complaints.length > 0;
}

async function attempt(scenario: Scenario, expected: EndState | undefined): Promise<Attempted> {
  const wanted = scenario.killAt?.at(-1);
  let wrong: readonly string[] = [];
  for (let retries = 0; retries < ATTEMPTS; retries += 1) {
    const { killed, harm, complaints } = await run(scenario, expected);
    if (harm.length > 0) return { killed, missed: [], retries, wrong: [...harm, ...complaints] };
    const reached = wanted === undefined || killed.some((point) => samePoint(point, wanted));
    if (reached && complaints.length === 0) return { killed, missed: [], retries, wrong: [] };
    if (complaints.length > 0) wrong = complaints;
  }
  const missed = wrong.length > 0 || wanted === undefined ? [] : [wanted];
  return { killed: [], missed, retries: ATTEMPTS - 1, wrong };
}
