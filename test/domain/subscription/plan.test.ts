import { describe, expect, test } from 'vitest';
import type { Verb } from '../../../src/domain/item.ts';
import type { Success, Target } from '../../../src/domain/kind.ts';
import type { SubscriptionTypes } from '../../../src/domain/subscription/facts.ts';
import { subscriptionKind } from '../../../src/domain/subscription/kind.ts';
import {
  created,
  HOLDER,
  item,
  NONE,
  NOW_MS,
  recorded,
  refused,
  SECRET,
  SEEN_MS,
  type SubscriptionItem,
  shown,
} from './items.ts';

/** A step in a few words: what it does, and why. */
function next(about: SubscriptionItem): string {
  const step = subscriptionKind.next(about);
  switch (step.do) {
    case 'call':
      return step.verb;
    case 'stall':
      return `stall ${step.failure.code}`;
    case 'keep':
      return `keep ${step.record?.action ?? 'nothing'}`;
    case 'store':
      return `store ${step.reason}`;
    case 'observe':
    case 'settle':
    case 'wait':
      return step.do;
    default:
      return step satisfies never;
  }
}

/** A write that went through, as the engine tells the kind of it. */
function success(verb: Verb, target: Target<SubscriptionTypes> | undefined): Success<SubscriptionTypes> {
  return { verb, partition: {}, nowMs: NOW_MS, ...(target === undefined ? {} : { target }) };
}

const UNSEEN = { is: 'unknown' } as const;
const NOT_EFFECTIVE = shown('NOT_EFFECTIVE');
const awaited = recorded({ token: { is: 'awaited', secret: SECRET }, registered: false });

interface Row {
  readonly why: string;
  readonly item: SubscriptionItem;
  readonly is: string;
}

function table(rows: readonly (readonly [string, SubscriptionItem, string])[]): readonly Row[] {
  return rows.map(([why, about, is]) => ({ why, item: about, is }));
}

