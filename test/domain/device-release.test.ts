import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type DeviceIdentity, identityKeys, identityOfKey } from '../../src/domain/device/identity.ts';
import { deviceKind } from '../../src/domain/device/kind.ts';
import { nextDeviceStep } from '../../src/domain/device/next.ts';
import { deviceTarget } from '../../src/domain/device/target.ts';
import type { RememberedFailure } from '../../src/domain/item.ts';
import {
  ABSENT,
  anyDevice,
  type DeviceItem,
  declaredBy,
  deviceItem,
  heldBy,
  recordedFor,
  remembered,
  UNKNOWN,
} from './device-items.ts';

const LET_GO = 'letGo' as const;
const HOLDS = 'holds' as const;
const toRelease = recordedFor('a', { releasePolicy: 'Unclaim' });
const toKeep = recordedFor('a');
const kept = { ...toKeep, kept: true as const };
const atBeta = declaredBy('b', { companyId: 'beta' });
const NAMED = { imei: '490154203237518', manufacturer: 'Google' };
const refused = (due: boolean, kind: 'invalid' | 'passing' = 'invalid'): RememberedFailure => ({
  ...remembered(kind, due),
  verb: 'unclaim',
});

describe('a device that left its claim', () => {
  test.each<{ why: string; item: Partial<DeviceItem>; step: object }>([
    {
      why: 'while the claim may still want it, nothing happens',
      item: { recorded: toRelease, formerHolder: HOLDS, observed: heldBy('acme') },
      step: { do: 'settle' },
    },
    {
      why: 'nor without a record, wherever it is',
      item: { formerHolder: LET_GO, observed: heldBy('acme') },
      step: { do: 'settle' },
    },
    {
      why: 'with Keep it is recorded as kept there, and nobody has to look first',
      item: { recorded: toKeep, formerHolder: LET_GO, observed: UNKNOWN },
      step: { do: 'keep', record: { ...toKeep, kept: true }, reason: 'Kept' },
    },
    {
      why: 'kept there, nothing more is to be done',
      item: { recorded: kept, formerHolder: 'gone', observed: heldBy('acme') },
      step: { do: 'settle' },
    },
    {
      why: 'kept there and gone by itself, it is forgotten',
      item: { recorded: kept, formerHolder: 'gone', observed: ABSENT },
      step: { do: 'keep', record: undefined, reason: 'GoneAtVendor' },
    },
    {
      why: 'with Unclaim it is looked at before anything is sent',
      item: { recorded: toRelease, formerHolder: LET_GO, observed: UNKNOWN },
      step: { do: 'observe', before: 'unclaim' },
    },
    {
      why: 'with Unclaim it is released from where the record and the vendor say it is',
      item: { recorded: toRelease, formerHolder: LET_GO, observed: heldBy('acme') },
      step: { do: 'call', verb: 'unclaim', reason: { reason: 'NoLongerDeclared' } },
    },
    {
      why: 'gone from there by itself, it is only forgotten',
      item: { recorded: toRelease, formerHolder: LET_GO, observed: ABSENT },
      step: { do: 'keep', record: undefined, reason: 'GoneAtVendor' },
    },
    {
      why: 'at another customer by now, it is none of ours',
      item: { recorded: toRelease, formerHolder: LET_GO, observed: heldBy('beta') },
      step: { do: 'keep', record: undefined, reason: 'GoneAtVendor' },
    },
    {
      why: 'refused for good, it waits for a person',
      item: { recorded: toRelease, formerHolder: LET_GO, observed: heldBy('acme'), failure: refused(false) },
      step: { do: 'stall', failure: { code: 'CODE' } },
    },
    {
      why: 'refused for now, it waits',
      item: {
        recorded: toRelease,
        formerHolder: LET_GO,
        observed: heldBy('acme'),
        failure: refused(false, 'passing'),
      },
      step: { do: 'wait' },
    },
    {
      why: 'refused, and the time has come to ask again',
      item: { recorded: toRelease, formerHolder: LET_GO, observed: heldBy('acme'), failure: refused(true) },
      step: { do: 'call', verb: 'unclaim' },
    },
    {
      why: 'a refused claim does not hold up its release',
      item: {
        recorded: toRelease,
        formerHolder: LET_GO,
        observed: heldBy('acme'),
        failure: remembered('invalid'),
      },
      step: { do: 'call', verb: 'unclaim' },
    },
  ])('$why', ({ item, step }) => {
    expect(nextDeviceStep(deviceItem(item))).toMatchObject(step);
  });
});

