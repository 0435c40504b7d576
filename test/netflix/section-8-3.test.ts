import { describe, expect, test, vi } from 'vitest';
import { addCharges, arm, turn } from '../simulators/crmcom-netflix/world.ts';
import { createNetflixWorld, type NetflixWorld } from './world.ts';

/**
 * Section 8.3 of the vendor's fact sheet, row by row: what may be repeated after an outcome that nobody knows. What
 * truly happened is counted in the simulator's ledger.
 *
 * | row                  | what it says                                                   | tests below             |
 * | -------------------- | -------------------------------------------------------------- | ----------------------- |
 * | all GETs             | safe                                                           | 8.3, all GETs           |
 * | create               | none: (a person, then) create; EFFECTIVE: done; else ask       | 8.3, create             |
 * | suspend, unsuspend   | a state error and a matching show: done                        | 8.3, suspend, unsuspend |
 * | cancel               | show first; CANCELLED: done; never blindly                     | 8.3, cancel             |
 * | acknowledge          | list again, then tell again: the answer says what happened     | 8.3, acknowledge        |
 * | register_devices     | a failed ESN is ambiguous; no success without ledger evidence  | 8.3, register_devices   |
 * | unregister_devices   | the same, behind the guard                                     | 8.3, unregister_devices |
 */
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

/** A subscriber of before us who watches, and a resource that says so. */
async function watching(knobs: object = {}): Promise<NetflixWorld> {
  const world = await createNetflixWorld();
  await turn(world.vendor, knobs);
  await world.vendor.admin('POST', '/subscribers', { customer: 'ann', state: 'effective' });
  world.start();
  world.subscribe('ann');
  await world.until(() => stands(world, 'ann') === 'active', 'it is taken over');
  return world;
}

describe.concurrent('8.3, all GETs: safe', () => {
  test.each(['dropBeforeEffect', 'dropAfterEffect', 'errorAfterEffect', 'html', 'truncatedJson'])(
    'a look that ends with %s is taken again, and nothing is concluded from it',
    async (fault) => {
      await using world = await createNetflixWorld();
      await world.vendor.admin('POST', '/subscribers', { customer: 'ann', state: 'effective' });
      for (const endpoint of ['subscriptions.show', 'charges.list']) {
        await arm(world.vendor, { fault, times: 2, match: { endpoint } });
      }
      const numbers = await addCharges(world.vendor, 'ann', 3);
      world.start();
      world.subscribe('ann');
      world.drain();
      await world.until(() => stands(world, 'ann') === 'active', 'it is taken over');
      await world.until(async () => (await world.effects('charges.acknowledge')) === 3, 'drained');
      expect(await world.requests(CREATE)).toEqual([]);
      expect((await world.charges()).map(({ spec }) => spec.number).sort()).toEqual([...numbers].sort());
    },
  );
});

const ACTIONS = [
  { verb: 'suspend', before: 'Active', wanted: 'Suspended', is: 'suspended' },
  { verb: 'unsuspend', before: 'Suspended', wanted: 'Active', is: 'active' },
] as const;

describe.concurrent('8.3, suspend, unsuspend: a matching show is done', () => {
  for (const { verb, before, wanted, is } of ACTIONS) {
    test.each([
      ['it happened', 'dropAfterEffect', 1],
      ['it never arrived', 'dropBeforeEffect', 2],
      ['a web page came instead', 'html', 1],
    ] as const)(`${verb}, reply lost: %s`, async (_, fault, requests) => {
      await using world = await watching();
      if (before === 'Suspended') {
        world.subscribe('ann', { state: before });
        await world.until(() => stands(world, 'ann') === 'suspended', 'it is suspended');
      }
      await arm(world.vendor, { fault, match: { endpoint: `subscriptions.${verb}` } });
      world.subscribe('ann', { state: wanted });
      await world.until(() => stands(world, 'ann') === is, `it is ${is}`);
      expect(await world.requests(`subscriptions.${verb}`)).toHaveLength(requests);
      expect(await world.effects(`subscriptions.${verb}`)).toBe(1);
    });
  }

  test.each(['invalid_state', 'ok'])(
    'a repeat that the vendor answers with %s ends as suspended',
    async (how) => {
      await using world = await watching({ repeatAction: how });
      // Somebody else did it, and our look is older than that.
      await turn(world.vendor, { stateLagMs: 60_000 });
      const customer = { billing_system_customer_identifier: 'ann' };
      await world.vendor.post('netflix/subscriptions/suspend', customer);
      world.subscribe('ann', { state: 'Suspended' });
      await world.until(() => stands(world, 'ann') === 'suspended', 'it is suspended');
      expect(await world.effects('subscriptions.suspend')).toBe(1);
    },
  );
});

