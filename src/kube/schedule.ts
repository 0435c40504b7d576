import { createHeap } from './heap.ts';

/** Lower goes first: a person is waiting for an edit, nobody for a resync. */
export const PRIORITY = { edit: 0, poll: 1, drift: 2 } as const;

export type Priority = (typeof PRIORITY)[keyof typeof PRIORITY];

/** When a key wants to be looked at, and how urgent it is then. */
export interface Wish {
  /** On the clock of the caller, in milliseconds. */
  readonly dueAtMs: number;
  readonly priority: Priority;
}

/** A key that was handed out, until `finish` is called for it. */
export interface Task {
  readonly key: string;
  readonly priority: Priority;
}

export interface ScheduleSize {
  /** Due, waiting for a worker. */
  readonly ready: number;
  /** Due later. */
  readonly delayed: number;
  readonly inFlight: number;
}

/**
 * Decides which key is next. Knows no clock, no timer and no randomness: times come in.
 *
 * - A key stands in it once. Two wishes become one that is due at the earlier time, with the higher priority.
 * - A key in flight is not handed out again. A wish for it is held until it is finished.
 * - Of the keys that are due, the most urgent goes first, then the one that has been due longest.
 */
export interface Schedule {
  add(key: string, wish: Wish): void;
  /** Hands out the next key that is due at `nowMs`. */
  take(nowMs: number): Task | undefined;
  /** The key is no longer in flight. `again`: what its own outcome asks for, beside what was held. */
  finish(key: string, again?: Wish): void;
  /** When the next key that is not in flight is due; may be in the past. */
  nextDueAtMs(): number | undefined;
  size(): ScheduleSize;
}

interface Waiting extends Wish {
  readonly key: string;
  /** Order of arrival, so that equals leave in the order they came. */
  readonly sequence: number;
}

/** An empty schedule. */
export function createSchedule(): Schedule {
  const waiting = new Map<string, Waiting>();
  /** Keys handed out, with the wish that came meanwhile. */
  const inFlight = new Map<string, Wish | undefined>();
  const delayed = createHeap<Waiting>(isDueBefore);
  const ready = createHeap<Waiting>(isMoreUrgent);
  let sequence = 0;

  function enqueue(key: string, wish: Wish): void {
    const held = waiting.get(key);
    const merged = merge(held, wish);
    if (held !== undefined && isEqual(held, merged)) return;
    // Readiness is decided by take, which knows the time: until then it stands among the delayed.
    if (held !== undefined && !delayed.remove(held)) ready.remove(held);
    sequence += 1;
    const entry: Waiting = { ...merged, key, sequence: held?.sequence ?? sequence };
    waiting.set(key, entry);
    delayed.push(entry);
  }

  function moveDue(nowMs: number): void {
    for (let first = delayed.peek(); first !== undefined && first.dueAtMs <= nowMs; first = delayed.peek()) {
      delayed.remove(first);
      ready.push(first);
    }
  }

  return {
    add(key, wish) {
      if (inFlight.has(key)) inFlight.set(key, merge(inFlight.get(key), wish));
      else enqueue(key, wish);
    },
    take(nowMs) {
      moveDue(nowMs);
      const next = ready.pop();
      if (next === undefined) return undefined;
      waiting.delete(next.key);
      inFlight.set(next.key, undefined);
      return { key: next.key, priority: next.priority };
    },
    finish(key, again) {
      if (!inFlight.has(key)) return;
      const held = inFlight.get(key);
      inFlight.delete(key);
      if (held !== undefined) enqueue(key, held);
      if (again !== undefined) enqueue(key, again);
    },
    nextDueAtMs: () => (ready.peek() ?? delayed.peek())?.dueAtMs,
    size: () => ({ ready: ready.size, delayed: delayed.size, inFlight: inFlight.size }),
  };
}

function merge(held: Wish | undefined, wish: Wish): Wish {
  if (held === undefined) return wish;
  return {
    dueAtMs: Math.min(held.dueAtMs, wish.dueAtMs),
    priority: Math.min(held.priority, wish.priority) as Priority,
  };
}

function isEqual(a: Wish, b: Wish): boolean {
  return a.dueAtMs === b.dueAtMs && a.priority === b.priority;
}

function isDueBefore(a: Waiting, b: Waiting): boolean {
  return a.dueAtMs === b.dueAtMs ? a.sequence < b.sequence : a.dueAtMs < b.dueAtMs;
}

function isMoreUrgent(a: Waiting, b: Waiting): boolean {
  return a.priority === b.priority ? isDueBefore(a, b) : a.priority < b.priority;
}
