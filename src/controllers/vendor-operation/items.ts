import { hash } from 'node:crypto';
import { gunzipSync, gzipSync } from 'node:zlib';
import type { ItemKey } from '../../domain/item.ts';

/** Keys shown in clear, for reading (api.md, VendorOperation). */
const SAMPLE_ITEMS = 20;
/** Far more than 10,000 keys need; anything larger is not ours. */
const MAX_ITEMS_BYTES = 4 * 1024 * 1024;

export interface PackedItems {
  readonly itemCount: number;
  readonly itemsSha256: string;
  readonly itemsGzip: string;
  readonly sample: readonly string[];
}

/** Item keys, one a line, as they stand in an operation. Equal keys give equal bytes. */
export function packItems(keys: readonly ItemKey[]): PackedItems {
  const text = keys.join('\n');
  return {
    itemCount: keys.length,
    itemsSha256: sha256(text),
    // Level 9 takes many times as long for keys like ours and gains nothing over the default.
    itemsGzip: gzipSync(text).toString('base64'),
    sample: keys.slice(0, SAMPLE_ITEMS),
  };
}

/** The keys again; undefined when what stands there is not what was written. */
export function unpackItems(
  packed: Pick<PackedItems, 'itemsSha256' | 'itemsGzip'>,
): readonly ItemKey[] | undefined {
  try {
    const bytes = gunzipSync(Buffer.from(packed.itemsGzip, 'base64'), { maxOutputLength: MAX_ITEMS_BYTES });
    const text = bytes.toString('utf8');
    if (sha256(text) !== packed.itemsSha256) return undefined;
    return text === '' ? [] : text.split('\n');
  } catch {
    return undefined;
  }
}

function sha256(text: string): string {
  return hash('sha256', text);
}
