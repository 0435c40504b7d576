import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Step } from '../../src/domain/kind.ts';
import type { LineTypes, RecordedLine } from '../../src/domain/line/facts.ts';
import { lineKind } from '../../src/domain/line/kind.ts';
import { nextLineStep } from '../../src/domain/line/next.ts';
import { archivedReceipt, skippedReceipt } from '../../src/domain/line/receipt.ts';
import { lineMayGo, lineTarget } from '../../src/domain/line/target.ts';
import { judge } from '../../src/domain/plan.ts';
import {
  ABSENT,
  ARCHIVED,
  anyLine,
  archivedFor,
  askedBy,
  gone,
  HOUR,
  type LineItem,
  lineItem,
  NOW,
  OTHER_PAIR,
  PAIR,
  recordedFor,
  remembered,
  SKIPPED,
  seen,
  UNKNOWN,
} from './line-items.ts';

/** A step in few words. */
function told(step: Step<LineTypes>): string {
  switch (step.do) {
    case 'call':
      return `call ${step.verb}`;
    case 'keep':
      return `keep ${step.reason}`;
    case 'store':
      return `store ${step.reason}`;
    case 'stall':
      return step.failure.code;
    case 'observe':
      return step.before === undefined ? 'observe' : `observe before ${step.before}`;
    case 'settle':
    case 'wait':
      return step.do;
    default:
      return step satisfies never;
  }
}

const first = recordedFor('a');
const named = recordedFor('a', { names: PAIR });
const quiet = recordedFor('a', { names: PAIR, quietSinceMs: NOW - 100 * HOUR });
/** It was out of service, and was seen otherwise since. */
const stirred = recordedFor('a', { names: PAIR, stirredAtMs: NOW - HOUR });
const IF_ACTIVE = [askedBy('a', { deactivate: 'IfActive' })];
const SKIP = [askedBy('a', { archive: 'Skip' })];

interface Row {
  readonly why: string;
  readonly item: Partial<LineItem>;
  readonly next: string;
}

const THE_WAY: readonly Row[] = [
  { why: 'untouched: was it deleted before?', item: {}, next: 'store LookForProof' },
  { why: 'no proof of that: look', item: { recorded: first }, next: 'observe' },
  {
    why: 'seen: remember which pair it is',
    item: { recorded: first, observed: seen('active') },
    next: 'keep SeenFirst',
  },
  {
    why: 'in service, and that shall end',
    item: { recorded: named, observed: seen('active'), declared: IF_ACTIVE },
    next: 'call deactivateLine',
  },
  {
    why: 'its deactivation is under way',
    item: {
      recorded: { ...named, deactivationSentAtMs: NOW - HOUR },
      observed: seen('pending'),
      declared: IF_ACTIVE,
    },
    next: 'wait',
  },
  {
    why: 'the same, and it is time to look again',
    item: {
      recorded: { ...named, deactivationSentAtMs: NOW - HOUR },
      observed: seen('pending', { readAtMs: NOW - HOUR / 5 }),
      declared: IF_ACTIVE,
    },
    next: 'observe',
  },
  {
    why: 'out of service: remember since when',
    item: { recorded: named, observed: seen('deactive') },
    next: 'keep SeenOutOfService',
  },
  {
    why: 'usage may still trickle in',
    item: { recorded: { ...quiet, quietSinceMs: NOW - 71 * HOUR }, observed: seen('deactive') },
    next: 'wait',
  },
  {
    why: 'no more usage comes, but it was not looked at for long',
    item: { recorded: quiet, observed: seen('deactive', { readAtMs: NOW - HOUR }) },
    next: 'observe',
  },
  {
    why: 'no more usage comes: archive',
    item: { recorded: quiet, observed: seen('deactive') },
    next: 'store Archive',
  },
  {
    why: 'the history may be lost: that is a receipt too',
    item: { recorded: quiet, observed: seen('deactive'), declared: SKIP },
    next: 'keep ArchiveSkipped',
  },
  {
    why: 'archived, but not looked at since',
    item: { recorded: archivedFor('a'), observed: seen('deactive', { readAtMs: NOW - 2 * HOUR }) },
    next: 'observe before deleteLine',
  },
  {
    why: 'looked at since, but not just now',
    item: { recorded: archivedFor('a'), observed: seen('deactive', { readAtMs: NOW - HOUR / 2 }) },
    next: 'observe before deleteLine',
  },
  {
    why: 'a look of the future is that of another clock',
    item: { recorded: archivedFor('a'), observed: seen('deactive', { readAtMs: NOW + 1 }) },
    next: 'observe before deleteLine',
  },
  {
    why: 'archived, after a restart',
    item: { recorded: archivedFor('a') },
    next: 'observe before deleteLine',
  },
  {
    why: 'archived and just looked at',
    item: { recorded: archivedFor('a'), observed: seen('deactive') },
    next: 'call deleteLine',
  },
  {
    why: 'the vendor said that it did, and a look is due',
    item: { recorded: archivedFor('a', { deletionSentAtMs: NOW - 1_000 }) },
    next: 'observe',
  },
  {
    why: 'and the look shows nothing: the proof',
    item: { recorded: archivedFor('a', { deletionSentAtMs: NOW - 1_000 }), observed: ABSENT },
    next: 'keep SeenGone',
  },
  {
    why: 'the archive is told',
    item: { recorded: archivedFor('a', { gone: gone('Deleted', false) }), observed: ABSENT },
    next: 'store FileProof',
  },
  { why: 'done', item: { recorded: archivedFor('a', { gone: gone() }), observed: ABSENT }, next: 'settle' },
];