describe('a subscription that shall be active', () => {
  test.each(
    table([
      ['nothing is decided before a look', item({}, UNSEEN), 'observe'],
      ['its token’s Secret comes before the creation', item({}, NONE), 'store TokenSecret'],
      [
        'its status says that it exists, and its record is gone: it is not created',
        { ...item({}, NONE), recordLost: true },
        'stall RECORD_LOST',
      ],
      [
        'whoever declares it cancelled says that it is over',
        { ...item({ state: 'Cancelled' }, NONE), recordLost: true },
        'keep cancel',
      ],
      [
        'a record that came since counts',
        { ...item({ recreateAfterCancel: true }, NONE, recorded({ action: 'cancel' })), recordLost: true },
        'store TokenSecret',
      ],
      ['with the Secret made, it is created', item({}, NONE, awaited), 'createSubscription'],
      [
        'another Secret is named by now: that one is made first',
        item({ tokenSecretName: 'other' }, NONE, awaited),
        'store TokenSecret',
      ],
      [
        'the token comes once, so without a place for it nothing is created',
        item({ tokenSecretName: undefined as never }, NONE),
        'stall TOKEN_SECRET_MISSING',
      ],
      [
        'what the reply yielded is stored first of all',
        item({}, UNSEEN, created('issued')),
        'store TokenIssued',
      ],
      ['one that was there already is taken over', item({}, shown('EFFECTIVE')), 'keep adopt'],
      ['the subscriber has registered', item({}, shown('EFFECTIVE'), created('stored')), 'keep create'],
      ['all is well', item({}, shown('EFFECTIVE'), created('stored', { registered: true })), 'settle'],
      ['the subscriber has time to register', item({}, NOT_EFFECTIVE, created('stored')), 'observe'],
      [
        'the subscriber let the token expire',
        item({}, NOT_EFFECTIVE, created('stored', {}, NOW_MS)),
        'stall TOKEN_EXPIRED',
      ],
      ['the reply with the token never came', item({}, NOT_EFFECTIVE, created('lost')), 'stall TOKEN_LOST'],
      [
        'the token is lost, and the subscriber watches all the same',
        item({}, shown('EFFECTIVE'), created('lost')),
        'keep create',
      ],
      [
        'it was suspended by us',
        item({}, NOT_EFFECTIVE, recorded({ action: 'suspend' })),
        'unsuspendSubscription',
      ],
      [
        'somebody else lifted the suspension',
        item({}, shown('EFFECTIVE'), recorded({ action: 'suspend' })),
        'keep unsuspend',
      ],
      [
        'it was effective and is not any more: Netflix ended it',
        item({}, NOT_EFFECTIVE, recorded({ action: 'create' })),
        'stall TERMINATED_BY_NETFLIX',
      ],
      [
        'only one side says so, which is how a termination may look',
        item({}, shown('EFFECTIVE', 'NOT_EFFECTIVE'), recorded({ action: 'adopt' })),
        'stall TERMINATED_BY_NETFLIX',
      ],
      ['without a record nobody can tell what it is', item({}, NOT_EFFECTIVE), 'stall RECORD_LOST'],
      [
        'a Secret alone is no record of a subscription',
        item({}, NOT_EFFECTIVE, awaited),
        'stall RECORD_LOST',
      ],
      ['a word that nobody explained', item({}, shown('UNKNOWN'), awaited), 'stall UNKNOWN_STATE'],
      [
        'two live and the methods cannot tell them apart',
        item({}, shown('EFFECTIVE', 'EFFECTIVE', { living: 2 })),
        'stall AMBIGUOUS_SUBSCRIPTION',
      ],
      ['it is cancelled', item({}, shown('CANCELLED')), 'stall SUBSCRIPTION_CANCELLED'],
      [
        'it is cancelled and may begin anew',
        item({ recreateAfterCancel: true }, shown('CANCELLED'), recorded({ action: 'cancel' })),
        'store TokenSecret',
      ],
      [
        'the new one is not shown yet: it is not created twice',
        item(
          { recreateAfterCancel: true },
          shown('CANCELLED'),
          created('stored', { number: 'S2', registered: false }),
        ),
        'stall SUBSCRIPTION_CANCELLED',
      ],
      [
        'an older one is shown in place of the one that lives by our record',
        item(
          { recreateAfterCancel: true },
          shown('CANCELLED'),
          recorded({ action: 'unsuspend', number: 'S2' }),
        ),
        'stall SUBSCRIPTION_CANCELLED',
      ],
      [
        'the vendor lost what we know to exist',
        item({}, NONE, recorded({ action: 'create' })),
        'stall SUBSCRIPTION_GONE',
      ],
      [
        'one look misses what we created: it may begin anew, but only a person can say that it is over',
        item({ recreateAfterCancel: true }, NONE, created('stored')),
        'stall SUBSCRIPTION_GONE',
      ],
      [
        'it was cancelled and is not shown any more',
        item({}, NONE, recorded({ action: 'cancel' })),
        'stall SUBSCRIPTION_CANCELLED',
      ],
      [
        'the same, and it may begin anew',
        item({ recreateAfterCancel: true }, NONE, recorded({ action: 'cancel' })),
        'store TokenSecret',
      ],
      [
        'a refusal stands until the declaration changes',
        item({}, NONE, awaited, refused('createSubscription', 'INVALID_PARAMETER', 'invalid')),
        'stall INVALID_PARAMETER',
      ],
      [
        'the vendor says it exists: look again, never create again',
        item({}, NONE, awaited, refused('createSubscription', 'SUBSCRIPTION_EXISTS')),
        'observe',
      ],
    ]),
  )('$is: $why', ({ item: about, is }) => {
    expect(next(about)).toBe(is);
  });
});

