import type { ItemKey } from '../../src/domain/item.ts';
import { CONTACT } from '../../src/engine/first-contact.ts';
import { LEDGER } from '../../src/engine/guard.ts';
import { refusalsOf } from '../../src/engine/refusals.ts';
import { type Failure, failed, ok } from '../../src/ports/failure.ts';
import { RECEIPT } from '../../src/ports/receipt.ts';
import type { Records } from '../../src/ports/records.ts';

export interface MemoryRecords extends Records {
  /** Of devices. */
  readonly values: Map<ItemKey, unknown>;
  /** What the vendor refused devices for good. */
  readonly refusals: Map<ItemKey, unknown>;
  /** Of companies. */
  readonly companies: Map<ItemKey, unknown>;
  /** Of the guard. */
  readonly ledger: Map<string, unknown>;
  /** Of the first contact. */
  readonly contact: Map<string, unknown>;
  /** While set, `keep` takes until it is over. */
  gate: Promise<void> | undefined;
  /** How often `keep` was asked. */
  writes: number;
  failing: Failure | undefined;
  /** While set, only the guard's ledger cannot be written. */
  ledgerFailing: Failure | undefined;
}

/** Records that survive the controller. */
export function memoryRecords(): MemoryRecords {
  const values = new Map<ItemKey, unknown>();
  const refusals = new Map<ItemKey, unknown>();
  const companies = new Map<ItemKey, unknown>();
  const ledger = new Map<string, unknown>();
  const contact = new Map<string, unknown>();
  const places = new Map([
    [LEDGER, ledger],
    [CONTACT, contact],
    [refusalsOf('device'), refusals],
    ['company', companies],
    ['charge', new Map<ItemKey, unknown>()],
  ]);
  const records: MemoryRecords = {
    values,
    refusals,
    companies,
    ledger,
    contact,
    gate: undefined,
    writes: 0,
    failing: undefined,
    ledgerFailing: undefined,
    async load() {
      if (records.failing !== undefined) return failed(records.failing);
      return ok([
        ...[...values].map(([key, value]) => ({ kind: 'device', value, keys: [key] })),
        ...[...places].flatMap(([kind, place]) =>
          [...place].map(([key, value]) => ({ kind, value, keys: [key] })),
        ),
      ]);
    },
    async keep(kind, changes) {
      await records.gate;
      records.writes += 1;
      if (records.failing !== undefined) return failed(records.failing);
      if (kind === LEDGER && records.ledgerFailing !== undefined) return failed(records.ledgerFailing);
      const target = places.get(kind) ?? values;
      for (const { key, value } of changes) {
        if (value === undefined) target.delete(key);
        else target.set(key, structuredClone(value));
      }
      return ok(RECEIPT);
    },
  };
  return records;
}