const ODD_CASES: readonly Row[] = [
  {
    why: 'in service, and nobody said that it may end',
    item: { recorded: named, observed: seen('active') },
    next: 'LINE_ACTIVE',
  },
  {
    why: 'suspended',
    item: { recorded: named, observed: seen('suspended'), declared: IF_ACTIVE },
    next: 'LINE_SUSPENDED',
  },
  {
    why: 'never in service',
    item: { recorded: named, observed: seen('preactive'), declared: IF_ACTIVE },
    next: 'LINE_PREACTIVE',
  },
  {
    why: 'in a state that nobody knows',
    item: { recorded: named, observed: seen('unheardOf'), declared: IF_ACTIVE },
    next: 'UNKNOWN_STATE',
  },
  {
    why: 'changed by somebody else just now',
    item: { recorded: named, observed: seen('pending') },
    next: 'wait',
  },
  {
    why: 'already gone at the first look',
    item: { recorded: first, observed: ABSENT },
    next: 'keep SeenGone',
  },
  { why: 'gone without us', item: { recorded: quiet, observed: ABSENT }, next: 'keep SeenGone' },
  {
    why: 'proven gone and back',
    item: { recorded: archivedFor('a', { gone: gone() }), observed: seen('deactive') },
    next: 'REAPPEARED',
  },
  {
    why: 'proven gone, back, and in service',
    item: {
      recorded: recordedFor('a', { gone: gone('NeverSeen') }),
      observed: seen('active'),
      declared: IF_ACTIVE,
    },
    next: 'REAPPEARED',
  },
  {
    why: 'the SIM is in another phone',
    item: { recorded: named, observed: seen('deactive', { names: OTHER_PAIR }) },
    next: 'PAIRED_ANEW',
  },
  {
    why: 'the SIM has left its phone',
    item: { recorded: named, observed: seen('deactive', { names: { iccid: PAIR.iccid } }) },
    next: 'PAIRED_ANEW',
  },
  {
    why: 'somebody put it back into service',
    item: { recorded: stirred, observed: seen('active'), declared: IF_ACTIVE },
    next: 'REACTIVATED',
  },
  {
    why: 'of another account',
    item: { recorded: first, observed: seen('deactive', { isElsewhere: true }) },
    next: 'OTHER_ACCOUNT',
  },
  {
    why: 'named by what cannot be looked up',
    item: { declared: [askedBy('a', {}, { subject: { kind: 'eid', identifier: '8'.repeat(32) } })] },
    next: 'NOT_READABLE',
  },
  {
    why: 'its deactivation is without effect for a day',
    item: {
      recorded: { ...named, deactivationSentAtMs: NOW - 25 * HOUR },
      observed: seen('active'),
      declared: IF_ACTIVE,
    },
    next: 'DEACTIVATION_WITHOUT_EFFECT',
  },
  {
    why: 'still shown long after its deletion',
    item: { recorded: archivedFor('a', { deletionSentAtMs: NOW - HOUR }), observed: seen('deactive') },
    next: 'STILL_SHOWN',
  },
  {
    why: 'the archive was skipped, and is required by now',
    item: { recorded: archivedFor('a', { receipt: SKIPPED }), observed: seen('deactive') },
    next: 'store Archive',
  },
  {
    why: 'the archive cannot be written',
    item: { recorded: quiet, observed: seen('deactive'), failure: remembered('store', 'passing') },
    next: 'wait',
  },
  {
    why: 'the archive is refused for good',
    item: { recorded: quiet, observed: seen('deactive'), failure: remembered('store', 'invalid') },
    next: 'CODE',
  },
  {
    why: 'the deletion was refused',
    item: {
      recorded: archivedFor('a'),
      observed: seen('deactive'),
      failure: remembered('deleteLine', 'heldByOther'),
    },
    next: 'CODE',
  },
  {
    why: 'the refusal’s time has come',
    item: {
      recorded: archivedFor('a'),
      observed: seen('deactive'),
      failure: remembered('deleteLine', 'heldByOther', true),
    },
    next: 'call deleteLine',
  },
];

