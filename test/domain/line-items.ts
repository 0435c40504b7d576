import * as fc from 'fast-check';
import type { Declared, Item, ItemFailure, RememberedFailure } from '../../src/domain/item.ts';
import type {
  DesiredDeletion,
  Gone,
  LineState,
  LineTypes,
  ObservedLine,
  RecordedLine,
} from '../../src/domain/line/facts.ts';
import type { LineName } from '../../src/domain/line/identifier.ts';
import { archivedReceipt, skippedReceipt } from '../../src/domain/line/receipt.ts';

export type LineItem = Item<LineTypes>;

export const HOUR = 3_600_000;
/** The time of every plan here, wall clock. */
export const NOW = 1_000 * HOUR;

export const WISH: DesiredDeletion = {
  asks: 'gone',
  deactivate: 'Never',
  etfWaiver: false,
  archive: 'Required',
  usageSettlesAfterMs: 72 * HOUR,
  lookbackMs: 8_760 * HOUR,
};

const SUBJECT: LineName = { kind: 'iccid', identifier: '85000022411113460014' };
export const PAIR = { iccid: SUBJECT.identifier, imei: '990000560000001' };
export const OTHER_PAIR = { ...PAIR, imei: '990000560000002' };

export function askedBy(
  holder: string,
  wish: Partial<DesiredDeletion> = {},
  more: { readonly createdAtMs?: number; readonly subject?: LineName } = {},
): Declared<LineTypes> {
  const { subject = SUBJECT, createdAtMs = 0 } = more;
  const desired = { ...WISH, ...wish };
  return { by: { holder, createdAtMs, suspended: false, whole: true, desired }, subject };
}

/** A line as a look of just now shows it. */
export function seen(state: LineState, more: Partial<ObservedLine> = {}): LineItem['observed'] {
  const fact = { state, stateWord: state, names: PAIR, readAtMs: NOW - 1_000, ...more };
  return { is: 'present', fact, atMs: 100 };
}

export const ABSENT: LineItem['observed'] = { is: 'absent', atMs: 100 };
export const UNKNOWN: LineItem['observed'] = { is: 'unknown' };

export const ARCHIVED = archivedReceipt({
  path: 'a/b.jsonl.gz',
  sha256: '0'.repeat(64),
  records: 12,
  completedAtMs: NOW - HOUR,
});
export const SKIPPED = skippedReceipt(NOW - HOUR);

export function gone(how: Gone['how'] = 'Deleted', isFiled = true): Gone {
  return { how, provenAtMs: NOW - HOUR, isFiled };
}

export function recordedFor(holder: string, more: Partial<RecordedLine> = {}): RecordedLine {
  return { holder, ...more };
}

/** Out of service for long, and archived. */
export function archivedFor(holder: string, more: Partial<RecordedLine> = {}): RecordedLine {
  return { holder, names: PAIR, quietSinceMs: NOW - 100 * HOUR, receipt: ARCHIVED, ...more };
}

export function lineItem(parts: Partial<LineItem>): LineItem {
  return {
    key: `iccid:${SUBJECT.identifier}`,
    declared: [askedBy('a')],
    observed: UNKNOWN,
    nowMs: NOW,
    ...parts,
  };
}

export function remembered(
  verb: RememberedFailure['verb'],
  kind: ItemFailure['kind'],
  due = false,
): RememberedFailure {
  return { failure: { code: 'CODE', message: 'in words', kind }, verb, attempts: 1, due };
}

const holder = fc.constantFrom('a', 'b');
const time = fc.integer({ min: NOW - 200 * HOUR, max: NOW + HOUR });
const names = fc.constantFrom(PAIR, OTHER_PAIR, { iccid: PAIR.iccid });

const wish = fc.record({
  deactivate: fc.constantFrom('Never' as const, 'IfActive' as const),
  archive: fc.constantFrom('Required' as const, 'Skip' as const),
  usageSettlesAfterMs: fc.constantFrom(0, 72 * HOUR),
});

const declared = fc
  .tuple(holder, wish, fc.constantFrom('iccid' as const, 'eid' as const))
  .map(([name, asked, kind]) => askedBy(name, asked, { subject: { ...SUBJECT, kind } }));

const recorded: fc.Arbitrary<RecordedLine> = fc.record(
  {
    holder,
    names,
    deactivationSentAtMs: time,
    quietSinceMs: time,
    stirredAtMs: time,
    seenQuietAtMs: time,
    receipt: fc.constantFrom(ARCHIVED, SKIPPED),
    deletionSentAtMs: time,
    gone: fc
      .tuple(fc.constantFrom('Deleted' as const, 'NeverSeen' as const), fc.boolean())
      .map(([how, filed]) => gone(how, filed)),
  },
  { requiredKeys: ['holder'] },
);

const observed: fc.Arbitrary<LineItem['observed']> = fc.oneof(
  fc.constant(UNKNOWN),
  fc.constant(ABSENT),
  fc
    .record({
      state: fc.constantFrom<LineState>(
        'active',
        'deactive',
        'suspended',
        'preactive',
        'pending',
        'unheardOf',
      ),
      names,
      isElsewhere: fc.boolean(),
      readAtMs: fc.oneof(time, fc.integer({ min: NOW - 200_000, max: NOW })),
    })
    .map(({ state, isElsewhere, ...more }) =>
      seen(state, { ...more, ...(isElsewhere ? { isElsewhere } : {}) }),
    ),
);

/** Any line in any circumstance, nonsense included. */
export const anyLine: fc.Arbitrary<LineItem> = fc
  .record({
    declared: fc.uniqueArray(declared, { maxLength: 2, selector: ({ by }) => by.holder }),
    observed,
    recorded: fc.option(recorded, { nil: undefined }),
    formerHolder: fc.option(fc.constantFrom('letGo' as const, 'holds' as const, 'gone' as const), {
      nil: undefined,
    }),
  })
  .map(({ recorded: record, formerHolder, ...parts }) =>
    lineItem({
      ...parts,
      ...(record === undefined ? {} : { recorded: record }),
      ...(formerHolder === undefined ? {} : { formerHolder }),
    }),
  );
