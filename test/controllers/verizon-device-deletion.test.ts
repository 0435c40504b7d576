import { describe, expect, test } from 'vitest';
import { isWhole } from '../../src/controllers/verizon-device-deletion/lines.ts';
import { besides, standingOf } from '../../src/controllers/verizon-device-deletion/standing.ts';
import { tally } from '../../src/controllers/verizon-device-deletion/tally.ts';
import type { LineVerdict } from '../../src/domain/line/facts.ts';
import type { LineName } from '../../src/domain/line/identifier.ts';

const SIM: LineName = { kind: 'iccid', identifier: '85000022411113460014' };
const PHONE: LineName = { kind: 'imei', identifier: '990000560000001' };
const OTHER: LineName = { kind: 'iccid', identifier: '85000022412313460016' };

function told(...verdicts: readonly (readonly [LineName, LineVerdict])[]) {
  const report = { verdicts: verdicts.map(([subject, verdict]) => ({ subject, verdict })) };
  return tally({ count: verdicts.length, rejected: [] }, report);
}

const DELETED: LineVerdict = { state: 'deleted' };
const WAITING: LineVerdict = { state: 'waiting' };
const REAPPEARED: LineVerdict = { state: 'failed', code: 'REAPPEARED', message: 'it is there again' };
const REFUSED: LineVerdict = { state: 'failed', code: 'FORBIDDEN', message: 'no right to it' };

describe('lists of lines let go of what they leave out', () => {
  const source = { name: 'one', key: 'lines.csv' };
  test.each([
    { why: 'they are whole', lists: { sources: [source] }, whole: true },
    { why: 'the resource itself names none', lists: { sources: [], incomplete: 'EmptyList' }, whole: true },
    { why: 'a ConfigMap is empty', lists: { sources: [source], incomplete: 'EmptyList' }, whole: false },
    {
      why: 'a ConfigMap is missing',
      lists: { sources: [source], incomplete: 'SourceMissing' },
      whole: false,
    },
    { why: 'an entry is wrong', lists: { sources: [], incomplete: 'RowsRejected' }, whole: false },
  ] as const)('where $why: $whole', ({ lists, whole }) => {
    expect(isWhole(lists)).toBe(whole);
  });
});

describe('the count of lines', () => {
  test('counts each once, and those that were never there apart', () => {
    const { counts } = told([SIM, DELETED], [PHONE, { ...DELETED, neverSeen: true }], [OTHER, REFUSED]);
    expect(counts).toEqual({
      desired: 3,
      deleted: 2,
      alreadyGone: 1,
      archived: 0,
      deactivating: 0,
      waiting: 0,
      failed: 1,
    });
  });

  test('tells a line that is named under two identifiers', () => {
    const names = { iccid: SIM.identifier, imei: PHONE.identifier };
    const { counts, failures } = told([SIM, { ...DELETED, names }], [PHONE, { ...DELETED, names }]);
    expect(counts).toMatchObject({ deleted: 1, failed: 1 });
    expect(failures).toMatchObject([{ device: 'imei:990000560000001', code: 'SAME_LINE' }]);
  });

  test('says where histories are', () => {
    const archive = { path: 'a/b.jsonl.gz', sha256: '0'.repeat(64), records: 7, completedAtMs: 0 };
    expect(told([SIM, { ...WAITING, archive }]).archives).toEqual([
      {
        device: 'iccid:85000022411113460014',
        path: 'a/b.jsonl.gz',
        sha256: '0'.repeat(64),
        records: 7,
        completedAt: '1970-01-01T00:00:00.000Z',
      },
    ]);
  });

  test('lists what a line waits for behind what needs a person', () => {
    const full: LineVerdict = { ...WAITING, code: 'ARCHIVE_FULL', message: 'full' };
    expect(told([SIM, full], [OTHER, REFUSED]).failures.map(({ code }) => code)).toEqual([
      'FORBIDDEN',
      'ARCHIVE_FULL',
    ]);
  });
});

describe('a deletion is', () => {
  const still = { moving: false };
  test.each([
    ['ready', 'AllDeleted', told([SIM, DELETED]), still],
    ['moving', 'Progressing', told([SIM, WAITING]), { moving: true }],
    ['moving', 'Progressing', told([SIM, DELETED], [OTHER, WAITING]), still],
    ['stalled', 'LinesFailed', told([SIM, DELETED], [OTHER, REFUSED]), still],
    ['stalled', 'LinesFailed', told([SIM, REAPPEARED], [OTHER, REFUSED]), still],
    ['stalled', 'Reappeared', told([SIM, DELETED], [OTHER, REAPPEARED]), still],
    ['stalled', 'GuardBlocked', told([SIM, WAITING]), { moving: false, held: 'GuardBlocked' as const }],
    ['ready', 'AllDeleted', told(), still],
  ])('%s: %s', (is, reason, tallied, facts) => {
    expect(standingOf(tallied, facts)).toMatchObject({ is, reason });
  });

  test.each([
    ['RATE_LIMIT', 'Progressing'],
    ['CONNECTION_REFUSED', 'VendorUnreachable'],
  ])('moving, while a read fails with %s: %s', (code, reason) => {
    const readFailure = { kind: 'transient', code, message: 'in words' } as const;
    expect(standingOf(told([SIM, WAITING]), { moving: true, readFailure })).toMatchObject({
      is: 'moving',
      reason,
    });
  });

  test('ready with a word about lines that were never there', () => {
    const standing = standingOf(told([SIM, { ...DELETED, neverSeen: true }]), still);
    expect(standing.message).toContain('check that they are written right');
  });

  test('degraded while some failed and others go on', () => {
    expect(besides(told([SIM, WAITING], [OTHER, REFUSED]))).toMatchObject([
      { type: 'Degraded', message: 'iccid:85000022412313460016: FORBIDDEN: no right to it' },
    ]);
    expect(besides(told([OTHER, REFUSED]))).toEqual([]);
  });
});
