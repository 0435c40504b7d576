/** Time as an argument: tests advance it, production reads it. */
export interface Clock {
  /** Wall time in milliseconds since the epoch. May jump. */
  now(): number;
  /** Milliseconds since an arbitrary start. Never goes back; for measuring waits. */
  monotonic(): number;
  /** Resolves after `ms` milliseconds, or as soon as `signal` aborts, whichever is first. Never rejects. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
  /**
   * Resolves when the event loop has gone round and it is the caller's turn: one caller each round, in the order in
   * which they asked. For before a long piece of work, so that many that are ready at once hold nothing up. Never rejects.
   */
  turn(): Promise<void>;
}