describe.concurrent('8.3, cancel: never blindly', () => {
  test.each([
    ['it happened', 'dropAfterEffect', 1],
    ['it never arrived', 'dropBeforeEffect', 2],
  ] as const)('the reply is lost: %s', async (_, fault, requests) => {
    await using world = await watching();
    await arm(world.vendor, { fault, match: { endpoint: 'subscriptions.cancel' } });
    world.subscribe('ann', { state: 'Cancelled' });
    await world.until(() => stands(world, 'ann') === 'cancelled', 'it is cancelled');
    const sent = await world.requests('subscriptions.cancel');
    expect(sent).toHaveLength(requests);
    expect(await world.effects('subscriptions.cancel')).toBe(1);
    // Each was preceded by a look, also the second one.
    const shows = await world.requests('subscriptions.show');
    for (const [index, { seq }] of sent.entries()) {
      const since = sent[index - 1]?.seq ?? 0;
      expect(shows.some((show) => show.seq > since && show.seq < seq)).toBe(true);
    }
  });

  test('it is cancelled already: nothing is sent', async () => {
    await using world = await createNetflixWorld();
    await world.vendor.admin('POST', '/subscribers', { customer: 'ann', state: 'cancelled' });
    world.start();
    world.subscribe('ann', { state: 'Cancelled' });
    await world.until(() => stands(world, 'ann') === 'cancelled', 'it is cancelled');
    expect(await world.requests('subscriptions.cancel')).toEqual([]);
  });
});

/** Numbers the vendor took the acknowledgement of, in order. */
async function acknowledged(world: NetflixWorld): Promise<readonly string[]> {
  const sent = await world.requests('charges.acknowledge');
  return sent.flatMap(({ effect = [] }) => effect.map(({ number }) => number as string));
}

describe.concurrent('8.3, acknowledge: listed again', () => {
  test.each([
    ['it happened', 'dropAfterEffect'],
    ['it never arrived', 'dropBeforeEffect'],
    ['half of the reply is missing', 'truncatedJson'],
  ])('the reply is lost: %s; each is told once, and under a reference of its own', async (_, fault) => {
    await using world = await createNetflixWorld();
    const numbers = await addCharges(world.vendor, 'pci150', 70);
    await arm(world.vendor, { fault, match: { endpoint: 'charges.acknowledge' } });
    world.start();
    world.drain();
    await world.until(
      async () => (await world.charges()).filter(({ status }) => status?.acknowledged).length === 70,
      'all are acknowledged',
    );
    expect([...(await acknowledged(world))].sort()).toEqual([...numbers].sort());
    const references = (await world.charges()).map(({ status }) => status?.referenceNumber);
    expect(new Set(references).size).toBe(70);
    expect(world.bugs).toEqual([]);
  });

  test('a list from before the acknowledgement shows it again: it is neither told nor written twice', async () => {
    await using world = await createNetflixWorld();
    await addCharges(world.vendor, 'pci150', 5);
    // From here on lists show the world of now, whatever is acknowledged.
    await arm(world.vendor, { fault: 'staleReads', ms: 600_000, match: { endpoint: 'charges.list' } });
    world.start();
    world.drain();
    await world.until(async () => (await world.effects('charges.acknowledge')) === 5, 'acknowledged');
    const looks = (await world.requests('charges.list')).length;
    await world.until(async () => (await world.requests('charges.list')).length > looks + 4, 'looks');
    world.drain();
    await world.pass(30_000);
    expect(await world.requests('charges.acknowledge')).toHaveLength(1);
    const charges = await world.charges();
    expect(charges.every(({ status }) => status?.acknowledged === true && status.review === undefined)).toBe(
      true,
    );
  });
});

