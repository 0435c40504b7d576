import { describe, expect, test, vi } from 'vitest';
import { addCharges, arm } from '../simulators/crmcom-netflix/world.ts';
import { createNetflixWorld, type NetflixWorld } from './world.ts';

/**
 * Section 8.4 of the vendor's fact sheet, row by row: charges are drained without skipping any, although each
 * acknowledgement moves the rows behind it.
 *
 * | row                                                            | tests below                          |
 * | -------------------------------------------------------------- | ------------------------------------ |
 * | drain: the offset passes over rows that are deliberately left  | rows that are left                   |
 * | stop where a full pass acknowledges nothing                    | nothing to acknowledge               |
 * | snapshot: de-duplicate by number                               | rows that come twice                 |
 * | new charges arrive between pages                               | charges that come meanwhile          |
 * | PENDING rows move to PROCESSED; they are never acknowledged    | what is not decided                  |
 * | fewer rows than asked prove no end, an empty page does         | short pages                          |
 * | (4.6) persist before acknowledging                             | a process that is killed             |
 */
vi.setConfig({ testTimeout: 180_000, maxConcurrency: 6 });

const LIST = { endpoint: 'charges.list' };

async function draining(prepare: (world: NetflixWorld) => Promise<unknown>): Promise<NetflixWorld> {
  const world = await createNetflixWorld();
  await prepare(world);
  world.start();
  world.drain();
  return world;
}

/** Numbers the vendor took the acknowledgement of, in order. */
async function acknowledged(world: NetflixWorld): Promise<readonly string[]> {
  const sent = await world.requests('charges.acknowledge');
  return sent.flatMap(({ effect = [] }) => effect.map(({ number }) => number as string));
}

async function untilDone(world: NetflixWorld, count: number): Promise<void> {
  await world.until(
    async () => (await world.charges()).filter(({ status }) => status?.acknowledged).length === count,
    `${count} charges are acknowledged`,
  );
}

/** The vendor was told of each of them once, and each stood recorded by then. */
async function expectKept(world: NetflixWorld, numbers: readonly string[]): Promise<void> {
  expect([...(await acknowledged(world))].sort()).toEqual([...numbers].sort());
  const recorded = new Set((await world.charges()).map(({ spec }) => spec.number));
  for (const number of numbers) expect(recorded).toContain(number);
  expect(world.bugs).toEqual([]);
}

/** A row whose status and times contradict each other: it is left where it stands. */
const CONTRADICTORY = { status: 'APPROVED', setAs: { DECLINED: '2026-01-01T00:00:00Z' } };

