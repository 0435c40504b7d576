import { gunzipSync, gzipSync } from 'node:zlib';
import type { IntendedRecord } from '../../ports/journal.ts';

/** Several times what an intent holds; anything larger is not ours. */
const MAX_TEXT_BYTES = 4 * 1024 * 1024;

/** What an intent lets become recorded, one group a line. Equal groups give equal bytes. */
export function packIntended(records: readonly IntendedRecord[]): string {
  const text = records.map(({ value, items }) => JSON.stringify({ value, items })).join('\n');
  return gzipSync(text, { level: 9 }).toString('base64');
}

/** The groups again; undefined when what stands there is not what was written (gzip carries a checksum). */
export function unpackIntended(packed: string): readonly IntendedRecord[] | undefined {
  try {
    const bytes = gunzipSync(Buffer.from(packed, 'base64'), { maxOutputLength: MAX_TEXT_BYTES });
    return bytes
      .toString('utf8')
      .split('\n')
      .map((line) => JSON.parse(line) as IntendedRecord);
  } catch {
    return undefined;
  }
}
