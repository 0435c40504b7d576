import { describe, expect, test } from 'vitest';
import { arm, BASE, create, customer, ledger, NOW, send, startWorld, turn } from './world.ts';

describe('a request', () => {
  test('may end its path in a slash', async () => {
    await using world = await startWorld();
    expect((await world.get('netflix/promotions/list/')).code).toBe('OK');
    expect((await world.post('netflix/subscriptions/cancel/', customer('pci1'))).code).toBe(
      'SUBSCRIPTION_NOT_FOUND',
    );
  });

  test.each([
    ['an unknown path', 'GET', 'netflix/customers/list', 404],
    ['a path above the API', 'GET', '../../../', 404],
    ['a POST where GET belongs', 'POST', 'netflix/subscriptions/show', 405],
    ['a GET where POST belongs', 'GET', 'netflix/subscriptions/cancel', 405],
    ['a verb the vendor does not use', 'DELETE', 'netflix/subscriptions/cancel', 405],
  ])('is answered by a page for %s', async (_, method, path, status) => {
    await using world = await startWorld();
    const answer = await send(world.url + BASE + path, method);
    expect(answer.status).toBe(status);
    expect(answer.text).toMatch(/^<html>/);
    expect(answer.headers.get('allow')).toBe(status === 405 ? (method === 'POST' ? 'GET' : 'POST') : null);
  });

  test.each([
    ['that is not JSON', '{"token":"x",}'],
    ['that is no object', '[1]'],
    ['that is a bare text', '"x"'],
  ])('is answered by a page for a body %s', async (_, body) => {
    await using world = await startWorld();
    const answer = await send(`${world.url}${BASE}netflix/subscriptions/cancel`, 'POST', body);
    expect([answer.status, answer.code]).toEqual([400, undefined]);
  });

  test('is answered by a page when its body is too large', async () => {
    await using world = await startWorld();
    const body = JSON.stringify({ token: 'x'.repeat(4 * 1024 * 1024) });
    expect((await send(`${world.url}${BASE}netflix/subscriptions/cancel`, 'POST', body)).status).toBe(413);
  });

  test('with a parameter the method does not have is refused, or not by a knob', async () => {
    await using world = await startWorld();
    await world.admin('POST', '/subscribers', { customer: 'pci1' });
    const misspelt = { ...customer('pci1'), reason: 'none exists' };
    expect((await world.post('netflix/subscriptions/suspend', misspelt)).code).toBe('INVALID_PARAMETER');
    await turn(world, { unknownParameters: 'ignore' });
    expect((await world.post('netflix/subscriptions/suspend', misspelt)).code).toBe('OK');
  });

  test('reads a query of escaped characters: a customer id is any text', async () => {
    await using world = await startWorld();
    const odd = 'a&b=c/d ü+1';
    await world.admin('POST', '/subscribers', { customer: odd });
    expect((await world.get('netflix/subscriptions/show', customer(odd))).code).toBe('OK');
  });
});

describe('a reply', () => {
  test('carries the three status texts, empty on success and readable on refusal', async () => {
    await using world = await startWorld();
    const good = await world.get('netflix/promotions/list');
    expect(good.body).toEqual({ data: [], status: { code: 'OK', description: '', message: '' } });
    const bad = await world.get('netflix/subscriptions/show');
    expect(bad.status).toBe(200);
    expect(bad.body).toEqual({
      data: {},
      status: {
        code: 'INVALID_PARAMETER',
        description: expect.any(String),
        message: 'Parameter billing_system_customer_identifier is mandatory.',
      },
    });
  });

  test('says the simulator’s time in its Date header', async () => {
    await using world = await startWorld();
    await world.advance(90_000);
    const answer = await world.get('netflix/promotions/list');
    expect(Date.parse(answer.headers.get('date') ?? '')).toBe(NOW + 90_000);
  });

  test('to a refusal has a fitting HTTP status where the knob says so', async () => {
    await using world = await startWorld({ knobs: { errorHttpStatus: '4xx' } });
    await world.admin('POST', '/subscribers', { customer: 'pci1' });
    const tooLong = { validity_duration: 86_401 };
    const answers = [
      await world.get('netflix/promotions/list', { token: 'wrong' }),
      await world.get('netflix/subscriptions/show'),
      await create(world, 'pci2', tooLong),
      await create(world, 'pci2', { promotion_code: 'none' }),
      await world.get('netflix/subscriptions/show', customer('pci2')),
      await create(world, 'pci1'),
      await world.post('netflix/subscriptions/unsuspend', customer('pci1')),
    ];
    expect(answers.map(({ status, code }) => `${status} ${code}`)).toEqual([
      '401 INVALID_TOKEN',
      '400 INVALID_PARAMETER',
      '400 LIMIT_EXCEEDED',
      '404 NOT_FOUND',
      '404 SUBSCRIPTION_NOT_FOUND',
      '409 SUBSCRIPTION_EXISTS',
      '409 INVALID_STATE',
    ]);
  });
});

