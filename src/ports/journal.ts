import type { ItemKey, Partition, Verb } from '../domain/item.ts';
import type { OperationStateName } from '../domain/operation.ts';
import type { OutcomeGroup } from '../domain/outcomes.ts';
import type { Result } from './failure.ts';
import type { Receipt } from './receipt.ts';

/** What becomes recorded of some items once the write has succeeded for them. */
export interface IntendedRecord {
  /** As the records keep it; a plain value. */
  readonly value: unknown;
  /** Positions in the request, for example `0-17,44`. */
  readonly items: string;
}

/** One vendor write, before it is sent. */
export interface OperationIntent {
  /** Ours, unique for all time; names the operation and, where the vendor has such a thing, its idempotency key. */
  readonly requestKey: string;
  readonly verb: Verb;
  readonly partition: Partition;
  /** The items in the order of the request. */
  readonly keys: readonly ItemKey[];
  /**
   * On whose behalf: distinct values, each position in at most one of them. What an operation achieved is recorded
   * by this when nobody declares its items any more, also by a later process. Items in none of them leave no record.
   */
  readonly records: readonly IntendedRecord[];
  /**
   * Digest of what was asked for all items: 16 hexadecimal digits. A later process that is asked the same knows by it
   * that a refusal still answers. Absent in what older versions wrote.
   */
  readonly asked?: string;
  /** Which leader wrote it. */
  readonly fence: number;
}

/** What is known of an operation so far. Stored whole each time. */
export interface OperationFacts {
  readonly state: OperationStateName;
  readonly vendorOperationIds: readonly string[];
  readonly submittedAtMs?: number;
  readonly finishedAtMs?: number;
  readonly succeeded: number;
  readonly failed: number;
  readonly outcomes: readonly OutcomeGroup[];
  /** Why the request as a whole came to nothing; absent when it did not. */
  readonly failure?: { readonly code: string; readonly message: string };
}

export interface JournalEntry {
  /** Name of the operation, as people see it. */
  readonly name: string;
  readonly intent: OperationIntent;
  readonly facts: OperationFacts;
}

/** Every write to a vendor, durable before the first byte is sent. */
export interface Journal {
  /** Every operation of this vendor scope that has not ended. Complete or failed, never partial. */
  open(signal: AbortSignal): Promise<Result<readonly JournalEntry[]>>;
  /** Writes an intent. Answers its name once it is durable; writing the same request key again answers the same. */
  intend(intent: OperationIntent, signal: AbortSignal): Promise<Result<{ readonly name: string }>>;
  /** Writes what is known by now. Repeating it is harmless. */
  note(name: string, facts: OperationFacts, signal: AbortSignal): Promise<Result<Receipt>>;
}
