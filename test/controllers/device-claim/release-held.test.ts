import { expect, test } from 'vitest';
import { releaseHeld } from '../../../src/controllers/device-claim/release-held.ts';
import { servedClaim } from '../support/resources.ts';

const claim = servedClaim(undefined, { releasePolicy: 'Unclaim' });

test.each(['SourceMissing', 'SourceUnreadable', 'RowsRejected', 'EmptyList'] as const)(
  'a claim whose lists are incomplete releases nothing and says why: %s',
  (incomplete) => {
    expect(releaseHeld(claim, { incomplete })).toEqual([
      {
        type: 'ReleaseHeld',
        status: 'True',
        reason: incomplete,
        message: expect.stringContaining('nothing is released') as unknown,
      },
    ]);
  },
);

test('whole lists hold back nothing, nor does anything under Keep, so nothing is said', () => {
  expect(releaseHeld(claim, {})).toEqual([]);
  expect(releaseHeld(servedClaim(undefined), { incomplete: 'EmptyList' })).toEqual([]);
});
