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

/** How every gzip file begins (RFC 1952, section 2.3.1). */
const GZIP_MAGIC = Buffer.from([0x1f, 0x8b]);

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
  if (!text.ok) return { ...unreadable(text.why), sha256 };
  const list = await readCsv(text.value, columns);
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

type Text = { readonly ok: true; readonly value: string } | { readonly ok: false; readonly why: string };

async function textOf(bytes: Buffer, key: string): Promise<Text> {
  const isPacked = bytes.subarray(0, GZIP_MAGIC.length).equals(GZIP_MAGIC);
  if (!key.endsWith('.gz')) {
    return isPacked ? { ok: false, why: 'it is packed with gzip; end its key with .gz' } : decoded(bytes);
  }
  try {
    return decoded(await unpack(bytes, { maxOutputLength: MAX_TEXT_BYTES }));
  } catch (error) {
    const isTooLong = (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE';
    return {
      ok: false,
      why: isTooLong ? 'it unpacks to more than a list of devices can be' : 'it cannot be unpacked as gzip',
    };
  }
}

/** What other encodings write would reach the vendor as a device that nobody meant. */
function decoded(bytes: Buffer): Text {
  try {
    return { ok: true, value: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch {
    return { ok: false, why: 'it is not text in UTF-8; save the list as CSV in UTF-8' };
  }
}

function unreadable(message: string): SourceContent<never> {
  return { entries: [], badRows: [], rows: 0, unreadable: message };
}
