import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { packItems, unpackItems } from '../../../src/controllers/vendor-operation/items.ts';
import { imei } from '../../support/fleet.ts';

const KEYS = Array.from({ length: 10_000 }, (_, n) => `imei:${imei(n)}`);

describe('the items of an operation', () => {
  test.each([0, 1, 20, 10_000])('%i keys come back as they were, in their order', (count) => {
    const keys = KEYS.slice(0, count).reverse();
    expect(unpackItems(packItems(keys))).toEqual(keys);
  });

  test('the first twenty are shown, and all are counted', () => {
    expect(packItems(KEYS)).toMatchObject({ itemCount: 10_000, sample: KEYS.slice(0, 20) });
  });

  test('10,000 long serial numbers without a pattern fit an object of the API server', () => {
    const keys = KEYS.map((_, n) => `serial:Zebra%20Technologies/TC58/${noise(n)}`);
    // etcd takes 1.5 MiB; results and outcomes need room beside the items.
    expect(packItems(keys).itemsGzip.length).toBeLessThan(1024 * 1024);
  });

  test('equal keys give equal bytes', () => {
    expect(packItems(KEYS)).toEqual(packItems([...KEYS]));
  });

  const packed = packItems(['imei:1', 'imei:2']);
  test.each([
    ['other items under the old digest', { ...packed, itemsGzip: packItems(['imei:1']).itemsGzip }],
    ['a digest of other items', { ...packed, itemsSha256: packItems(['imei:1']).itemsSha256 }],
    ['items cut off', { ...packed, itemsGzip: packed.itemsGzip.slice(0, -8) }],
    ['items that are no gzip', { ...packed, itemsGzip: 'bm90IGd6aXA=' }],
    ['nothing', { ...packed, itemsGzip: '' }],
    ['a bomb', { ...packed, itemsGzip: gzipSync(Buffer.alloc(5 * 1024 * 1024)).toString('base64') }],
  ])('%s is noticed', (_what, tampered) => {
    expect(unpackItems(tampered)).toBeUndefined();
  });
});

/** 40 characters that compress badly, the same for the same number. */
function noise(seed: number): string {
  let state = seed + 1;
  return Array.from({ length: 40 }, () => {
    state = (state * 48_271) % 2_147_483_647;
    return (state % 36).toString(36);
  }).join('');
}