describe('a subscription that shall be suspended', () => {
  const suspended = { state: 'Suspended' } as const;

  test.each(
    table([
      ['the subscriber watches', item(suspended, shown('EFFECTIVE')), 'suspendSubscription'],
      [
        'a look contradicts the record',
        item(suspended, shown('EFFECTIVE'), recorded({ action: 'suspend' })),
        'suspendSubscription',
      ],
      [
        'our record says that it is',
        item(suspended, NOT_EFFECTIVE, recorded({ action: 'suspend' })),
        'settle',
      ],
      ['without a record nobody can tell', item(suspended, NOT_EFFECTIVE), 'stall RECORD_LOST'],
      [
        'the subscriber never registered, so there is nothing to suspend yet',
        item(suspended, NOT_EFFECTIVE, created('stored')),
        'observe',
      ],
      [
        'the vendor refuses for its state, and the look shows why',
        item(
          suspended,
          NOT_EFFECTIVE,
          recorded({ action: 'adopt' }),
          refused('suspendSubscription', 'INVALID_STATE'),
        ),
        'keep suspend',
      ],
      [
        'the vendor refuses for its state, and the look came before',
        item(suspended, shown('EFFECTIVE'), recorded(), refused('suspendSubscription', 'INVALID_STATE')),
        'observe',
      ],
      ['there is none, and none is created for that', item(suspended, NONE), 'stall NOTHING_TO_SUSPEND'],
      ['it is cancelled', item(suspended, shown('CANCELLED')), 'stall SUBSCRIPTION_CANCELLED'],
    ]),
  )('$is: $why', ({ item: about, is }) => {
    expect(next(about)).toBe(is);
  });
});

describe('a subscription that shall be cancelled', () => {
  const cancelled = { state: 'Cancelled' } as const;

  test.each(
    table([
      ['nothing is cancelled before a look', item(cancelled, UNSEEN), 'observe'],
      ['it lives', item(cancelled, shown('EFFECTIVE')), 'cancelSubscription'],
      ['it lives, and nobody knows how it stands', item(cancelled, NOT_EFFECTIVE), 'cancelSubscription'],
      ['it is', item(cancelled, shown('CANCELLED')), 'keep cancel'],
      [
        'it is, and that is recorded',
        item(cancelled, shown('CANCELLED'), recorded({ action: 'cancel' })),
        'settle',
      ],
      ['there is none', item(cancelled, NONE), 'settle'],
      [
        'there is none any more, and whoever declares it cancelled says that it is over',
        item(cancelled, NONE, recorded({ action: 'create' })),
        'keep cancel',
      ],
    ]),
  )('$is: $why', ({ item: about, is }) => {
    expect(next(about)).toBe(is);
  });
});

describe('a subscription whose resource is gone', () => {
  const cancels = recorded({ action: 'create', releasePolicy: 'Cancel' });
  const letGo = { formerHolder: 'letGo' } as const;

  test.each(
    table([
      ['no record: never touched', item(undefined, shown('EFFECTIVE')), 'settle'],
      [
        'policy Keep: it stays, and so does what is known of it',
        item(undefined, shown('EFFECTIVE'), recorded(), letGo),
        'settle',
      ],
      ['policy Cancel: a look first', item(undefined, UNSEEN, cancels, letGo), 'observe'],
      ['policy Cancel: it lives', item(undefined, shown('EFFECTIVE'), cancels, letGo), 'cancelSubscription'],
      ['policy Cancel: it is over', item(undefined, shown('CANCELLED'), cancels, letGo), 'keep nothing'],
      [
        'policy Cancel, but nobody let it go',
        item(undefined, shown('EFFECTIVE'), cancels, { formerHolder: 'gone' }),
        'settle',
      ],
    ]),
  )('$is: $why', ({ item: about, is }) => {
    expect(next(about)).toBe(is);
  });
});

describe('two resources that name one subscriber', () => {
  const both = item({}, shown('EFFECTIVE'), recorded({ action: 'adopt' }));
  const [first] = both.declared;
  if (first === undefined) throw new Error('nothing is declared');
  const other = { ...first, by: { ...first.by, holder: 'NetflixSubscription/tv/other', createdAtMs: -1 } };
  const contested = { ...both, declared: [other, first] };

  test('the one the record names counts, though the other is older', () => {
    expect(subscriptionKind.resolve(contested).winner?.by.holder).toBe(HOLDER);
    const verdict = subscriptionKind.verdict(contested, { do: 'settle' }, other.by.holder);
    expect(verdict).toMatchObject({ state: 'conflicted', code: 'DECLARED_ELSEWHERE' });
  });

  test('without a record the older one counts', () => {
    const { recorded: _, ...unrecorded } = contested;
    expect(subscriptionKind.resolve(unrecorded).winner?.by.holder).toBe(other.by.holder);
  });
});

