import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  createSchedule,
  PRIORITY,
  type Priority,
  type Schedule,
  type Task,
} from '../../src/kube/schedule.ts';

function take(schedule: Schedule, nowMs: number): string | undefined {
  return schedule.take(nowMs)?.key;
}

describe('one key', () => {
  test('added twice is handed out once', () => {
    const schedule = createSchedule();
    schedule.add('a', { dueAtMs: 0, priority: 0 });
    schedule.add('a', { dueAtMs: 0, priority: 0 });
    expect([take(schedule, 0), take(schedule, 0)]).toEqual(['a', undefined]);
  });

  test('is not handed out before it is due', () => {
    const schedule = createSchedule();
    schedule.add('a', { dueAtMs: 100, priority: 0 });
    expect(take(schedule, 99)).toBeUndefined();
    expect(schedule.nextDueAtMs()).toBe(100);
    expect(take(schedule, 100)).toBe('a');
  });

  test('an earlier wish brings it forward, a later one does not put it off', () => {
    const schedule = createSchedule();
    schedule.add('a', { dueAtMs: 100, priority: 1 });
    schedule.add('a', { dueAtMs: 50, priority: 1 });
    schedule.add('a', { dueAtMs: 200, priority: 1 });
    expect(schedule.nextDueAtMs()).toBe(50);
    expect(schedule.size()).toEqual({ ready: 0, delayed: 1, inFlight: 0 });
  });

  test('in flight, it is held, and comes again after it is finished', () => {
    const schedule = createSchedule();
    schedule.add('a', { dueAtMs: 0, priority: 2 });
    expect(take(schedule, 0)).toBe('a');
    schedule.add('a', { dueAtMs: 0, priority: 0 });
    expect(take(schedule, 0)).toBeUndefined();
    schedule.finish('a');
    expect(schedule.take(0)).toEqual({ key: 'a', priority: 0 });
  });

  test('an edit made meanwhile does not wait for the backoff of the pass it came too late for', () => {
    const schedule = createSchedule();
    schedule.add('a', { dueAtMs: 0, priority: 0 });
    schedule.take(0);
    schedule.add('a', { dueAtMs: 5, priority: 0 });
    schedule.finish('a', { dueAtMs: 60_000, priority: 1 });
    expect(schedule.nextDueAtMs()).toBe(5);
  });

  test('finished without a wish, it is forgotten', () => {
    const schedule = createSchedule();
    schedule.add('a', { dueAtMs: 0, priority: 0 });
    schedule.take(0);
    schedule.finish('a');
    expect(schedule.size()).toEqual({ ready: 0, delayed: 0, inFlight: 0 });
  });
});

describe('several keys', () => {
  test('the more urgent first, then the one that has been due longest', () => {
    const schedule = createSchedule();
    schedule.add('drift', { dueAtMs: 0, priority: PRIORITY.drift });
    schedule.add('poll-late', { dueAtMs: 20, priority: PRIORITY.poll });
    schedule.add('poll-early', { dueAtMs: 10, priority: PRIORITY.poll });
    schedule.add('edit', { dueAtMs: 30, priority: PRIORITY.edit });
    expect([1, 2, 3, 4].map(() => take(schedule, 30))).toEqual(['edit', 'poll-early', 'poll-late', 'drift']);
  });

  test('an edit raises a key that waits among the resyncs', () => {
    const schedule = createSchedule();
    schedule.add('a', { dueAtMs: 0, priority: PRIORITY.drift });
    schedule.add('b', { dueAtMs: 0, priority: PRIORITY.drift });
    expect(take(schedule, 0)).toBe('a');
    schedule.add('c', { dueAtMs: 1, priority: PRIORITY.poll });
    schedule.add('b', { dueAtMs: 5, priority: PRIORITY.edit });
    expect(take(schedule, 5)).toBe('b');
  });

  test('a hundred thousand keys come out in a moment', () => {
    const schedule = createSchedule();
    for (let index = 0; index < 100_000; index += 1) {
      schedule.add(`k${index}`, { dueAtMs: (index * 7919) % 100_003, priority: (index % 3) as Priority });
    }
    let count = 0;
    while (schedule.take(1_000_000) !== undefined) count += 1;
    expect(count).toBe(100_000);
  });
});

