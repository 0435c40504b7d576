import { describe, expect, test } from 'vitest';
import { addCharges, arm, create, customer, ledger, login, show, startWorld, type World } from './world.ts';

async function exists(world: World, id: string): Promise<boolean> {
  return (await world.admin('GET', `/subscribers?customer=${id}`)).text !== '[]';
}

async function charges(world: World, offset = 0, endpointQuery: object = {}): Promise<readonly string[]> {
  const { data, text } = await world.get('netflix/charges/list', {
    number_of_results: '2',
    charge_status: 'PROCESSED',
    offset: String(offset),
    ...endpointQuery,
  });
  expect(data, text).toHaveProperty('charges_set');
  return (data as { charges_set: { number: string }[] }).charges_set.map(({ number }) => number);
}

describe('before the effect: nothing has changed', () => {
  test.each([
    [{ fault: 'errorBeforeEffect' }, 500],
    [{ fault: 'errorBeforeEffect', status: 503 }, 503],
    [{ fault: 'tooManyRequests' }, 429],
  ])('%j', async (fault, status) => {
    await using world = await startWorld();
    await arm(world, fault);
    const answer = await create(world, 'pci1');
    expect([answer.status, answer.code]).toEqual([status, 'SYSTEM_ERROR']);
    expect(answer.headers.get('retry-after')).toBeNull();
    expect(await exists(world, 'pci1')).toBe(false);
  });

  test('a 429 names the wait where the fault says so', async () => {
    await using world = await startWorld();
    await arm(world, { fault: 'tooManyRequests', retryAfterSeconds: 7 });
    expect((await create(world, 'pci1')).headers.get('retry-after')).toBe('7');
  });

  test('a dropped connection', async () => {
    await using world = await startWorld();
    await arm(world, { fault: 'dropBeforeEffect' });
    await expect(create(world, 'pci1')).rejects.toThrow('fetch failed');
    expect(await exists(world, 'pci1')).toBe(false);
    expect(await ledger(world, '?mutating=true')).toMatchObject([{ status: 0, fault: 'dropBeforeEffect' }]);
  });
});

