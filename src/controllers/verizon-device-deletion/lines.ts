import type { LineTypes } from '../../domain/line/facts.ts';
import { parseLineName } from '../../domain/line/identifier.ts';
import type { DeclaredItem } from '../../engine/declaring.ts';
import type { Columns } from '../lists/csv.ts';
import type { Collector } from '../lists/listed-sources.ts';
import type { BadRow, Entry } from '../lists/source.ts';

/** An entry of a list, as it was written. */
export interface LineEntry {
  readonly kind?: string;
  readonly identifier?: string;
}

/** The columns of a list of lines (api.md, section 2). */
export const LINE_COLUMNS: Columns<keyof LineEntry> = { names: ['kind', 'identifier'], shared: ['kind'] };

/** An entry that names no line, or one that was named before. */
export interface Rejected {
  readonly device: string;
  readonly code: string;
  readonly message: string;
}

/** Collects the lines of a resource in canonical form. A wrong entry is set aside by itself; the others go on. */
export interface LineList extends Collector<LineEntry> {
  readonly items: readonly DeclaredItem<LineTypes>[];
  readonly rejected: readonly Rejected[];
}

export function createLineList(): LineList {
  const items: DeclaredItem<LineTypes>[] = [];
  const keys = new Set<string>();
  const rejected: Rejected[] = [];

  function add(entries: readonly Entry<LineEntry>[]): readonly BadRow[] {
    const bad: BadRow[] = [];
    for (const { declared, line = 0 } of entries) {
      const { kind = '', identifier = '' } = declared;
      const parsed = parseLineName(kind, identifier);
      const failure = parsed.ok ? (keys.has(parsed.key) ? DUPLICATE : undefined) : parsed.failure;
      if (failure === undefined && parsed.ok) {
        keys.add(parsed.key);
        items.push({ key: parsed.key, subject: parsed.name });
      } else if (failure !== undefined) {
        const { code, message } = failure;
        rejected.push({ device: `${kind}:${identifier}`, code, message });
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
  message: 'this resource names the line more than once; remove the other entry',
} as const;