const REGISTER = 'devices.register';
const UNREGISTER = 'devices.unregister';

/** What is truly registered at the vendor. */
async function registered({ vendor }: NetflixWorld): Promise<readonly string[]> {
  const { body } = await vendor.admin('GET', '/esns');
  return (body as unknown as readonly { readonly esn: string }[]).map(({ esn }) => esn).sort();
}

describe.concurrent('8.3, register_devices: a failed ESN is ambiguous', () => {
  test.each([
    ['it never arrived: asked again, registered', 'dropBeforeEffect', 'registered'],
    ['it happened: the repeat names it as failed, and that is no success', 'dropAfterEffect', 'unconfirmed'],
  ])('the reply is lost; %s', async (_, fault, state) => {
    await using world = await createNetflixWorld();
    await arm(world.vendor, { fault, match: { endpoint: REGISTER } });
    world.start();
    world.registration(['NF-1']);
    await world.until(() => world.device('NF-1')?.state === state, `it is ${state}`);
    expect(await registered(world)).toEqual(['NF-1']);
    expect(await world.requests(REGISTER)).toHaveLength(2);
    expect(await world.effects(REGISTER)).toBe(1);
  });

  test('one that the vendor names as failed is unconfirmed, alone', async () => {
    await using world = await createNetflixWorld();
    await world.vendor.admin('POST', '/esns', { esns: ['NF-2'] });
    world.start();
    world.registration(['NF-1', 'NF-2', 'NF-3']);
    await world.until(() => world.device('NF-2')?.state === 'unconfirmed', 'it is unconfirmed');
    await world.until(() => world.device('NF-3')?.state === 'registered', 'the others are registered');
    expect(world.device('NF-1')?.state).toBe('registered');
    expect(await world.requests(REGISTER)).toHaveLength(1);
  });
});

describe.concurrent('8.3, unregister_devices: the same ambiguity', () => {
  async function leaving(fault: string): Promise<NetflixWorld> {
    const world = await createNetflixWorld();
    world.start();
    world.registration(['NF-1', 'NF-2']);
    await world.until(() => world.device('NF-2')?.state === 'registered', 'they are registered');
    await arm(world.vendor, { fault, match: { endpoint: UNREGISTER } });
    world.registration(['NF-1']);
    return world;
  }

  test('the reply is lost; it never arrived: asked again, and gone', async () => {
    await using world = await leaving('dropBeforeEffect');
    await world.until(() => world.releasing().count === 0, 'it is unregistered');
    expect(await registered(world)).toEqual(['NF-1']);
    expect(await world.effects(UNREGISTER)).toBe(1);
  });

  test('the reply is lost; it happened: the repeat names it as failed, and it is not dropped without a word', async () => {
    await using world = await leaving('dropAfterEffect');
    await world.until(() => world.releasing().codes.includes('UNCONFIRMED'), 'its resource is told');
    expect(await registered(world)).toEqual(['NF-1']);
    expect(await world.effects(UNREGISTER)).toBe(1);
    // Nothing at the vendor can be read: it stays recorded, and told, until a person says otherwise.
    await world.pass(60_000);
    expect(world.releasing()).toEqual({ count: 1, codes: ['UNCONFIRMED'] });
    // The next process knows it too.
    world.kill();
    world.start();
    world.registration(['NF-1']);
    await world.until(() => world.releasing().count === 1, 'it is still to be unregistered');
    expect(await world.effects(UNREGISTER)).toBe(1);
  });
});
