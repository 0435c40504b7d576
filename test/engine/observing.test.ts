import { describe, expect, test } from 'vitest';
import type { Failure } from '../../src/ports/failure.ts';
import type { MemoryVendor } from './memory-vendor.ts';
import { createWorld, device, devices, keyOf, running, SETTINGS, type World } from './world.ts';

const HOUR = 3_600_000;

/** A customer with 25 devices that stand at the vendor already, on three pages. */
function holdingWorld(): ReturnType<typeof createWorld> {
  const world = createWorld({ pageSize: 10, canReadItems: false });
  for (const one of devices(0, 25)) world.vendor.put(one, 'acme');
  world.start();
  world.claim('a', devices(0, 30));
  return world;
}

describe('a list that cannot be believed as a whole', () => {
  const spoilers: readonly [string, (vendor: MemoryVendor) => void][] = [
    [
      'a short last page',
      (vendor) => {
        vendor.bend = (page, { cursor }) => (cursor === '20' ? { ...page, rows: page.rows.slice(1) } : page);
      },
    ],
    [
      'a page that is missing',
      (vendor) => {
        vendor.bend = ({ rows, total }, { cursor }) =>
          cursor === '10'
            ? { rows, ...(total === undefined ? {} : { total }) }
            : { rows, total: 25, next: '10' };
      },
    ],
    [
      'a total that changes in mid-list',
      (vendor) => {
        vendor.bend = (page, { cursor }) => (cursor === undefined ? page : { ...page, total: 24 });
      },
    ],
    [
      'more rows than it says there are',
      (vendor) => {
        vendor.bend = (page) => ({ ...page, total: 20 });
      },
    ],
    [
      'the same page over and over',
      (vendor) => {
        vendor.bend = ({ rows, total }) => ({ rows, next: '10', ...(total === undefined ? {} : { total }) });
      },
    ],
    [
      'an error in mid-list',
      (vendor) => {
        vendor.fault = (call) =>
          call.is === 'page' && call.cursor === '10'
            ? { is: 'fails', failure: { kind: 'transient', code: 'HTTP_503', message: 'away' } }
            : undefined;
      },
    ],
    [
      'a reply that is no list at all, such as HTML',
      (vendor) => {
        vendor.fault = (call) =>
          call.is === 'page' && call.cursor === '20'
            ? { is: 'fails', failure: { kind: 'transient', code: 'INVALID_REPLY', message: 'not JSON' } }
            : undefined;
      },
    ],
  ];

  test.each(spoilers)(
    '%s: nothing is absent, nothing is written, what was seen stays seen',
    async (_name, spoil) => {
      const world = holdingWorld();
      spoil(world.vendor);
      await running(world, HOUR);
      expect(world.vendor.writes()).toHaveLength(0);
      expect(world.states('a').claimed).toBeGreaterThanOrEqual(10);
      expect(world.states('a').pending).toBeGreaterThanOrEqual(5);
      expect(world.account.devices.report('a').readFailure).toBeDefined();
      expect(world.vendor.reads().length).toBeLessThan(150);
      world.vendor.bend = (page) => page;
      world.vendor.fault = () => undefined;
      await world.advance(HOUR);
      expect(world.states('a')).toEqual({ claimed: 30 });
      expect(world.vendor.writes().map(({ keys }) => keys.length)).toEqual([5]);
    },
  );
});

test('a row that comes twice counts once, so that it cannot stand in for a missing one', async () => {
  const world = holdingWorld();
  world.vendor.bend = (page, { cursor }) =>
    cursor === '10' ? { ...page, rows: [...page.rows.slice(0, 9), ...page.rows.slice(0, 1)] } : page;
  await running(world, HOUR);
  expect(world.vendor.writes()).toHaveLength(0);
  expect(world.states('a')).toEqual({ claimed: 24, pending: 6 });
});

test('a page that is only put off does not spoil the ones before it', async () => {
  const world = holdingWorld();
  let throttled = 0;
  world.vendor.fault = (call) => {
    if (call.is !== 'page' || call.cursor !== '20' || throttled === 3) return undefined;
    throttled += 1;
    return {
      is: 'fails',
      failure: { kind: 'throttled', code: 'HTTP_429', message: 'slow', retryAfterMs: 5_000 },
    };
  };
  await running(world, 60_000);
  expect(world.vendor.reads().map((call) => (call.is === 'page' ? call.cursor : call.is))).toEqual([
    undefined,
    '10',
    '20',
    '20',
    '20',
    '20',
  ]);
  expect(world.states('a')).toEqual({ claimed: 30 });
});

