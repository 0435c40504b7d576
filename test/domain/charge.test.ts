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
    ['that was refused says so at the API server', item(listed(), record('refused')), 'store Refused'],
    ['that is not listed any more was acknowledged', item(GONE, record('recorded')), 'keep acknowledged'],
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

  test('whose acknowledgement lost its reply was acknowledged if it is not listed any more', () => {
    expect(chargeKind.shows('acknowledgeCharge', {}, GONE)).toBe(true);
    expect(chargeKind.shows('acknowledgeCharge', {}, listed())).toBe(false);
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
