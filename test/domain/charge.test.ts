import { describe, expect, test } from 'vitest';
import {
  type ChargeTypes,
  chargeKey,
  chargeOfKey,
  contentOf,
  type ObservedCharge,
  type RecordedCharge,
} from '../../src/domain/charge/facts.ts';
import { chargeKind } from '../../src/domain/charge/kind.ts';
import { GONE_AFTER_MS } from '../../src/domain/charge/next.ts';
import type { Item } from '../../src/domain/item.ts';

const HOLDER = 'NetflixChargeFeed/tv/charges';
const RECEIPT = { uid: 'uid-1', customer: 'pci150', referenceNumber: 'vp-1' };

function listed(over: Partial<ObservedCharge> = {}): Item<ChargeTypes>['observed'] & { is: 'present' } {
  const fact: ObservedCharge = {
    set: 'PROCESSED',
    customer: 'pci150',
    amountMinor: 599,
    currency: 'USD',
    status: 'APPROVED',
    asReceived: {},
    ...over,
  };
  return { is: 'present', fact, atMs: 1 };
}

const GONE = { is: 'absent', atMs: 1 } as const;

function record(is: RecordedCharge['is'], over: Partial<RecordedCharge> = {}): RecordedCharge {
  return { is, holder: HOLDER, set: 'PROCESSED', status: 'APPROVED', receipt: RECEIPT, ...over };
}

function item(
  observed: Item<ChargeTypes>['observed'],
  recorded?: RecordedCharge,
  acknowledge: 'Never' | 'AfterRecording' = 'AfterRecording',
  over: Partial<Item<ChargeTypes>> = {},
): Item<ChargeTypes> {
  const by = { holder: HOLDER, createdAtMs: 0, desired: { acknowledge }, suspended: false, whole: true };
  return {
    key: 'charge:I1',
    declared: [{ by, subject: { number: 'I1' } }],
    observed,
    nowMs: 0,
    ...(recorded === undefined ? {} : { recorded }),
    ...over,
  };
}

function next(about: Item<ChargeTypes>): string {
  const step = chargeKind.next(about);
  if (step.do === 'call') return step.verb;
  if (step.do === 'store') return `store ${step.reason}`;
  return step.do === 'keep' ? `keep ${step.record?.is ?? 'nothing'}` : step.do;
}

const CONTENT = contentOf(listed().fact);
const review = record('review', { review: 'StatusContradicted' });
const refusal = {
  failure: {
    verb: 'acknowledgeCharge',
    failure: { code: 'ACKNOWLEDGE_REFUSED', message: 'no', kind: 'invalid' },
    attempts: 1,
    due: false,
  },
} as const;

const deleted = {
  failure: {
    verb: 'acknowledgeCharge',
    failure: { code: 'CHARGE_DELETED', message: 'gone', kind: 'heldByOther' },
    attempts: 1,
    due: false,
  },
} as const;

const sentBefore = record('recorded', { replyLost: true });
const missed = record('recorded', { missedSinceMs: 0 });

/** Missed by a look at this very moment, under a feed that only records; one that was refused under one that does more. */
function gone(
  recorded: RecordedCharge,
  nowMs: number,
  refused?: Partial<Item<ChargeTypes>>,
): Item<ChargeTypes> {
  const observed = { is: 'absent', atMs: 7 } as const;
  const feed = refused === undefined ? 'Never' : 'AfterRecording';
  return item(observed, recorded, feed, { nowMs, monotonicMs: 7, ...refused });
}

function lost(due: boolean): Partial<Item<ChargeTypes>> {
  const failure = { code: 'REPLY_LOST', message: 'no reply', kind: 'passing' } as const;
  return { failure: { verb: 'acknowledgeCharge', failure, attempts: 1, due } };
}

