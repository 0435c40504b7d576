import { expect, test } from 'vitest';
import { createLine } from '../../src/engine/line.ts';

function taken(line: ReturnType<typeof createLine>): readonly number[] {
  const all: number[] = [];
  for (let next = line.take(); next !== undefined; next = line.take()) all.push(next);
  return all;
}

test('what is added twice stands in line once, where it came first', () => {
  const line = createLine();
  for (const ordinal of [3, 1, 3, 2, 1]) line.add(ordinal);
  expect(line.size).toBe(3);
  expect(taken(line)).toEqual([3, 1, 2]);
  expect(line.size).toBe(0);
});

test('what was taken may stand in line again, behind the others', () => {
  const line = createLine();
  line.add(1);
  line.add(2);
  expect(line.take()).toBe(1);
  expect(line.has(1)).toBe(false);
  line.add(1);
  expect(line.has(1)).toBe(true);
  expect(taken(line)).toEqual([2, 1]);
});

test('there is room for as many as come', () => {
  const line = createLine();
  for (let ordinal = 0; ordinal < 10_000; ordinal += 1) line.add(ordinal);
  line.add(5_000_000);
  expect(line.size).toBe(10_001);
  expect(line.has(5_000_000)).toBe(true);
  expect(line.has(4_999_999)).toBe(false);
});
