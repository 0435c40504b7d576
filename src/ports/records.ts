import type { ItemKey } from '../domain/item.ts';
import type { Result } from './failure.ts';
import type { Receipt } from './receipt.ts';

/** Items of one kind that are recorded alike. */
export interface RecordGroup {
  readonly kind: string;
  readonly value: unknown;
  readonly keys: readonly ItemKey[];
}

/** `value: undefined` removes the record. */
export interface RecordChange {
  readonly key: ItemKey;
  readonly value: unknown;
}

/**
 * What the vendor cannot tell us, durable: what we hold and under which policy. A record that is missing means
 * "not known", never "not held".
 */
export interface Records {
  /** Everything recorded for this vendor scope. Complete or failed, never partial. */
  load(signal: AbortSignal): Promise<Result<readonly RecordGroup[]>>;
  /** Makes the changes durable, all of them, before it answers. Repeating it is harmless. */
  keep(kind: string, changes: readonly RecordChange[], signal: AbortSignal): Promise<Result<Receipt>>;
}
