import { expect, test } from 'vitest';
import type { DeviceTypes } from '../../src/domain/device/facts.ts';
import { deviceKind } from '../../src/domain/device/kind.ts';
import type { Item } from '../../src/domain/item.ts';
import type { ItemKind, Step } from '../../src/domain/kind.ts';
import { createGuard } from '../../src/engine/guard.ts';
import { createLane, type Lane, type LaneWork, URGENCIES } from '../../src/engine/lane.ts';
import { failed, ok } from '../../src/ports/failure.ts';
import type { ItemStore, Stored } from '../../src/ports/item-store.ts';
import { memoryJournal } from './memory-journal.ts';
import { type MemoryRecords, memoryRecords } from './memory-records.ts';
import { type MemoryVendor, memoryVendor } from './memory-vendor.ts';
import { device, devices, keyOf, SETTINGS } from './world.ts';

const DESIRED = {
  companyId: 'acme',
  releasePolicy: 'Keep',
  onVendorRelease: 'Report',
  vendorParams: {},
} as const;
const AWAY = { kind: 'transient', code: 'DISK_FULL', message: 'no space left' } as const;

/** Devices that may only be claimed once something of them is stored: the record is the receipt. */
const KIND: ItemKind<DeviceTypes> = {
  ...deviceKind,
  next(item: Item<DeviceTypes>): Step<DeviceTypes> {
    if (item.declared.length === 0) return { do: 'settle' };
    if (item.failure !== undefined && !item.failure.due)
      return { do: 'stall', failure: item.failure.failure };
    if (item.recorded === undefined) return { do: 'store', reason: 'NotStored' };
    if (item.observed.is === 'unknown') return { do: 'observe' };
    if (item.observed.is === 'present') return { do: 'settle' };
    return { do: 'call', verb: 'claim', reason: { reason: 'NotClaimed', field: 'spec.devices' } };
  },
};

interface Shelf {
  readonly lane: Lane<DeviceTypes>;
  readonly vendor: MemoryVendor;
  readonly records: MemoryRecords;
  /** Keys of each call to the store. */
  readonly calls: string[][];
  store: (keys: readonly string[]) => ReturnType<ItemStore<DeviceTypes>['store']>;
  nowMs: number;
  mode: 'Enforce' | 'Observe';
  declare(count: number, more?: { readonly suspended?: boolean }): void;
  /** Does everything that is due. */
  settle(): Promise<void>;
}

function shelf(party: ItemStore<DeviceTypes>['with'] = 'own', kind = KIND): Shelf {
  const vendor = memoryVendor({ pollsUntilDone: undefined });
  const adapter = vendor.adapter(() => made.nowMs);
  const records = memoryRecords();
  const calls: string[][] = [];
  const store: ItemStore<DeviceTypes> = {
    with: party,
    maxItems: 2,
    store: (items) => {
      const keys = items.map(({ key }) => key);
      calls.push(keys);
      return made.store(keys);
    },
  };
  const { lane, work } = createLane<DeviceTypes>(kind, {
    ports: () => adapter.devices,
    bookRetryMs: (inMs) => inMs,
    store: () => store,
    journal: memoryJournal(),
    records,
    contact: () => 'open',
    leadership: { fence: 1, mayWrite: () => true, confirm: async () => true },
    settings: () => ({ ...SETTINGS, mode: made.mode }),
    guard: createGuard({
      records,
      settings: () => SETTINGS.guard,
      nowMs: () => made.nowMs,
      heldItems: () => 0,
      requested: () => 0,
    }),
    nowMs: () => made.nowMs,
    wallMs: () => made.nowMs,
    random: () => 0.5,
    newRequestKey: () => `r${vendor.writes().length}-${made.nowMs}`,
    sendableAtMs: () => 0,
    onVendorFailure: () => {},
    onVendorReply: () => {},
    onNews: () => {},
    resolutionsOf: () => [],
    onBug: (error) => {
      throw error;
    },
    wake: () => {},
  });
  const made: Shelf = {
    lane,
    vendor,
    records,
    calls,
    store: async (keys) => ok(keys.map((key): Stored<DeviceTypes> => ({ key, record: RECORD }))),
    nowMs: 0,
    mode: 'Enforce',
    declare: (count, { suspended = false } = {}) =>
      lane.declare(
        { holder: 'a', createdAtMs: 0, suspended, whole: true, desired: DESIRED },
        devices(0, count).map((subject) => ({ key: keyOf(subject), subject })),
      ),
    settle: () => settle(work, made),
  };
  return made;
}

