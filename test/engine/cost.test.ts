import { expect, test } from 'vitest';
import type { DeviceTypes } from '../../src/domain/device/facts.ts';
import { deviceKind } from '../../src/domain/device/kind.ts';
import { createLane, type Lane, type LaneWork } from '../../src/engine/lane.ts';
import { stillEnv } from './lane-env.ts';
import { device, devices, keyOf } from './world.ts';

interface Counted {
  readonly lane: Lane<DeviceTypes>;
  readonly work: LaneWork;
  /** Items planned since this was last asked. */
  readonly planned: () => number;
  /** Plans until nothing is dirty; answers the most items that one go planned. */
  readonly planAll: () => number;
}

/** A lane over a vendor that holds nothing, which counts how many items it plans. */
function countedLane(): Counted {
  let planned = 0;
  let since = 0;
  const counting = {
    ...deviceKind,
    next: (item: Parameters<typeof deviceKind.next>[0]) => {
      planned += 1;
      return deviceKind.next(item);
    },
  };
  const { lane, work } = createLane<DeviceTypes>(counting, stillEnv());
  return {
    lane,
    work,
    planned() {
      const count = planned - since;
      since = planned;
      return count;
    },
    planAll() {
      let most = 0;
      while (work.dirty) {
        const before = planned;
        work.plan();
        most = Math.max(most, planned - before);
      }
      return most;
    },
  };
}

const DESIRED = {
  companyId: 'acme',
  releasePolicy: 'Keep',
  onVendorRelease: 'Report',
  vendorParams: {},
} as const;

function declare(lane: Lane<DeviceTypes>, claim: number, identities: ReturnType<typeof devices>): void {
  lane.declare(
    { holder: `claim-${claim}`, createdAtMs: 0, suspended: false, whole: true, desired: DESIRED },
    identities.map((subject) => ({ key: keyOf(subject), subject })),
  );
}

test('an edit of one claim of 200 in 100,000 devices plans what the edit touched', () => {
  const { lane, planned, planAll } = countedLane();
  for (let claim = 0; claim < 500; claim += 1) declare(lane, claim, devices(claim * 200, 200));
  planAll();
  expect(planned()).toBe(100_000);
  // The same again, one device more, one less, and every device of it otherwise described.
  declare(lane, 7, devices(1_400, 200));
  planAll();
  expect(planned()).toBe(0);
  declare(lane, 7, [...devices(1_400, 199), device(900_000)]);
  planAll();
  expect(planned()).toBe(2);
  declare(
    lane,
    7,
    devices(1_400, 200).map((one) => ({ ...one, model: 'Pixel 8' })),
  );
  planAll();
  expect(planned()).toBe(201);
});

test('planning a fleet is cut into slices, so that other work gets its turn', () => {
  const { lane, planAll, planned } = countedLane();
  declare(lane, 0, devices(0, 50_000));
  expect(planAll()).toBeLessThanOrEqual(2_000);
  expect(planned()).toBe(50_000);
});
