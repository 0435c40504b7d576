import { describe, expect, test } from 'vitest';
import {
  createTermMemory,
  holdNoLonger,
  holdUntil,
  isHeldAt,
} from '../../src/cli/controller/leadership/term-memory.ts';

const END = { wallMs: 1_000_000, monotonicMs: 5_000 };

describe('what two threads share of a term', () => {
  test.each([
    [{ wallMs: 999_999, monotonicMs: 4_999 }, true, 'both clocks stand before the end'],
    [{ wallMs: 1_000_000, monotonicMs: 4_999 }, false, 'the wall clock has reached it: the machine slept'],
    [{ wallMs: 1, monotonicMs: 5_000 }, false, 'the monotonic clock has: the wall clock was set back'],
    [{ wallMs: 1_000_000, monotonicMs: 5_000 }, false, 'both have'],
  ])('at %j the lease is held: %j, because %s', (moment, expected) => {
    const memory = createTermMemory();
    holdUntil(memory, END);
    expect(isHeldAt(memory, moment)).toBe(expected);
  });

  test('nothing is held before the first term and after the last', () => {
    const memory = createTermMemory();
    expect(isHeldAt(memory, { wallMs: 0, monotonicMs: 0 })).toBe(false);
    holdUntil(memory, END);
    holdNoLonger(memory);
    expect(isHeldAt(memory, { wallMs: 0, monotonicMs: 0 })).toBe(false);
  });

  test('parts of a millisecond never make a term longer', () => {
    const memory = createTermMemory();
    holdUntil(memory, { wallMs: 1_000.9, monotonicMs: 10.9 });
    expect(isHeldAt(memory, { wallMs: 1_000, monotonicMs: 1 })).toBe(false);
    expect(isHeldAt(memory, { wallMs: 1, monotonicMs: 10 })).toBe(false);
  });
});