const RECORD = { companyId: 'acme', holder: 'a', releasePolicy: 'Keep', how: 'Claimed' } as const;

async function settle(work: LaneWork, made: Shelf): Promise<void> {
  for (let turn = 0; turn < 200; turn += 1) {
    while (work.dirty) work.plan();
    const task = work.nextOwn() ?? URGENCIES.map((urgency) => work.nextVendor(urgency)).find(Boolean);
    if (task === undefined) {
      made.nowMs += 1_000;
      work.plan();
    } else await task.run(new AbortController().signal);
  }
}

test.each(['own', 'vendor'] as const)(
  'nothing is sent before it is stored and recorded (%s)',
  async (party) => {
    const world = shelf(party);
    world.declare(3);
    world.vendor.fault = (call) => {
      if (call.is === 'write') for (const key of call.keys) expect(world.records.values.has(key)).toBe(true);
      return undefined;
    };
    await world.settle();
    expect(world.calls.map((keys) => keys.length)).toEqual([2, 1]);
    expect(world.vendor.writes().flatMap(({ keys }) => keys)).toHaveLength(3);
  },
);

test('a store that fails is tried again, and nothing is sent meanwhile', async () => {
  const world = shelf();
  let failures = 3;
  const works = world.store;
  world.store = async (keys) => {
    failures -= 1;
    return failures >= 0 ? failed(AWAY) : works(keys);
  };
  world.declare(1);
  await world.settle();
  expect(world.calls).toHaveLength(4);
  expect(world.vendor.writes()).toHaveLength(1);
});

test('records that cannot be written are no receipt', async () => {
  const world = shelf();
  world.records.failing = AWAY;
  world.declare(1);
  await world.settle();
  expect(world.vendor.writes()).toEqual([]);
  world.records.failing = undefined;
  await world.settle();
  await world.settle();
  expect(world.vendor.writes()).toHaveLength(1);
});

test('one item that cannot be stored holds up no other', async () => {
  const world = shelf();
  const bad = keyOf(device(0));
  const failure = { code: 'ARCHIVE_DAMAGED', message: 'read back otherwise', kind: 'invalid' } as const;
  world.store = async (keys) =>
    ok(keys.map((key) => (key === bad ? { key, failure } : { key, record: RECORD })));
  world.declare(3);
  await world.settle();
  expect(world.vendor.writes().flatMap(({ keys }) => keys)).toHaveLength(2);
  expect(world.vendor.writes().flatMap(({ keys }) => keys)).not.toContain(bad);
});

test.each([
  ['suspended', (world: Shelf) => world.declare(2, { suspended: true })],
  [
    'observed only',
    (world: Shelf) => {
      world.mode = 'Observe';
      world.declare(2);
    },
  ],
])('nothing is stored for what is %s, and its resource says so', async (_how, arrange) => {
  const world = shelf();
  arrange(world);
  await world.settle();
  expect(world.calls).toEqual([]);
  expect(world.lane.report('a')).toMatchObject({ moving: false });
  expect(world.lane.report('a').held).toBeDefined();
});

test('what is noted beside does not ask again what the vendor refused for good', async () => {
  const kind: ItemKind<DeviceTypes> = {
    ...KIND,
    next(item) {
      const { recorded, failure } = item;
      if (failure === undefined || recorded === undefined || recorded.orderNumber !== undefined)
        return KIND.next(item);
      return { do: 'keep', record: { ...recorded, orderNumber: 'noted' }, reason: 'Noted', aside: true };
    },
  };
  const world = shelf('own', kind);
  const refused = { code: 'INVALID_MODEL', message: 'no such model', kind: 'invalid' } as const;
  world.vendor.refuse = () => refused;
  world.declare(1);
  await world.settle();
  expect(world.records.values.get(keyOf(device(0)))).toMatchObject({ orderNumber: 'noted' });
  expect(world.vendor.writes()).toHaveLength(1);
});
