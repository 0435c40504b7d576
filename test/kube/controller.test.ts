import { setImmediate as turn } from 'node:timers/promises';
import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  outcomeOf,
  type ReconcileResult,
  retry,
  runController,
  settled,
  stalled,
  waiting,
} from '../../src/kube/controller.ts';
import { PRIORITY } from '../../src/kube/schedule.ts';
import { createWorkqueue, type Workqueue } from '../../src/kube/workqueue.ts';
import type { Failure } from '../../src/ports/failure.ts';
import { createTestClock, type TestClock } from '../support/clock.ts';

const FAILURE: Failure = { kind: 'transient', code: 'X', message: 'm' };

let clock: TestClock;
let queue: Workqueue;
let stop: AbortController;
let done: Promise<void>;
let passes: string[];
let errors: unknown[];

beforeEach(() => {
  clock = createTestClock();
  queue = createWorkqueue({ clock, random: () => 1 - Number.EPSILON });
  stop = new AbortController();
  passes = [];
  errors = [];
});

afterEach(async () => {
  stop.abort();
  await done;
  expect(clock.sleeping()).toEqual([]);
});

function run(
  reconcile: (key: string, signal: AbortSignal) => ReconcileResult | Promise<ReconcileResult>,
  workers = 1,
): void {
  done = runController({
    name: 'widgets',
    queue,
    workers,
    clock,
    signal: stop.signal,
    onError: (error, context) => errors.push([(error as Error).message, context]),
    async reconcile(key, signal) {
      passes.push(`${key}@${clock.monotonic()}`);
      return reconcile(key, signal);
    },
  });
}

describe('what a pass comes to', () => {
  test('settled without a time is left alone until something changes', async () => {
    run(() => settled());
    queue.add('a');
    await clock.advance(86_400_000 * 3);
    queue.add('a');
    await clock.advance(0);
    expect(passes).toEqual(['a@0', `a@${86_400_000 * 3}`]);
  });

  test('settled with a time is looked at again then', async () => {
    run(() => settled(300_000));
    queue.add('a');
    await clock.advance(600_000);
    expect(passes).toEqual(['a@0', 'a@300000', 'a@600000']);
  });

  test('waiting is looked at when its moment has come', async () => {
    const untilMs = clock.now() + 5_000;
    run(() => (clock.now() < untilMs ? waiting(untilMs) : settled()));
    queue.add('a');
    await clock.advance(10_000);
    expect(passes).toEqual(['a@0', 'a@5000']);
  });

  test('a failure backs off longer and longer, and a success ends that', async () => {
    let pass = 0;
    run(() => {
      pass += 1;
      return pass === 4 ? settled(1_000) : retry(FAILURE);
    });
    queue.add('a');
    await clock.advance(10_000);
    expect(passes).toEqual(['a@0', 'a@1000', 'a@3000', 'a@7000', 'a@8000', 'a@9000']);
  });

  test('a failure waits at least as long as the other side asks', async () => {
    run(() => retry({ ...FAILURE, kind: 'throttled', retryAfterMs: 9_000 }));
    queue.add('a');
    await clock.advance(17_999);
    expect(passes).toEqual(['a@0', 'a@9000']);
  });

  test('stalled does not back off; it waits for a change', async () => {
    run(() => stalled('AmbiguousCompany'));
    queue.add('a');
    await clock.advance(3_600_000);
    expect(passes).toEqual(['a@0']);
  });

  test('a pass that throws is reported with its key, and tried again after a backoff', async () => {
    run(() => {
      throw new Error('bug');
    });
    queue.add('a');
    await clock.advance(1_500);
    expect(passes).toEqual(['a@0', 'a@1000']);
    expect(errors[0]).toEqual(['bug', { controller: 'widgets', key: 'a' }]);
  });

  test('a moment in the past makes no busy loop', () => {
    expect(outcomeOf(waiting(0), 1_000_000)).toEqual({ type: 'done', afterMs: 50 });
    expect(outcomeOf(settled(0), 0)).toEqual({ type: 'done', afterMs: 50 });
  });
});

describe('the workers', () => {
  test('a key that changes during its pass gets another one, after it', async () => {
    const gate = Promise.withResolvers<void>();
    let active = 0;
    let most = 0;
    run(async () => {
      active += 1;
      most = Math.max(most, active);
      await gate.promise;
      active -= 1;
      return settled();
    }, 4);
    queue.add('a');
    await turn();
    queue.add('a');
    queue.add('a');
    await turn();
    expect(passes).toHaveLength(1);
    gate.resolve();
    await clock.advance(0);
    expect(passes).toHaveLength(2);
    expect(most).toBe(1);
  });

  test('one slow key does not hold up the others', async () => {
    const gate = Promise.withResolvers<void>();
    run(async (key) => {
      if (key === 'slow') await gate.promise;
      return settled();
    }, 2);
    for (const key of ['slow', 'b', 'c']) queue.add(key);
    await clock.advance(0);
    expect(passes).toEqual(['slow@0', 'b@0', 'c@0']);
    gate.resolve();
  });

  test('an edit overtakes the resyncs that wait', async () => {
    for (const key of ['x', 'y']) queue.add(key, { priority: PRIORITY.drift });
    queue.add('edited');
    run(() => settled());
    await clock.advance(0);
    expect(passes.map((pass) => pass.split('@')[0])).toEqual(['edited', 'x', 'y']);
  });

  test('the end waits for the pass under way, which hears of it', async () => {
    let heard = false;
    run(async (_key, signal) => {
      await clock.sleep(1_000_000, signal);
      heard = signal.aborted;
      return settled();
    });
    queue.add('a');
    await turn();
    stop.abort();
    await done;
    expect(heard).toBe(true);
  });
});

test('whatever the results, every key added is looked at, and none twice at once', async () => {
  const result = fc.constantFrom(settled(), settled(100), retry(FAILURE), stalled('X'), 'throw' as const);
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.record({ key: fc.constantFrom('a', 'b', 'c'), afterMs: fc.nat(2000) }), { maxLength: 30 }),
      fc.array(result, { minLength: 1, maxLength: 20 }),
      async (additions, results) => {
        const own = createTestClock();
        const keys = createWorkqueue({ clock: own, random: () => 0.5 });
        const end = new AbortController();
        const active = new Set<string>();
        const seen = new Map<string, number>();
        let pass = 0;
        let overlaps = 0;
        const ended = runController({
          name: 'property',
          queue: keys,
          workers: 3,
          clock: own,
          signal: end.signal,
          onError: () => undefined,
          async reconcile(key, signal) {
            // Not an expectation: what is thrown here is the controller's to catch.
            if (active.has(key)) overlaps += 1;
            active.add(key);
            seen.set(key, own.monotonic());
            await own.sleep(pass % 3 === 0 ? 30 : 0, signal);
            active.delete(key);
            const next = results[pass % results.length] as ReconcileResult | 'throw';
            pass += 1;
            if (next === 'throw') throw new Error('bug');
            return next;
          },
        });
        const last = new Map<string, number>();
        for (const { key, afterMs } of additions) {
          await own.advance(afterMs);
          keys.add(key);
          last.set(key, own.monotonic());
        }
        await own.advance(60_000);
        for (const [key, addedAtMs] of last) expect(seen.get(key)).toBeGreaterThanOrEqual(addedAtMs);
        end.abort();
        await ended;
        expect(overlaps).toBe(0);
      },
    ),
    { numRuns: 40 },
  );
});