describe('a read that does not know of a write', () => {
  test('because it began before it: what the write achieved stands', async () => {
    const world = createWorld({ canReadItems: false, visibilityMs: 0 });
    // The second look begins before the batch closes; its reply, from before the write, is long on the way.
    world.start({ resyncIntervalMs: 1_500 });
    world.claim('a', [device(1)]);
    const { promise, resolve } = Promise.withResolvers<void>();
    world.vendor.fault = ({ is }) => {
      const isSecondLook = is === 'page' && world.vendor.reads().length === 2;
      world.vendor.gate = isSecondLook ? promise : Promise.resolve();
      return undefined;
    };
    await running(world, 10_000);
    expect(world.vendor.reads()).toHaveLength(2);
    expect(world.states('a')).toEqual({ claimed: 1 });
    resolve();
    await world.advance(0);
    expect(world.states('a')).toEqual({ claimed: 1 });
    await world.advance(60_000);
    expect(world.states('a')).toEqual({ claimed: 1 });
    expect(world.vendor.writes()).toHaveLength(1);
  });

  test('and is older than another read: the newer one stands', async () => {
    const world = createWorld({ canReadItems: true });
    world.start({ resyncIntervalMs: 1_500 });
    world.claim('a', [device(1)]);
    world.vendor.put(device(1), 'acme');
    await running(world, 1_000);
    const { promise, resolve } = Promise.withResolvers<void>();
    world.vendor.fault = ({ is }) => {
      world.vendor.gate = is === 'item' ? promise : Promise.resolve();
      return undefined;
    };
    world.claim('b', [device(2)]);
    await world.advance(0);
    expect(world.vendor.reads().at(-1)?.is).toBe('item');
    world.vendor.put(device(2), 'acme');
    await world.advance(1_000);
    expect(world.states('b')).toEqual({ claimed: 1 });
    resolve();
    await world.advance(0);
    expect(world.states('b')).toEqual({ claimed: 1 });
  });

  test('because it came too soon for the vendor to show it: what the write achieved stands', async () => {
    const world = createWorld({ canReadItems: false, visibilityMs: 120_000 });
    world.start({ resyncIntervalMs: 60_000 });
    world.claim('a', [device(1)], { onVendorRelease: 'Reclaim' });
    world.vendor.bend = (page) => (world.clock.monotonic() < 100_000 ? { rows: [], total: 0 } : page);
    await running(world, HOUR);
    expect(world.states('a')).toEqual({ claimed: 1 });
    expect(world.vendor.writes()).toHaveLength(1);
  });
});