describe('a charge', () => {
  test.each([
    ['is recorded before anything else', item(listed()), 'store Listed'],
    ['that is not decided yet is left alone', item(listed({ status: 'PENDING' })), 'settle'],
    [
      'that contradicts itself is recorded for a person',
      item(listed({ status: 'PENDING', review: 'StatusContradicted' })),
      'store Listed',
    ],
    ['that is recorded is acknowledged', item(listed(), record('recorded')), 'acknowledgeCharge'],
    ['is not acknowledged by a feed that never does', item(listed(), record('recorded'), 'Never'), 'settle'],
    ['for review is never acknowledged', item(listed({ review: 'StatusContradicted' }), review), 'settle'],
    ['whose doubt has gone is recorded anew', item(listed(), review), 'store Changed'],
    [
      'that was decided otherwise is recorded anew',
      item(listed({ status: 'DECLINED' }), record('recorded')),
      'store Changed',
    ],
    [
      'whose amount is another one by now is recorded anew',
      item(listed({ amountMinor: 699 }), record('recorded', { content: CONTENT })),
      'store Changed',
    ],
    [
      'that is as it was written down is acknowledged',
      item(listed(), record('recorded', { content: CONTENT })),
      'acknowledgeCharge',
    ],
    [
      'that was decided and is not any more is never acknowledged',
      item(listed({ status: 'PENDING', set: 'NOT_PROCESSED' }), record('recorded')),
      'settle',
    ],
    [
      'whose doubt has gone before it is decided is left alone',
      item(listed({ status: 'PENDING' }), { ...review, status: 'PENDING' }),
      'settle',
    ],
    [
      'that the vendor does not let us acknowledge is for review',
      item(listed(), record('recorded'), 'AfterRecording', refusal),
      'keep refused',
    ],
    [
      'whose object was deleted is forgotten, to be recorded anew',
      item(listed(), record('recorded'), 'AfterRecording', deleted),
      'keep nothing',
    ],
    ['that was refused says so at the API server', item(listed(), record('refused')), 'store Refused'],
    [
      'whose acknowledgement lost its reply and that is not listed any more is acknowledged again: the answer counts',
      item(GONE, sentBefore),
      'acknowledgeCharge',
    ],
    [
      'that nobody was told of is not acknowledged where no list shows it',
      item(GONE, record('recorded')),
      'keep recorded',
    ],
    ['that nobody was told of waits for a look that shows it', gone(missed, GONE_AFTER_MS - 1, {}), 'settle'],
    [
      'that nobody was told of and was missed for an hour waits for a person',
      gone(missed, GONE_AFTER_MS, {}),
      'stall',
    ],
    [
      'whose acknowledgement lost its reply and that is undecided again was not acknowledged',
      item(listed({ status: 'PENDING', set: 'NOT_PROCESSED' }), sentBefore),
      'keep recorded',
    ],
    [
      'whose acknowledgement lost its reply and that is listed as before is acknowledged again',
      item(listed(), sentBefore),
      'acknowledgeCharge',
    ],
    ['that the vendor then refuses is for review', gone(record('recorded'), 0, refusal), 'keep refused'],
    ['that a feed only records and a look misses is noted', gone(record('recorded'), 0), 'keep recorded'],
    ['for review that a look misses is noted', gone(review, 0), 'keep review'],
    ['that was missed for less than an hour stays', gone(missed, GONE_AFTER_MS - 1), 'settle'],
    [
      'that was missed an hour ago is looked for again',
      { ...gone(missed, GONE_AFTER_MS), observed: { is: 'absent' as const, atMs: -1 } },
      'observe',
    ],
    ['that was missed for an hour was acknowledged', gone(missed, GONE_AFTER_MS), 'keep acknowledged'],
    [
      'for review that was missed for an hour was, too',
      gone({ ...review, missedSinceMs: 0 }, GONE_AFTER_MS),
      'keep acknowledged',
    ],
    ['that is listed again was never gone', item(listed(), missed, 'Never'), 'keep recorded'],
    [
      'whose acknowledgement lost its reply waits for a look',
      item({ is: 'unknown' }, record('recorded'), 'AfterRecording', lost(false)),
      'wait',
    ],
    [
      'is looked for before it is acknowledged again',
      item({ is: 'unknown' }, record('recorded'), 'AfterRecording', lost(true)),
      'observe',
    ],
    [
      'that was acknowledged says so at the API server',
      item(GONE, record('acknowledged')),
      'store Acknowledged',
    ],
    ['that is over is forgotten', item(GONE, record('done')), 'keep nothing'],
    ['that is over and still listed is not told twice', item(listed(), record('done')), 'settle'],
    ['that was not looked for since the start waits', item({ is: 'unknown' }, record('recorded')), 'settle'],
  ])('%s', (_what, about, is) => {
    expect(next(about)).toBe(is);
  });

  test('is acknowledged with its receipt, which only a record without any doubt gives', () => {
    const target = chargeKind.target(item(listed(), record('recorded')), 'acknowledgeCharge');
    expect(target?.desired.receipt).toEqual(RECEIPT);
    expect(
      chargeKind.recordAfter({
        verb: 'acknowledgeCharge',
        partition: {},
        nowMs: 0,
        ...(target && { target }),
      }),
    ).toMatchObject({
      value: { is: 'acknowledged' },
    });
    for (const without of [
      item(listed()),
      item(listed(), review),
      item(listed(), record('recorded'), 'Never'),
      item(listed({ status: 'PENDING' }), record('recorded')),
      item(listed({ amountMinor: 699 }), record('recorded', { content: CONTENT })),
    ]) {
      expect(chargeKind.target(without, 'acknowledgeCharge')).toBeUndefined();
    }
  });

  test('that no list shows is sent only if it was sent before, and says so', () => {
    const mayGo = (about: Item<ChargeTypes>) => chargeKind.mayGo?.(about, 'acknowledgeCharge');
    expect(mayGo(item(GONE, record('recorded')))).toBe(false);
    expect(mayGo(item(GONE, sentBefore))).toBe(true);
    expect(mayGo(item(listed(), record('recorded')))).toBe(true);
    const target = chargeKind.target(item(GONE, sentBefore), 'acknowledgeCharge');
    expect(target?.desired.replyLost).toBe(true);
    expect(target?.desired.after).not.toHaveProperty('replyLost');
    expect(chargeKind.recordAfterLoss?.('acknowledgeCharge', record('recorded'))).toEqual(sentBefore);
  });

  test('that is listed otherwise after its reply was lost does not count as sent any more', () => {
    const step = chargeKind.next(item(listed({ status: 'PENDING', set: 'NOT_PROCESSED' }), sentBefore));
    expect(step).toMatchObject({ record: record('recorded') });
    expect(step).not.toHaveProperty('record.replyLost');
  });

  test('is not acknowledged because a list misses it', () => {
    expect(chargeKind.shows('acknowledgeCharge', {}, GONE)).toBe(false);
  });

  test('has a key of its number', () => {
    expect(chargeOfKey(chargeKey({ number: 'I00002662' }))).toEqual({ number: 'I00002662' });
    expect(chargeOfKey('esn:1')).toBeUndefined();
  });

  test.each([
    ['listed', item(listed({ status: 'PENDING' }))],
    ['listed', item(listed({ status: 'PENDING' }), record('recorded'))],
    ['pending', item(listed())],
    ['recorded', item(listed(), record('recorded'), 'Never')],
    ['review', item(listed({ review: 'StatusContradicted' }), review)],
    ['acknowledged', item(GONE, record('acknowledged'))],
  ])('%s is what its feed is told', (state, about) => {
    expect(chargeKind.verdict(about, chargeKind.next(about), HOLDER).state).toBe(state);
  });
});
