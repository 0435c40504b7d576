import { setImmediate as yieldToOthers } from 'node:timers/promises';
import { type CsvError, parse } from 'csv-parse';
import type { DeviceIdentity } from '../../domain/device/identity.ts';

/** One row of a list, or what is wrong with it. Lines are counted from 1, the header line is 1. */
export type CsvRow =
  | { readonly line: number; readonly entry: DeviceIdentity }
  | { readonly line: number; readonly reason: string; readonly message: string };

/** A whole list; or why it is none. */
export type CsvList =
  | { readonly ok: true; readonly rows: readonly CsvRow[] }
  | { readonly ok: false; readonly message: string };

/** The columns a list may have (api.md, section 2). */
const COLUMNS = ['imei', 'imei2', 'serialNumber', 'meid', 'manufacturer', 'model'] as const;
type Column = (typeof COLUMNS)[number];
/** Those whose values many rows share. */
const SHARED: readonly string[] = ['manufacturer', 'model'] satisfies readonly Column[];

/** Text is parsed in pieces of this size, so that a long list holds up nobody. About 2 ms each. */
const PIECE_CHARACTERS = 64 * 1024;
/** No row of ours comes near; what is longer is no list of devices. */
const MAX_ROW_CHARACTERS = 8 * 1024;

interface Read {
  readonly record: readonly string[];
  readonly info: { readonly lines: number };
}

/** Reads a CSV list whose header line names its columns. A bad row is set aside by itself. */
export async function readCsv(text: string): Promise<CsvList> {
  const broken: CsvRow[] = [];
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
  const rows: CsvRow[] = [];
  const names = new Map<string, string>();
  let columns: readonly string[] | undefined;
  parser.on('data', ({ record, info }: Read) => {
    if (columns === undefined) columns = record;
    else rows.push(rowOf(columns, record, info.lines, names));
  });
  const ended = new Promise<Error | undefined>((resolve) => {
    parser.on('end', () => resolve(undefined));
    parser.on('error', resolve);
  });
  await feed(parser, text);
  const error = await ended;
  if (error !== undefined) return { ok: false, message: error.message };
  const fault = headerFault(columns);
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

function headerFault(columns: readonly string[] | undefined): string | undefined {
  if (columns === undefined) return undefined;
  const unknown = columns.filter((name) => !COLUMNS.includes(name as Column));
  if (unknown.length > 0) {
    return `the header line names ${unknown.map((name) => JSON.stringify(name)).join(', ')}; columns are ${COLUMNS.join(', ')}`;
  }
  const twice = columns.find((name, index) => columns.indexOf(name) !== index);
  return twice === undefined ? undefined : `the header line names ${twice} twice`;
}

/** `names`: values that stand in many rows, each once. */
function rowOf(
  columns: readonly string[],
  record: readonly string[],
  line: number,
  names: Map<string, string>,
): CsvRow {
  if (record.length > columns.length) {
    const message = `has ${record.length} values for ${columns.length} columns`;
    return { line, reason: 'TooManyValues', message };
  }
  const entry: { -readonly [Name in Column]?: string } = {};
  columns.forEach((name, index) => {
    const value = record[index];
    if (value === undefined || value === '') return;
    entry[name as Column] = SHARED.includes(name) ? once(names, value) : value;
  });
  return { line, entry };
}

/** Equal texts as one and the same, so that a list of many devices of few models holds each name once. */
function once(names: Map<string, string>, value: string): string {
  const known = names.get(value);
  if (known === undefined) names.set(value, value);
  return known ?? value;
}

function unreadableRow(error: CsvError | undefined): CsvRow {
  const { lines } = (error ?? {}) as { readonly lines?: number };
  return { line: lines ?? 0, reason: 'Unreadable', message: 'cannot be read as CSV; check its quotes' };
}
