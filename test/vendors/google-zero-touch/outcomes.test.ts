import { describe, expect, test } from 'vitest';
import type { DeviceIdentity } from '../../../src/domain/device/identity.ts';
import { toProgress } from '../../../src/vendors/google-zero-touch/outcomes.ts';
import type { WirePerDevice } from '../../../src/vendors/google-zero-touch/wire.ts';
import { keyOf, MOTO, OLD, PIXEL } from './samples.ts';

const KEYS = [keyOf(PIXEL), keyOf(MOTO), keyOf(OLD)];
const success = { status: 'SINGLE_DEVICE_STATUS_SUCCESS' };
const taken = { status: 'SINGLE_DEVICE_STATUS_SECTION_NOT_YOURS' };

function claimed(deviceIdentifier: DeviceIdentity, result = success): WirePerDevice {
  return { claim: { deviceIdentifier }, result };
}

/** Each outcome as `key` or `key: code`. */
function outcomes(entries: readonly WirePerDevice[], keys: readonly string[] = KEYS): readonly string[] {
  const progress = toProgress(
    { name: 'operations/1', done: true, response: { perDeviceStatus: entries } },
    keys,
  );
  if (progress.is !== 'finished') throw new Error('not finished');
  return progress.outcomes.map(({ key, failure }) =>
    failure === undefined ? key : `${key}: ${failure.code}`,
  );
}

describe('an operation', () => {
  test('runs until Google says done, whatever its results show', () => {
    const response = { perDeviceStatus: [claimed(PIXEL)] };
    expect(toProgress({ name: 'operations/1' }, KEYS)).toEqual({ is: 'running' });
    expect(toProgress({ name: 'operations/1', done: false, response }, KEYS)).toEqual({ is: 'running' });
  });

  test('that is done without results tells of no item', () => {
    expect(toProgress({ name: 'operations/1', done: true }, KEYS)).toEqual({ is: 'finished', outcomes: [] });
  });

  test('gives each item its own result', () => {
    expect(outcomes([claimed(PIXEL), claimed(MOTO, taken), claimed(OLD)])).toEqual([
      KEYS[0],
      `${KEYS[1]}: HELD_BY_OTHER`,
      KEYS[2],
    ]);
  });

  test('of unclaims reads "not yours" as nothing to release', () => {
    expect(outcomes([{ unclaim: { deviceIdentifier: PIXEL }, result: taken }])).toEqual([
      `${KEYS[0]}: NOT_HELD`,
    ]);
  });

  test('of metadata updates is matched alike', () => {
    expect(outcomes([{ updateMetadata: { deviceIdentifier: OLD }, result: success }])).toEqual([KEYS[2]]);
  });
});

describe('which item a result speaks of', () => {
  test('is told by the echo when Google dropped an item or changed the order', () => {
    expect(outcomes([claimed(OLD, taken), claimed(PIXEL)])).toEqual([KEYS[0], `${KEYS[2]}: HELD_BY_OTHER`]);
    expect(outcomes([claimed(OLD), claimed(MOTO), claimed(PIXEL, taken)])).toEqual([
      `${KEYS[0]}: HELD_BY_OTHER`,
      KEYS[1],
      KEYS[2],
    ]);
  });

  test('is told by the echo in another spelling: lower case, more identifiers, fewer', () => {
    expect(outcomes([claimed({ meid: 'a0000000002329' })])).toEqual([KEYS[2]]);
    expect(outcomes([claimed({ ...MOTO, serialNumber: 'zx1g22' })])).toEqual([KEYS[1]]);
    expect(outcomes([claimed({ imei: PIXEL.imei as string, serialNumber: 'S1' })])).toEqual([KEYS[0]]);
  });

  test('is told by the place when there is no echo and every item has an entry', () => {
    expect(outcomes([{ result: success }, { result: taken }, { result: success }])).toEqual([
      KEYS[0],
      `${KEYS[1]}: HELD_BY_OTHER`,
      KEYS[2],
    ]);
  });

  test('is not guessed by the place when items are missing', () => {
    expect(outcomes([{ result: success }, { result: success }])).toEqual([]);
  });

  test('is nobody’s when the echo names a device that was not in the request', () => {
    expect(outcomes([claimed({ imei: '356938035643809' }), claimed(MOTO), claimed(OLD)])).toEqual([
      KEYS[1],
      KEYS[2],
    ]);
  });

  test('is the item at its place when the echo names two of ours', () => {
    const dual = { imei: PIXEL.imei as string, imei2: '356938035643809' };
    const keys = ['imei:356938035643809', KEYS[0] as string];
    expect(outcomes([claimed(dual), claimed(dual, taken)], keys)).toEqual([
      keys[0],
      `${keys[1]}: HELD_BY_OTHER`,
    ]);
  });

  test('is in doubt when two entries speak of one item: it is read back', () => {
    expect(outcomes([claimed(PIXEL), claimed(PIXEL, taken), claimed(OLD)])).toEqual([KEYS[2]]);
  });

  test('is in doubt when the result says nothing', () => {
    expect(
      outcomes([{ claim: { deviceIdentifier: PIXEL } }, claimed(MOTO), claimed(OLD, { status: '' })]),
    ).toEqual([KEYS[1]]);
  });
});
