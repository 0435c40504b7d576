import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { createHeap } from '../../src/kube/heap.ts';

test('what comes out is in order, whatever was put in and taken out in between', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(200), { minLength: 30 }), fc.func(fc.boolean()), (values, isRemoved) => {
      const heap = createHeap<{ readonly value: number }>((a, b) => a.value < b.value);
      const items = values.map((value) => ({ value }));
      for (const item of items) heap.push(item);
      const kept = items.filter((item) => !isRemoved(item.value));
      for (const item of items.filter((item) => isRemoved(item.value))) expect(heap.remove(item)).toBe(true);
      const out: number[] = [];
      for (let item = heap.pop(); item !== undefined; item = heap.pop()) out.push(item.value);
      expect(out).toEqual(kept.map((item) => item.value).toSorted((a, b) => a - b));
    }),
    { numRuns: 300 },
  );
});

test('an item that is not in it cannot be taken out', () => {
  expect(createHeap(() => true).remove({})).toBe(false);
});
