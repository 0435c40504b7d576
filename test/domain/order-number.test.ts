import { describe, expect, test } from 'vitest';
import { compareDevice } from '../../src/domain/device/compare.ts';
import type { ObservedDevice, RecordedDevice } from '../../src/domain/device/facts.ts';
import { deviceKind } from '../../src/domain/device/kind.ts';
import { deviceVerdict } from '../../src/domain/device/verdict.ts';
import { planItem } from '../../src/domain/plan.ts';
import { type DeviceItem, declaredBy, deviceItem, PLAIN, recordedFor, remembered } from './device-items.ts';

const DIFFERS = { reason: 'OrderNumberDiffers', field: 'spec.orderNumber' };

/** At the declared customer, of which the vendor says this order number. */
function shown(
  orderNumber: string | undefined,
  more: { readonly believed?: true } = {},
): DeviceItem['observed'] {
  const fact: ObservedDevice = { companyId: 'acme', ...(orderNumber === undefined ? {} : { orderNumber }) };
  return { is: 'present', fact, atMs: 100, ...more };
}

/** What our record says of the order number. */
function ours(orderNumber?: string, unseen = false): RecordedDevice {
  return recordedFor('a', {
    ...(orderNumber === undefined ? {} : { orderNumber }),
    ...(unseen ? { orderNumberUnseen: true } : {}),
  });
}

test.each<{
  why: string;
  declared?: string;
  vendor: string | undefined;
  record?: RecordedDevice;
  drift: string | undefined;
}>([
  { why: 'shown as declared', declared: 'PO-1', vendor: 'PO-1', drift: undefined },
  { why: 'another than declared', declared: 'PO-2', vendor: 'PO-1', drift: 'OrderNumberDiffers' },
  { why: 'declared and not there', declared: 'PO-1', vendor: '', drift: 'OrderNumberDiffers' },
  { why: 'not declared: what stands there is not ours', vendor: 'PO-9', drift: undefined },
  {
    why: 'not declared, though our record says that it came from us',
    vendor: 'PO-1',
    record: ours('PO-1'),
    drift: 'OrderNumberDiffers',
  },
  {
    why: 'not declared, and somebody else changed the one that came from us',
    vendor: 'PO-9',
    record: ours('PO-1'),
    drift: undefined,
  },
  { why: 'untold by the vendor, nothing recorded', declared: 'PO-1', vendor: undefined, drift: undefined },
  {
    why: 'untold by the vendor, recorded as declared',
    declared: 'PO-1',
    vendor: undefined,
    record: ours('PO-1'),
    drift: undefined,
  },
  {
    why: 'untold by the vendor, recorded as another',
    declared: 'PO-2',
    vendor: undefined,
    record: ours('PO-1'),
    drift: 'OrderNumberDiffers',
  },
  {
    why: 'changed behind our back after it was seen',
    declared: 'PO-1',
    vendor: 'PO-9',
    record: ours('PO-1'),
    drift: 'OrderNumberDiffers',
  },
  {
    why: 'taken by the vendor and never shown',
    declared: 'PO-1',
    vendor: '',
    record: ours('PO-1', true),
    drift: undefined,
  },
  {
    why: 'taken by the vendor, which goes on showing another',
    declared: 'PO-1',
    vendor: 'PO-9',
    record: ours('PO-1', true),
    drift: 'OrderNumberNotKept',
  },
  {
    why: 'declared anew while the one before was never shown',
    declared: 'PO-2',
    vendor: '',
    record: ours('PO-1', true),
    drift: 'OrderNumberDiffers',
  },
  {
    why: 'recorded for another customer, which says nothing here',
    declared: 'PO-1',
    vendor: '',
    record: recordedFor('a', { companyId: 'beta', orderNumber: 'PO-1', orderNumberUnseen: true }),
    drift: 'OrderNumberDiffers',
  },
])('an order number $why: $drift', ({ declared, vendor, record, drift }) => {
  const desired = { ...PLAIN, ...(declared === undefined ? {} : { orderNumber: declared }) };
  expect(compareDevice(desired, shown(vendor), record)[0]?.reason).toBe(drift);
});

const a = declaredBy('a', { orderNumber: 'PO-2' });

