import { type Failure, failed, ok } from '../../src/ports/failure.ts';
import type { Journal, JournalEntry, OperationFacts, OperationIntent } from '../../src/ports/journal.ts';
import { RECEIPT } from '../../src/ports/receipt.ts';

/** A journal that survives the controller: what a new process finds is what the old one was told is durable. */
export interface MemoryJournal extends Journal {
  readonly entries: Map<string, JournalEntry>;
  /** While set, nothing is written and everything fails like this. */
  failing: Failure | undefined;
  /** Called when an intent has become durable, before the engine hears of it. */
  onIntended: (intent: OperationIntent) => void;
  openEntries(): readonly JournalEntry[];
}

export function memoryJournal(): MemoryJournal {
  const entries = new Map<string, JournalEntry>();
  const fresh: OperationFacts = {
    state: 'Intended',
    vendorOperationIds: [],
    succeeded: 0,
    failed: 0,
    outcomes: [],
  };
  const journal: MemoryJournal = {
    entries,
    failing: undefined,
    onIntended: () => {},
    openEntries: () => [...entries.values()].filter(({ facts }) => facts.finishedAtMs === undefined),
    async open() {
      if (journal.failing !== undefined) return failed(journal.failing);
      return ok(structuredClone([...journal.openEntries()]));
    },
    async intend(intent) {
      await Promise.resolve();
      if (journal.failing !== undefined) return failed(journal.failing);
      const name = `vop-${intent.requestKey}`;
      if (!entries.has(name)) entries.set(name, { name, intent: structuredClone(intent), facts: fresh });
      journal.onIntended(intent);
      return ok({ name });
    },
    async note(name, facts) {
      await Promise.resolve();
      if (journal.failing !== undefined) return failed(journal.failing);
      const entry = entries.get(name);
      if (entry === undefined) throw new Error(`${name} was never intended`);
      entries.set(name, { ...entry, facts: structuredClone(facts) });
      return ok(RECEIPT);
    },
  };
  return journal;
}