describe('a device that another customer of ours holds', () => {
  test.each<{ why: string; item: Partial<DeviceItem>; step: object }>([
    {
      why: 'let go under Unclaim, it is taken from there first',
      item: { recorded: toRelease, formerHolder: LET_GO },
      step: { do: 'call', verb: 'unclaim', reason: { reason: 'MovedToOtherCustomer' } },
    },
    {
      why: 'let go under Keep, it stays',
      item: { recorded: toKeep, formerHolder: LET_GO },
      step: { do: 'stall', failure: { code: 'HELD_BY_KEEP', kind: 'heldByOther' } },
    },
    {
      why: 'kept by a claim that let go of it long ago, it stays',
      item: { recorded: kept, formerHolder: 'gone' },
      step: { do: 'stall', failure: { code: 'HELD_BY_KEEP' } },
    },
    {
      why: 'of a claim that is gone, it stays as well, whatever its policy was',
      item: { recorded: toRelease, formerHolder: 'gone' },
      step: { do: 'stall', failure: { code: 'HELD_BY_KEEP' } },
    },
    {
      why: 'of a claim that may still want it, it waits',
      item: { recorded: toRelease, formerHolder: HOLDS },
      step: { do: 'stall', failure: { code: 'RELEASE_HELD', kind: 'heldByOther' } },
    },
    {
      why: 'of this very claim, whose Customer stands for another company now, it stays',
      item: { recorded: recordedFor('b', { releasePolicy: 'Unclaim' }) },
      step: { do: 'stall', failure: { code: 'HELD_BY_OTHER_CUSTOMER', kind: 'heldByOther' } },
    },
    {
      why: 'without a record, it is never moved',
      item: { formerHolder: LET_GO },
      step: { do: 'stall', failure: { code: 'HELD_BY_OTHER_CUSTOMER' } },
    },
    {
      why: 'where the record names a third, it is never moved',
      item: { recorded: { ...toRelease, companyId: 'gamma' }, formerHolder: LET_GO },
      step: { do: 'stall', failure: { code: 'HELD_BY_OTHER_CUSTOMER' } },
    },
  ])('$why', ({ item, step }) => {
    const moving = deviceItem({ declared: [atBeta], observed: heldBy('acme'), ...item });
    expect(nextDeviceStep(moving)).toMatchObject(step);
  });

  test('as far as the record knows, is looked at as the first half of its move', () => {
    const item = deviceItem({ declared: [atBeta], recorded: toRelease, formerHolder: LET_GO });
    expect(nextDeviceStep(item)).toEqual({ do: 'observe', before: 'unclaim' });
  });

  test.each([
    { why: 'let go under Unclaim', recorded: toRelease, formerHolder: LET_GO },
    { why: 'kept', recorded: kept, formerHolder: 'gone' as const },
  ])('and that a look there misses loses its record ($why), before it is claimed', (former) => {
    const { why: _, ...item } = former;
    const missed = deviceItem({ declared: [atBeta], ...item, observed: ABSENT });
    expect(nextDeviceStep(missed)).toEqual({ do: 'keep', record: undefined, reason: 'GoneAtVendor' });
    const forgotten = deviceItem({ declared: [atBeta], observed: ABSENT });
    expect(nextDeviceStep(forgotten)).toMatchObject({ do: 'call', verb: 'claim' });
  });
});

const anyLeftDevice = fc
  .tuple(anyDevice, fc.option(fc.constantFrom(LET_GO, HOLDS), { nil: undefined }))
  .map(([item, formerHolder]) =>
    formerHolder === undefined || item.recorded === undefined ? item : { ...item, formerHolder },
  );

test('a release always has a record with Unclaim, a claim that let go, and is where the record says', () => {
  let releases = 0;
  fc.assert(
    fc.property(anyLeftDevice, (item) => {
      const step = nextDeviceStep(item);
      if (step.do !== 'call' || step.verb !== 'unclaim') return;
      releases += 1;
      expect(item.recorded?.releasePolicy).toBe('Unclaim');
      expect(item.formerHolder).toBe(LET_GO);
      expect(item.observed).toMatchObject({ is: 'present', fact: { companyId: item.recorded?.companyId } });
      expect(deviceTarget(item, 'unclaim')?.desired.companyId).toBe(item.recorded?.companyId);
    }),
    { numRuns: 3_000 },
  );
  expect(releases).toBeGreaterThan(10);
});