type Move =
  | { readonly type: 'add'; readonly key: string; readonly afterMs: number; readonly priority: Priority }
  | { readonly type: 'take' }
  | { readonly type: 'finish'; readonly which: number; readonly againAfterMs: number | undefined }
  | { readonly type: 'wait'; readonly ms: number };

const move: fc.Arbitrary<Move> = fc.oneof(
  fc.record({
    type: fc.constant('add' as const),
    key: fc.constantFrom('a', 'b', 'c', 'd'),
    afterMs: fc.nat(50),
    priority: fc.constantFrom<Priority>(0, 1, 2),
  }),
  fc.constant({ type: 'take' as const }),
  fc.record({
    type: fc.constant('finish' as const),
    which: fc.nat(3),
    againAfterMs: fc.option(fc.nat(50), { nil: undefined }),
  }),
  fc.record({ type: fc.constant('wait' as const), ms: fc.nat(30) }),
);

interface Expected {
  readonly dueAtMs: number;
  readonly priority: Priority;
}

/** The same promises, kept the slow way: a list that is searched. */
function earliest(held: Expected | undefined, wish: Expected): Expected {
  if (held === undefined) return wish;
  return {
    dueAtMs: Math.min(held.dueAtMs, wish.dueAtMs),
    priority: Math.min(held.priority, wish.priority) as Priority,
  };
}

test('one key never runs twice at once, nothing is lost, and the most urgent goes first', () => {
  fc.assert(
    fc.property(fc.array(move, { maxLength: 200 }), (moves) => {
      const schedule = createSchedule();
      const wanted = new Map<string, Expected>();
      const running: Task[] = [];
      let nowMs = 0;

      function checkTake(): boolean {
        const blocked = new Set(running.map((task) => task.key));
        const due = [...wanted].filter(([key, wish]) => !blocked.has(key) && wish.dueAtMs <= nowMs);
        const task = schedule.take(nowMs);
        if (task === undefined) {
          expect(due).toEqual([]);
          return false;
        }
        expect(blocked).not.toContain(task.key);
        expect(due.map(([key]) => key)).toContain(task.key);
        const most = due
          .map(([, wish]) => wish)
          .toSorted((a, b) => a.priority - b.priority || a.dueAtMs - b.dueAtMs)[0];
        expect(wanted.get(task.key)).toEqual(most);
        wanted.delete(task.key);
        running.push(task);
        return true;
      }

      function finish(index: number, again?: Expected): void {
        const [task] = running.splice(index, 1);
        if (task === undefined) return;
        if (again !== undefined) wanted.set(task.key, earliest(wanted.get(task.key), again));
        schedule.finish(task.key, again);
      }

      for (const one of moves) {
        switch (one.type) {
          case 'add': {
            const wish = { dueAtMs: nowMs + one.afterMs, priority: one.priority };
            wanted.set(one.key, earliest(wanted.get(one.key), wish));
            schedule.add(one.key, wish);
            break;
          }
          case 'take':
            checkTake();
            break;
          case 'finish': {
            const { againAfterMs } = one;
            const again =
              againAfterMs === undefined
                ? undefined
                : { dueAtMs: nowMs + againAfterMs, priority: 1 as const };
            finish(one.which, again);
            break;
          }
          case 'wait':
            nowMs += one.ms;
            break;
          default:
            one satisfies never;
        }
      }

      // In the end every wish comes true.
      nowMs += 1000;
      while (running.length > 0) finish(0);
      while (checkTake()) finish(0);
      expect(wanted.size).toBe(0);
      expect(schedule.size()).toEqual({ ready: 0, delayed: 0, inFlight: 0 });
    }),
    { numRuns: 500 },
  );
});