describe.concurrent('8.4', () => {
  test('rows that are left, more than a page of them and in front, hide none behind them', async () => {
    let good: readonly string[] = [];
    await using world = await draining(async ({ vendor }) => {
      await addCharges(vendor, 'pci150', 120, CONTRADICTORY);
      good = await addCharges(vendor, 'pci151', 130);
    });
    await untilDone(world, 130);
    await expectKept(world, good);
    const reviews = (await world.charges()).filter(({ status }) => status?.review !== undefined);
    expect(reviews).toHaveLength(120);
  });

  test('rows that the vendor does not let us acknowledge hide none behind them', async () => {
    let numbers: readonly string[] = [];
    await using world = await draining(async ({ vendor }) => {
      numbers = await addCharges(vendor, 'pci150', 160);
      await arm(vendor, {
        fault: 'partialFailure',
        ratio: 0.5,
        times: 2,
        match: { endpoint: 'charges.acknowledge' },
      });
    });
    await world.until(async () => {
      const charges = await world.charges();
      const over = charges.filter(({ status }) => status?.acknowledged || status?.review !== undefined);
      return charges.length === 160 && over.length === 160;
    }, 'each is acknowledged or for review');
    const told = await acknowledged(world);
    expect(new Set(told).size).toBe(told.length);
    const review = (await world.charges()).filter(({ status }) => status?.review !== undefined);
    expect(told.length + review.length).toBe(numbers.length);
    expect(review.length).toBeGreaterThan(0);
  });

  test('nothing to acknowledge: a pass ends, and no call is made of it', async () => {
    await using world = await draining(({ vendor }) => addCharges(vendor, 'pci150', 75, CONTRADICTORY));
    await world.until(
      async () => (await world.charges()).filter(({ status }) => status?.review !== undefined).length === 75,
      'all are for review',
    );
    await world.pass(100_000);
    expect(await world.requests('charges.acknowledge')).toEqual([]);
    const calls = (await world.requests('charges.list')).filter(({ query }) =>
      query?.includes('charge_status=PROCESSED'),
    );
    const looks = calls.filter(({ query }) => /offset=0\b/.test(query ?? '')).length;
    // Two pages and the empty one for each look: nothing goes round.
    expect(calls.length).toBeLessThanOrEqual(3 * looks);
  });

  test('rows that come twice, as pages overlap, are recorded and told once', async () => {
    let numbers: readonly string[] = [];
    await using world = await draining(async ({ vendor }) => {
      numbers = await addCharges(vendor, 'pci150', 180);
      await arm(vendor, { fault: 'overlappingPages', items: 7, times: 3, match: LIST });
    });
    await untilDone(world, 180);
    await expectKept(world, numbers);
  });

  test('charges that come meanwhile are taken, too', async () => {
    const numbers: string[] = [];
    await using world = await draining(async ({ vendor }) => {
      await arm(vendor, { fault: 'latency', ms: 20, times: 'always', match: LIST });
      numbers.push(...(await addCharges(vendor, 'pci150', 150)));
    });
    await world.until(async () => (await acknowledged(world)).length > 0, 'it has begun');
    numbers.push(...(await addCharges(world.vendor, 'pci151', 60)));
    await untilDone(world, 210);
    await expectKept(world, numbers);
  });

  test('what is not decided is never told of, and taken when it is', async () => {
    let pending: readonly string[] = [];
    let decided: readonly string[] = [];
    await using world = await draining(async ({ vendor }) => {
      pending = await addCharges(vendor, 'pci150', 3, { status: 'PENDING' });
      decided = await addCharges(vendor, 'pci151', 60);
    });
    await untilDone(world, 60);
    await expectKept(world, decided);
    const [first = ''] = pending;
    await world.vendor.admin('POST', `/charges/${first}/process`, { outcome: 'REJECTED' });
    await untilDone(world, 61);
    await expectKept(world, [...decided, first]);
  });

  test('short pages prove no end', async () => {
    let numbers: readonly string[] = [];
    await using world = await draining(async ({ vendor }) => {
      numbers = await addCharges(vendor, 'pci150', 140);
      await arm(vendor, { fault: 'shortRead', items: 11, times: 4, match: LIST });
    });
    await untilDone(world, 140);
    await expectKept(world, numbers);
  });

  test('a token that ends in the middle changes nothing', async () => {
    let numbers: readonly string[] = [];
    await using world = await draining(async ({ vendor }) => {
      numbers = await addCharges(vendor, 'pci150', 120);
      await arm(vendor, { fault: 'expireTokens', match: { endpoint: 'charges.acknowledge' } });
      await arm(vendor, { fault: 'expireTokens', skip: 2, match: LIST });
    });
    await untilDone(world, 120);
    await expectKept(world, numbers);
  });

  test('a process that is killed behind an intent leaves everything to the next one', async () => {
    await using world = await createNetflixWorld();
    const numbers = await addCharges(world.vendor, 'pci150', 120);
    for (let kills = 0; kills < 3; kills += 1) {
      const intents = world.journal.entries.size;
      world.journal.onIntended = () => world.kill();
      world.start();
      world.drain();
      await world.until(() => world.journal.entries.size > intents, 'an intent is durable');
    }
    world.journal.onIntended = () => {};
    world.start();
    world.drain();
    await untilDone(world, 120);
    await expectKept(world, numbers);
  });
});

/** Every look from now on shows an empty list, whatever is in it; `clear` ends that. */
async function emptyLists({ vendor }: NetflixWorld): Promise<void> {
  await arm(vendor, { fault: 'shortRead', items: 50, times: 'always', match: LIST });
}

async function clear({ vendor }: NetflixWorld): Promise<void> {
  await vendor.admin('DELETE', '/faults');
}

/** Numbers that we say the vendor was told of. */
async function saidAcknowledged(world: NetflixWorld): Promise<readonly string[]> {
  return (await world.charges())
    .filter(({ status }) => status?.acknowledged)
    .map(({ spec }) => spec.number)
    .sort();
}

/** So many complete looks, whatever they show. */
async function looks(world: NetflixWorld, count: number): Promise<void> {
  const before = (await world.requests('charges.list')).length;
  await world.until(
    async () => (await world.requests('charges.list')).length >= before + 2 * count,
    `${count} looks`,
  );
}

const ACKNOWLEDGE = { endpoint: 'charges.acknowledge' };

