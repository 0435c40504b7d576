import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { backoffMs } from '../../src/kube/backoff.ts';

test('doubles from the base to the maximum', () => {
  const policy = { baseMs: 100, maxMs: 1000 };
  expect([1, 2, 3, 4, 5, 60].map((failures) => backoffMs(policy, failures, 1))).toEqual([
    100, 200, 400, 800, 1000, 1000,
  ]);
});

test('always waits at least half of it and never more than the maximum', () => {
  const draw = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
  fc.assert(
    fc.property(fc.nat(10_000), draw, (failures, random) => {
      const ms = backoffMs({ baseMs: 100, maxMs: 1000 }, failures, random);
      expect(ms).toBeGreaterThanOrEqual(50);
      expect(ms).toBeLessThanOrEqual(1000);
    }),
  );
});
