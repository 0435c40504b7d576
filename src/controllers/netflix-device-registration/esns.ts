import { esnKey, type RegistrationTypes } from '../../domain/registration/facts.ts';
import type { DeclaredItem } from '../../engine/declaring.ts';
import type { Columns } from '../lists/csv.ts';
import type { Collector } from '../lists/listed-sources.ts';
import type { BadRow, Entry } from '../lists/source.ts';

/** An entry of a list, as it was written. */
interface EsnEntry {
  readonly esn?: string;
}

/** The columns of a list of ESNs (api.md, section 2). */
export const ESN_COLUMNS: Columns<keyof EsnEntry> = { names: ['esn'], shared: [] };

/** An entry that names no device, or one that was named before. */
export interface Rejected {
  readonly device: string;
  readonly code: string;
  readonly message: string;
}

/** Collects the devices of a resource. A wrong entry is set aside by itself; the others go on. */
interface EsnList extends Collector<EsnEntry> {
  readonly items: readonly DeclaredItem<RegistrationTypes>[];
  readonly rejected: readonly Rejected[];
}

export function createEsnList(): EsnList {
  const items: DeclaredItem<RegistrationTypes>[] = [];
  const keys = new Set<string>();
  const rejected: Rejected[] = [];

  function add(entries: readonly Entry<EsnEntry>[]): readonly BadRow[] {
    const bad: BadRow[] = [];
    for (const { declared, line = 0 } of entries) {
      const esn = declared.esn ?? '';
      const parsed = esnKey(esn);
      const failure = parsed.ok ? (keys.has(parsed.key) ? DUPLICATE : undefined) : parsed.failure;
      if (failure === undefined && parsed.ok) {
        keys.add(parsed.key);
        items.push({ key: parsed.key, subject: { esn } });
      } else if (failure !== undefined) {
        const { code, message } = failure;
        rejected.push({ device: `esn:${esn}`, code, message });
        bad.push({ line, reason: code, message });
      }
    }
    return bad;
  }

  return {
    add,
    reject: (source, rows) => {
      for (const { line, reason, message } of rows) {
        rejected.push({ device: `${source}:${line}`, code: reason, message: `line ${line} ${message}` });
      }
    },
    items,
    rejected,
  };
}

const DUPLICATE = {
  code: 'DUPLICATE_DEVICE',
  message: 'this resource names the device more than once; remove the other entry',
} as const;
