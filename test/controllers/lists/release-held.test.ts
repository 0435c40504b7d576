import { describe, expect, test } from 'vitest';
import { RELEASE_HELD } from '../../../src/controllers/device-claim/release-held.ts';
import { releaseHeld, unlessReleaseHeld } from '../../../src/controllers/lists/release-held.ts';
import type { Standing } from '../../../src/controllers/standing.ts';

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

  test('is not in step: a claim that has lost all its rows is not Ready, and its reason is why', () => {
    const ready: Standing = { is: 'ready', reason: 'AllClaimed', message: 'no devices are declared' };
    const moving: Standing = { is: 'moving', reason: 'Progressing', message: 'devices are being claimed' };
    const held = releaseHeld({ releasePolicy: 'Unclaim' }, { incomplete: 'EmptyList' }, RELEASE_HELD);
    expect(unlessReleaseHeld(ready, held)).toMatchObject({ is: 'stalled', reason: 'EmptyList' });
    expect(unlessReleaseHeld(moving, held)).toBe(moving);
    expect(unlessReleaseHeld(ready, [])).toBe(ready);
  });
});