describe('after the effect: the write was accepted', () => {
  test('a dropped connection loses the token of a create, not the subscription', async () => {
    await using world = await startWorld();
    await arm(world, { fault: 'dropAfterEffect', match: { endpoint: 'subscriptions.create' } });
    await expect(create(world, 'pci1')).rejects.toThrow('fetch failed');
    expect((await show(world, 'pci1')).data).toMatchObject({ life_cycle_state: 'NOT_EFFECTIVE' });
    expect((await create(world, 'pci1')).code).toBe('SUBSCRIPTION_EXISTS');
    const counters = (await world.admin('GET', '/counters')).body;
    expect(counters['subscriptions.create']).toEqual({ requests: 2, effects: 1 });
  });

  test.each([
    [{ fault: 'errorAfterEffect' }, 500, /"SYSTEM_ERROR"/],
    [{ fault: 'html' }, 502, /^<!DOCTYPE html>/],
    [{ fault: 'html', status: 200 }, 200, /^<!DOCTYPE html>/],
    [{ fault: 'truncatedJson' }, 200, /^\{"data":\{"subscription_number[^}]*$/],
    [{ fault: 'wrongShape' }, 200, /^\{"data":\["S0000000001"/],
    [{ fault: 'wrongShape', body: { data: null } }, 200, /^\{"data":null\}$/],
  ])('%j', async (fault, status, text) => {
    await using world = await startWorld();
    await arm(world, fault);
    const answer = await create(world, 'pci1');
    expect(answer.status).toBe(status);
    expect(answer.text).toMatch(text);
    expect(await exists(world, 'pci1')).toBe(true);
  });

  test('a lost reply to an acknowledgement leaves the charge off the list', async () => {
    await using world = await startWorld();
    const [number, other] = await addCharges(world, 'pci1', 2);
    await arm(world, { fault: 'dropAfterEffect' });
    const acknowledge = () =>
      world.post('netflix/charges/acknowledge', {
        acknowledged_charges_set: [{ number, ...customer('pci1') }],
      });
    await expect(acknowledge()).rejects.toThrow('fetch failed');
    expect(await charges(world)).toEqual([other]);
    expect((await acknowledge()).data).toMatchObject({ failed_charges_set: [{ number, error_code: '2' }] });
  });
});

describe('tokens', () => {
  test('expire in the middle of a drain', async () => {
    await using world = await startWorld();
    const [first, second] = await addCharges(world, 'pci1', 3);
    await arm(world, { fault: 'expireTokens', match: { endpoint: 'charges.list' }, skip: 1 });
    expect(await charges(world)).toEqual([first, second]);
    const query = { number_of_results: '2', charge_status: 'PROCESSED', offset: '2' };
    expect((await world.get('netflix/charges/list', query)).code).toBe('INVALID_TOKEN');
    const token = await login(world.url, world.user);
    expect((await world.get('netflix/charges/list', { ...query, token })).code).toBe('OK');
  });

  test('are out of reach for a fault that names no endpoint, but not for one that does', async () => {
    await using world = await startWorld();
    await arm(world, { fault: 'errorBeforeEffect', times: 'always' });
    expect(await login(world.url, world.user)).not.toBe('');
    await arm(world, { fault: 'errorBeforeEffect', match: { endpoint: 'token' } });
    expect(await login(world.url, world.user)).toBe('');
  });
});

describe('reads that lie', () => {
  test('stale reads show the world of the moment the fault was armed, for their time', async () => {
    await using world = await startWorld();
    await world.admin('POST', '/subscribers', { customer: 'pci1' });
    const [number] = await addCharges(world, 'pci1', 1);
    await arm(world, { fault: 'staleReads', ms: 5_000 });
    await world.post('netflix/subscriptions/suspend', customer('pci1'));
    await world.admin('POST', '/promotions', { code: '14' });
    await world.post('netflix/charges/acknowledge', {
      acknowledged_charges_set: [{ number, ...customer('pci1') }],
    });
    const seen = async () => ({
      promotions: (await world.get('netflix/promotions/list')).data,
      state: ((await show(world, 'pci1')).data as Record<string, unknown>)['netflix_state'],
      charges: await charges(world),
    });
    expect(await seen()).toEqual({ promotions: [], state: 'EFFECTIVE', charges: [number] });
    await world.advance(5_000);
    expect(await seen()).toEqual({
      promotions: [expect.objectContaining({ code: '14' })],
      state: 'NOT_EFFECTIVE',
      charges: [],
    });
  });

  test('a short page is not the end', async () => {
    await using world = await startWorld();
    const [first, second, third] = await addCharges(world, 'pci1', 3);
    await arm(world, { fault: 'shortRead', match: { endpoint: 'charges.list' } });
    expect(await charges(world)).toEqual([first]);
    expect(await charges(world)).toEqual([first, second]);
    expect(await charges(world, 2)).toEqual([third]);
    await world.admin('POST', '/promotions', { code: '14' });
    await arm(world, { fault: 'shortRead', items: 5 });
    expect((await world.get('netflix/promotions/list')).data).toEqual([]);
  });

  test('overlapping pages repeat a row', async () => {
    await using world = await startWorld();
    const [first, second, third] = await addCharges(world, 'pci1', 3);
    await arm(world, { fault: 'overlappingPages' });
    expect(await charges(world)).toEqual([first, second]);
    expect(await charges(world, 2)).toEqual([second, third]);
  });

  test('a state nobody has heard of, of a subscription and of a charge', async () => {
    await using world = await startWorld();
    await world.admin('POST', '/subscribers', { customer: 'pci1' });
    await addCharges(world, 'pci1', 1);
    await arm(world, { fault: 'unknownState', match: { endpoint: 'subscriptions.show' } });
    await arm(world, { fault: 'unknownState', state: 'FROZEN', match: { endpoint: 'charges.list' } });
    expect((await show(world, 'pci1')).data).toMatchObject({
      netflix_state: 'UNHEARD_OF',
      life_cycle_state: 'UNHEARD_OF',
    });
    const query = { number_of_results: '1', charge_status: 'PROCESSED', offset: '0' };
    expect((await world.get('netflix/charges/list', query)).data).toMatchObject({
      charges_set: [{ charge_status: 'FROZEN' }],
    });
  });
});

describe('batches that fail in part', () => {
  test('devices: the failed ones have no effect', async () => {
    await using world = await startWorld();
    await arm(world, { fault: 'partialFailure', ratio: 0.5 });
    const devices = Array.from({ length: 100 }, (_, index) => ({ esn: `ESN${index}` }));
    const answer = await world.post('netflix/operators/register_devices', {
      group_identifier: { id: '1' },
      devices,
    });
    const failed = (answer.data as { failed_devices_set: unknown[] }).failed_devices_set;
    expect(failed.length).toBeGreaterThan(20);
    expect(failed.length).toBeLessThan(80);
    expect((await world.admin('GET', '/esns')).body).toHaveLength(100 - failed.length);
  });

  test.each([
    [{}, '99'],
    [{ perDeviceStatus: '7' }, '7'],
  ])('charges: with %j the code is %s, and the charge stays', async (knob, code) => {
    await using world = await startWorld();
    const [number] = await addCharges(world, 'pci1', 1);
    await arm(world, { fault: 'partialFailure', ratio: 1, ...knob });
    const answer = await world.post('netflix/charges/acknowledge', {
      acknowledged_charges_set: [{ number, ...customer('pci1'), reference_number: 'r' }],
    });
    expect(answer.data).toEqual({
      failed_charges_set: [
        { number, error_code: code, error_description: expect.any(String), reference_number: 'r' },
      ],
    });
    expect(await charges(world)).toEqual([number]);
  });
});

describe('which faults there are', () => {
  test('latency holds a request up, and several may hit one request', async () => {
    await using world = await startWorld();
    await arm(world, { fault: 'latency', ms: 30, jitterMs: 5 });
    await arm(world, { fault: 'errorBeforeEffect' });
    const before = performance.now();
    expect((await show(world, 'pci1')).status).toBe(500);
    expect(performance.now() - before).toBeGreaterThanOrEqual(29);
    expect(await ledger(world, '?endpoint=subscriptions.show')).toMatchObject([
      { fault: 'latency+errorBeforeEffect' },
    ]);
  });

  test('those this vendor has no place for are refused', async () => {
    await using world = await startWorld();
    for (const fault of ['pageTokenInvalidated', 'operationStuck', 'operationDisappears', 'wrongTag'])
      expect((await world.admin('POST', '/faults', { fault })).status, fault).toBe(400);
    expect((await world.admin('GET', '/faults')).body).toEqual([]);
  });
});
