/** What shall be looked at again, each at its time. Earliest first; a binary heap. */
export interface Wakes<T> {
  add(atMs: number, what: T): void;
  /** Takes out everything whose time has come. */
  due(nowMs: number): T[];
  /** The earliest time; undefined when nothing waits. */
  nextAtMs(): number | undefined;
}

export function createWakes<T>(): Wakes<T> {
  const heap: { readonly atMs: number; readonly what: T }[] = [];
  const at = (index: number): number => heap[index]?.atMs ?? Number.POSITIVE_INFINITY;

  function swap(a: number, b: number): void {
    const kept = heap[a];
    const other = heap[b];
    if (kept === undefined || other === undefined) return;
    heap[a] = other;
    heap[b] = kept;
  }

  function rise(from: number): void {
    for (let child = from; child > 0; ) {
      const parent = (child - 1) >> 1;
      if (at(parent) <= at(child)) return;
      swap(parent, child);
      child = parent;
    }
  }

  function sink(): void {
    for (let parent = 0; ; ) {
      const left = 2 * parent + 1;
      const smaller = at(left + 1) < at(left) ? left + 1 : left;
      if (at(parent) <= at(smaller)) return;
      swap(parent, smaller);
      parent = smaller;
    }
  }

  function take(): T | undefined {
    const first = heap[0];
    const last = heap.pop();
    if (first !== undefined && last !== undefined && heap.length > 0) {
      heap[0] = last;
      sink();
    }
    return first?.what;
  }

  return {
    add: (atMs, what) => {
      heap.push({ atMs, what });
      rise(heap.length - 1);
    },
    due: (nowMs) => {
      const due: T[] = [];
      while (at(0) <= nowMs) due.push(take() as T);
      return due;
    },
    nextAtMs: () => heap[0]?.atMs,
  };
}
