import type { DeviceTypes, ObservedDevice } from '../../src/domain/device/facts.ts';
import { deviceKind } from '../../src/domain/device/kind.ts';
import type { Declaration } from '../../src/domain/item.ts';
import { declareItems } from '../../src/engine/declaring.ts';
import { createLaneState, type LaneState } from '../../src/engine/lane-state.ts';
import { planDirty } from '../../src/engine/planning.ts';
import { stillEnv } from '../engine/lane-env.ts';
import { imei } from '../support/fleet.ts';
import { atMost, type Figure, toldOnly } from './bench.ts';

const DEVICES = 1_000_000;
const CLAIMS = 400;
/** One device in so many is not where it is declared. */
const DRIFT_EVERY = 100;
const SUM_MS = 1_000;
const SLICE_MS = 200;

/** The planner alone: a million devices that are declared, seen and recorded, one in a hundred of them not as declared. */
export async function bench(): Promise<readonly Figure[]> {
  const lane = createLaneState<DeviceTypes>(deviceKind, stillEnv());
  declareAll(lane);
  seeMost(lane);
  const slices: number[] = [];
  while (lane.dirty.size > 0) {
    const beganAt = performance.now();
    planDirty(lane);
    slices.push(performance.now() - beganAt);
  }
  const calls = lane.table.step.filter((step) => step.do === 'call').length;
  if (calls !== DEVICES / DRIFT_EVERY) throw new Error(`${calls} writes were planned`);
  return [
    toldOnly('devices', DEVICES),
    toldOnly('writes planned', calls),
    toldOnly('slices', slices.length),
    atMost(
      'sum of the slices',
      slices.reduce((sum, slice) => sum + slice, 0),
      SUM_MS,
      'ms',
    ),
    atMost('longest slice', Math.max(...slices), SLICE_MS, 'ms'),
  ];
}

function declareAll(lane: LaneState<DeviceTypes>): void {
  for (let claim = 0; claim < CLAIMS; claim += 1) {
    const from = (claim * DEVICES) / CLAIMS;
    const subjects = Array.from({ length: DEVICES / CLAIMS }, (_, index) => ({
      imei: imei(from + index),
      manufacturer: 'Google',
    }));
    declareItems(
      lane,
      declarationOf(claim),
      subjects.map((subject) => ({ key: `imei:${subject.imei}`, subject })),
    );
  }
}

function declarationOf(claim: number): Declaration<DeviceTypes> {
  const desired = {
    companyId: String(claim),
    releasePolicy: 'Keep',
    onVendorRelease: 'Report',
    vendorParams: {},
  } as const;
  return { holder: `DeviceClaim/fleet/${claim}`, createdAtMs: 0, suspended: false, whole: true, desired };
}

/** As a complete read and the records of an earlier process leave them. */
function seeMost({ table }: LaneState<DeviceTypes>): void {
  for (let ordinal = 0; ordinal < table.keys.length; ordinal += 1) {
    const by = table.declared(ordinal)[0]?.by;
    if (by === undefined) throw new Error('nothing declares it');
    if (ordinal % DRIFT_EVERY === 0) {
      table.observe(ordinal, { is: 'absent', atMs: 0 });
      continue;
    }
    const { companyId, releasePolicy } = by.desired;
    const fact: ObservedDevice = { companyId };
    table.observe(ordinal, { is: 'present', fact, atMs: 0 });
    table.record(ordinal, { companyId, holder: by.holder, releasePolicy, how: 'Claimed' });
  }
}
