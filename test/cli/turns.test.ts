import { setImmediate as wentRound } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { createTurns } from '../../src/cli/turns.ts';

test('turns come one each time the event loop goes round, in the order in which they were asked for', async () => {
  const turn = createTurns();
  const had: number[] = [];
  const seen: number[] = [];
  const all = Promise.all([1, 2, 3].map((who) => turn().then(() => had.push(who))));
  while (had.length < 3) {
    await wentRound();
    seen.push(had.length);
  }
  await all;
  expect(had).toEqual([1, 2, 3]);
  // Never two in one round.
  expect(seen.every((count, index) => count - (seen[index - 1] ?? 0) <= 1)).toBe(true);
});
