import { expect, test } from 'vitest';
import { type Failure, failed, ok } from '../../src/ports/failure.ts';
import type { Probe } from '../../src/ports/probe.ts';
import { createWorld, type World } from './world.ts';

const HOUR = 3_600_000;
const AWAY: Failure = { kind: 'transient', code: 'HTTP_503', message: 'away' };
const PROMOTIONS = [{ code: '14', name: 'two months' }];

interface Probed {
  readonly world: World;
  /** When the vendor was looked at. */
  readonly looks: number[];
  /** Makes the next looks fail. */
  failure: Failure | undefined;
}

/** An account at a vendor without a list of companies. */
async function probed(): Promise<Probed> {
  const world = createWorld();
  const looks: number[] = [];
  const made: Probed = { world, looks, failure: undefined };
  const probe: Probe = {
    look: async () => {
      looks.push(world.clock.monotonic());
      return made.failure === undefined ? ok({ promotions: PROMOTIONS }) : failed(made.failure);
    },
  };
  world.start();
  const { companies: _, ...adapter } = world.vendor.adapter(() => world.clock.monotonic());
  world.account.connect({ ...adapter, probe });
  world.account.listsAreComplete();
  await world.advance(1_000);
  return made;
}

test('a vendor without companies is looked at when its account opens, and again after every interval', async () => {
  const { world, looks } = await probed();
  expect(looks).toHaveLength(1);
  expect(world.account.summary()).toMatchObject({
    health: { lastCompleteAtMs: expect.any(Number) },
    facts: { promotions: PROMOTIONS },
  });
  await world.advance(1.2 * HOUR);
  expect(looks).toHaveLength(2);
});

test('a look that fails is tried again with growing distance, and what was known stays', async () => {
  const made = await probed();
  made.failure = AWAY;
  made.world.account.lookAgain();
  await made.world.advance(60_000);
  expect(made.looks.length).toBeGreaterThan(2);
  expect(made.looks.length).toBeLessThan(15);
  expect(made.world.account.summary()).toMatchObject({
    health: { failure: AWAY, lastCompleteAtMs: expect.any(Number) },
    facts: { promotions: PROMOTIONS },
  });
  made.failure = undefined;
  await made.world.advance(HOUR / 10);
  expect(made.world.account.summary().health.failure).toBeUndefined();
});

test('a new login is looked at at once, however long the old one had to wait', async () => {
  const made = await probed();
  made.failure = AWAY;
  made.world.account.lookAgain();
  await made.world.advance(HOUR / 10);
  const before = made.looks.length;
  const { companies: _, ...adapter } = made.world.vendor.adapter(() => made.world.clock.monotonic());
  made.world.account.connect({ ...adapter, probe: { look: async () => ok({}) } });
  await made.world.advance(1_000);
  expect(made.looks).toHaveLength(before);
  expect(made.world.account.summary().health.failure).toBeUndefined();
});