describe('what a release is about', () => {
  test.each<{ why: string; item: Partial<DeviceItem>; target: object | undefined }>([
    {
      why: 'the company, the claim and the policy of the record',
      item: { recorded: toRelease, formerHolder: LET_GO },
      target: { holder: 'a', suspended: false, desired: { companyId: 'acme', releasePolicy: 'Unclaim' } },
    },
    {
      why: 'the device as it was last known',
      item: {
        recorded: toRelease,
        formerHolder: LET_GO,
        lastSubject: { imei: '490154203237518', model: 'Pixel 8' },
      },
      target: { subject: { imei: '490154203237518', model: 'Pixel 8' } },
    },
    {
      why: 'else the device as the claim it moves to names it',
      item: { recorded: toRelease, formerHolder: LET_GO, declared: [{ ...atBeta, subject: NAMED }] },
      target: { subject: NAMED, desired: { companyId: 'acme' } },
    },
    {
      why: 'else what its key says',
      item: { recorded: toRelease, formerHolder: LET_GO },
      target: { subject: { imei: '490154203237518' } },
    },
    { why: 'nothing without a record', item: { formerHolder: LET_GO }, target: undefined },
    {
      why: 'nothing while its claim declares it',
      item: { recorded: toRelease, declared: [declaredBy('a')] },
      target: undefined,
    },
    {
      why: 'nothing while its claim may want it',
      item: { recorded: toRelease, formerHolder: HOLDS },
      target: undefined,
    },
    {
      why: 'nothing when another claim wants it where it is',
      item: { recorded: toRelease, formerHolder: LET_GO, declared: [declaredBy('b')] },
      target: undefined,
    },
    {
      why: 'the old company when another claim wants it elsewhere',
      item: { recorded: toRelease, formerHolder: LET_GO, declared: [atBeta] },
      target: { holder: 'a', desired: { companyId: 'acme' } },
    },
  ])('$why', ({ item, target }) => {
    const found = deviceTarget(deviceItem(item), 'unclaim');
    if (target === undefined) expect(found).toBeUndefined();
    else expect(found).toMatchObject(target);
  });

  test('what a claim is about is the declaration that counts, or nothing', () => {
    expect(deviceTarget(deviceItem({ declared: [atBeta], recorded: toRelease }), 'claim')).toMatchObject({
      holder: 'b',
      desired: { companyId: 'beta' },
    });
    expect(deviceTarget(deviceItem({ recorded: toRelease }), 'claim')).toBeUndefined();
  });
});

test('a success of a release is believed, and forgets the record', () => {
  const partition = { customer: 'acme' };
  expect(deviceKind.believed({ verb: 'unclaim', partition, nowMs: 0 })).toEqual({ is: 'absent' });
  expect(deviceKind.believed({ verb: 'claim', partition, nowMs: 0 })).toEqual({ is: 'nothing' });
  expect(deviceKind.recordAfter({ verb: 'unclaim', partition, nowMs: 0 })).toEqual({ value: undefined });
});

test.each([
  { observed: heldBy('acme'), shows: false },
  { observed: heldBy('beta'), shows: true },
  { observed: ABSENT, shows: true },
  { observed: UNKNOWN, shows: false },
])('a release from acme took effect, seen $observed.is: $shows', ({ observed, shows }) => {
  expect(deviceKind.shows('unclaim', { customer: 'acme' }, observed)).toBe(shows);
});

describe('the identity that a key was made from', () => {
  test.each<{ identity: DeviceIdentity; back: DeviceIdentity }>([
    {
      identity: { imei: '490154203237518', manufacturer: 'Google', model: 'Pixel 8' },
      back: { imei: '490154203237518' },
    },
    { identity: { meid: 'A0000000002329' }, back: { meid: 'A0000000002329' } },
    {
      identity: { serialNumber: 'zx1g22', manufacturer: 'Motorola', model: 'moto g' },
      back: { serialNumber: 'ZX1G22', manufacturer: 'Motorola', model: 'moto g' },
    },
    { identity: { serialNumber: 'ZX1G22' }, back: { serialNumber: 'ZX1G22' } },
    {
      identity: { serialNumber: 'A/B:C', manufacturer: 'R&D / Söhne', model: '100%' },
      back: { serialNumber: 'A/B:C', manufacturer: 'R&D / Söhne', model: '100%' },
    },
  ])('$back', ({ identity, back }) => {
    const [key = ''] = identityKeys(identity);
    expect(identityOfKey(key)).toEqual(back);
    expect(identityKeys(identityOfKey(key))).toEqual([key]);
  });
});
