import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import type { LineHistory } from '../ports/archive.ts';
import { HISTORY_NAMES, type HistoryName } from '../ports/line-histories.ts';
import type { ManifestHistory } from './manifest.ts';

const pack = promisify(gzip);
const unpack = promisify(gunzip);

/** Far more than ten years of any line; a bomb unpacks to more. */
const MAX_TEXT_BYTES = 1024 * 1024 * 1024;

/** One line of the file: the line's own record, or a row of one of its histories. */
export interface ArchivedRow {
  readonly of: 'line' | HistoryName;
  /** The row's own time, as the vendor wrote it; absent for the line's record. */
  readonly at?: string;
  readonly content: unknown;
}

/** What a file holds, counted. */
export type Counts = Readonly<Record<HistoryName, number>>;

/** The compressed file of a history: the line's record first, then each history in the order of its rows. */
export async function packHistory({ record, rows }: LineHistory): Promise<Buffer> {
  const lines: ArchivedRow[] = [{ of: 'line', content: record }];
  for (const name of HISTORY_NAMES) {
    for (const { at, content } of rows[name]) lines.push({ of: name, at, content });
  }
  return await pack(lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
}

/** Every line of a file, or undefined when it is not what `packHistory` makes. */
export async function unpackHistory(file: Uint8Array): Promise<readonly ArchivedRow[] | undefined> {
  try {
    const text = (await unpack(file, { maxOutputLength: MAX_TEXT_BYTES })).toString('utf8');
    if (!text.endsWith('\n')) return undefined;
    const rows = text
      .slice(0, -1)
      .split('\n')
      .map((line) => JSON.parse(line) as ArchivedRow);
    const isSound = rows.every(({ of }, index) =>
      index === 0 ? of === 'line' : HISTORY_NAMES.some((name) => name === of),
    );
    return isSound ? rows : undefined;
  } catch {
    return undefined;
  }
}

export function countRows(rows: readonly ArchivedRow[]): Counts {
  const counts = { usage: 0, connection: 0, provisioning: 0 };
  for (const { of } of rows) if (of !== 'line') counts[of] += 1;
  return counts;
}

export function sha256Of(file: Uint8Array): string {
  return createHash('sha256').update(file).digest('hex');
}

/** What is wrong with a file, by its manifest; undefined when it is whole. */
export async function faultOf(file: Uint8Array, history: ManifestHistory): Promise<string | undefined> {
  if (file.length !== history.bytes) return `it has ${file.length} bytes and should have ${history.bytes}`;
  if (sha256Of(file) !== history.sha256) return 'its SHA-256 is another than its manifest says';
  const rows = await unpackHistory(file);
  if (rows === undefined) return 'it cannot be unpacked';
  const counts = countRows(rows);
  const wrong = HISTORY_NAMES.find((name) => counts[name] !== history.records[name]);
  return wrong && `it has ${counts[wrong]} rows of ${wrong} and should have ${history.records[wrong]}`;
}