/**
 * No row of 8.4, and no row of it forbids it: a list that is empty by mistake, look after look. A charge that is taken
 * for acknowledged because of it would never be.
 */
describe.concurrent('8.4, lists that are wrongly empty', () => {
  test('for minutes make no charge acknowledged that is only recorded', async () => {
    await using world = await createNetflixWorld();
    const numbers = await addCharges(world.vendor, 'pci150', 3);
    world.start();
    world.drain('Never');
    await world.until(async () => (await world.charges()).length === 3, 'they are recorded');
    await emptyLists(world);
    await looks(world, 4);
    await world.pass(900_000);
    expect(await saidAcknowledged(world)).toEqual([]);
    // Nor by the process that comes after, which knows of the list only what it shows now.
    world.kill();
    world.start();
    world.drain('Never');
    await looks(world, 4);
    expect(await saidAcknowledged(world)).toEqual([]);
    await clear(world);
    world.drain();
    await untilDone(world, 3);
    await expectKept(world, numbers);
  });

  test('do not make up for a reply that was lost before anything happened: the vendor is told again', async () => {
    let numbers: readonly string[] = [];
    await using world = await draining(async ({ vendor }) => {
      numbers = await addCharges(vendor, 'pci150', 50);
      await arm(vendor, { fault: 'dropBeforeEffect', times: 'always', match: ACKNOWLEDGE });
    });
    await world.until(async () => (await world.requests('charges.acknowledge')).length > 0, 'one is lost');
    await emptyLists(world);
    await looks(world, 4);
    await world.pass(900_000);
    expect(await saidAcknowledged(world)).toEqual([]);
    await clear(world);
    await emptyLists(world);
    // Though no list shows any of them: the vendor's answer counts.
    await untilDone(world, 50);
    await expectKept(world, numbers);
  });

  test('nor does a process forget that a reply was lost: the next one tells the vendor again', async () => {
    let numbers: readonly string[] = [];
    await using world = await draining(async ({ vendor }) => {
      numbers = await addCharges(vendor, 'pci150', 20);
      await arm(vendor, { fault: 'dropBeforeEffect', match: ACKNOWLEDGE });
    });
    await world.until(() => {
      const [first] = [...world.journal.entries.values()];
      return first?.facts.finishedAtMs !== undefined;
    }, 'the operation whose reply was lost is over');
    world.kill();
    await emptyLists(world);
    world.start();
    world.drain();
    await untilDone(world, 20);
    await expectKept(world, numbers);
  });

  test('let nothing be acknowledged that the vendor was never told of: it may be another one by now', async () => {
    await using world = await createNetflixWorld();
    const numbers = await addCharges(world.vendor, 'pci150', 3);
    world.start();
    world.drain('Never');
    await world.until(async () => (await world.charges()).length === 3, 'they are recorded');
    await emptyLists(world);
    await looks(world, 2);
    world.drain();
    await world.until(
      () => world.chargeCodes().filter((code) => code === 'LISTED_NO_MORE').length === 3,
      'a person is asked after an hour',
    );
    expect(await world.requests('charges.acknowledge')).toEqual([]);
    expect(await saidAcknowledged(world)).toEqual([]);
    await clear(world);
    await untilDone(world, 3);
    await expectKept(world, numbers);
  });

  test('and a reply that was lost after it happened: the vendor says so when it is told again', async () => {
    let numbers: readonly string[] = [];
    await using world = await draining(async ({ vendor }) => {
      numbers = await addCharges(vendor, 'pci150', 60);
      await arm(vendor, { fault: 'dropAfterEffect', match: ACKNOWLEDGE });
    });
    await untilDone(world, 60);
    await expectKept(world, numbers);
    expect((await world.charges()).filter(({ status }) => status?.review !== undefined)).toEqual([]);
  });

  test('what somebody else acknowledged is written down once no look has shown it for an hour', async () => {
    await using world = await createNetflixWorld();
    const [number = ''] = await addCharges(world.vendor, 'pci150', 1);
    world.start();
    world.drain('Never');
    await world.until(async () => (await world.charges()).length === 1, 'it is recorded');
    await world.vendor.post('netflix/charges/acknowledge', {
      acknowledged_charges_set: [{ number, billing_system_customer_identifier: 'pci150' }],
    });
    await looks(world, 3);
    await world.pass(1_200_000);
    expect(await saidAcknowledged(world)).toEqual([]);
    await world.until(async () => (await saidAcknowledged(world)).length === 1, 'it is written down');
    expect(world.bugs).toEqual([]);
  });
});
