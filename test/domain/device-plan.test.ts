import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compareDevice } from '../../src/domain/device/compare.ts';
import { deviceKind } from '../../src/domain/device/kind.ts';
import { resolveDevice } from '../../src/domain/device/resolve.ts';
import { judge, planItem } from '../../src/domain/plan.ts';
import {
  ABSENT,
  anyDevice,
  type DeviceItem,
  declaredBy,
  deviceItem,
  heldBy,
  PLAIN,
  recordedFor,
  remembered,
  UNKNOWN,
} from './device-items.ts';

describe('of several claims that name a device, it belongs to', () => {
  const older = declaredBy('z-older', { companyId: 'acme' }, { createdAtMs: 1 });
  const younger = declaredBy('a-younger', { companyId: 'beta' }, { createdAtMs: 2 });
  const twin = declaredBy('b-younger', { companyId: 'beta' }, { createdAtMs: 2 });

  test.each<{ why: string; item: DeviceItem; winner: string }>([
    { why: 'the only one', item: deviceItem({ declared: [younger] }), winner: 'a-younger' },
    {
      why: 'the one the record names, before anything else',
      item: deviceItem({
        declared: [older, younger],
        observed: heldBy('acme'),
        recorded: recordedFor('a-younger', { companyId: 'beta' }),
      }),
      winner: 'a-younger',
    },
    {
      why: 'the one whose customer holds it, when no record names one',
      item: deviceItem({ declared: [older, younger], observed: heldBy('beta') }),
      winner: 'a-younger',
    },
    {
      why: 'the older one, when nobody holds it',
      item: deviceItem({ declared: [younger, older], observed: ABSENT }),
      winner: 'z-older',
    },
    {
      why: 'the older one, when a record names a claim that is gone',
      item: deviceItem({ declared: [younger, older], recorded: recordedFor('gone') }),
      winner: 'z-older',
    },
    {
      why: 'the first by name, when they are of one age',
      item: deviceItem({ declared: [twin, younger] }),
      winner: 'a-younger',
    },
  ])('$why', ({ item, winner }) => {
    const resolution = resolveDevice(item);
    expect(resolution.winner?.by.holder).toBe(winner);
    expect(resolution.losers).toHaveLength(item.declared.length - 1);
  });
});

test.each([
  { why: 'at its customer: none', observed: heldBy('acme'), recorded: undefined, drift: undefined },
  { why: 'nowhere, and not ours so far', observed: ABSENT, recorded: undefined, drift: 'NotClaimed' },
  {
    why: 'known but held by nobody',
    observed: { is: 'present', fact: {}, atMs: 1 } as const,
    recorded: undefined,
    drift: 'NotClaimed',
  },
  {
    why: 'nowhere, though we had it',
    observed: ABSENT,
    recorded: recordedFor('a'),
    drift: 'ReleasedByVendor',
  },
  {
    why: 'nowhere, and a claim that let go of it had kept it there',
    observed: ABSENT,
    recorded: { ...recordedFor('a'), kept: true as const },
    drift: 'NotClaimed',
  },
  {
    why: 'nowhere, and we had it for another customer',
    observed: ABSENT,
    recorded: recordedFor('a', { companyId: 'beta' }),
    drift: 'NotClaimed',
  },
  {
    why: 'at another customer',
    observed: heldBy('beta'),
    recorded: recordedFor('a'),
    drift: 'HeldByOtherCustomer',
  },
  { why: 'nobody knows where: none to act on', observed: UNKNOWN, recorded: undefined, drift: undefined },
])('drift of a device that is $why', ({ observed, recorded, drift }) => {
  expect(compareDevice(PLAIN, observed, recorded)[0]?.reason).toBe(drift);
});

const a = declaredBy('a');
const reclaiming = declaredBy('a', { onVendorRelease: 'Reclaim' });

