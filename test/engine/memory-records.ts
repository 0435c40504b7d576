import type { ItemKey } from '../../src/domain/item.ts';
import { type Failure, failed, ok } from '../../src/ports/failure.ts';
import { RECEIPT } from '../../src/ports/receipt.ts';
import type { Records } from '../../src/ports/records.ts';

export interface MemoryRecords extends Records {
  readonly values: Map<ItemKey, unknown>;
  /** How often `keep` was asked. */
  writes: number;
  failing: Failure | undefined;
}

/** Records of devices that survive the controller. */
export function memoryRecords(): MemoryRecords {
  const values = new Map<ItemKey, unknown>();
  const records: MemoryRecords = {
    values,
    writes: 0,
    failing: undefined,
    async load() {
      if (records.failing !== undefined) return failed(records.failing);
      return ok([...values].map(([key, value]) => ({ kind: 'device', value, keys: [key] })));
    },
    async keep(_kind, changes) {
      await Promise.resolve();
      records.writes += 1;
      if (records.failing !== undefined) return failed(records.failing);
      for (const { key, value } of changes) {
        if (value === undefined) values.delete(key);
        else values.set(key, value);
      }
      return ok(RECEIPT);
    },
  };
  return records;
}
