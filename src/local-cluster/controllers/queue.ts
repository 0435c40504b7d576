/** Keys to be looked at, each once, in turn, between requests. */
export interface Queue {
  add(key: string): void;
  close(): void;
}

/** A queue that hands its keys to `work`, which may add more and must not throw. */
export function createQueue(work: (key: string) => void): Queue {
  const keys = new Set<string>();
  let scheduled: NodeJS.Immediate | undefined;
  function run(): void {
    scheduled = undefined;
    const [key] = keys;
    if (key === undefined) return;
    keys.delete(key);
    work(key);
    schedule();
  }
  function schedule(): void {
    if (scheduled === undefined && keys.size > 0) scheduled = setImmediate(run);
  }
  return {
    add(key) {
      keys.add(key);
      schedule();
    },
    close() {
      keys.clear();
      if (scheduled !== undefined) clearImmediate(scheduled);
      scheduled = undefined;
    },
  };
}
