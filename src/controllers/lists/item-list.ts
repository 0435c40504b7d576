import type { ItemKey, KindTypes } from '../../domain/item.ts';
import type { DeclaredItem } from '../../engine/declaring.ts';
import type { CsvEntry } from './csv.ts';
import type { ListFormat } from './format.ts';
import type { BadRow, Entry } from './source.ts';

/** An entry that names no item, or one that was named before; as it stands in `status.failures`. */
export interface Rejected {
  /** How the entry is named to people; for a row that is none, where it stands: `order/devices.csv:7`. */
  readonly device: string;
  readonly code: string;
  readonly message: string;
}

/** Collects what the lists of one resource declare. A wrong entry is set aside by itself; the others go on. */
export interface ItemList<T extends KindTypes, Column extends string> {
  /** Adds the entries of one source; answers what is wrong with some of them, by line. */
  add(entries: readonly Entry<CsvEntry<Column>>[]): readonly BadRow[];
  /** Adds rows that are no entries at all. */
  reject(source: string, rows: readonly BadRow[]): void;
  readonly items: readonly DeclaredItem<T>[];
  readonly rejected: readonly Rejected[];
}

export function createItemList<T extends KindTypes, Column extends string>(
  format: ListFormat<T, Column>,
): ItemList<T, Column> {
  const items: DeclaredItem<T>[] = [];
  const known = new Set<ItemKey>();
  const rejected: Rejected[] = [];

  /** Takes one entry in, or answers what is wrong with it. */
  function take(declared: CsvEntry<Column>): Omit<Rejected, 'device'> | undefined {
    const parsed = format.parse(declared);
    if (!parsed.ok) return parsed.failure;
    const { item, keys } = parsed;
    if (keys.some((key) => known.has(key))) return { code: 'DUPLICATE_DEVICE', message: format.duplicate };
    for (const key of keys) known.add(key);
    items.push(item);
    return undefined;
  }

  return {
    add: (entries) => {
      const bad: BadRow[] = [];
      for (const { declared, line = 0 } of entries) {
        const wrong = take(declared);
        if (wrong === undefined) continue;
        const { code, message } = wrong;
        rejected.push({ device: format.describe(declared), code, message });
        bad.push({ line, reason: code, message });
      }
      return bad;
    },
    reject: (source, rows) => {
      for (const { line, reason, message } of rows) {
        rejected.push({ device: `${source}:${line}`, code: reason, message: `line ${line} ${message}` });
      }
    },
    items,
    rejected,
  };
}
