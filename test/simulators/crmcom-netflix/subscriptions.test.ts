import { describe, expect, test } from 'vitest';
import { create, customer, register, show, startWorld, statesOf, turn, type World } from './world.ts';

const DAY_MS = 86_400_000;

function act(world: World, action: string, id = 'pci1') {
  return world.post(`netflix/subscriptions/${action}`, customer(id));
}

/** A world with one subscriber in a state. */
async function worldWith(state: string): Promise<World> {
  const world = await startWorld();
  await world.admin('POST', '/subscribers', { customer: 'pci1', state });
  return world;
}

describe('the life of a subscription', () => {
  test('create, register, suspend, unsuspend, cancel: what show says after each', async () => {
    await using world = await startWorld();
    await create(world, 'pci1');
    const seen = [await statesOf(world, 'pci1')];
    await register(world, 'pci1');
    seen.push(await statesOf(world, 'pci1'));
    for (const action of ['suspend', 'unsuspend', 'cancel']) {
      const answer = await act(world, action);
      expect([answer.code, answer.data]).toEqual(['OK', {}]);
      seen.push(await statesOf(world, 'pci1'));
    }
    expect(seen).toEqual([
      'NOT_EFFECTIVE/NOT_EFFECTIVE',
      'EFFECTIVE/EFFECTIVE',
      'NOT_EFFECTIVE/NOT_EFFECTIVE',
      'EFFECTIVE/EFFECTIVE',
      'CANCELLED/NOT_EFFECTIVE',
    ]);
  });

  // created, suspended and terminated read alike: that nobody can tell them apart is the point.
  test.each([
    ['created', 'suspend', 'INVALID_STATE', 'NOT_EFFECTIVE/NOT_EFFECTIVE'],
    ['created', 'unsuspend', 'INVALID_STATE', 'NOT_EFFECTIVE/NOT_EFFECTIVE'],
    ['created', 'cancel', 'OK', 'CANCELLED/NOT_EFFECTIVE'],
    ['effective', 'suspend', 'OK', 'NOT_EFFECTIVE/NOT_EFFECTIVE'],
    ['effective', 'unsuspend', 'INVALID_STATE', 'EFFECTIVE/EFFECTIVE'],
    ['effective', 'cancel', 'OK', 'CANCELLED/NOT_EFFECTIVE'],
    ['suspended', 'suspend', 'INVALID_STATE', 'NOT_EFFECTIVE/NOT_EFFECTIVE'],
    ['suspended', 'unsuspend', 'OK', 'EFFECTIVE/EFFECTIVE'],
    ['suspended', 'cancel', 'OK', 'CANCELLED/NOT_EFFECTIVE'],
    ['cancelled', 'suspend', 'INVALID_STATE', 'CANCELLED/NOT_EFFECTIVE'],
    ['cancelled', 'unsuspend', 'INVALID_STATE', 'CANCELLED/NOT_EFFECTIVE'],
    ['cancelled', 'cancel', 'INVALID_STATE', 'CANCELLED/NOT_EFFECTIVE'],
    ['terminated', 'suspend', 'INVALID_STATE', 'NOT_EFFECTIVE/NOT_EFFECTIVE'],
    ['terminated', 'unsuspend', 'INVALID_STATE', 'NOT_EFFECTIVE/NOT_EFFECTIVE'],
    ['terminated', 'cancel', 'OK', 'CANCELLED/NOT_EFFECTIVE'],
  ])('%s, %s: %s, then %s', async (state, action, code, after) => {
    await using world = await worldWith(state);
    expect((await act(world, action)).code).toBe(code);
    expect(await statesOf(world, 'pci1')).toBe(after);
  });

  test.each([
    ['suspended', 'suspend'],
    ['effective', 'unsuspend'],
    ['cancelled', 'cancel'],
  ])('a repeat on %s is OK where the knob says so, and changes nothing', async (state, action) => {
    await using world = await worldWith(state);
    await turn(world, { repeatAction: 'ok' });
    const before = await statesOf(world, 'pci1');
    expect((await act(world, action)).code).toBe('OK');
    expect(await statesOf(world, 'pci1')).toBe(before);
    const counters = (await world.admin('GET', '/counters')).body;
    expect(counters[`subscriptions.${action}`]).toEqual({ requests: 1, effects: 0 });
  });

  test('a terminated one cannot be cancelled, and reads as any state, where knobs say so', async () => {
    await using world = await worldWith('terminated');
    await turn(world, { cancelTerminated: 'invalid_state', terminatedLifeCycle: 'EFFECTIVE' });
    expect((await act(world, 'cancel')).code).toBe('INVALID_STATE');
    expect(await statesOf(world, 'pci1')).toBe('EFFECTIVE/NOT_EFFECTIVE');
    await turn(world, { terminatedLifeCycle: 'CANCELLED' });
    expect(await statesOf(world, 'pci1')).toBe('CANCELLED/NOT_EFFECTIVE');
  });

  test('a customer nobody created has no subscription, for any method', async () => {
    await using world = await startWorld();
    const codes = [(await show(world, 'pci1')).code];
    for (const action of ['suspend', 'unsuspend', 'cancel']) codes.push((await act(world, action)).code);
    expect(new Set(codes)).toEqual(new Set(['SUBSCRIPTION_NOT_FOUND']));
  });

  test('the customer must be named, by a text', async () => {
    await using world = await startWorld();
    for (const id of [undefined, '', null, 93]) {
      const answer = await world.post('netflix/subscriptions/cancel', {
        billing_system_customer_identifier: id,
      });
      expect(answer.code).toBe('INVALID_PARAMETER');
    }
  });

  test('another operator’s customer of the same name is another customer', async () => {
    await using world = await worldWith('effective');
    const { id } = (await world.admin('POST', '/operators', { name: 'Other' })).body;
    await world.admin('POST', '/tokens', { token: 'theirs', operatorId: id });
    const theirs = await world.get('netflix/subscriptions/show', { ...customer('pci1'), token: 'theirs' });
    expect(theirs.code).toBe('SUBSCRIPTION_NOT_FOUND');
  });
});

