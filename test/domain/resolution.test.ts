import { expect, test } from 'vitest';
import { findingsOf, type Resolution } from '../../src/domain/resolution.ts';

const ABOUT_ALL: Resolution = { as: 'NotHappened' };

test.each<{ why: string; said: readonly Resolution[]; expected: string | undefined }>([
  { why: 'nothing was said', said: [], expected: undefined },
  { why: 'another item was spoken of', said: [{ item: 'b', as: 'Happened' }], expected: undefined },
  { why: 'all were spoken of', said: [ABOUT_ALL], expected: 'NotHappened' },
  {
    why: 'its own word counts first',
    said: [ABOUT_ALL, { item: 'a', as: 'Happened' }],
    expected: 'Happened',
  },
  {
    why: 'the first word about it stands',
    said: [
      { item: 'a', as: 'Happened' },
      { item: 'a', as: 'NotHappened' },
    ],
    expected: 'Happened',
  },
])('what was found out about an item: $why', ({ said, expected }) => {
  expect(findingsOf(said)('a')).toBe(expected);
});
