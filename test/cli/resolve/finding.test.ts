import { describe, expect, test } from 'vitest';
import { additionsOf, type Finding } from '../../../src/cli/resolve/finding.ts';
import type { ServedVendorOperation } from '../../../src/controllers/resources.ts';
import { packItems } from '../../../src/controllers/vendor-operation/items.ts';

const IMEI = 'imei:490154203237518';
const SERIAL = 'serial:Motorola/moto%20g/ZX1G22';
const REFUSED = 'imei:356938030000013';

type Said = NonNullable<NonNullable<ServedVendorOperation['status']>['resolutions']>;

function operation(
  state: 'Unknown' | 'Complete' | 'Resolved' | undefined,
  said: Said = [],
): ServedVendorOperation {
  const outcomes = [{ code: 'INVALID_MODEL', message: 'no', count: 1, items: '2' }];
  return {
    metadata: { namespace: 'fleet', name: 'vop-1', uid: 'u', resourceVersion: '1' },
    spec: {
      accountRef: { name: 'google' },
      verb: 'claim',
      requestKey: 'k1',
      fence: 1,
      ...packItems([IMEI, SERIAL, REFUSED]),
    },
    ...(state === undefined ? {} : { status: { state, outcomes, resolutions: said } }),
  };
}

const by = { by: 'jane', at: '2026-11-22T05:00:00Z' };
const happened = (...items: readonly string[]): Finding => ({ items, as: 'Happened' });

describe('what a person says', () => {
  test.each<{ why: string; said?: Said; finding: Finding; added: readonly object[] }>([
    { why: 'about everything', finding: happened(), added: [{ as: 'Happened' }] },
    { why: 'about an item by its key', finding: happened(IMEI), added: [{ item: IMEI, as: 'Happened' }] },
    {
      why: 'about items as people write them',
      finding: { items: ['49-015420-323751-8', 'zx1g22'], as: 'NotHappened' },
      added: [
        { item: IMEI, as: 'NotHappened' },
        { item: SERIAL, as: 'NotHappened' },
      ],
    },
    {
      why: 'that was said before, which adds nothing',
      said: [{ item: IMEI, as: 'Happened', ...by }],
      finding: happened(IMEI),
      added: [],
    },
    {
      why: 'that follows from what was said about all, which adds nothing',
      said: [{ as: 'Happened', ...by }],
      finding: happened(SERIAL),
      added: [],
    },
    {
      why: 'about the rest',
      said: [{ item: IMEI, as: 'NotHappened', ...by }],
      finding: happened(),
      added: [{ as: 'Happened' }],
    },
  ])('is added: $why', ({ said, finding, added }) => {
    expect(additionsOf(operation('Unknown', said), finding)).toEqual(added);
  });

  test('once more, after the operation was resolved by it, is no failure', () => {
    expect(additionsOf(operation('Resolved', [{ as: 'Happened', ...by }]), happened())).toEqual([]);
  });

  test.each<{ why: string; standing?: ServedVendorOperation; finding: Finding; says: RegExp }>([
    {
      why: 'of an operation that ended',
      standing: operation('Complete'),
      finding: happened(),
      says: /is Complete/,
    },
    {
      why: 'of an operation nobody noted anything of',
      standing: operation(undefined),
      finding: happened(),
      says: /is Intended/,
    },
    {
      why: 'something new of a resolved one',
      standing: operation('Resolved', [{ item: IMEI, as: 'Happened', ...by }]),
      finding: happened(),
      says: /is Resolved/,
    },
    { why: 'of an item it does not have', finding: happened('imei:1'), says: /has no item imei:1/ },
    { why: 'of an item the vendor refused', finding: happened(REFUSED), says: /is known: INVALID_MODEL/ },
    {
      why: 'otherwise than before',
      standing: operation('Unknown', [{ item: IMEI, as: 'NotHappened', ...by }]),
      finding: happened(IMEI),
      says: /^jane has said of imei:490154203237518 in VendorOperation vop-1 that it did not happen/,
    },
    {
      why: 'otherwise than it was said about all',
      standing: operation('Unknown', [{ as: 'NotHappened', ...by }]),
      finding: happened(),
      says: /that it did not happen; what was said stands$/,
    },
  ])('is refused: $why', ({ standing = operation('Unknown'), finding, says }) => {
    expect(() => additionsOf(standing, finding)).toThrow(says);
  });
});
