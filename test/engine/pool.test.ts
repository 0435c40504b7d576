import { expect, test } from 'vitest';
import { createPool } from '../../src/engine/pool.ts';

test('equal values come out as one object, others as their own', () => {
  const shared = createPool<object>();
  const first = shared({ companyId: 'acme', tags: ['a'] });
  expect(shared({ companyId: 'acme', tags: ['a'] })).toBe(first);
  expect(shared({ companyId: 'acme', tags: ['b'] })).not.toBe(first);
});

test('however many values pass through, each comes out as it went in', () => {
  const shared = createPool<{ readonly n: number }>();
  for (let n = 0; n < 10_000; n += 1) expect(shared({ n })).toEqual({ n });
  expect(shared({ n: 0 })).toEqual({ n: 0 });
});
