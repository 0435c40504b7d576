import { describe, expect, test } from 'vitest';
import type { Around } from '../../src/observability/decorate.ts';
import { bePatient } from '../support/patience.ts';
import { createLineWorld, type LineWorld, line } from './world.ts';

bePatient();

/** Ports of which every call is a step on the way of a line. */
const STEPS = /^(journal|records|archive|lines\.(items|writer|poller|store)|lineHistories)\./;

/** One call of a port on the way, by name and by how often it was made before. */
interface Step {
  readonly name: string;
  readonly nth: number;
}

/** Looks are many and alike; after so many of one name, killing at one more tells nothing new. */
const ALIKE = 2;

async function begin(): Promise<LineWorld> {
  const world = await createLineWorld();
  await world.addLines(2, { state: 'active' });
  return world;
}

function declareBoth(world: LineWorld): void {
  world.declare([line(0), line(1)], { usageSettlesAfterMs: 2_000, lookbackMs: 3_600_000 });
}

/** What a process that is dead hears of its calls. */
const NOTHING = new Promise<never>(() => {});

/** Asks before and after each step whether the process dies there. */
function watching(dies: (step: Step, when: 'before' | 'after') => boolean): Around {
  const counts = new Map<string, number>();
  return (call, run) => {
    const name = `${call.port}.${call.method}`;
    if (!STEPS.test(name)) return run();
    const nth = (counts.get(name) ?? 0) + 1;
    counts.set(name, nth);
    if (dies({ name, nth }, 'before')) return NOTHING;
    const result = run();
    if (!(result instanceof Promise)) return result;
    return result.then((value: unknown) => (dies({ name, nth }, 'after') ? NOTHING : value));
  };
}

/** Every step of an undisturbed way. */
async function stepsOfTheWay(): Promise<readonly Step[]> {
  await using world = await begin();
  const steps: Step[] = [];
  world.start({
    around: watching((step, when) => {
      if (when === 'before' && step.nth <= ALIKE) steps.push(step);
      return false;
    }),
  });
  declareBoth(world);
  await isDone(world);
  return steps;
}

async function isDone(world: LineWorld): Promise<void> {
  for (const n of [0, 1]) {
    await world.reaches(line(n), 'deleted');
    await world.filed(line(n));
  }
}

/** Kills the process at that step, starts another one, and lets it come to the end. */
async function killedAt({ name, nth }: Step, when: 'before' | 'after'): Promise<boolean> {
  await using world = await begin();
  const killed = Promise.withResolvers<boolean>();
  let isDead = false;
  world.start({
    around: watching((step, at) => {
      if (isDead || step.name !== name || step.nth !== nth || at !== when) return isDead;
      isDead = true;
      world.kill();
      killed.resolve(true);
      return true;
    }),
  });
  declareBoth(world);
  const wasKilled = await Promise.race([killed.promise, isDone(world).then(() => false)]);
  if (wasKilled) {
    world.start();
    declareBoth(world);
    await isDone(world);
  }
  await world.checkLaws();
  expect(await world.deletions()).toHaveLength(2);
  // A deactivation costs money: what may have happened is looked at and never simply repeated.
  const asked = (await world.ledger('ChangeDeviceState')).filter(({ effect = [] }) => effect.length > 0);
  expect(asked).toHaveLength(2);
  return wasKilled;
}

describe('a process that is killed anywhere on the way of a line', () => {
  test('leaves the next one to finish it: nothing twice, nothing without an archive, nothing forgotten', async () => {
    const steps = await stepsOfTheWay();
    expect(new Set(steps.map(({ name }) => name)).size).toBeGreaterThan(10);
    const lives = steps.flatMap((step) => (['before', 'after'] as const).map((when) => ({ step, when })));
    const missed: string[] = [];
    for (let from = 0; from < lives.length; from += 6) {
      const some = lives.slice(from, from + 6);
      await Promise.all(
        some.map(async ({ step, when }) => {
          try {
            if (!(await killedAt(step, when))) missed.push(`${step.name} ${step.nth}`);
          } catch (error) {
            throw new Error(`killed ${when} ${step.name} ${step.nth}: ${String(error)}`, { cause: error });
          }
        }),
      );
    }
    // Some steps do not come in every life, since batches close by time.
    expect(missed.length).toBeLessThan(lives.length / 4);
  });
});
