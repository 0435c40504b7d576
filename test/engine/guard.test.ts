import { expect, test } from 'vitest';
import { createGuard, type Guard, LEDGER } from '../../src/engine/guard.ts';
import { type MemoryRecords, memoryRecords } from './memory-records.ts';
import { SETTINGS } from './world.ts';

const SIGNAL = new AbortController().signal;

function guardOver(
  records: MemoryRecords,
  requested: Partial<Record<string, number>> = {},
  nowMs = () => 1_000,
): Guard {
  const upTo = (maxItems: number) => ({ maxItems, maxPercent: 100, floor: maxItems });
  return createGuard({
    records,
    settings: () => ({
      ...SETTINGS.guard,
      budgets: { destructive: upTo(10), creations: upTo(2), irreversible: upTo(0) },
    }),
    nowMs,
    heldItems: () => 100,
    requested: (budget) => requested[budget] ?? 0,
  });
}

test('each budget is spent by itself', () => {
  const guard = guardOver(memoryRecords(), { destructive: 1, creations: 1, irreversible: 1 });
  guard.reserve('r1', 'destructive', 10);
  expect(guard.allows('destructive')).toBe(false);
  expect(guard.allows('creations')).toBe(true);
  expect(guard.allows('irreversible')).toBe(false);
});

test('what each budget spent outlives the process', async () => {
  const records = memoryRecords();
  const before = guardOver(records);
  before.reserve('r1', 'creations', 2);
  before.reserve('r2', 'destructive', 3);
  await before.write('r1', SIGNAL);
  await before.write('r2', SIGNAL);
  const loaded = await records.load(SIGNAL);
  const after = guardOver(records, { creations: 1 });
  after.restore(loaded.ok ? loaded.value : []);
  expect(after.state('creations')).toMatchObject({ spent: 2, allowed: 2 });
  expect(after.state('destructive')).toMatchObject({ spent: 3 });
  expect(after.allows('creations')).toBe(false);
});

test('a spending recorded before there were several budgets was destructive', () => {
  const guard = guardOver(memoryRecords());
  guard.restore([{ kind: LEDGER, value: { items: 4, atMs: 500 }, keys: ['r1'] }]);
  expect(guard.state('destructive').spent).toBe(4);
  expect(guard.state('creations').spent).toBe(0);
});

test('what was reserved counts from when its intent follows, however often that had to be tried', async () => {
  const records = memoryRecords();
  let nowMs = 1_000;
  const guard = guardOver(records, {}, () => nowMs);
  guard.reserve('r1', 'destructive', 4);
  records.ledgerFailing = { kind: 'transient', code: 'HTTP_503', message: 'away' };
  await guard.write('r1', SIGNAL);
  nowMs += SETTINGS.guard.windowMs;
  records.ledgerFailing = undefined;
  await guard.write('r1', SIGNAL);
  nowMs += SETTINGS.guard.windowMs / 2;
  expect(guard.state('destructive').spent).toBe(4);
  expect(records.ledger.get('r1')).toMatchObject({ atMs: 1_000 + SETTINGS.guard.windowMs });
});