/** What befell an archived line that waits, for example for its budget: what it did since is in no archive. */
const STIRRED: readonly Row[] = [
  { why: 'put back into service', item: { observed: seen('active') }, next: 'keep NoLongerOutOfService' },
  { why: 'suspended', item: { observed: seen('suspended') }, next: 'keep NoLongerOutOfService' },
  { why: 'being changed', item: { observed: seen('pending') }, next: 'keep NoLongerOutOfService' },
  {
    why: 'put into another phone',
    item: { observed: seen('deactive', { names: OTHER_PAIR }) },
    next: 'keep NoLongerOutOfService',
  },
  {
    why: 'moved to another account',
    item: { observed: seen('deactive', { isElsewhere: true }) },
    next: 'keep NoLongerOutOfService',
  },
];

const UNDECLARED: readonly Row[] = [
  { why: 'never touched', item: { observed: seen('deactive') }, next: 'settle' },
  {
    why: 'on its way: forgotten',
    item: { recorded: archivedFor('a'), formerHolder: 'letGo', observed: seen('deactive') },
    next: 'keep NotDeclared',
  },
  {
    why: 'its resource is gone: forgotten',
    item: { recorded: quiet, formerHolder: 'gone' },
    next: 'keep NotDeclared',
  },
  {
    why: 'its list is broken: it may come back',
    item: { recorded: quiet, formerHolder: 'holds' },
    next: 'settle',
  },
  {
    why: 'proven gone: never forgotten',
    item: { recorded: archivedFor('a', { gone: gone() }), formerHolder: 'gone' },
    next: 'settle',
  },
  {
    why: 'its deletion was sent: not forgotten either',
    item: { recorded: archivedFor('a', { deletionSentAtMs: NOW }), formerHolder: 'letGo' },
    next: 'observe',
  },
  {
    why: 'the same, and not there any more',
    item: { recorded: archivedFor('a', { deletionSentAtMs: NOW }), formerHolder: 'letGo', observed: ABSENT },
    next: 'keep SeenGone',
  },
];

describe('the way of a line', () => {
  test.each(THE_WAY)('$why: $next', ({ item, next }) => {
    expect(told(nextLineStep(lineItem(item)))).toBe(next);
  });
});

