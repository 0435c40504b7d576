import { describe, expect, test } from 'vitest';
import { allowed, guardAllows, spentWithin } from '../../src/domain/guard.ts';

const DEFAULTS = { maxItems: 100, maxPercent: 10, floor: 10 };

describe('allowed = min(maxItems, max(floor, ceil(maxPercent * base / 100)))', () => {
  test.each([
    { why: 'a small fleet may always lose its floor', budget: DEFAULTS, base: 5, most: 10 },
    { why: 'an empty one too', budget: DEFAULTS, base: 0, most: 10 },
    { why: 'the share takes over where it is more than the floor', budget: DEFAULTS, base: 500, most: 50 },
    { why: 'a share of a device is a whole one', budget: DEFAULTS, base: 101, most: 11 },
    { why: 'no share is more than maxItems', budget: DEFAULTS, base: 100_000, most: 100 },
    { why: 'no floor is more than maxItems', budget: { ...DEFAULTS, maxItems: 3 }, base: 500, most: 3 },
    { why: 'a budget of none allows none', budget: { ...DEFAULTS, maxItems: 0 }, base: 500, most: 0 },
    {
      why: 'without floor and share nothing is left',
      budget: { maxItems: 100, maxPercent: 0, floor: 0 },
      base: 500,
      most: 0,
    },
    { why: 'a negative budget allows none', budget: { ...DEFAULTS, maxItems: -1 }, base: 500, most: 0 },
    {
      why: 'what is no number allows none',
      budget: { ...DEFAULTS, maxPercent: Number.NaN },
      base: 500,
      most: 0,
    },
  ])('$why', ({ budget, base, most }) => {
    expect(allowed(budget, base)).toBe(most);
  });
});

const spending = (items: number, atMs: number) => ({ key: `r${atMs}`, items, atMs });

test.each([
  { why: 'what was spent within the window counts', atMs: 950, spent: 5 },
  { why: 'what was spent just as it began does not', atMs: 900, spent: 0 },
  { why: 'what was spent before does not', atMs: 100, spent: 0 },
  { why: 'what was spent in the future does: clocks may jump', atMs: 5_000, spent: 5 },
])('$why', ({ atMs, spent }) => {
  expect(spentWithin([spending(5, atMs)], 100, 1_000)).toBe(spent);
});

test('spendings of one window add up', () => {
  expect(spentWithin([spending(5, 910), spending(7, 990), spending(9, 800)], 100, 1_000)).toBe(12);
});

test.each([
  { spent: 0, requested: 10, passes: true },
  { spent: 0, requested: 11, passes: false },
  { spent: 4, requested: 6, passes: true },
  { spent: 4, requested: 7, passes: false },
  { spent: 20, requested: 0, passes: false },
])('of 10 allowed and $spent spent, $requested more: $passes', ({ spent, requested, passes }) => {
  expect(guardAllows({ spent, requested, allowed: 10 })).toBe(passes);
});
