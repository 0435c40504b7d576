import { expect, test } from 'vitest';
import { formatDuration, parseDurationMs } from '../../src/api/duration.ts';
import { nodesOf, rootSchema } from './schema-nodes.ts';

test.each([
  ['60s', 60_000],
  ['1h', 3_600_000],
  ['1h30m', 5_400_000],
  ['168h', 604_800_000],
  ['1.5s', 1_500],
  ['250ms', 250],
  ['500us', 0.5],
  ['1h1h', 7_200_000],
  ['0s', 0],
])('%s is %d milliseconds', (text, ms) => {
  expect(parseDurationMs(text)).toBe(ms);
});

test.each([
  ['', 'nothing'],
  ['60', 'no unit'],
  ['-5s', 'a sign'],
  ['1 h', 'a space'],
  ['1d', 'a unit Go does not know'],
  ['PT1H', 'another notation'],
  ['h', 'no number'],
  ['.5s', 'no digit before the point'],
])('%j is no duration: %s', (text) => {
  expect(parseDurationMs(text)).toBeUndefined();
});

test('the schemas refuse the same texts', () => {
  const pattern = nodesOf(rootSchema('VendorAccount')).find(({ path }) => path === 'spec.guard.settle')
    ?.schema.pattern as string;
  for (const text of ['60s', '1h30m', '1.5s', '250ms', '', '60', '-5s', '1 h', '1d', 'PT1H', 'h', '.5s']) {
    expect(new RegExp(pattern).test(text), text).toBe(parseDurationMs(text) !== undefined);
  }
});

test.each([
  [0, '0s'],
  [1, '1s'],
  [90_000, '1m30s'],
  [3_600_000, '1h'],
  [17_280_000, '4h48m'],
  [100 * 3_600_000 + 1_000, '100h1s'],
])('%i ms are written as %s, and read again', (ms, text) => {
  expect(formatDuration(ms)).toBe(text);
  expect(parseDurationMs(text)).toBe(Math.ceil(ms / 1_000) * 1_000);
});
