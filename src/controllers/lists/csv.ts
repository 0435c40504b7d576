import { setImmediate as yieldToOthers } from 'node:timers/promises';
import { type CsvError, parse } from 'csv-parse';

/** One row by the names of its columns; what is empty is left out. */
export type CsvEntry<Column extends string> = Readonly<Partial<Record<Column, string>>>;

/** One row of a list, or what is wrong with it. Lines are counted from 1, the header line is 1. */
export type CsvRow<Column extends string> =
  | { readonly line: number; readonly entry: CsvEntry<Column> }
  | { readonly line: number; readonly reason: string; readonly message: string };

/** A whole list; or why it is none. */
export type CsvList<Column extends string> =
  | { readonly ok: true; readonly rows: readonly CsvRow<Column>[] }
  | { readonly ok: false; readonly message: string };

/** The columns a list may have (api.md, section 2). */
export interface Columns<Column extends string> {
  readonly names: readonly Column[];
  /** Those whose values many rows share. */
  readonly shared: readonly Column[];
}

/** Text is parsed in pieces of this size, so that a long list holds up nobody. About 2 ms each. */
const PIECE_CHARACTERS = 64 * 1024;
/** No row of ours comes near; what is longer is no list of devices. */
const MAX_ROW_CHARACTERS = 8 * 1024;

interface Read {
  readonly record: readonly string[];
  readonly info: { readonly lines: number };
}

/** Reads a CSV list whose header line names its columns. A bad row is set aside by itself. */
export async function readCsv<Column extends string>(
  text: string,
  known: Columns<Column>,
): Promise<CsvList<Column>> {
  const broken: CsvRow<Column>[] = [];
  const parser = parse({
    bom: true,
    info: true,
    trim: true,
    skip_empty_lines: true,
    relax_column_count: true,
    max_record_size: MAX_ROW_CHARACTERS,
    skip_records_with_error: true,
    on_skip: (error) => {
      broken.push(unreadableRow(error));
      return undefined;
    },
  });
  const rows: CsvRow<Column>[] = [];
  const names = new Map<string, string>();
  const shared: ReadonlySet<string> = new Set(known.shared);
  let columns: readonly string[] | undefined;
  parser.on('data', ({ record, info }: Read) => {
    if (columns === undefined) columns = record;
    else
      rows.push(
        rowOf(columns, record, info.lines, (name, value) => (shared.has(name) ? once(names, value) : value)),
      );
  });
  const ended = new Promise<Error | undefined>((resolve) => {
    parser.on('end', () => resolve(undefined));
    parser.on('error', resolve);
  });
  await feed(parser, text);
  const error = await ended;
  if (error !== undefined) return { ok: false, message: error.message };
  const fault = headerFault(columns, known.names);
  if (fault !== undefined) return { ok: false, message: fault };
  if (broken.length > 0) rows.push(...broken);
  return { ok: true, rows: broken.length > 0 ? rows.sort((a, b) => a.line - b.line) : rows };
}

async function feed(parser: ReturnType<typeof parse>, text: string): Promise<void> {
  for (let from = 0; from < text.length; from += PIECE_CHARACTERS) {
    parser.write(text.slice(from, from + PIECE_CHARACTERS));
    await yieldToOthers();
  }
  parser.end();
}

function headerFault(columns: readonly string[] | undefined, known: readonly string[]): string | undefined {
  if (columns === undefined) return undefined;
  const unknown = columns.filter((name) => !known.includes(name));
  if (unknown.length > 0) {
    return `the header line names ${unknown.map((name) => JSON.stringify(name)).join(', ')}; columns are separated by commas and named ${known.join(', ')}`;
  }
  const twice = columns.find((name, index) => columns.indexOf(name) !== index);
  return twice === undefined ? undefined : `the header line names ${twice} twice`;
}

function rowOf<Column extends string>(
  columns: readonly string[],
  record: readonly string[],
  line: number,
  kept: (name: string, value: string) => string,
): CsvRow<Column> {
  if (record.length > columns.length) {
    const message = `has ${record.length} values for ${columns.length} columns`;
    return { line, reason: 'TooManyValues', message };
  }
  const entry: Record<string, string> = {};
  columns.forEach((name, index) => {
    const value = record[index];
    if (value !== undefined && value !== '') entry[name] = kept(name, value);
  });
  return { line, entry: entry as CsvEntry<Column> };
}

/** Equal texts as one and the same, so that a list of many devices of few models holds each name once. */
function once(names: Map<string, string>, value: string): string {
  const known = names.get(value);
  if (known === undefined) names.set(value, value);
  return known ?? value;
}

function unreadableRow(error: CsvError | undefined): CsvRow<never> {
  const { lines } = (error ?? {}) as { readonly lines?: number };
  return { line: lines ?? 0, reason: 'Unreadable', message: 'cannot be read as CSV; check its quotes' };
}
