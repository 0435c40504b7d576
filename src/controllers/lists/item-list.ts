import type { ItemKey, KindTypes } from '../../domain/item.ts';
import type { DeclaredItem } from '../../engine/declaring.ts';
import type { CsvEntry } from './csv.ts';
import type { NamedFailure } from './failures.ts';
import type { ListFormat } from './format.ts';
import type { BadRow, Entry } from './source.ts';

/** Collects what the lists of one resource declare. A wrong entry is set aside by itself; the others go on. */
export interface ItemList<T extends KindTypes, Column extends string> {
  /** Adds the entries of one source; answers what is wrong with some of them, by line. */
  add(entries: readonly Entry<CsvEntry<Column>>[]): readonly BadRow[];
  /** Adds rows that are no entries at all. */
  reject(source: string, rows: readonly BadRow[]): void;
  readonly items: readonly DeclaredItem<T>[];
  /** Entries that name no item, or one that was named before. */
  readonly rejected: readonly NamedFailure[];
}

export function createItemList<T extends KindTypes, Column extends string>(
  format: ListFormat<T, Column>,
): ItemList<T, Column> {
  const items: DeclaredItem<T>[] = [];
  const known = new Set<ItemKey>();
  const rejected: NamedFailure[] = [];

  /** Takes one entry in, or answers what is wrong with it. */
  function take(declared: CsvEntry<Column>): Omit<NamedFailure, 'device'> | undefined {
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