describe('what a look after a lost reply shows', () => {
  test.each([
    ['createSubscription', NOT_EFFECTIVE, true],
    ['createSubscription', shown('EFFECTIVE'), true],
    ['createSubscription', NONE, false],
    ['createSubscription', shown('CANCELLED'), false],
    ['suspendSubscription', NOT_EFFECTIVE, true],
    ['suspendSubscription', shown('EFFECTIVE'), false],
    ['unsuspendSubscription', shown('EFFECTIVE'), true],
    ['unsuspendSubscription', NOT_EFFECTIVE, false],
    ['cancelSubscription', shown('CANCELLED'), true],
    ['cancelSubscription', NOT_EFFECTIVE, false],
  ] as const)('%s, seen %o: happened is %s', (verb, observed, happened) => {
    expect(subscriptionKind.shows(verb, {}, observed)).toBe(happened);
  });
});

describe('what is recorded and believed after a success', () => {
  test('a creation: its token is on its way, nobody has registered, and only a look shows more', () => {
    const about = item({ releasePolicy: 'Cancel' }, NONE, awaited);
    const target = subscriptionKind.target(about, 'createSubscription');
    expect(subscriptionKind.recordAfter(success('createSubscription', target))?.value).toEqual({
      holder: HOLDER,
      releasePolicy: 'Cancel',
      action: 'create',
      atMs: NOW_MS,
      registered: false,
      token: { is: 'issued', secret: SECRET },
    });
    expect(subscriptionKind.believed(success('createSubscription', target))).toEqual({ is: 'nothing' });
  });

  test('there is no creation without its Secret', () => {
    expect(subscriptionKind.target(item({}, NONE), 'createSubscription')).toBeUndefined();
  });

  test('a suspension is recorded and believed until a look contradicts it', () => {
    const about = item({ state: 'Suspended' }, shown('EFFECTIVE'), recorded({ action: 'create' }));
    const target = subscriptionKind.target(about, 'suspendSubscription');
    const after = subscriptionKind.recordAfter(success('suspendSubscription', target))?.value;
    expect(after).toMatchObject({ action: 'suspend', registered: true, number: 'S1' });
    expect(subscriptionKind.believed(success('suspendSubscription', target))).toMatchObject({
      is: 'present',
      fact: { number: 'S1', lifeCycle: 'NOT_EFFECTIVE', netflix: 'NOT_EFFECTIVE' },
    });
  });

  test('a released one is not recorded any more', () => {
    const cancels = recorded({ action: 'create', releasePolicy: 'Cancel' });
    const about = item(undefined, shown('EFFECTIVE'), cancels, { formerHolder: 'letGo' });
    const target = subscriptionKind.target(about, 'cancelSubscription');
    expect(subscriptionKind.recordAfter(success('cancelSubscription', target))).toEqual({ value: undefined });
    expect(subscriptionKind.target(about, 'suspendSubscription')).toBeUndefined();
  });
});

describe('what its resource is told', () => {
  const told = (about: SubscriptionItem) =>
    subscriptionKind.verdict(about, subscriptionKind.next(about), HOLDER).state;

  test.each([
    ['pending', item({}, UNSEEN)],
    ['pending', item({}, NONE)],
    ['registrationOpen', item({}, NOT_EFFECTIVE, created('stored'))],
    ['registrationOpen', item({ state: 'Suspended' }, NOT_EFFECTIVE, created('stored'))],
    ['failed', item({}, NOT_EFFECTIVE, created('lost'))],
    ['active', item({}, shown('EFFECTIVE'), recorded({ action: 'adopt' }))],
    ['suspended', item({ state: 'Suspended' }, NOT_EFFECTIVE, recorded({ action: 'suspend' }))],
    ['cancelled', item({ state: 'Cancelled' }, NONE)],
  ] as const)('%s: %o', (state, about) => {
    expect(told(about)).toBe(state);
  });

  test('an open registration is looked at ever more rarely', () => {
    const at = (nowMs: number) => {
      const step = subscriptionKind.next({ ...item({}, NOT_EFFECTIVE, created('stored', {}, 1e12)), nowMs });
      return step.do === 'observe' ? (step.notBeforeMs ?? 0) - SEEN_MS : undefined;
    };
    expect([1_000, 60_000, 3_600_000].map(at)).toEqual([5_000, 30_000, 900_000]);
  });
});