test.each<{ why: string; item: DeviceItem; step: object }>([
  {
    why: 'that nothing declares is left alone',
    item: deviceItem({ observed: heldBy('acme') }),
    step: { do: 'settle' },
  },
  {
    why: 'that nothing declares any more is left alone even where a record of ours names it',
    item: deviceItem({
      observed: heldBy('acme'),
      recorded: recordedFor('gone', { releasePolicy: 'Unclaim' }),
    }),
    step: { do: 'settle' },
  },
  {
    why: 'of which nothing is known is looked for',
    item: deviceItem({ declared: [a] }),
    step: { do: 'observe' },
  },
  {
    why: 'that nobody holds is claimed',
    item: deviceItem({ declared: [a], observed: ABSENT }),
    step: { do: 'call', verb: 'claim', reason: { reason: 'NotClaimed' } },
  },
  {
    why: 'found at its customer is recorded as adopted',
    item: deviceItem({ declared: [a], observed: heldBy('acme') }),
    step: { do: 'keep', record: { companyId: 'acme', holder: 'a', how: 'Adopted' } },
  },
  {
    why: 'recorded as it is seen is done',
    item: deviceItem({ declared: [a], observed: heldBy('acme'), recorded: recordedFor('a') }),
    step: { do: 'settle' },
  },
  {
    why: 'whose claim went over to another keeps how it came to be ours',
    item: deviceItem({ declared: [a], observed: heldBy('acme'), recorded: recordedFor('before') }),
    step: { do: 'keep', record: { holder: 'a', how: 'Claimed' } },
  },
  {
    why: 'of a suspended claim is not even recorded anew',
    item: deviceItem({ declared: [declaredBy('a', {}, { suspended: true })], observed: heldBy('acme') }),
    step: { do: 'settle' },
  },
  {
    why: 'that another customer holds is never moved',
    item: deviceItem({ declared: [a], observed: heldBy('beta'), recorded: recordedFor('a') }),
    step: { do: 'stall', failure: { code: 'HELD_BY_OTHER_CUSTOMER' } },
  },
  {
    why: 'that its customer let go of is reported',
    item: deviceItem({ declared: [a], observed: ABSENT, recorded: recordedFor('a') }),
    step: { do: 'stall', failure: { code: 'RELEASED_BY_CUSTOMER' } },
  },
  {
    why: 'that its customer let go of is claimed again where the claim says so',
    item: deviceItem({ declared: [reclaiming], observed: ABSENT, recorded: recordedFor('a') }),
    step: { do: 'call', verb: 'claim', reason: { reason: 'ReleasedByVendor' } },
  },
  {
    why: 'refused for a passing reason waits for its time',
    item: deviceItem({ declared: [a], observed: ABSENT, failure: remembered('passing') }),
    step: { do: 'wait' },
  },
  {
    why: 'refused as invalid stands still',
    item: deviceItem({ declared: [a], observed: ABSENT, failure: remembered('invalid') }),
    step: { do: 'stall', failure: { code: 'CODE' } },
  },
  {
    why: 'held by somebody else is asked for again when its time has come',
    item: deviceItem({ declared: [a], observed: ABSENT, failure: remembered('heldByOther', true) }),
    step: { do: 'call', verb: 'claim' },
  },
  {
    why: 'that an operation is at waits for it, whatever is seen',
    item: deviceItem({
      declared: [a],
      observed: ABSENT,
      inFlight: { is: 'running', verb: 'claim', operation: 'r1' },
    }),
    step: { do: 'wait' },
  },
])('a device $why', ({ item, step }) => {
  expect(planItem(deviceKind, item)).toMatchObject(step);
});

describe('a write whose outcome is unknown', () => {
  const lost = {
    is: 'unknown',
    verb: 'claim',
    operation: 'r1',
    partition: { customer: 'acme' },
    lostAtMs: 100,
  } as const;
  const provable = { ...lost, provableFromMs: 200 };

  test.each<{ why: string; item: Partial<DeviceItem>; judgement: string; step: object }>([
    {
      why: 'is read at once',
      item: { inFlight: provable, observed: UNKNOWN },
      judgement: 'cannotTell',
      step: { do: 'observe', notBeforeMs: 101 },
    },
    {
      why: 'is not judged by what was seen before it, though that looks like its effect',
      item: { inFlight: provable, observed: heldBy('acme', 100) },
      judgement: 'cannotTell',
      step: { do: 'observe', notBeforeMs: 101 },
    },
    {
      why: 'happened when a later read shows it',
      item: { inFlight: provable, observed: heldBy('acme', 101) },
      judgement: 'happened',
      step: {},
    },
    {
      why: 'is read again in time to prove its absence',
      item: { inFlight: provable, observed: { is: 'absent', atMs: 199 } },
      judgement: 'cannotTell',
      step: { do: 'observe', notBeforeMs: 200 },
    },
    {
      why: 'did not happen when a read late enough does not show it',
      item: { inFlight: provable, observed: { is: 'absent', atMs: 200 } },
      judgement: 'didNotHappen',
      step: {},
    },
    {
      why: 'did not happen when the device is at another customer by then',
      item: { inFlight: provable, observed: heldBy('beta', 200) },
      judgement: 'didNotHappen',
      step: {},
    },
    {
      why: 'that nothing proves waits for a person',
      item: { inFlight: lost, observed: { is: 'absent', atMs: 1_000_000 } },
      judgement: 'cannotTell',
      step: { do: 'wait' },
    },
    {
      why: 'that nothing disproves is still settled by a read that shows it',
      item: { inFlight: lost, observed: heldBy('acme', 1_000_000) },
      judgement: 'happened',
      step: {},
    },
  ])('$why', ({ item, judgement, step }) => {
    const whole = deviceItem({ declared: [a], ...item });
    expect(judge(deviceKind, whole)).toBe(judgement);
    expect(planItem(deviceKind, whole)).toMatchObject(step);
  });
});

