import { describe, expect, test } from 'vitest';
import type { Item } from '../../src/domain/item.ts';
import {
  type DesiredRegistration,
  esnKey,
  type RecordedRegistration,
  type RegistrationTypes,
} from '../../src/domain/registration/facts.ts';
import { registrationKind } from '../../src/domain/registration/kind.ts';

const HOLDER = 'NetflixDeviceRegistration/tv/boxes';
const OURS = { name: 'Telkom Operator' };
const THEIRS = { name: 'Other Operator' };

function item(
  wants: Partial<DesiredRegistration> | undefined,
  recorded?: Partial<RecordedRegistration>,
  over: Partial<Item<RegistrationTypes>> = {},
): Item<RegistrationTypes> {
  const desired = { group: OURS, releasePolicy: 'Keep', ...wants } as const;
  const by = { holder: HOLDER, createdAtMs: 0, desired, suspended: false, whole: true };
  const record = { group: OURS, holder: HOLDER, releasePolicy: 'Keep', ...recorded } as const;
  return {
    key: 'esn:NF-1',
    declared: wants === undefined ? [] : [{ by, subject: { esn: 'NF-1' } }],
    observed: { is: 'unknown' },
    nowMs: 0,
    ...(recorded === undefined ? {} : { recorded: record }),
    ...over,
  };
}

function next(about: Item<RegistrationTypes>): string {
  const step = registrationKind.next(about);
  if (step.do === 'call') return step.verb;
  if (step.do === 'stall') return `stall ${step.failure.code}`;
  return step.do === 'keep' ? `keep ${step.record?.holder ?? 'nothing'}` : step.do;
}

const LOST = { recordLost: true } as const;
const letGo = { formerHolder: 'letGo' } as const;
const unconfirmed = {
  failure: {
    verb: 'registerEsn',
    failure: { code: 'UNCONFIRMED', message: 'no reason', kind: 'invalid' },
    attempts: 1,
    due: false,
  },
} as const;

describe('a device', () => {
  test.each([
    ['declared and not recorded', item({}), 'registerEsn'],
    ['declared and recorded', item({}, {}), 'settle'],
    ['declared, and its record was lost', item({}, undefined, LOST), 'stall RECORD_LOST'],
    ['recorded again', item({}, {}, LOST), 'settle'],
    ['declared by nobody any more, and its record was lost', item(undefined, undefined, LOST), 'settle'],
    ['refused without a reason', item({}, undefined, unconfirmed), 'stall UNCONFIRMED'],
    ['its resource has another policy by now', item({ releasePolicy: 'Unregister' }, {}), `keep ${HOLDER}`],
    [
      'recorded for another group that lets it go',
      item({}, { group: THEIRS, releasePolicy: 'Unregister' }),
      'unregisterEsn',
    ],
    ['recorded for another group that keeps it', item({}, { group: THEIRS }), 'stall HELD_BY_KEEP'],
    [
      'another resource may still want it',
      item({}, { holder: 'x' }, { formerHolder: 'holds' }),
      'stall RELEASE_HELD',
    ],
    ['declared by nobody, never recorded', item(undefined), 'settle'],
    ['let go, policy Keep', item(undefined, {}, letGo), 'keep nothing'],
    ['let go, policy Unregister', item(undefined, { releasePolicy: 'Unregister' }, letGo), 'unregisterEsn'],
    ['its resource cannot speak', item(undefined, { releasePolicy: 'Unregister' }), 'settle'],
  ])('%s', (_why, about, is) => {
    expect(next(about)).toBe(is);
  });

  test('whose record was lost is not asked for, whoever asks', () => {
    const about = item({}, undefined, LOST);
    expect(registrationKind.target(about, 'registerEsn')).toBeUndefined();
    const verdict = registrationKind.verdict(about, registrationKind.next(about), HOLDER);
    expect(verdict).toMatchObject({ state: 'lost', code: 'RECORD_LOST' });
  });

  test('that failed without a reason is unconfirmed, and only it', () => {
    const about = item({}, undefined, unconfirmed);
    const verdict = registrationKind.verdict(about, registrationKind.next(about), HOLDER);
    expect(verdict).toMatchObject({ state: 'unconfirmed', code: 'UNCONFIRMED' });
    const other = item({}, {});
    expect(registrationKind.verdict(other, { do: 'settle' }, HOLDER)).toEqual({ state: 'registered' });
  });

  test('that is declared again while it is being unregistered is pending', () => {
    const inFlight = { is: 'running', verb: 'unregisterEsn', operation: 'r' } as const;
    const about = item({}, {}, { inFlight });
    expect(registrationKind.verdict(about, { do: 'wait' }, HOLDER)).toEqual({ state: 'pending' });
  });

  test('is recorded by a registration and forgotten by its end', () => {
    const target = registrationKind.target(item({}), 'registerEsn');
    expect(
      registrationKind.recordAfter({
        verb: 'registerEsn',
        partition: {},
        nowMs: 0,
        ...(target && { target }),
      }),
    ).toEqual({
      value: { group: OURS, holder: HOLDER, releasePolicy: 'Keep' },
    });
    expect(registrationKind.recordAfter({ verb: 'unregisterEsn', partition: {}, nowMs: 0 })).toEqual({
      value: undefined,
    });
  });

  test('is not unregistered when the resource wants it back in the same group', () => {
    const about = item({}, { releasePolicy: 'Unregister' });
    expect(registrationKind.target(about, 'unregisterEsn')).toBeUndefined();
  });

  test('that two resources name belongs to the one recorded', () => {
    const about = item({}, {});
    const [own] = about.declared;
    if (own === undefined) throw new Error('nothing is declared');
    const older = { ...own, by: { ...own.by, holder: 'a', createdAtMs: -1 } };
    const both = { ...about, declared: [older, own] };
    expect(registrationKind.resolve(both).winner?.by.holder).toBe(HOLDER);
    expect(registrationKind.verdict(both, { do: 'settle' }, 'a').state).toBe('conflicted');
  });
});

describe('the key of a device', () => {
  test.each([
    ['NFANDROID1-PRV-X', true],
    ['', false],
    ['a b', false],
    ['ü', false],
    ['x'.repeat(129), false],
  ])('%j is one: %s', (esn, is) => {
    expect(esnKey(esn).ok).toBe(is);
  });
});