describe('a line is held, with a plain word, when it is', () => {
  test.each(ODD_CASES)('$why: $next', ({ item, next }) => {
    expect(told(nextLineStep(lineItem(item)))).toBe(next);
  });

  test('held, its message says what to do', () => {
    for (const { item } of ODD_CASES) {
      const step = nextLineStep(lineItem(item));
      if (step.do === 'stall' && step.failure.code !== 'CODE')
        expect(step.failure.message).toMatch(/: .{10}/);
    }
  });
});

describe('a line that was archived and is not left alone', () => {
  test.each(STIRRED)('$why: $next', ({ item, next }) => {
    const step = nextLineStep(lineItem({ recorded: archivedFor('a'), ...item }));
    expect(told(step)).toBe(next);
    expect(step).toMatchObject({ record: { names: PAIR, stirredAtMs: NOW } });
    const record = step.do === 'keep' ? step.record : undefined;
    expect([record?.quietSinceMs, record?.receipt]).toEqual([undefined, undefined]);
  });

  test('waits for its last usage and is archived anew once it is out of service again', () => {
    const again = lineItem({ recorded: stirred, observed: seen('deactive') });
    expect(nextLineStep(again)).toEqual({
      do: 'keep',
      record: { ...stirred, quietSinceMs: NOW },
      reason: 'SeenOutOfService',
    });
    const settled = { ...stirred, quietSinceMs: NOW - 73 * HOUR };
    expect(told(nextLineStep(lineItem({ recorded: settled, observed: seen('deactive') })))).toBe(
      'store Archive',
    );
  });

  test('is not deactivated again by us, since somebody wanted it back', () => {
    const item = lineItem({ recorded: stirred, observed: seen('active'), declared: IF_ACTIVE });
    expect(lineTarget(item, 'deactivateLine')).toBeUndefined();
    expect(lineMayGo(item, 'deactivateLine')).toBe(false);
  });

  test('stays what it is once its deletion was sent', () => {
    const recorded = archivedFor('a', { deletionSentAtMs: NOW - 1_000 });
    expect(told(nextLineStep(lineItem({ recorded, observed: seen('pending') })))).toBe('wait');
  });
});

describe('the archive of a line whose deletion waits for long', () => {
  const archivedAgo = (hours: number) =>
    archivedReceipt({
      path: 'a/b.jsonl.gz',
      sha256: '0'.repeat(64),
      records: 12,
      completedAtMs: NOW - hours * HOUR,
    });
  const next = (more: Partial<RecordedLine>) =>
    nextLineStep(lineItem({ recorded: archivedFor('a', more), observed: seen('deactive') }));

  test('is good as long as looks go on to show it out of service', () => {
    expect(told(next({ receipt: archivedAgo(11) }))).toBe('call deleteLine');
    expect(told(next({ receipt: archivedAgo(2_000), seenQuietAtMs: NOW - HOUR }))).toBe('call deleteLine');
  });

  test('is noted to be good now and then', () => {
    expect(next({ receipt: archivedAgo(13) })).toMatchObject({
      do: 'keep',
      record: { receipt: archivedAgo(13), seenQuietAtMs: NOW - 1_000 },
      aside: true,
    });
  });

  test('counts no more when nobody looked for days: it may have been in service in between', () => {
    const step = next({ receipt: archivedAgo(2_000), seenQuietAtMs: NOW - 49 * HOUR });
    expect(told(step)).toBe('keep UnseenForLong');
    expect(step).toMatchObject({ aside: true });
    const record = step.do === 'keep' ? step.record : undefined;
    expect([record?.receipt, record?.seenQuietAtMs]).toEqual([undefined, undefined]);
    expect(record?.quietSinceMs).toBeDefined();
  });
});

