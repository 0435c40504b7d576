import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { closesAtMs, halves } from '../../src/domain/batch.ts';
import { admit } from '../../src/domain/mode.ts';
import { groupOutcomes } from '../../src/domain/outcomes.ts';
import { formatRanges, parseRanges } from '../../src/domain/ranges.ts';
import { sameValue } from '../../src/domain/same-value.ts';
import { backoffMs, CALL_BACKOFF, jitteredMs, pollDelayMs, retryMs } from '../../src/domain/schedule.ts';

describe('modes', () => {
  const MODES = ['Observe', 'Plan', 'Enforce'] as const;

  test.each([
    { mode: 'Enforce', accountSuspended: false, resourceSuspended: false, held: undefined },
    { mode: 'Plan', accountSuspended: false, resourceSuspended: false, held: 'ModePlan' },
    { mode: 'Observe', accountSuspended: false, resourceSuspended: false, held: 'ModeObserve' },
    { mode: 'Enforce', accountSuspended: false, resourceSuspended: true, held: 'ResourceSuspended' },
    { mode: 'Enforce', accountSuspended: true, resourceSuspended: true, held: 'AccountSuspended' },
    { mode: 'Observe', accountSuspended: true, resourceSuspended: false, held: 'AccountSuspended' },
  ] as const)(
    '$mode, account $accountSuspended, resource $resourceSuspended: $held',
    ({ held, ...settings }) => {
      expect(admit({ ...settings, awaitsFirstContact: false })).toBe(held);
      expect(admit({ ...settings, awaitsFirstContact: true })).toBe(held ?? 'FirstContact');
    },
  );

  test('what a stricter setting lets through, a laxer one lets through too', () => {
    const setting = fc.record({
      mode: fc.constantFrom(...MODES),
      accountSuspended: fc.boolean(),
      resourceSuspended: fc.boolean(),
      awaitsFirstContact: fc.boolean(),
    });
    fc.assert(
      fc.property(setting, setting, (strict, lax) => {
        fc.pre(MODES.indexOf(strict.mode) <= MODES.indexOf(lax.mode));
        fc.pre(strict.accountSuspended || !lax.accountSuspended);
        fc.pre(strict.resourceSuspended || !lax.resourceSuspended);
        fc.pre(strict.awaitsFirstContact || !lax.awaitsFirstContact);
        if (admit(strict) === undefined) expect(admit(lax)).toBeUndefined();
      }),
    );
  });
});

describe('outcomes', () => {
  test.each([
    { positions: [], text: '' },
    { positions: [4], text: '4' },
    { positions: [0, 1, 2, 7], text: '0-2,7' },
    { positions: [0, 2, 4], text: '0,2,4' },
    { positions: [5, 6], text: '5-6' },
  ])('$positions read $text', ({ positions, text }) => {
    expect(formatRanges(positions)).toBe(text);
    expect(parseRanges(text)).toEqual(positions);
  });

  const failure = fc.option(
    fc.record({
      code: fc.constantFrom('A', 'B', 'C'),
      message: fc.string({ maxLength: 300 }),
      kind: fc.constantFrom('invalid' as const, 'passing' as const),
    }),
    { nil: undefined },
  );

  test('keep every failure with its position, however many different messages there are', () => {
    fc.assert(
      fc.property(fc.array(failure, { maxLength: 200 }), (failures) => {
        const groups = groupOutcomes(failures);
        const positions = groups.flatMap(({ items }) => items.split(',').flatMap(expand));
        const wanted = failures.flatMap((one, position) => (one === undefined ? [] : [position]));
        expect(positions.toSorted((one, other) => one - other)).toEqual(wanted);
        expect(groups.reduce((sum, { count }) => sum + count, 0)).toBe(wanted.length);
        expect(groups.length).toBeLessThanOrEqual(50);
        for (const { message } of groups) expect(message.length).toBeLessThanOrEqual(256);
      }),
    );
  });

  test('of ten thousand items that failed in ten thousand ways stay small', () => {
    const failures = Array.from({ length: 10_000 }, (_, index) => ({
      code: `CODE_${index % 70}`,
      message: `${index} `.repeat(100),
      kind: 'invalid' as const,
    }));
    const groups = groupOutcomes(failures);
    expect(groups.reduce((sum, { count }) => sum + count, 0)).toBe(10_000);
    expect(JSON.stringify(groups).length).toBeLessThan(200_000);
  });

  function expand(range: string): number[] {
    const [first = '', last = first] = range.split('-');
    return Array.from({ length: Number(last) - Number(first) + 1 }, (_, index) => Number(first) + index);
  }
});

