import { describe, expect, test } from 'vitest';
import { startCrmComNetflix } from '../../../src/simulators/crmcom-netflix/start.ts';
import {
  addCharges,
  arm,
  create,
  customer,
  ledger,
  login,
  register,
  send,
  show,
  startWorld,
  statesOf,
  type World,
} from './world.ts';

describe('the admin face', () => {
  test('explains itself, and refuses what it does not know', async () => {
    await using world = await startWorld();
    const help = await world.admin('GET', '/');
    for (const route of ['POST /users', 'POST /faults', 'GET /ledger', 'PUT /state', 'PATCH /knobs'])
      expect(help.text).toContain(route);
    expect((await world.admin('GET', '/nothing')).status).toBe(404);
  });

  test.each([
    ['POST', '/subscribers', { customer: 'pci1', state: 'asleep' }, 400],
    ['POST', '/subscribers', { state: 'created' }, 400],
    ['POST', '/subscribers', { customer: 'pci1', prices: [9.99] }, 400],
    ['POST', '/subscribers', { customer: 'pci1', operatorId: '7' }, 404],
    ['POST', '/subscribers/register', { customer: 'pci1' }, 404],
    ['POST', '/subscribers/terminate', { customer: 'pci1' }, 404],
    ['POST', '/subscribers/expire-token', {}, 400],
    ['POST', '/charges', { customer: 'pci1' }, 400],
    ['POST', '/charges', { customer: 'pci1', amount: '5.99' }, 400],
    ['POST', '/charges', { customer: 'pci1', amount: 1, status: 'LOST' }, 400],
    ['POST', '/charges', { customer: 'pci1', amount: 1, receivedOn: '2026-01-01T00:00:00' }, 400],
    ['POST', '/charges/I1/process', { outcome: 'APPROVED' }, 404],
    ['POST', '/promotions', { name: 'without a code' }, 400],
    ['POST', '/operators', {}, 400],
    ['POST', '/users', { units: 'all' }, 400],
    ['POST', '/tokens', {}, 400],
    ['PATCH', '/accounts/nobody', { disabled: true }, 404],
    ['PATCH', '/knobs', { stateSpelling: 'netflix' }, 400],
    ['PATCH', '/knobs', { colour: 'red' }, 400],
    ['PATCH', '/knobs', { toString: 'x' }, 400],
    ['PATCH', '/knobs', { stateLagMs: -1 }, 400],
    ['PATCH', '/knobs', [], 400],
    ['PUT', '/state', { version: 0 }, 400],
    ['POST', '/time/advance', { ms: -1 }, 400],
  ])('%s %s %j: %i', async (method, path, order, status) => {
    await using world = await startWorld();
    expect((await world.admin(method, path, order)).status).toBe(status);
  });

  test('is not reachable through the vendor’s face', async () => {
    await using world = await startWorld();
    for (const path of ['/ledger', '/state', '/charges', '/'])
      expect((await send(world.url + path, 'GET')).status).toBe(404);
  });

  test('closes at once, even while a request is being held up', async () => {
    const world = await startWorld();
    await arm(world, { fault: 'latency', ms: 600_000 });
    const held = expect(show(world, 'pci1')).rejects.toThrow('fetch failed');
    while ((await ledger(world, '?endpoint=subscriptions.show')).length === 0);
    await world[Symbol.asyncDispose]();
    await held;
  });

  test('two simulators may run side by side; a taken port and an unknown knob are errors', async () => {
    await using world = await startWorld();
    const port = Number(new URL(world.url).port);
    await expect(startCrmComNetflix({ port })).rejects.toThrow('EADDRINUSE');
    await expect(startCrmComNetflix({ adminPort: port })).rejects.toThrow('EADDRINUSE');
    await expect(startCrmComNetflix({ timeZone: 'Mars/Olympus' })).rejects.toThrow('Mars/Olympus');
    const knobs = { showForm: 'circle' } as unknown as { showForm: 'array' };
    await expect(startCrmComNetflix({ knobs })).rejects.toThrow('showForm');
  });
});

describe('accounts', () => {
  test('are listed without their secrets', async () => {
    await using world = await startWorld();
    const key = await world.admin('POST', '/web-api-keys', {});
    const listed = await world.admin('GET', '/accounts');
    expect(listed.body).toMatchObject([
      { name: world.user.username, kind: 'user', disabled: false },
      { kind: 'webApiKey' },
    ]);
    expect(listed.text).not.toContain(world.user.password);
    expect(listed.text).not.toContain(key.body['key']);
  });

  test('belong to operators, the first of which is there from the start', async () => {
    await using world = await startWorld({ operatorName: 'Telco' });
    await world.admin('POST', '/operators', { name: 'Other', alternativeCode: 'OT' });
    expect((await world.admin('GET', '/operators')).body).toEqual([
      { id: '1', name: 'Telco', alternativeCode: null },
      { id: '2', name: 'Other', alternativeCode: 'OT' },
    ]);
  });
});