describe('a clock that was ahead and was set back', () => {
  const ahead = (ms: number) =>
    archivedReceipt({ path: 'a/b.jsonl.gz', sha256: '0'.repeat(64), records: 12, completedAtMs: NOW + ms });

  test.each([
    [
      'far ahead: the line is archived anew',
      archivedFor('a', { receipt: ahead(HOUR) }),
      'keep ClockWasAhead',
    ],
    ['far ahead, skipped', archivedFor('a', { receipt: skippedReceipt(NOW + HOUR) }), 'keep ClockWasAhead'],
    ['a step ahead: that is waited for', archivedFor('a', { receipt: ahead(1_000) }), 'wait'],
  ])('does not have a line looked at over and over: %s', (_what, recorded, is) => {
    const declared = recorded.receipt?.is === 'skipped' ? SKIP : [askedBy('a')];
    expect(told(nextLineStep(lineItem({ recorded, observed: seen('deactive'), declared })))).toBe(is);
  });

  test.each([
    [
      'deactivation',
      { ...named, deactivationSentAtMs: NOW + HOUR },
      seen('active', { readAtMs: NOW - 60_000 }),
    ],
    [
      'deletion',
      archivedFor('a', { deletionSentAtMs: NOW + HOUR }),
      seen('deactive', { readAtMs: NOW - 60_000 }),
    ],
  ])('does not have a %s watched as if it were of just now', (_what, recorded, observed) => {
    expect(told(nextLineStep(lineItem({ recorded, observed, declared: IF_ACTIVE })))).toBe('wait');
  });
});

describe('a line that nobody declares', () => {
  test.each(UNDECLARED)('$why: $next', ({ item, next }) => {
    expect(told(nextLineStep(lineItem({ ...item, declared: [] })))).toBe(next);
  });
});

describe('what is kept', () => {
  test.each([
    ['a deletion of ours', { ...quiet, deletionSentAtMs: NOW }, 'Deleted'],
    ['one that somebody else deleted', quiet, 'GoneElsewhere'],
    ['one that was never there', first, 'NeverSeen'],
  ])('of %s says so', (_what, recorded, how) => {
    expect(nextLineStep(lineItem({ recorded, observed: ABSENT }))).toMatchObject({
      record: { gone: { how, provenAtMs: NOW, isFiled: false } },
    });
  });

  test('the wait for late usage counts from when the line was first seen out of service', () => {
    expect(nextLineStep(lineItem({ recorded: named, observed: seen('deactive') }))).toMatchObject({
      record: { quietSinceMs: NOW },
    });
    const recorded = { ...quiet, quietSinceMs: NOW - HOUR };
    expect(nextLineStep(lineItem({ recorded, observed: seen('deactive') }))).toEqual({
      do: 'wait',
      untilMs: NOW + 71 * HOUR,
    });
  });
});

describe('of several resources that ask for a line', () => {
  const both = [askedBy('b', { archive: 'Skip' }, { createdAtMs: 1 }), askedBy('a', {}, { createdAtMs: 2 })];

  test('the one the record names says how', () => {
    expect(
      told(nextLineStep(lineItem({ declared: both, recorded: quiet, observed: seen('deactive') }))),
    ).toBe('store Archive');
  });

  test('the older one does, where the record names none of them', () => {
    const item = lineItem({
      declared: both,
      recorded: { ...quiet, holder: 'z' },
      observed: seen('deactive'),
    });
    expect(nextLineStep(item)).toMatchObject({ do: 'keep', record: { holder: 'b' } });
  });

  test('the other is told whose word counts', () => {
    const item = lineItem({ declared: both, recorded: quiet, observed: seen('deactive') });
    const step = nextLineStep(item);
    expect(lineKind.verdict(item, step, 'a')).toEqual({ state: 'waiting', names: PAIR });
    expect(lineKind.verdict(item, step, 'b')).toMatchObject({ state: 'waiting', code: 'DECLARED_ELSEWHERE' });
  });
});