describe('show', () => {
  test('lags behind a change by the knob’s time, the first state excepted', async () => {
    await using world = await startWorld({ knobs: { stateLagMs: 5_000 } });
    await create(world, 'pci1');
    expect(await statesOf(world, 'pci1')).toBe('NOT_EFFECTIVE/NOT_EFFECTIVE');
    await register(world, 'pci1');
    await world.advance(4_999);
    expect(await statesOf(world, 'pci1')).toBe('NOT_EFFECTIVE/NOT_EFFECTIVE');
    await world.advance(1);
    expect(await statesOf(world, 'pci1')).toBe('EFFECTIVE/EFFECTIVE');
    await act(world, 'suspend');
    // The rules go by the truth, not by what is shown.
    expect([await statesOf(world, 'pci1'), (await act(world, 'suspend')).code]).toEqual([
      'EFFECTIVE/EFFECTIVE',
      'INVALID_STATE',
    ]);
  });

  test('spells the state as the tables do where the knob says so', async () => {
    await using world = await worldWith('effective');
    await turn(world, { stateSpelling: 'netflix_sate' });
    const { data } = await show(world, 'pci1');
    expect(data).toMatchObject({ netflix_sate: 'EFFECTIVE' });
    expect(data).not.toHaveProperty('netflix_state');
  });

  test('answers all of the customer’s subscriptions in an array where the knob says so', async () => {
    await using world = await startWorld({ knobs: { showForm: 'array' } });
    await create(world, 'pci1');
    await act(world, 'cancel');
    await create(world, 'pci1');
    expect((await show(world, 'pci1')).data).toMatchObject([
      { subscription_number: 'S0000000001', life_cycle_state: 'CANCELLED' },
      { subscription_number: 'S0000000002', life_cycle_state: 'NOT_EFFECTIVE' },
    ]);
  });

  test.each([
    ['null', null],
    ['empty_array', []],
  ])('answers %s for nothing where the knob says so', async (showWithout, data) => {
    await using world = await startWorld();
    await turn(world, { showWithout });
    const answer = await show(world, 'pci1');
    expect([answer.code, answer.data]).toEqual(['OK', data]);
  });

  test('takes Netflix’s own identifier instead where the knob says so, but not both', async () => {
    await using world = await worldWith('effective');
    const [subscriber] = (await world.admin('GET', '/subscribers')).body as unknown as {
      netflixCustomer: string;
    }[];
    const byNetflix = { netflix_customer_identifier: subscriber?.netflixCustomer ?? '' };
    const ask = (query: Record<string, string>) => world.get('netflix/subscriptions/show', query);
    expect((await ask({ ...customer('pci1'), ...byNetflix })).code).toBe('INVALID_PARAMETER');
    await turn(world, { showByNetflixCustomer: true });
    expect((await ask(byNetflix)).data).toMatchObject({ subscription_number: 'S0000000001' });
    expect((await ask(customer('pci1'))).code).toBe('OK');
    expect((await ask({ ...customer('pci1'), ...byNetflix })).code).toBe('INVALID_PARAMETER');
    expect((await ask({})).code).toBe('INVALID_PARAMETER');
    await turn(world, { semiOptionalStrict: false });
    expect((await ask({ ...customer('pci1'), ...byNetflix })).code).toBe('OK');
  });

  test('has the prices of the registration, and a redeemed promotion for ten months', async () => {
    await using world = await startWorld();
    await world.admin('POST', '/promotions', { code: '14', name: 'Test' });
    await world.admin('POST', '/tokens', { token: 'lasting', expiresAt: '2027-01-01T00:00:00Z' });
    const showLater = () =>
      world.get('netflix/subscriptions/show', { ...customer('pci1'), token: 'lasting' });
    await create(world, 'pci1', { promotion_code: '14' });
    expect((await show(world, 'pci1')).data).toMatchObject({ promotions_set: [], prices_set: [] });
    await register(world, 'pci1', { prices: ['9,99 €/mo.'] });
    const { data } = await show(world, 'pci1');
    expect(data).toMatchObject({
      prices_set: [{ FormattedPrice: '9,99 €/mo.' }],
      promotions_set: [{ code: '14', name: 'Test', expires_on: null }],
    });
    await world.advance(304 * DAY_MS);
    expect((await showLater()).data).toMatchObject({ promotions_set: [{ code: '14' }] });
    await world.advance(DAY_MS);
    expect((await showLater()).data).toMatchObject({ promotions_set: [] });
  });

  test('never answers a token, a name or an address', async () => {
    await using world = await startWorld();
    const created = await create(world, 'pci1', { customer_first_name: 'Maria' });
    const { text } = await show(world, 'pci1');
    expect(text).not.toContain((created.data as Record<string, string>)['netflix_token']);
    expect(text).not.toContain('Maria');
  });
});
