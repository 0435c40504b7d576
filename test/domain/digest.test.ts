import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonicalText, digestOf } from '../../src/domain/digest.ts';
import { sameValue } from '../../src/domain/same-value.ts';

describe('the canonical text of a value', () => {
  test('does not depend on the order of keys, nor on keys without a value', () => {
    expect(canonicalText({ b: [1, { d: 'x', c: undefined }], a: true })).toBe(
      canonicalText({ a: true, b: [1, { d: 'x' }] }),
    );
  });

  test('is the same for equal values, and for no others', () => {
    const value = fc.jsonValue();
    fc.assert(
      fc.property(value, value, (a, b) => {
        expect(canonicalText(a) === canonicalText(b)).toBe(sameValue(jsonOf(a), jsonOf(b)));
      }),
    );
  });
});

describe('a digest', () => {
  test('has sixteen hexadecimal digits, and stays the same from version to version', () => {
    // Digests stand in records: another one for the same text would ask the vendor everything again.
    expect([digestOf(''), digestOf('a'), digestOf('imei:490154203237518')]).toMatchInlineSnapshot(`
      [
        "7d5867b5ab3e7c0b",
        "2f1e89ef1a80b1b3",
        "43370a2f3a837324",
      ]
    `);
  });

  test('of texts that are nearly the same differs', () => {
    const texts = Array.from({ length: 100_000 }, (_, n) => `{"holder":"DeviceClaim/fleet/a","imei":"${n}"}`);
    expect(new Set(texts.map(digestOf)).size).toBe(texts.length);
  });
});

/** As JSON carries it: there is no negative zero. */
function jsonOf(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}
