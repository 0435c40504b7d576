import { describe, expect, test } from 'vitest';
import { RELEASE_HELD } from '../../../src/controllers/device-claim/release-held.ts';
import { releaseHeld } from '../../../src/controllers/lists/release-held.ts';

describe('what is not let go of because of a list', () => {
  test.each(['SourceMissing', 'SourceUnreadable', 'RowsRejected', 'EmptyList'] as const)(
    'is told with why: %s',
    (incomplete) => {
      expect(releaseHeld({ releasePolicy: 'Unclaim' }, { incomplete }, RELEASE_HELD)).toEqual([
        {
          type: 'ReleaseHeld',
          status: 'True',
          reason: incomplete,
          message: expect.stringContaining('nothing is released') as unknown,
        },
      ]);
    },
  );

  test('is nothing where the lists are whole, and nothing under Keep', () => {
    expect(releaseHeld({ releasePolicy: 'Unclaim' }, {}, RELEASE_HELD)).toEqual([]);
    expect(releaseHeld({ releasePolicy: 'Keep' }, { incomplete: 'EmptyList' }, RELEASE_HELD)).toEqual([]);
  });
});