describe('a look that came too soon after a write to contradict it', () => {
  test.each([{ canReadItems: true }, { canReadItems: false }])(
    'is taken again as soon as it is late enough, and not only when the next one is due ($canReadItems)',
    async ({ canReadItems }) => {
      const world = createWorld({ canReadItems, visibilityMs: 120_000 });
      world.start({ resyncIntervalMs: 10 * HOUR });
      world.claim('a', devices(0, 10));
      await running(world, 60_000);
      world.vendor.put(device(1));
      world.account.devices.lookAgain('acme');
      await world.advance(10_000);
      expect(world.states('a')).toEqual({ claimed: 10 });
      await world.advance(180_000);
      expect(world.verdict('a', device(1))).toMatchObject({ code: 'RELEASED_BY_CUSTOMER' });
      expect(world.states('a')).toEqual({ claimed: 9, conflicted: 1 });
      const looks = world.vendor.reads().length;
      await world.advance(HOUR);
      expect(world.vendor.reads()).toHaveLength(looks);
    },
  );

  /** One of ten devices is let go of within the vendor's visibility time, and a look that came too soon shows it. */
  async function doubted(canReadItems: boolean): Promise<World> {
    const world = createWorld({ canReadItems, visibilityMs: 120_000 });
    world.start({ resyncIntervalMs: 10 * HOUR });
    world.claim('a', devices(0, 10));
    await running(world, 60_000);
    world.vendor.put(device(1));
    world.account.devices.lookAgain('acme');
    await world.advance(10_000);
    expect(world.states('a')).toEqual({ claimed: 10 });
    return world;
  }

  const failures: readonly Failure[] = [
    { kind: 'transient', code: 'HTTP_503', message: 'away' },
    { kind: 'throttled', code: 'RATE_LIMIT', message: 'slower', retryAfterMs: 200 },
  ];

  test.each(
    failures.flatMap((failure) =>
      [true, false].map((canReadItems) => ({ ...failure, failure, canReadItems })),
    ),
  )('is taken once more when it fails ($code, by item: $canReadItems)', async ({ failure, canReadItems }) => {
    const world = await doubted(canReadItems);
    const looks = world.vendor.reads().length;
    world.vendor.fault = () =>
      world.vendor.reads().length === looks + 1 ? { is: 'fails', failure } : undefined;
    await world.advance(HOUR / 2);
    expect(world.vendor.reads()).toHaveLength(looks + 2);
    expect(world.verdict('a', device(1))).toMatchObject({ code: 'RELEASED_BY_CUSTOMER' });
  });

  test.each([{ canReadItems: true }, { canReadItems: false }])(
    'is not forgotten over an edit that comes when it is late enough (by item: $canReadItems)',
    async ({ canReadItems }) => {
      const world = await doubted(canReadItems);
      const looks = world.vendor.reads().length;
      world.vendor.quotaAvailableAtMs = world.clock.monotonic() + 300_000;
      await world.advance(250_000);
      world.claim('a', devices(0, 10), { orderNumber: 'A-1' });
      await world.advance(10_000);
      world.claim('a', devices(0, 10));
      await world.advance(HOUR / 2);
      expect(world.vendor.reads()).toHaveLength(looks + 1);
      expect(world.verdict('a', device(1))).toMatchObject({ code: 'RELEASED_BY_CUSTOMER' });
    },
  );

  test('is not owed any more once nobody wants the device', async () => {
    const world = await doubted(false);
    const looks = world.vendor.reads().length;
    world.claim('a', []);
    world.account.devices.forget('a');
    await world.advance(20 * HOUR);
    expect(world.vendor.reads().length).toBeLessThanOrEqual(looks + 2);
    expect(world.bugs).toEqual([]);
  });

  test('costs few pages where only the whole list shows it, as long as it takes to read', async () => {
    const world = createWorld({ canReadItems: false, pageSize: 100, visibilityMs: 120_000 });
    let count = 2_000;
    for (const one of devices(0, count)) world.vendor.put(one, 'acme');
    // A page takes half a second, and shows a device 100 s late.
    const { signal } = new AbortController();
    Object.defineProperty(world.vendor, 'gate', { get: () => world.clock.sleep(500, signal) });
    const shownFromMs = new Map<string, number>();
    world.vendor.bend = ({ rows, next }) => ({
      rows: rows.filter(({ identity }) => (shownFromMs.get(keyOf(identity)) ?? 0) <= world.clock.monotonic()),
      ...(next === undefined ? {} : { next }),
    });
    world.start({ resyncIntervalMs: 10 * HOUR });
    world.claim('a', devices(0, count));
    await running(world, 60_000);
    const before = world.vendor.reads().length;
    for (let added = 0; added < 60; added += 1) {
      shownFromMs.set(keyOf(device(count)), world.clock.monotonic() + 115_000);
      count += 1;
      world.claim('a', devices(0, count));
      await world.advance(60_000);
    }
    await world.advance(10 * 60_000);
    expect(world.states('a')).toEqual({ claimed: count });
    // One look before each claim, of 20 or 21 pages, and a tenth of that time for what came too soon.
    expect(world.vendor.reads().length - before).toBeLessThan(60 * 21 * 1.5);
  });

  test('costs one look, when the vendor was only slow to show what was claimed', async () => {
    const world = createWorld({ visibilityMs: 120_000, pageSize: 10 });
    world.start({ resyncIntervalMs: 10 * HOUR });
    world.claim('a', devices(0, 100));
    await running(world, 60_000);
    const claimedAtMs = world.clock.monotonic();
    world.vendor.bend = (page) =>
      world.clock.monotonic() < claimedAtMs + 60_000 ? { rows: [], total: 0 } : page;
    world.account.devices.lookAgain('acme');
    await world.advance(1_000);
    const looks = world.vendor.reads().length;
    await world.advance(HOUR);
    expect(world.vendor.reads().length - looks).toBe(10);
    expect(world.states('a')).toEqual({ claimed: 100 });
    expect(world.vendor.writes()).toHaveLength(1);
  });
});

