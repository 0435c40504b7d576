import { describe, expect, test } from 'vitest';
import {
  changeSlice,
  liesUnder,
  narrowSlice,
  packSlice,
  type Slice,
  unpackSlice,
} from '../../../src/controllers/vendor-record/slice.ts';

const A = { companyId: '1', holder: 'DeviceClaim/fleet/a' };
const B = { companyId: '2', holder: 'DeviceClaim/fleet/b' };
const SLICE: Slice = [
  { value: A, keys: ['imei:1', 'imei:2'] },
  { value: B, keys: ['imei:3'] },
];

/** Key to value, whatever the grouping. */
function content(slice: Slice): Readonly<Record<string, unknown>> {
  return Object.fromEntries(slice.flatMap(({ value, keys }) => keys.map((key) => [key, value])));
}

describe('a slice of records', () => {
  test('comes back as it was packed, in as few bytes for any order of keys', () => {
    const shuffled: Slice = [
      { value: A, keys: ['imei:2', 'imei:1'] },
      { value: B, keys: ['imei:3'] },
    ];
    expect(unpackSlice(packSlice(SLICE))).toEqual(SLICE);
    expect(packSlice(shuffled)).toEqual(packSlice(SLICE));
    expect(packSlice(SLICE).entries).toBe(3);
  });

  test('of nothing is nothing', () => {
    expect(unpackSlice(packSlice([]))).toEqual([]);
    expect(unpackSlice(packSlice([{ value: A, keys: [] }]))).toEqual([]);
  });

  test.each([
    [
      'a new key joins those of equal value, whatever the order of its fields',
      [{ key: 'imei:9', value: { holder: A.holder, companyId: '1' } }],
      { 'imei:9': A },
    ],
    ['a key moves to another value', [{ key: 'imei:1', value: B }], { 'imei:1': B }],
    [
      'a change without a value takes the key out',
      [{ key: 'imei:3', value: undefined }],
      { 'imei:3': undefined },
    ],
    [
      'the last of several changes of a key counts',
      [
        { key: 'imei:1', value: B },
        { key: 'imei:2', value: B },
      ],
      { 'imei:1': B, 'imei:2': B },
    ],
  ])('%s', (_why, changes, expected) => {
    const before = structuredClone(SLICE);
    const after = changeSlice(SLICE, changes);
    const wanted = Object.entries({ ...content(SLICE), ...expected }).filter(
      ([, value]) => value !== undefined,
    );
    expect(content(after)).toEqual(Object.fromEntries(wanted));
    // Equal values share a group, and what was read is not written into.
    expect(after.filter(({ keys }) => keys.length > 0).length).toBeLessThanOrEqual(2);
    expect(SLICE).toEqual(before);
  });

  test('its two halves hold every key once', () => {
    const keys = Array.from({ length: 1_000 }, (_, n) => `imei:${n}`);
    const halves = ['0', '1'].map((prefix) =>
      narrowSlice([{ value: A, keys }], prefix).flatMap((group) => group.keys),
    );
    expect(halves.flat().sort()).toEqual([...keys].sort());
    for (const half of halves) expect(half.length).toBeGreaterThan(400);
    expect(liesUnder('imei:1', '')).toBe(true);
  });

  const packed = packSlice(SLICE);
  test.each([
    ['other data under the old digest', { ...packed, dataGzip: packSlice([]).dataGzip }],
    ['another digest', { ...packed, sha256: packSlice([]).sha256 }],
    ['data cut off', { ...packed, dataGzip: packed.dataGzip.slice(0, -8) }],
    ['data that is no gzip', { ...packed, dataGzip: 'bm90IGd6aXA=' }],
  ])('%s is noticed', (_what, tampered) => {
    expect(unpackSlice(tampered)).toBeUndefined();
  });
});
