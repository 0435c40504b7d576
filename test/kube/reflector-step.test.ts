import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  INITIAL,
  isSuspicious,
  type ReflectorInput,
  type ReflectorState,
  step,
} from '../../src/kube/watch/step.ts';
import type { Failure } from '../../src/ports/failure.ts';

function failing(code: string, retryAfterMs?: number): ReflectorInput {
  const failure: Failure = {
    kind: 'transient',
    code,
    message: 'm',
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  };
  return { type: 'failed', failure, backoffMs: 800 };
}

const WATCHING: ReflectorState = { phase: 'watching', resourceVersion: '7' };
const MID_LIST: ReflectorState = { phase: 'listing', continueToken: 't', recheck: false };

describe('the table', () => {
  const rows: readonly [string, ReflectorState, ReflectorInput, ReflectorState][] = [
    ['a page leads to the next', INITIAL, { type: 'page', continueToken: 't' }, MID_LIST],
    [
      'the last page leads to a watch from its version',
      MID_LIST,
      { type: 'lastPage', resourceVersion: '7', missing: 0, held: 3 },
      WATCHING,
    ],
    [
      '410 in mid-list voids the token',
      MID_LIST,
      failing('Expired'),
      { phase: 'paused', delayMs: 800, next: INITIAL },
    ],
    [
      'a list that lost much is taken again before it is believed',
      INITIAL,
      { type: 'lastPage', resourceVersion: '7', missing: 50, held: 100 },
      { phase: 'paused', delayMs: 2000, next: { phase: 'listing', recheck: true } },
    ],
    [
      'the second list decides',
      { phase: 'listing', recheck: true },
      { type: 'lastPage', resourceVersion: '8', missing: 50, held: 100 },
      { phase: 'watching', resourceVersion: '8' },
    ],
    [
      'a failure does not make the doubtful list the second one',
      { phase: 'listing', recheck: true, continueToken: 't' },
      failing('HTTP_503'),
      { phase: 'paused', delayMs: 800, next: { phase: 'listing', recheck: true } },
    ],
    [
      'an event moves the version on',
      WATCHING,
      { type: 'progressed', resourceVersion: '8' },
      { phase: 'watching', resourceVersion: '8' },
    ],
    ['a watch whose time was up goes on at once', WATCHING, { type: 'ended', heard: true }, WATCHING],
    [
      'a watch that ended mute waits, or a proxy would make it spin',
      WATCHING,
      { type: 'ended', heard: false },
      { phase: 'paused', delayMs: 1000, next: WATCHING },
    ],
    ['410 lists again', WATCHING, failing('Expired'), { phase: 'paused', delayMs: 800, next: INITIAL }],
    [
      'silence lists again',
      WATCHING,
      failing('WatchSilent'),
      { phase: 'paused', delayMs: 800, next: INITIAL },
    ],
    [
      'an event that makes no sense lists again',
      WATCHING,
      failing('MalformedEvent'),
      { phase: 'paused', delayMs: 800, next: INITIAL },
    ],
    [
      'a broken connection resumes where it stood',
      WATCHING,
      failing('ECONNRESET'),
      { phase: 'paused', delayMs: 800, next: WATCHING },
    ],
    [
      'Retry-After wins over a shorter backoff',
      WATCHING,
      failing('TooManyRequests', 7000),
      { phase: 'paused', delayMs: 7000, next: WATCHING },
    ],
    [
      'the backoff wins over a shorter Retry-After',
      WATCHING,
      failing('TooManyRequests', 10),
      { phase: 'paused', delayMs: 800, next: WATCHING },
    ],
  ];

  test.each(rows)('%s', (_why, state, input, next) => {
    expect(step(state, input)).toEqual(next);
  });
});

test.each([
  [10, 10, false, 'few objects may all go'],
  [11, 12, true, 'most of a dozen'],
  [20, 100, false, 'a fifth'],
  [21, 100, true, 'more than a fifth'],
])('of %i missing from %i, suspicious is %s: %s', (missing, held, suspicious) => {
  expect(isSuspicious(missing, held)).toBe(suspicious);
});

test('whatever comes, every pause ends and a failure is never answered without one', () => {
  const input: fc.Arbitrary<ReflectorInput> = fc.oneof(
    fc.record({ type: fc.constant('page' as const), continueToken: fc.string() }),
    fc.record({
      type: fc.constant('lastPage' as const),
      resourceVersion: fc.string(),
      missing: fc.nat(100),
      held: fc.nat(100),
    }),
    fc.record({ type: fc.constant('progressed' as const), resourceVersion: fc.string() }),
    fc.record({ type: fc.constant('ended' as const), heard: fc.boolean() }),
    fc.constantFrom(failing('Expired'), failing('WatchSilent'), failing('HTTP_500', 3000)),
    fc.constant({ type: 'resumed' as const }),
  );
  fc.assert(
    fc.property(fc.array(input), (inputs) => {
      let state: ReflectorState = INITIAL;
      for (const one of inputs) {
        const next = step(state, one);
        if (one.type === 'failed' && state.phase !== 'paused') expect(next.phase).toBe('paused');
        state = next;
      }
      expect(step(state, { type: 'resumed' }).phase).not.toBe('paused');
    }),
  );
});
