import type { LineName, LineNames } from '../domain/line/identifier.ts';
import { type Failure, failed, ok, type Result } from '../ports/failure.ts';
import {
  HISTORY_NAMES,
  type HistoryName,
  type HistoryQuery,
  type HistoryRow,
  type LineHistories,
} from '../ports/line-histories.ts';
import type { Quota } from '../ports/quota.ts';

/** What is needed to read a history through. */
export interface GatherParts {
  readonly histories: LineHistories;
  readonly quota: Quota;
}

/**
 * The reading of one line's histories, as far as it has come. It can be broken off and gone on with: then the first
 * query is the very one that failed, since a vendor that took too long may have its result by then.
 */
export interface Gathering {
  readonly earliestMs: number;
  readonly latestMs: number;
  /** Still to be asked; the last one is next. */
  readonly queries: HistoryQuery[];
  readonly rows: { readonly query: HistoryQuery; readonly row: HistoryRow }[];
}

/** Begins at the range's start and goes on by the vendor's windows, once for each name of the line. */
export function beginGathering(
  histories: LineHistories,
  names: readonly LineName[],
  earliestMs: number,
  latestMs: number,
): Gathering {
  const queries: HistoryQuery[] = [];
  for (const line of names) {
    for (const history of HISTORY_NAMES) {
      const windowMs = histories.windowMs[history];
      for (let fromMs = earliestMs; fromMs <= latestMs; fromMs += windowMs) {
        const toMs = Math.min(fromMs + windowMs - 1, latestMs);
        queries.push({ history, line, earliestMs: fromMs, latestMs: toMs });
      }
    }
  }
  return { earliestMs, latestMs, queries: queries.reverse(), rows: [] };
}

/**
 * The names to ask a line's past by: its phone and its SIM, since the vendor keeps histories with the phone, and a new
 * pairing hides the past (UWS fact sheet 9); else the one it was declared by.
 */
export function namesToAskBy(declaredAs: LineName, { imei, iccid }: LineNames): readonly LineName[] {
  const known: LineName[] = [];
  if (imei !== undefined) known.push({ kind: 'imei', identifier: imei });
  if (iccid !== undefined) known.push({ kind: 'iccid', identifier: iccid });
  return known.length === 0 ? [declaredAs] : known;
}

/**
 * Reads on to the end. A range that holds more rows than one reply is halved until each half is whole: that needs no
 * order among rows, and loses none that share a time. One instant with more rows than a reply cannot be read at all.
 */
export async function gather(
  { histories, quota }: GatherParts,
  gathering: Gathering,
  signal: AbortSignal,
): Promise<Result<Readonly<Record<HistoryName, readonly HistoryRow[]>>>> {
  const { queries, rows } = gathering;
  for (let query = queries.at(-1); query !== undefined; query = queries.at(-1)) {
    const asked = query;
    const page = await quota.within(() => histories.read(asked, signal), signal);
    if (!page.ok) return page;
    if (page.value.isComplete) {
      queries.pop();
      for (const row of page.value.rows) rows.push({ query, row });
    } else if (query.earliestMs === query.latestMs) {
      return failed(notPageable(query));
    } else {
      queries.pop();
      queries.push(...halves(query));
    }
  }
  return ok(merged(gathering));
}

function halves(query: HistoryQuery): readonly HistoryQuery[] {
  const middleMs = Math.floor((query.earliestMs + query.latestMs) / 2);
  return [
    { ...query, earliestMs: middleMs + 1 },
    { ...query, latestMs: middleMs },
  ];
}

/**
 * The rows of each history in the order of their times. What was found under a second name counts only as far as it was
 * not found under the first: the vendor may show the same past for both, and rows that are alike may be several.
 */
function merged({ rows }: Gathering): Readonly<Record<HistoryName, readonly HistoryRow[]>> {
  const result: Record<HistoryName, HistoryRow[]> = { usage: [], connection: [], provisioning: [] };
  const byName = new Map<string, { readonly history: HistoryName; readonly row: HistoryRow }[]>();
  for (const { query, row } of rows) {
    const name = `${query.line.kind}:${query.line.identifier}`;
    const list = byName.get(name) ?? [];
    list.push({ history: query.history, row });
    byName.set(name, list);
  }
  const known = new Map<string, number>();
  for (const list of byName.values()) {
    const here = new Map<string, number>();
    for (const { history, row } of list) {
      const text = JSON.stringify([history, row.at, row.content]);
      const count = (here.get(text) ?? 0) + 1;
      here.set(text, count);
      if (count > (known.get(text) ?? 0)) result[history].push(row);
    }
    for (const [text, count] of here) known.set(text, Math.max(count, known.get(text) ?? 0));
  }
  for (const name of HISTORY_NAMES) result[name].sort((a, b) => timeOf(a) - timeOf(b));
  return result;
}

function timeOf({ at }: HistoryRow): number {
  return Date.parse(at) || 0;
}

/** Whether reading on cannot help: the same failure would come for ever. */
export function isForGood({ code }: Failure): boolean {
  return code === 'HISTORY_NOT_PAGEABLE';
}

function notPageable({ history }: HistoryQuery): Failure {
  return {
    kind: 'rejected',
    code: 'HISTORY_NOT_PAGEABLE',
    message: `the ${history} history holds more rows at one instant than the vendor shows, so it cannot be archived whole: ask the vendor for it, then set archive: Skip`,
  };
}
