/** One request as the simulator saw it. */
export interface LedgerEntry {
  /** Counts from 1 in the order of arrival. */
  readonly seq: number;
  /** Arrival by the simulator's clock, ISO 8601. */
  readonly at: string;
  readonly method: string;
  readonly path: string;
  /** The query as sent; absent when there was none. */
  readonly query?: string;
  /** The endpoint's short name, or `unknown` for a route the vendor does not have. */
  readonly endpoint: string;
  /** True when the endpoint is one that writes, whether or not this request changed anything. */
  readonly mutating: boolean;
  /** What was answered; 0 when the connection was dropped; absent while the request is being served. */
  status?: number;
  /** What the request asked for, item by item: identifiers and customers. */
  items?: readonly Readonly<Record<string, unknown>>[];
  /** What truly changed, in order. For a batch it grows while the operation works. Absent when nothing did. */
  effect?: Readonly<Record<string, unknown>>[];
  /** The faults that hit this request, joined by `+`. */
  fault?: string;
}

type NewEntry = Omit<LedgerEntry, 'seq'>;

/** Every request in order of arrival: the proof of what a client did and of what came of it. */
export interface Ledger {
  /** Writes the entry at arrival; its status and effect are filled in later. */
  open(entry: NewEntry): LedgerEntry;
  /** Adds what a request, perhaps long answered, has changed. Forgotten entries are ignored. */
  addEffect(seq: number | undefined, effect: Readonly<Record<string, unknown>>): void;
  entries(): readonly LedgerEntry[];
  clear(): void;
}

/** @param maxEntries older entries are forgotten, so that a long-running simulator does not grow for ever. */
export function createLedger(maxEntries: number): Ledger {
  let entries: LedgerEntry[] = [];
  let lastSeq = 0;

  return {
    open(entry) {
      lastSeq += 1;
      const opened: LedgerEntry = { seq: lastSeq, ...entry };
      entries.push(opened);
      // Forgetting in bulk keeps the cost of one request constant.
      if (entries.length > maxEntries * 1.1) entries = entries.slice(-maxEntries);
      return opened;
    },
    addEffect(seq, effect) {
      const entry = seq === undefined ? undefined : entries[seq - (entries[0]?.seq ?? 0)];
      if (entry !== undefined) (entry.effect ??= []).push(effect);
    },
    entries: () => entries,
    clear() {
      entries = [];
    },
  };
}