test('what the customer let go of is reported, and claimed again where the claim says so', async () => {
  const world = createWorld();
  world.start();
  world.claim('report', [device(1)]);
  world.claim('reclaim', [device(2)], { onVendorRelease: 'Reclaim' });
  await running(world, 60_000);
  world.vendor.holdings.clear();
  await world.advance(2 * HOUR);
  expect(world.verdict('report', device(1))).toMatchObject({
    state: 'conflicted',
    code: 'RELEASED_BY_CUSTOMER',
  });
  expect(world.states('reclaim')).toEqual({ claimed: 1 });
});

test('a device that left the set of another customer is looked for where it is wanted before it is claimed', async () => {
  const world = createWorld({ canReadItems: false });
  world.vendor.put(device(1), 'other');
  world.start();
  world.account.devices.want('other');
  world.claim('a', [device(1)]);
  await running(world, 1_000);
  expect(world.verdict('a', device(1))?.code).toBe('HELD_BY_OTHER_CUSTOMER');
  world.vendor.put(device(1), 'acme');
  await world.advance(2 * HOUR);
  expect(world.states('a')).toEqual({ claimed: 1 });
  expect(world.vendor.writes()).toHaveLength(0);
});

test('an old absence is no leave to claim: a device declared again is looked for again', async () => {
  const world = createWorld();
  world.start({ mode: 'Observe' });
  world.claim('a', devices(0, 2));
  await running(world, 60_000);
  world.claim('a', [device(0)]);
  await world.advance(1_000);
  world.vendor.put(device(1), 'acme');
  world.account.configure({ ...SETTINGS, resyncIntervalMs: 24 * HOUR });
  world.claim('a', devices(0, 2));
  await world.advance(60_000);
  expect(world.vendor.writes().flatMap(({ keys }) => keys)).toEqual([keyOf(device(0))]);
  expect(world.states('a')).toEqual({ claimed: 2 });
});

test('a device known by two identifiers is one device, whichever the claim names', async () => {
  const world = createWorld({ canReadItems: false });
  const [first, second] = [device(1), device(2)];
  world.vendor.put({ ...first, imei2: second.imei ?? '' }, 'acme');
  world.start();
  world.claim('a', [second]);
  await running(world, 60_000);
  expect(world.states('a')).toEqual({ claimed: 1 });
  expect(world.vendor.writes()).toHaveLength(0);
});

describe('companies', () => {
  const desired = { companyName: 'Acme', adoption: 'Adopt' } as const;

  function verdicts(world: ReturnType<typeof createWorld>): unknown[] {
    return [...world.account.companies.report('customer').verdicts].map(({ verdict }) => verdict);
  }

  test('two of the same name are ambiguous, and are never told as one in between', async () => {
    const world = createWorld({ pageSize: 1 });
    const row = { companyName: 'Acme', termsStatus: 'Accepted' } as const;
    world.vendor.companies.push({ ...row, companyId: '1' }, { ...row, companyId: '2' });
    const heard = new Set<string>();
    world.vendor.fault = () => {
      heard.add(JSON.stringify(verdicts(world)));
      return undefined;
    };
    world.start();
    world.customer('customer', desired);
    await running(world, 3 * HOUR);
    expect(verdicts(world)).toEqual([{ state: 'ambiguous', companyIds: ['1', '2'] }]);
    expect([...heard].filter((text) => text.includes('bound'))).toEqual([]);
  });

  test('one that is listed twice is still one', async () => {
    const world = createWorld({ pageSize: 1 });
    const row = { companyName: 'Acme', companyId: '1', termsStatus: 'Accepted' } as const;
    world.vendor.companies.push(row, row);
    world.start();
    world.customer('customer', desired);
    await running(world, 60_000);
    expect(verdicts(world)).toEqual([{ state: 'bound', company: row }]);
  });
});