describe('what a claim is told', () => {
  test.each<{ why: string; item: DeviceItem; verdict: object }>([
    {
      why: 'claimed, once it is seen where it belongs',
      item: deviceItem({ declared: [a], observed: heldBy('acme') }),
      verdict: { state: 'claimed' },
    },
    {
      why: 'claimed, though an operation of other devices still runs',
      item: deviceItem({
        declared: [a],
        observed: heldBy('acme'),
        inFlight: { is: 'running', verb: 'claim', operation: 'r1' },
      }),
      verdict: { state: 'claimed' },
    },
    {
      why: 'pending, before it was looked for',
      item: deviceItem({ declared: [a] }),
      verdict: { state: 'pending' },
    },
    {
      why: 'failed, with the vendor’s code, when it is invalid',
      item: deviceItem({ declared: [a], observed: ABSENT, failure: remembered('invalid') }),
      verdict: { state: 'failed', code: 'CODE' },
    },
    {
      why: 'pending with the code, when it failed in passing',
      item: deviceItem({ declared: [a], observed: ABSENT, failure: remembered('passing') }),
      verdict: { state: 'pending', code: 'CODE' },
    },
    {
      why: 'conflicted, when somebody else has it',
      item: deviceItem({ declared: [a], observed: heldBy('beta') }),
      verdict: { state: 'conflicted', code: 'HELD_BY_OTHER_CUSTOMER' },
    },
    {
      why: 'conflicted, when another claim has the better right',
      item: deviceItem({
        declared: [a, declaredBy('better')],
        observed: heldBy('acme'),
        recorded: recordedFor('better'),
      }),
      verdict: { state: 'conflicted', code: 'DECLARED_ELSEWHERE' },
    },
  ])('$why', ({ item, verdict }) => {
    expect(deviceKind.verdict(item, planItem(deviceKind, item), 'a')).toMatchObject(verdict);
  });
});

describe('for any device', () => {
  test('there is a step and a verdict, the same for equal input', () => {
    fc.assert(
      fc.property(anyDevice, (item) => {
        const step = planItem(deviceKind, item);
        expect(planItem(deviceKind, structuredClone(item))).toEqual(step);
        for (const { by } of item.declared) {
          expect(['claimed', 'pending', 'failed', 'conflicted']).toContain(
            deviceKind.verdict(item, step, by.holder).state,
          );
        }
      }),
    );
  });

  test('the order in which claims name it does not matter', () => {
    fc.assert(
      fc.property(anyDevice, fc.infiniteStream(fc.nat()), (item, random) => {
        const shuffled = item.declared
          .map((declared) => ({ declared, at: random.next().value }))
          .toSorted((one, other) => one.at - other.at)
          .map(({ declared }) => declared);
        expect(planItem(deviceKind, { ...item, declared: shuffled })).toEqual(planItem(deviceKind, item));
      }),
    );
  });

  test('nothing is called or recorded that no claim declares', () => {
    fc.assert(
      fc.property(anyDevice, (item) => {
        const step = planItem(deviceKind, { ...item, declared: [] });
        expect(['settle', 'wait', 'observe']).toContain(step.do);
        if (step.do === 'observe') expect(item.inFlight?.is).toBe('unknown');
      }),
    );
  });

  test('no write starts while one is under way or in doubt, or without a look', () => {
    fc.assert(
      fc.property(anyDevice, (item) => {
        if (planItem(deviceKind, item).do !== 'call') return;
        expect(item.inFlight).toBeUndefined();
        expect(item.observed.is).not.toBe('unknown');
        expect(item.observed.is === 'present' && item.observed.fact.companyId).toBeFalsy();
      }),
    );
  });

  test('doing what the plan says, on a vendor that obeys, leaves nothing to do in a few steps', () => {
    fc.assert(
      fc.property(anyDevice, fc.constantFrom(undefined, 'acme', 'beta'), (start, heldAt) => {
        const { inFlight: _inFlight, failure: _failure, ...fresh } = start;
        let item: DeviceItem = fresh;
        let truth: string | undefined = heldAt;
        for (let steps = 0; steps < 6; steps += 1) {
          const step = planItem(deviceKind, item);
          const { winner } = resolveDevice(item);
          if (step.do === 'settle' || step.do === 'stall') return;
          if (step.do === 'call') truth = winner?.by.desired.companyId;
          if (step.do === 'keep') item = recordedAs(item, step.record);
          item = { ...item, observed: truth === undefined ? ABSENT : heldBy(truth) };
        }
        throw new Error('the plan never became empty');
      }),
    );
  });
});

function recordedAs(item: DeviceItem, record: DeviceItem['recorded']): DeviceItem {
  const { recorded: _recorded, ...others } = item;
  return record === undefined ? others : { ...others, recorded: record };
}