describe('a lost reply', () => {
  const lost = (
    verb: 'deleteLine' | 'deactivateLine',
    observed: LineItem['observed'],
    provableFromMs = 500,
  ) =>
    judge(
      lineKind,
      lineItem({
        observed,
        inFlight: { is: 'unknown', verb, operation: 'o', partition: {}, lostAtMs: 50, provableFromMs },
      }),
    );

  test.each([
    ['deleteLine', ABSENT, 'happened'],
    ['deleteLine', seen('deactive'), 'cannotTell'],
    ['deactivateLine', seen('deactive'), 'happened'],
    ['deactivateLine', seen('pending', { stateWord: 'pending deactivation' }), 'happened'],
    ['deactivateLine', seen('pending', { stateWord: 'pending service plan change' }), 'cannotTell'],
    ['deactivateLine', seen('active'), 'cannotTell'],
    ['deactivateLine', ABSENT, 'cannotTell'],
  ] as const)('of %s, and then %o: %s', (verb, observed, judgement) => {
    expect(lost(verb, observed)).toBe(judgement);
  });

  test('of a deletion that is late enough still shown did not happen', () => {
    expect(lost('deleteLine', seen('deactive'), 90)).toBe('didNotHappen');
  });
});

describe('whatever is known of a line', () => {
  test('it is deleted only out of service, archived, of the same pair, just looked at, wanted, and once', () => {
    fc.assert(
      fc.property(anyLine, (item) => {
        const { recorded, observed, declared } = item;
        const step = nextLineStep(item);
        const isDeletion = step.do === 'call' && step.verb === 'deleteLine';
        if (!isDeletion && !lineMayGo(item, 'deleteLine')) return;
        expect(declared.length).toBeGreaterThan(0);
        expect(recorded?.gone).toBeUndefined();
        expect(recorded?.deletionSentAtMs).toBeUndefined();
        if (observed.is !== 'present') throw new Error('deleted unseen');
        expect(observed.fact.state).toBe('deactive');
        expect(observed.fact.isElsewhere).toBeUndefined();
        expect(observed.fact.names).toEqual(recorded?.names);
        expect(NOW - observed.fact.readAtMs).toBeLessThanOrEqual(60_000);
        expect(observed.fact.readAtMs).toBeGreaterThan(NOW - HOUR);
        const skips = declared.some(({ by }) => by.desired.asks === 'gone' && by.desired.archive === 'Skip');
        expect(recorded?.receipt === ARCHIVED || (skips && recorded?.receipt === SKIPPED)).toBe(true);
      }),
      { numRuns: 20_000 },
    );
  });

  test('a write that is due has its target, so that nothing is planned for ever', () => {
    fc.assert(
      fc.property(anyLine, (item) => {
        const step = nextLineStep(item);
        if (step.do === 'call')
          expect([lineTarget(item, step.verb) !== undefined, lineMayGo(item, step.verb)]).toEqual([
            true,
            true,
          ]);
      }),
      { numRuns: 20_000 },
    );
  });

  test('it is deactivated only where the resource says so, and once', () => {
    fc.assert(
      fc.property(anyLine, (item) => {
        if (!lineMayGo(item, 'deactivateLine')) return;
        expect(item.recorded?.deactivationSentAtMs).toBeUndefined();
        expect(item.recorded?.quietSinceMs).toBeUndefined();
        expect(item.recorded?.stirredAtMs).toBeUndefined();
        const asks = item.declared.map(({ by }) => by.desired);
        expect(asks.some((desired) => desired.asks === 'gone' && desired.deactivate === 'IfActive')).toBe(
          true,
        );
      }),
      { numRuns: 20_000 },
    );
  });

  test('what was planned on an old look is not sent', () => {
    const recorded = archivedFor('a');
    const old = lineItem({ recorded, observed: seen('deactive', { readAtMs: NOW - 61_000 }) });
    expect([lineTarget(old, 'deleteLine') !== undefined, lineMayGo(old, 'deleteLine')]).toEqual([
      true,
      false,
    ]);
  });

  test('a success of a deletion is not believed before a look shows it', () => {
    const recorded = archivedFor('a');
    const success = { verb: 'deleteLine', partition: {}, recorded, nowMs: NOW } as const;
    expect(lineKind.recordAfter(success)).toEqual({ value: archivedFor('a', { deletionSentAtMs: NOW }) });
    expect(lineKind.believed(success)).toEqual({ is: 'nothing' });
    expect(lineKind.shows('deleteLine', {}, UNKNOWN)).toBe(false);
  });
});