describe('fields_set', () => {
  test('leaves of each record what was asked for', async () => {
    await using world = await startWorld();
    await world.admin('POST', '/promotions', { code: '14', name: 'Test' });
    await world.admin('POST', '/subscribers', { customer: 'pci1', subscriptionNumber: '93' });
    await world.admin('POST', '/charges/contradictory', {});
    const promotions = await world.get('netflix/promotions/list', { fields_set: 'code, name' });
    expect(promotions.data).toEqual([{ code: '14', name: 'Test' }]);
    const shown = await world.get('netflix/subscriptions/show', {
      ...customer('pci1'),
      fields_set: 'subscription_number',
    });
    expect(shown.data).toEqual({ subscription_number: '93' });
    const charges = await world.get('netflix/charges/list', {
      number_of_results: '1',
      charge_status: 'NOT_PROCESSED',
      offset: '0',
      fields_set: 'number,amount',
    });
    expect(charges.data).toEqual({ charges_set: [{ number: 'I00002662', amount: 5.989999771118164 }] });
  });

  test('refuses a name no record has', async () => {
    await using world = await startWorld();
    const answer = await world.get('netflix/promotions/list', { fields_set: 'code,colour' });
    expect(answer.code).toBe('INVALID_PARAMETER');
  });
});

describe('the ledger', () => {
  test('holds every request in order: what it asked, what it was told, what it changed', async () => {
    await using world = await startWorld();
    await world.admin('DELETE', '/ledger');
    await create(world, 'pci1', { channel: 'WEB', validity_duration: 60 });
    await create(world, 'pci1');
    await world.get('netflix/subscriptions/show', customer('pci1'));
    await world.post('netflix/subscriptions/cancel', customer('pci1'));
    expect(await ledger(world)).toEqual([
      {
        seq: 2,
        at: '2026-01-01T00:00:00.000Z',
        method: 'POST',
        path: `${BASE}netflix/subscriptions/create`,
        endpoint: 'subscriptions.create',
        mutating: true,
        items: [{ ...customer('pci1'), channel: 'WEB', validity_duration: 60 }],
        effect: [{ change: 'create', customer: 'pci1', subscriptionNumber: 'S0000000001' }],
        status: 200,
      },
      expect.not.objectContaining({ effect: expect.anything() }),
      expect.objectContaining({
        mutating: false,
        query: `token=hidden&${new URLSearchParams(customer('pci1')).toString()}`,
      }),
      expect.objectContaining({
        effect: [
          { change: 'cancel', customer: 'pci1', subscriptionNumber: 'S0000000001', state: 'cancelled' },
        ],
      }),
    ]);
    expect(await ledger(world, '?mutating=true&endpoint=subscriptions.create')).toHaveLength(2);
  });

  test('holds no token, no password and nothing about a person', async () => {
    await using world = await startWorld();
    const address = { type: 'HOME', street_name: 'Secret Street' };
    await create(world, 'pci1', { customer_first_name: 'Maria', customer_address: address });
    const key = await world.admin('POST', '/web-api-keys', {});
    await send(
      `${world.url}${BASE}authentication/web_api_key/token`,
      'POST',
      {},
      {
        authorization: `Basic ${Buffer.from(`${String(key.body['key'])}:`).toString('base64')}`,
      },
    );
    await world.get('netflix/promotions/list');
    const text = JSON.stringify(await ledger(world));
    expect(text).toContain('pci1');
    for (const secret of [world.token, world.user.password, 'Maria', 'Secret Street', key.body['key']])
      expect(text).not.toContain(secret);
  });

  test('forgets, the counters do not', async () => {
    await using world = await startWorld({ ledgerEntries: 10 });
    await create(world, 'pci1');
    await arm(world, { fault: 'dropBeforeEffect', match: { endpoint: 'subscriptions.create' } });
    await expect(create(world, 'pci2')).rejects.toThrow('fetch failed');
    for (let read = 0; read < 30; read += 1) await world.get('netflix/promotions/list');
    expect((await ledger(world)).length).toBeLessThanOrEqual(11);
    const counters = (await world.admin('GET', '/counters')).body;
    expect(counters).toMatchObject({
      'subscriptions.create': { requests: 2, effects: 1 },
      'subscriptions.cancel': { requests: 0, effects: 0 },
      'promotions.list': { requests: 30, effects: 0 },
    });
    await world.admin('DELETE', '/counters');
    expect((await world.admin('GET', '/counters')).body['subscriptions.create']).toEqual({
      requests: 0,
      effects: 0,
    });
  });
});
