import { describe, expect, test, vi } from 'vitest';
import { arm, turn } from '../simulators/crmcom-netflix/world.ts';
import { createNetflixWorld, type NetflixWorld } from './world.ts';

vi.setConfig({ testTimeout: 180_000, maxConcurrency: 6 });

/** Longer than looks for a lost creation go on before a person is asked (limits.ts, CREATE_VISIBILITY_MS). */
const SEARCHED_MS = 700_000;

const CREATE = 'subscriptions.create';

/** A subscriber whose creation lost its reply. */
async function lostCreation(fault: object, knobs: object = {}): Promise<NetflixWorld> {
  const world = await createNetflixWorld();
  await turn(world.vendor, knobs);
  await arm(world.vendor, { ...fault, match: { endpoint: CREATE } });
  world.start();
  world.subscribe('ann', { recreateAfterCancel: true });
  return world;
}

/** What became of it, and that nothing was ever asked twice. */
async function expectOneCreate(world: NetflixWorld): Promise<void> {
  expect(await world.requests(CREATE)).toHaveLength(1);
  expect(world.bugs).toEqual([]);
}

function stands(world: NetflixWorld, customer: string): string {
  const { state, code = '' } = world.subscription(customer) ?? { state: 'unknown' };
  return `${state} ${code}`.trim();
}

describe.concurrent('8.3, create: a hazard', () => {
  test.each([
    ['the connection ends before it', { fault: 'dropBeforeEffect' }],
    ['an error page comes instead of it', { fault: 'errorBeforeEffect', status: 500 }],
  ])(
    'no subscription is shown (%s): a person is asked, and their word alone creates it',
    async (_, fault) => {
      await using world = await lostCreation(fault);
      await world.until(() => world.waitsForPerson('ann'), 'a person is asked');
      const looks = (await world.requests('subscriptions.show')).length;
      // Hours later it is still looked for, and still nothing is sent.
      await world.pass(SEARCHED_MS);
      await world.until(
        async () => (await world.requests('subscriptions.show')).length > looks + 2,
        'looks go on with every resync interval',
      );
      await expectOneCreate(world);
      const [entry] = world.journal.openEntries();
      expect(entry?.facts.state).toBe('Unknown');
      world.account.resolve(entry?.intent.requestKey ?? '', [{ as: 'NotHappened' }]);
      await world.until(() => stands(world, 'ann') === 'registrationOpen REGISTRATION_OPEN', 'it is created');
      expect(await world.effects(CREATE)).toBe(1);
      expect(await world.tokenOf('ann')).toMatch(/^[0-9a-f]{32}$/);
    },
  );

  test('no subscription is shown, and a later look shows it after all: that ends it', async () => {
    await using world = await lostCreation({ fault: 'dropBeforeEffect' });
    await world.until(() => world.waitsForPerson('ann'), 'a person is asked');
    // The request was held up somewhere for longer than anybody thought.
    await world.vendor.admin('POST', '/subscribers', { customer: 'ann', state: 'effective' });
    await world.until(() => stands(world, 'ann') === 'active', 'it is active');
    expect(world.journal.openEntries()).toEqual([]);
    await expectOneCreate(world);
  });

  test('EFFECTIVE: done', async () => {
    await using world = await lostCreation({ fault: 'dropAfterEffect' });
    await world.until(async () => (await world.effects(CREATE)) === 1, 'it was created');
    await world.vendor.admin('POST', '/subscribers/register', { customer: 'ann' });
    await world.until(() => stands(world, 'ann') === 'active', 'it is active');
    await expectOneCreate(world);
  });

  test.each([
    ['the connection ends after it', { fault: 'dropAfterEffect' }, {}],
    ['a web page comes instead of the reply', { fault: 'html' }, {}],
    ['half of the reply is missing', { fault: 'truncatedJson' }, {}],
    [
      'a second one would yield a fresh token',
      { fault: 'dropAfterEffect' },
      { createWhenExists: 'reissue_token' },
    ],
  ])('NOT_EFFECTIVE: the token is lost, a person is asked (%s)', async (_, fault, knobs) => {
    await using world = await lostCreation(fault, knobs);
    await world.until(() => stands(world, 'ann') === 'failed TOKEN_LOST', 'its token is lost');
    await world.pass(SEARCHED_MS);
    expect(stands(world, 'ann')).toBe('failed TOKEN_LOST');
    await expectOneCreate(world);
    expect(await world.tokenOf('ann')).toBeUndefined();
  });

  test('killed behind the intent, the next process asks a person and creates nothing', async () => {
    await using world = await createNetflixWorld();
    world.journal.onIntended = ({ verb }) => {
      if (verb === 'createSubscription') world.kill();
    };
    world.start();
    world.subscribe('ann');
    await world.until(() => world.journal.entries.size === 1, 'the intent is durable');
    world.journal.onIntended = () => {};
    world.start();
    world.subscribe('ann');
    await world.until(() => world.waitsForPerson('ann'), 'a person is asked');
    expect(await world.requests(CREATE)).toEqual([]);
  });

  test('the reply came, and the looks that follow show the world of before: nothing is created anew', async () => {
    await using world = await createNetflixWorld();
    // Armed now: from here on reads know nobody, whatever happens.
    await arm(world.vendor, {
      fault: 'staleReads',
      ms: SEARCHED_MS,
      match: { endpoint: 'subscriptions.show' },
    });
    world.start();
    world.subscribe('ann', { recreateAfterCancel: true });
    await world.until(() => stands(world, 'ann') === 'failed SUBSCRIPTION_GONE', 'the look misses it');
    const token = await world.tokenOf('ann');
    expect(token).toMatch(/^[0-9a-f]{32}$/);
    await world.until(() => stands(world, 'ann') === 'registrationOpen REGISTRATION_OPEN', 'it is seen');
    expect(await world.tokenOf('ann')).toBe(token);
    await expectOneCreate(world);
  });
});
