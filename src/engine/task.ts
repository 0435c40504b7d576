/** One piece of work that waits for somebody else: the vendor, or our own journal and records. */
export interface Task {
  readonly with: 'vendor' | 'own';
  run(signal: AbortSignal): Promise<void>;
}

/** Something that at most one task works on at a time. */
export interface Busy {
  busy: boolean;
}

/** A task that has `what` for itself from now until it ends, however it ends. */
export function taskOn(what: Busy, party: Task['with'], run: Task['run']): Task {
  what.busy = true;
  return {
    with: party,
    run: async (signal) => {
      try {
        await run(signal);
      } finally {
        what.busy = false;
      }
    },
  };
}
