import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { applyMergePatch } from '../../../src/local-cluster/patch/merge-patch.ts';

const KEY = fc.constantFrom('a', 'b', 'c', 'd', '__proto__');
const VALUE = fc.letrec((tie) => ({
  any: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom(1, 'x', true),
    fc.array(fc.constantFrom(1, null), { maxLength: 2 }),
    tie('object'),
  ),
  object: fc.dictionary(KEY, tie('any'), { maxKeys: 4 }),
})).object;
const PATCH = fc.letrec((tie) => ({
  any: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom(2, 'y', null),
    fc.array(fc.constantFrom(2), { maxLength: 2 }),
    tie('object'),
  ),
  object: fc.dictionary(KEY, tie('any'), { maxKeys: 4 }),
})).object;

/** Equal as JSON text: what a server stores. */
function text(value: unknown): string {
  return JSON.stringify(value, (_key, field: unknown) =>
    typeof field === 'object' && field !== null && !Array.isArray(field)
      ? Object.fromEntries(Object.entries(field).sort(([a], [b]) => (a < b ? -1 : 1)))
      : field,
  );
}

describe('a merge patch', () => {
  test('applied twice does no more than once', () => {
    fc.assert(
      fc.property(VALUE, PATCH, (target, patch) => {
        const once = applyMergePatch(target, patch);
        expect(text(applyMergePatch(once, patch))).toBe(text(once));
      }),
    );
  });

  test('that is empty changes nothing', () => {
    fc.assert(
      fc.property(VALUE, (target) => {
        expect(text(applyMergePatch(target, {}))).toBe(text(target));
      }),
    );
  });

  test('leaves keys alone that it does not name', () => {
    fc.assert(
      fc.property(VALUE, PATCH, (target, patch) => {
        const merged = applyMergePatch(target, patch) as Record<string, unknown>;
        const others = Object.keys(target as object).filter((key) => !Object.hasOwn(patch as object, key));
        for (const key of others)
          expect(Object.getOwnPropertyDescriptor(merged, key)?.value).toEqual(
            Object.getOwnPropertyDescriptor(target, key)?.value,
          );
      }),
    );
  });

  test('leaves no null of its own behind, except in lists', () => {
    const merged = applyMergePatch({ a: { b: 1 } }, { a: { b: null, c: { d: null } }, l: [null] });
    expect(merged).toEqual({ a: { c: {} }, l: [null] });
  });

  test('replaces what is no object', () => {
    expect(applyMergePatch([1], { a: 1 })).toEqual({ a: 1 });
    expect(applyMergePatch({ a: 1 }, [1])).toEqual([1]);
  });
});
