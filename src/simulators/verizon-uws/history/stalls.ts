/**
 * Queries that took the vendor longer than its 30 seconds (fact sheet 9): the caller gets an error, the work goes
 * on, and the identical request a few seconds later gets the result.
 */
export interface Stalls {
  /** Notes that the query stalled; it will be ready at that time. */
  begin(query: string, readyAtMs: number): void;
  /** Whether the query is still being worked on. One that is ready is handed out and forgotten. */
  look(query: string, nowMs: number): 'none' | 'working' | 'ready';
}

export function createStalls(): Stalls {
  const readyAtMs = new Map<string, number>();
  return {
    begin: (query, atMs) => void readyAtMs.set(query, atMs),
    look(query, nowMs) {
      const due = readyAtMs.get(query);
      if (due === undefined) return 'none';
      if (nowMs < due) return 'working';
      readyAtMs.delete(query);
      return 'ready';
    },
  };
}
