import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import type { DeviceClaimStatus } from '../../api/device-claim.generated.ts';
import type { ConfigMap } from '../../kube/resource.ts';
import { type Columns, type CsvEntry, readCsv } from './csv.ts';

/** How a source stands in `status.sources`. */
export type SourceStatus = NonNullable<DeviceClaimStatus['sources']>[number];

/** One entry of a list, and the line it stands on; inline entries have none. */
export interface Entry<Declared> {
  readonly declared: Declared;
  readonly line?: number;
}

/** One row that is no entry. */
export interface BadRow {
  readonly line: number;
  readonly reason: string;
  readonly message: string;
}

/** What a source holds. */
export interface SourceContent<Column extends string> {
  readonly entries: readonly Entry<CsvEntry<Column>>[];
  readonly badRows: readonly BadRow[];
  /** Rows without the header line. */
  readonly rows: number;
  readonly sha256?: string;
  /** Why it could not be read at all. */
  readonly unreadable?: string;
}

/** Far more than a ConfigMap of 1 MiB unpacks to when it holds devices; a bomb unpacks to more. */
const MAX_TEXT_BYTES = 64 * 1024 * 1024;

const unpack = promisify(gunzip);

/** Reads the list under one key of a ConfigMap; a name that ends in `.gz` is unpacked. */
export async function readSource<Column extends string>(
  configMap: ConfigMap,
  key: string,
  columns: Columns<Column>,
): Promise<SourceContent<Column>> {
  const bytes = bytesOf(configMap, key);
  if (bytes === undefined) return unreadable(`the ConfigMap has no key ${key}`);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const text = await textOf(bytes, key);
  if (text === undefined) return { ...unreadable('it cannot be unpacked as gzip'), sha256 };
  const list = await readCsv(text, columns);
  if (!list.ok) return { ...unreadable(list.message), sha256 };
  const entries: Entry<CsvEntry<Column>>[] = [];
  const badRows: BadRow[] = [];
  for (const row of list.rows) {
    if ('entry' in row) entries.push({ declared: row.entry, line: row.line });
    else badRows.push(row);
  }
  return { entries, badRows, rows: list.rows.length, sha256 };
}

function bytesOf({ data, binaryData }: ConfigMap, key: string): Buffer | undefined {
  const text = data?.[key];
  if (text !== undefined) return Buffer.from(text, 'utf8');
  const packed = binaryData?.[key];
  return packed === undefined ? undefined : Buffer.from(packed, 'base64');
}

async function textOf(bytes: Buffer, key: string): Promise<string | undefined> {
  if (!key.endsWith('.gz')) return bytes.toString('utf8');
  try {
    return (await unpack(bytes, { maxOutputLength: MAX_TEXT_BYTES })).toString('utf8');
  } catch {
    return undefined;
  }
}

function unreadable(message: string): SourceContent<never> {
  return { entries: [], badRows: [], rows: 0, unreadable: message };
}