test.each<{ why: string; item: DeviceItem; step: object }>([
  {
    why: 'with another order number is put right',
    item: deviceItem({ declared: [a], observed: shown('PO-1'), recorded: ours('PO-1') }),
    step: { do: 'call', verb: 'updateMetadata', reason: DIFFERS },
  },
  {
    why: 'that moved to another claim of its customer is recorded there before its order number is put right',
    item: deviceItem({ declared: [a], observed: shown('PO-1'), recorded: recordedFor('before') }),
    step: { do: 'keep', record: recordedFor('a') },
  },
  {
    why: 'seen with its order number is recorded with it',
    item: deviceItem({ declared: [a], observed: shown('PO-2') }),
    step: {
      do: 'keep',
      record: recordedFor('a', { how: 'Adopted', orderNumber: 'PO-2' }),
    },
  },
  {
    why: 'whose order number is only believed stays recorded as unseen',
    item: deviceItem({
      declared: [a],
      observed: shown('PO-2', { believed: true }),
      recorded: ours('PO-2', true),
    }),
    step: { do: 'settle' },
  },
  {
    why: 'whose order number is shown after all is recorded as seen, so that a change behind our back shows',
    item: deviceItem({ declared: [a], observed: shown('PO-2'), recorded: ours('PO-2', true) }),
    step: { do: 'keep', record: ours('PO-2') },
  },
  {
    why: 'whose order number the vendor does not tell keeps the recorded one',
    item: deviceItem({ declared: [a], observed: shown(undefined), recorded: ours('PO-2') }),
    step: { do: 'settle' },
  },
  {
    why: 'whose order number the vendor took and does not show is done',
    item: deviceItem({ declared: [a], observed: shown(''), recorded: ours('PO-2', true) }),
    step: { do: 'settle' },
  },
  {
    why: 'whose order number the vendor took and shows otherwise waits for a person',
    item: deviceItem({ declared: [a], observed: shown('PO-9'), recorded: ours('PO-2', true) }),
    step: { do: 'stall', failure: { code: 'ORDER_NUMBER_NOT_KEPT' } },
  },
  {
    why: 'that names no order number any more is not recorded with one that others wrote',
    item: deviceItem({ declared: [declaredBy('a')], observed: shown('PO-9'), recorded: ours('PO-1') }),
    step: { do: 'keep', record: ours() },
  },
  {
    why: 'whose order number was refused as invalid stands still',
    item: deviceItem({
      declared: [a],
      observed: shown('PO-1'),
      recorded: ours('PO-1'),
      failure: { ...remembered('invalid'), verb: 'updateMetadata' },
    }),
    step: { do: 'stall', failure: { code: 'CODE' } },
  },
])('a device $why', ({ item, step }) => {
  expect(planItem(deviceKind, item)).toMatchObject(step);
  if (step && 'record' in step)
    expect(planItem(deviceKind, item)).toEqual({ ...step, reason: 'SeenAsDeclared' });
});

test('a device at its customer with another order number is pending, not claimed', () => {
  const item = deviceItem({ declared: [a], observed: shown('PO-1'), recorded: ours('PO-1') });
  expect(deviceVerdict(item, planItem(deviceKind, item), 'a')).toEqual({ state: 'pending' });
});

describe('a changed order number', () => {
  const partition = { customer: 'acme', orderNumber: 'PO-2' };

  test.each([
    { observed: shown('PO-2'), shows: true },
    { observed: shown('PO-1'), shows: false },
    { observed: shown(''), shows: false },
    { observed: shown(undefined), shows: false },
    { observed: { is: 'absent', atMs: 100 } as const, shows: false },
  ])('took effect where the vendor shows it at that customer: $shows', ({ observed, shows }) => {
    expect(deviceKind.shows('updateMetadata', partition, observed)).toBe(shows);
  });

  test('is recorded and believed as it was sent, whatever is declared by now', () => {
    const target = { subject: {}, holder: 'a', suspended: false, desired: { ...PLAIN, orderNumber: 'PO-3' } };
    const success = { verb: 'updateMetadata', partition, target, recorded: ours('PO-1'), nowMs: 0 } as const;
    expect(deviceKind.recordAfter(success)).toEqual({ value: ours('PO-2', true) });
    expect(deviceKind.believed(success)).toEqual({
      is: 'present',
      fact: { companyId: 'acme', orderNumber: 'PO-2' },
    });
  });

  test('that takes the order number away leaves none in the record', () => {
    const target = { subject: {}, holder: 'a', suspended: false, desired: PLAIN };
    const taken = { customer: 'acme', orderNumber: '' };
    const success = {
      verb: 'updateMetadata',
      partition: taken,
      target,
      recorded: ours('PO-1'),
      nowMs: 0,
    } as const;
    expect(deviceKind.recordAfter(success)).toEqual({ value: ours() });
  });
});

test('a claim is recorded with the order number it was sent with, not with a later one', () => {
  const target = { subject: {}, holder: 'a', suspended: false, desired: { ...PLAIN, orderNumber: 'PO-3' } };
  const success = { verb: 'claim', partition: { customer: 'acme' }, target, nowMs: 0 } as const;
  // Before it is sent, that is what is declared; afterwards the intent tells.
  expect(deviceKind.recordAfter(success)).toEqual({ value: ours('PO-3') });
  const intended = ours('PO-2');
  expect(deviceKind.recordAfter({ ...success, intended })).toEqual({ value: ours('PO-2') });
  expect(deviceKind.believed({ ...success, intended })).toMatchObject({ fact: { orderNumber: 'PO-2' } });
});
