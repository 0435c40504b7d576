/** What became of one method's requests. */
export interface Counter {
  /** Requests that arrived, whatever came of them. */
  readonly requests: number;
  /** Changes that were truly made: of a batch, one for each item. */
  readonly effects: number;
}

/** Counts the calls of each method for ever, where the ledger forgets. */
export interface Counters {
  countRequest(endpoint: string): void;
  countEffect(endpoint: string): void;
  all(): Readonly<Record<string, Counter>>;
  clear(): void;
}

/** @param endpoints every one there is: each is counted from the start, at zero. */
export function createCounters(endpoints: readonly string[]): Counters {
  const zero: Counter = { requests: 0, effects: 0 };
  const zeros = () => new Map(endpoints.map((endpoint) => [endpoint, zero]));
  let counters = zeros();
  const of = (endpoint: string) => counters.get(endpoint) ?? zero;
  return {
    countRequest(endpoint) {
      counters.set(endpoint, { ...of(endpoint), requests: of(endpoint).requests + 1 });
    },
    countEffect(endpoint) {
      counters.set(endpoint, { ...of(endpoint), effects: of(endpoint).effects + 1 });
    },
    all: () => Object.fromEntries(counters),
    clear() {
      counters = zeros();
    },
  };
}
