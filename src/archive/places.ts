import { join } from 'node:path';
import { type LineName, lineKey } from '../domain/line/identifier.ts';

/**
 * Where things stand in an archive:
 *
 * ```
 * DIR/0252067890-00001/iccid-85000022411113460014/2026-11-22T07-30-00.000Z.jsonl.gz
 *                                                 2026-11-22T07-30-00.000Z.manifest.json
 * ```
 *
 * A line that is archived again gets another time: nothing is ever replaced but a manifest, by itself with its proof.
 */
export const HISTORY_SUFFIX = '.jsonl.gz';
export const MANIFEST_SUFFIX = '.manifest.json';

/** An account may have any characters; a folder may not. */
export function accountFolder(accountName: string): string {
  return encodeURIComponent(accountName).replaceAll('.', '%2E');
}

export function lineFolder(accountName: string, name: LineName): string {
  return join(accountFolder(accountName), lineKey(name).replace(':', '-'));
}

/** A time as part of a file name; sorts as the times do. */
export function stamp(atMs: number): string {
  return new Date(atMs).toISOString().replaceAll(':', '-');
}