describe('the other side', () => {
  test('Netflix ends a subscription that runs there, and no other', async () => {
    await using world = await startWorld();
    await create(world, 'pci1');
    const end = () => world.admin('POST', '/subscribers/terminate', { customer: 'pci1' });
    expect((await end()).status).toBe(409);
    await register(world, 'pci1');
    expect((await end()).body).toMatchObject({ state: 'terminated' });
    expect(await statesOf(world, 'pci1')).toBe('NOT_EFFECTIVE/NOT_EFFECTIVE');
  });

  test('makes many subscribers at once, counted', async () => {
    await using world = await startWorld();
    const order = { count: 1_000, prefix: 'c', first: 5, state: 'suspended' };
    expect((await world.admin('POST', '/subscribers/generate', order)).body).toEqual({ added: 1_000 });
    expect((await world.admin('GET', '/subscribers')).body).toHaveLength(1_000);
    expect((await show(world, 'c5')).code).toBe('OK');
    expect((await show(world, 'c1004')).data).toMatchObject({ subscription_number: 'S0000001000' });
  });

  test('numbers new charges around those that were given a number', async () => {
    await using world = await startWorld();
    await addCharges(world, 'pci1', 1, { number: 'I00000002' });
    expect(await addCharges(world, 'pci1', 2)).toEqual(['I00000001', 'I00000003']);
  });

  test('adds rows that contradict themselves, as ordered', async () => {
    await using world = await startWorld();
    const setAs = { APPROVED: '2026-01-01T00:00:00Z', DECLINED: '2026-01-02T00:00:00Z' };
    await addCharges(world, 'pci1', 1, { status: 'REJECTED', setAs });
    const query = { number_of_results: '1', charge_status: 'PROCESSED', offset: '0' };
    expect((await world.get('netflix/charges/list', query)).data).toMatchObject({
      charges_set: [
        {
          charge_status: 'REJECTED',
          set_as_approved_on: '2026-01-01T02:00:00',
          set_as_declined_on: '2026-01-02T02:00:00',
          set_as_rejected_request_on: null,
        },
      ],
    });
  });
});

describe('the state', () => {
  /** A world in which everything has happened once. */
  async function liveIn(world: World): Promise<void> {
    await world.admin('POST', '/promotions', { code: '14' });
    await create(world, 'pci1', { promotion_code: '14' });
    await register(world, 'pci1');
    const [number] = await addCharges(world, 'pci1', 2);
    await world.post('netflix/charges/acknowledge', {
      acknowledged_charges_set: [{ number, ...customer('pci1'), reference_number: 'r' }],
    });
    await world.admin('POST', '/esns', { esns: ['A'] });
    await world.admin('PATCH', '/knobs', { stateLagMs: 1 });
    await world.advance(60_000);
  }

  test('dumped from one simulator and loaded into another goes on where it was', async () => {
    await using first = await startWorld();
    await using second = await startWorld({ seed: 2 });
    await liveIn(first);
    const state = await first.admin('GET', '/state');
    expect((await second.admin('PUT', '/state', state.body)).status).toBe(200);
    expect((await second.admin('GET', '/state')).body).toEqual(state.body);
    expect(await login(second.url, first.user)).not.toBe('');
    const shown = await second.get('netflix/subscriptions/show', {
      ...customer('pci1'),
      token: first.token,
    });
    expect(shown.data).toMatchObject({ netflix_state: 'EFFECTIVE', promotions_set: [{ code: '14' }] });
    const charges = await second.get('netflix/charges/list', {
      token: first.token,
      number_of_results: '50',
      charge_status: 'PROCESSED',
      offset: '0',
    });
    expect(charges.data).toMatchObject({ charges_set: [{ number: 'I00000002' }] });
  });

  test('is the same for the same seed and the same requests, and another for another seed', async () => {
    const stateAfter = async (seed: number) => {
      await using world = await startWorld({ seed });
      await liveIn(world);
      return (await world.admin('GET', '/state')).text;
    };
    const once = await stateAfter(7);
    expect(await stateAfter(7)).toBe(once);
    expect(await stateAfter(8)).not.toBe(once);
  });
});

describe('the time', () => {
  test('is real by default and moves forward by command', async () => {
    const simulator = await startCrmComNetflix({});
    try {
      const ms = 86_400_000;
      const moved = await send(`${simulator.adminUrl}/time/advance`, 'POST', { ms });
      expect(Math.abs(Date.parse(String(moved.body['now'])) - Date.now() - ms)).toBeLessThan(60_000);
    } finally {
      await simulator.close();
    }
  });
});