describe('batches', () => {
  test.each([
    {
      why: 'two seconds after its last item',
      batch: { items: 3, firstAtMs: 0, lastAtMs: 1_000 },
      closesAt: 3_000,
    },
    {
      why: 'ten seconds after its first',
      batch: { items: 3, firstAtMs: 0, lastAtMs: 9_500 },
      closesAt: 10_000,
    },
    { why: 'at once when it is full', batch: { items: 5, firstAtMs: 0, lastAtMs: 700 }, closesAt: 700 },
  ])('one closes $why', ({ batch, closesAt }) => {
    expect(closesAtMs(batch, 5)).toBe(closesAt);
  });

  test('halves are as even as can be, and lose nothing', () => {
    fc.assert(
      fc.property(fc.array(fc.integer(), { minLength: 2 }), (items) => {
        const [first = [], second = []] = halves(items);
        expect([...first, ...second]).toEqual(items);
        expect(Math.abs(first.length - second.length)).toBeLessThanOrEqual(1);
      }),
    );
    expect(halves([1])).toEqual([[1]]);
  });
});

describe('waits', () => {
  test('of a backoff double, end at the longest, and are jittered by no more than a half', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 10_000 }),
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        (attempts, part) => {
          const whole = Math.min(1_000 * 2 ** Math.min(attempts - 1, 30), 300_000);
          const waitMs = backoffMs(CALL_BACKOFF, attempts, () => part);
          expect(waitMs).toBeGreaterThanOrEqual(whole / 2);
          expect(waitMs).toBeLessThanOrEqual(whole);
        },
      ),
    );
  });

  test.each([
    { askedMs: 60_000, waitMs: 60_000, why: 'as long as was asked for' },
    { askedMs: 0, waitMs: 500, why: 'a little, even when no time was asked for' },
    { askedMs: undefined, waitMs: 1_500, why: 'by backoff when nothing was asked for' },
  ])('before a retry last $why', ({ askedMs, waitMs }) => {
    expect(retryMs(askedMs, CALL_BACKOFF, 2, () => 0.5)).toBe(waitMs);
  });

  test('between polls grow from two seconds to a minute', () => {
    expect([0, 1, 2].map(pollDelayMs)).toEqual([2_000, 3_000, 4_500]);
    expect(pollDelayMs(1_000)).toBe(60_000);
  });

  test('between looks are a tenth longer at most, and never shorter', () => {
    expect(jitteredMs(1_000, () => 0)).toBe(1_000);
    expect(jitteredMs(1_000, () => 0.999)).toBe(1_100);
  });
});

test.each([
  { one: { a: 1, b: [1, 2] }, other: { b: [1, 2], a: 1 }, same: true, why: 'the order of keys says nothing' },
  { one: [1, 2], other: [2, 1], same: false, why: 'the order of a list does' },
  { one: {}, other: [], same: false, why: 'a list is no object' },
  { one: { a: undefined }, other: {}, same: false, why: 'a key that is there is there' },
  { one: { a: undefined }, other: { b: 1 }, same: false, why: 'as many keys are not the same keys' },
  { one: null, other: {}, same: false, why: 'null is nothing' },
  { one: '1', other: 1, same: false, why: 'text is no number' },
])('$one and $other: $why', ({ one, other, same }) => {
  expect(sameValue(one, other)).toBe(same);
  expect(sameValue(other, one)).toBe(same);
});
