import { assert, constantFrom, integer, property } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { writeAddress, writeEmail, writePhone } from '../../../src/vendors/crmcom-netflix/contacts.ts';
import { parseCredentials } from '../../../src/vendors/crmcom-netflix/credentials.ts';
import { wallTimeReader } from '../../../src/vendors/crmcom-netflix/dates.ts';
import { classOf, parseFailures } from '../../../src/vendors/crmcom-netflix/failure-table.ts';
import { readAmount } from '../../../src/vendors/crmcom-netflix/money.ts';
import { parseOptions } from '../../../src/vendors/crmcom-netflix/options.ts';

describe('money', () => {
  test.each([
    [5.989999771118164, 'USD', 599],
    [2.990000009536743, 'USD', 299],
    [1.9900000095367432, 'USD', 199],
    [1500, 'JPY', 1500],
    [1.5, 'KWD', 1500],
    [131_072, 'EUR', 13_107_200],
  ])('%d %s are %i of the smallest unit', (amount, currency, minor) => {
    expect(readAmount(amount, currency)).toEqual({ ok: true, minor });
  });

  test.each([
    [131_072.02, 'EUR', 'AmountTooLarge'],
    [5.991, 'EUR', 'AmountNotExact'],
    [5.5, 'JPY', 'AmountNotExact'],
    [-1, 'EUR', 'AmountNegative'],
    [1, 'XXX', 'UnknownCurrency'],
    [1, 'eur', 'UnknownCurrency'],
  ])('%d %s is not billed before somebody has looked: %s', (amount, currency, doubt) => {
    expect(readAmount(amount, currency)).toEqual({ ok: false, doubt });
  });

  test('every amount that fits survives being sent as a 32-bit float', () => {
    assert(
      property(integer({ min: 0, max: 13_107_200 }), (minor) => {
        expect(readAmount(Math.fround(minor / 100), 'EUR')).toEqual({ ok: true, minor });
      }),
    );
  });
});

describe('dates', () => {
  const iso = (zone: string, raw: string) => {
    const atMs = wallTimeReader(zone)(raw);
    return atMs === undefined ? undefined : new Date(atMs).toISOString();
  };

  test.each([
    ['Asia/Nicosia', '2017-02-04T02:00:00', '2017-02-04T00:00:00.000Z'],
    ['UTC', '2017-02-01T18:13:34', '2017-02-01T18:13:34.000Z'],
    ['America/Los_Angeles', '2026-07-01T00:00:00', '2026-07-01T07:00:00.000Z'],
    ['Asia/Kathmandu', '2026-01-01T05:45:00', '2026-01-01T00:00:00.000Z'],
    // The hour that comes twice, and the one that is skipped.
    ['Europe/Berlin', '2025-10-26T02:30:00', '2025-10-26T00:30:00.000Z'],
    ['Europe/Berlin', '2025-03-30T02:30:00', '2025-03-30T01:30:00.000Z'],
  ])('in %s, %s is %s', (zone, raw, instant) => {
    expect(iso(zone, raw)).toBe(instant);
  });

  test.each(['', '2017-02-30T00:00:00', '2017-13-01T00:00:00', '2017-02-01', '2017-02-01T18:13:34Z', 'now'])(
    '%j is no date',
    (raw) => {
      expect(iso('UTC', raw)).toBeUndefined();
    },
  );

  test('what a zone’s clocks show is read back as the instant at which they show it', () => {
    const zones = ['Asia/Nicosia', 'America/New_York', 'Australia/Lord_Howe', 'Pacific/Apia'];
    assert(
      property(
        constantFrom(...zones),
        integer({ min: Date.UTC(2015, 0, 1) / 1_000, max: Date.UTC(2035, 0, 1) / 1_000 }),
        (zone, second) => {
          const shown = new Date(second * 1_000)
            .toLocaleString('sv-SE', { timeZone: zone })
            .replace(' ', 'T');
          const atMs = wallTimeReader(zone)(shown) ?? Number.NaN;
          const again = new Date(atMs).toLocaleString('sv-SE', { timeZone: zone }).replace(' ', 'T');
          expect(again).toBe(shown);
          expect(atMs).toBeLessThanOrEqual(second * 1_000);
        },
      ),
    );
  });
});

describe('contacts', () => {
  const form = { addressFormat: 'CrmCom', withPrimary: false } as const;

  test('carry is_primary only where the release knows it', () => {
    const email = { type: 'PERSONAL', emailAddress: 'a@example.org' };
    expect(writeEmail(email, form)).toMatchObject({
      wire: expect.not.objectContaining({ is_primary: true }),
    });
    expect(writeEmail(email, { ...form, withPrimary: true })).toMatchObject({ wire: { is_primary: true } });
  });

  test.each([
    ['no form is set', writeAddress({ type: 'HOME', streetName: 'x' }, { withPrimary: false })],
    ['the street is missing', writeAddress({ type: 'HOME' }, form)],
    ['it is of the other form', writeAddress({ type: 'POBOX', addressLine1: 'x' }, form)],
    [
      'a country is named twice',
      writePhone({ type: 'FAX', number: '1', country: { id: '1', name: 'Cyprus' } }, form),
    ],
    ['a country is named by nothing', writePhone({ type: 'FAX', number: '1', country: {} }, form)],
    [
      'a user-defined field does not exist',
      writePhone({ type: 'FAX', number: '1', userDefinedFields: { udf_string_9: 'x' } }, form),
    ],
    [
      'a user-defined number is none',
      writePhone({ type: 'FAX', number: '1', userDefinedFields: { udf_float_1: 'x' } }, form),
    ],
  ])('are refused when %s', (_why, written) => {
    expect(written.ok).toBe(false);
  });
});

describe('the table of failures', () => {
  test('takes the account’s own rows before ours, codes before patterns', () => {
    const parsed = parseFailures([
      { messagePattern: 'session.*expired', means: 'Auth' },
      { code: '17', means: 'State' },
    ]);
    if (!parsed.ok) throw new Error(parsed.failure.message);
    expect(classOf(parsed.value, 'X', 'Your SESSION has expired')).toBe('Auth');
    expect(classOf(parsed.value, '17', 'session expired')).toBe('State');
    expect(classOf(parsed.value, 'INVALID_STATE', '')).toBe('State');
    expect(classOf(parsed.value, '99', 'whatever')).toBeUndefined();
  });

  test('refuses a pattern that is none', () => {
    expect(parseFailures([{ messagePattern: '(', means: 'Auth' }]).ok).toBe(false);
  });
});

describe('what the account says', () => {
  test.each([
    ['neither user nor key', {}],
    ['a user without password', { username: 'u' }],
    ['both ways at once', { username: 'u', password: 'p', webApiKey: 'k' }],
  ])('a Secret with %s is refused, and the message shows nothing of it', (_why, secret) => {
    const parsed = parseCredentials(secret);
    expect(parsed.ok).toBe(false);
  });

  test('a time zone that does not exist is refused', () => {
    expect(parseOptions({ timeZone: 'Mars/Olympus' }).ok).toBe(false);
  });

  test.each([
    ['R16.1.0', true],
    ['R17', true],
    ['R16', false],
    ['R14.2.0', false],
    ['', false],
  ])('release %s: contacts are marked as primary: %s', (release, withPrimary) => {
    expect(parseOptions({ release })).toMatchObject({ ok: true, value: { withPrimary } });
  });
});
