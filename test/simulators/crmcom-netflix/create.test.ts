import { describe, expect, test } from 'vitest';
import { create, customer, register, startWorld, statesOf, turn, type World } from './world.ts';

interface Created {
  readonly subscription_number: string;
  readonly netflix_token: string;
  readonly netflix_token_expiration_date: string;
}

async function created(world: World, id: string, more: object = {}): Promise<Created> {
  const answer = await create(world, id, more);
  expect(answer.code, answer.text).toBe('OK');
  return answer.data as Created;
}

function registerWith(world: World, order: object) {
  return world.admin('POST', '/subscribers/register', order);
}

describe('create', () => {
  test('answers a number, a token, and its end in the installation’s own time', async () => {
    await using world = await startWorld();
    expect(await created(world, 'pci1', { validity_duration: 100 })).toEqual({
      subscription_number: 'S0000000001',
      netflix_token: expect.stringMatching(/^[0-9a-f]{32}$/),
      netflix_token_expiration_date: '2026-01-01T02:01:40',
    });
    expect((await created(world, 'pci2')).netflix_token_expiration_date).toBe('2026-01-02T02:00:00');
  });

  test('tells the time of another zone, daylight saving included', async () => {
    const clock = { now: () => Date.UTC(2026, 6, 1) };
    await using world = await startWorld({ clock, timeZone: 'Europe/Berlin' });
    const { netflix_token_expiration_date: end } = await created(world, 'pci1', { validity_duration: 60 });
    expect(end).toBe('2026-07-01T02:01:00');
  });

  test.each([
    ['a second', 1, 'OK'],
    ['24 hours', 86_400, 'OK'],
    ['more than 24 hours', 86_401, 'LIMIT_EXCEEDED'],
    ['no time at all', 0, 'INVALID_PARAMETER'],
    ['half a second', 0.5, 'INVALID_PARAMETER'],
    ['a number in quotes', '100', 'INVALID_PARAMETER'],
  ])('of a token for %s: %s seconds are %s', async (_, seconds, code) => {
    await using world = await startWorld();
    expect((await create(world, 'pci1', { validity_duration: seconds })).code).toBe(code);
  });

  test('takes a promotion that holds now, and no other', async () => {
    await using world = await startWorld();
    await world.admin('POST', '/promotions', {
      promotions: [
        { code: 'now' },
        { code: 'over', effectiveFrom: '2025-01-01T00:00:00Z', expiresOn: '2026-01-01T00:00:00Z' },
        { code: 'later', effectiveFrom: '2026-02-01T00:00:00Z' },
      ],
    });
    const listed = (await world.get('netflix/promotions/list')).data as { code: string }[];
    expect(listed.map(({ code }) => code)).toEqual(['now']);
    for (const code of ['over', 'later', 'none'])
      expect((await create(world, 'pci1', { promotion_code: code })).code).toBe('NOT_FOUND');
    await created(world, 'pci1', { promotion_code: 'now' });
  });

  test('refuses a channel that is none, and a name that is no text', async () => {
    await using world = await startWorld();
    expect((await create(world, 'pci1', { channel: 'TV' })).code).toBe('INVALID_PARAMETER');
    expect((await create(world, 'pci1', { customer_last_name: 7 })).code).toBe('INVALID_PARAMETER');
    for (const channel of ['WEB', 'STORE', 'MOBILE', 'BROADBAND', 'OTHER', null])
      await created(world, `pci-${channel}`, { channel });
  });

  test('for a live subscription is refused, whatever its state, and issues no token', async () => {
    await using world = await startWorld();
    for (const state of ['created', 'effective', 'suspended', 'terminated']) {
      await world.admin('POST', '/subscribers', { customer: state, state });
      const answer = await create(world, state);
      expect([answer.code, answer.data]).toEqual(['SUBSCRIPTION_EXISTS', {}]);
    }
    const counters = (await world.admin('GET', '/counters')).body;
    expect(counters['subscriptions.create']).toEqual({ requests: 4, effects: 0 });
  });

  test('for one that waits for its registration reissues the token where the knob says so', async () => {
    await using world = await startWorld({ knobs: { createWhenExists: 'reissue_token' } });
    const first = await created(world, 'pci1', { validity_duration: 60 });
    await world.advance(60_000);
    const second = await created(world, 'pci1', { validity_duration: 60 });
    expect(second.subscription_number).toBe(first.subscription_number);
    expect(second.netflix_token).not.toBe(first.netflix_token);
    expect((await registerWith(world, { netflixToken: first.netflix_token })).status).toBe(404);
    expect((await registerWith(world, { netflixToken: second.netflix_token })).status).toBe(200);
    expect((await create(world, 'pci1')).code).toBe('SUBSCRIPTION_EXISTS');
  });

  test('after a cancel makes a new subscription under a new number, or none where the knob says so', async () => {
    await using world = await startWorld();
    const first = await created(world, 'pci1');
    await world.post('netflix/subscriptions/cancel', customer('pci1'));
    await turn(world, { recreateAfterCancel: false });
    expect((await create(world, 'pci1')).code).toBe('SUBSCRIPTION_EXISTS');
    await turn(world, { recreateAfterCancel: true });
    expect((await created(world, 'pci1')).subscription_number).not.toBe(first.subscription_number);
    expect(await statesOf(world, 'pci1')).toBe('NOT_EFFECTIVE/NOT_EFFECTIVE');
  });
});

describe('the registration', () => {
  test('works with the token once, until the token has expired', async () => {
    await using world = await startWorld();
    const { netflix_token: netflixToken } = await created(world, 'pci1', { validity_duration: 100 });
    expect((await registerWith(world, { netflixToken: 'f'.repeat(32) })).status).toBe(404);
    expect((await registerWith(world, { netflixToken })).body).toMatchObject({ state: 'effective' });
    expect((await registerWith(world, { netflixToken })).status).toBe(409);
  });

  test.each([
    ['time passes', (world: World) => world.advance(100_000)],
    [
      'the admin face says so',
      (world: World) => world.admin('POST', '/subscribers/expire-token', { customer: 'pci1' }),
    ],
  ])('is closed when %s, and the subscription stays as it was', async (_, expire) => {
    await using world = await startWorld();
    await created(world, 'pci1', { validity_duration: 100 });
    await expire(world);
    expect((await registerWith(world, { customer: 'pci1' })).status).toBe(409);
    expect(await statesOf(world, 'pci1')).toBe('NOT_EFFECTIVE/NOT_EFFECTIVE');
    expect((await world.admin('GET', '/subscribers?customer=pci1')).body).toMatchObject([
      { state: 'created', tokenExpired: true },
    ]);
  });

  test('may follow a cancelled and renewed subscription', async () => {
    await using world = await startWorld();
    await created(world, 'pci1');
    await world.post('netflix/subscriptions/cancel', customer('pci1'));
    await created(world, 'pci1');
    await register(world, 'pci1');
    expect(await statesOf(world, 'pci1')).toBe('EFFECTIVE/EFFECTIVE');
  });
});
