import { describe, expect, test } from 'vitest';
import {
  type Answer,
  addCharges,
  create,
  customer,
  register,
  startWorld,
  statesOf,
  turn,
  type World,
} from './world.ts';

interface Row {
  readonly number: string;
  readonly amount: number;
  readonly charge_status: string;
  readonly billing_system_customer_identifier: string;
}

interface FailedCharge {
  readonly number: string;
  readonly error_code: string;
}

function list(world: World, query: Readonly<Record<string, string>> = {}): Promise<Answer> {
  return world.get('netflix/charges/list', {
    number_of_results: '50',
    charge_status: 'PROCESSED',
    offset: '0',
    ...query,
  });
}

async function rows(world: World, query: Readonly<Record<string, string>> = {}): Promise<readonly Row[]> {
  const { data, text } = await list(world, query);
  expect(data, text).toHaveProperty('charges_set');
  return (data as { charges_set: Row[] }).charges_set;
}

async function numbers(world: World, query: Readonly<Record<string, string>> = {}) {
  return (await rows(world, query)).map(({ number }) => number);
}

function acknowledge(world: World, items: readonly object[]): Promise<Answer> {
  return world.post('netflix/charges/acknowledge', { acknowledged_charges_set: items });
}

function itemOf(number: string | undefined, more: object = {}) {
  return { number, ...customer('pci1'), ...more };
}

/** Number and error code of what was not acknowledged. */
async function failures(world: World, items: readonly object[]): Promise<readonly string[]> {
  const { data, text, code } = await acknowledge(world, items);
  expect(code, text).toBe('OK');
  const failed = (data as { failed_charges_set?: FailedCharge[] }).failed_charges_set ?? [];
  return failed.map(({ number, error_code }) => `${number} ${error_code}`);
}

describe('charges/list', () => {
  test('tells the unprocessed from the processed', async () => {
    await using world = await startWorld();
    for (const status of ['PENDING', 'APPROVED', 'DECLINED', 'BAD_REQUEST', 'REJECTED'])
      await addCharges(world, 'pci1', 1, { status });
    const statuses = async (charge_status: string) =>
      (await rows(world, { charge_status })).map((row) => row.charge_status);
    expect(await statuses('NOT_PROCESSED')).toEqual(['PENDING']);
    expect(await statuses('PROCESSED')).toEqual(['APPROVED', 'DECLINED', 'BAD_REQUEST', 'REJECTED']);
  });

  test('pages through the charges in order of their numbers, not of their arrival', async () => {
    await using world = await startWorld();
    for (const number of ['I00000300', 'I00000100', 'I00000200'])
      await addCharges(world, 'pci1', 1, { number });
    expect(await numbers(world, { number_of_results: '2' })).toEqual(['I00000100', 'I00000200']);
    expect(await numbers(world, { number_of_results: '2', offset: '2' })).toEqual(['I00000300']);
    expect(await numbers(world, { offset: '3' })).toEqual([]);
  });

  test('skips rows when the offset grows while rows are acknowledged', async () => {
    await using world = await startWorld();
    const [first, second, third] = await addCharges(world, 'pci1', 3);
    expect(await numbers(world, { number_of_results: '1' })).toEqual([first]);
    await acknowledge(world, [itemOf(first)]);
    // The trap of the vendor's paging advice: the second row is never seen.
    expect(await numbers(world, { number_of_results: '1', offset: '1' })).toEqual([third]);
    expect(await numbers(world, { number_of_results: '1' })).toEqual([second]);
  });

  test.each([
    ['no number of results', { number_of_results: '' }, 'INVALID_PARAMETER'],
    ['none wanted', { number_of_results: '0' }, 'INVALID_PARAMETER'],
    ['more than 50', { number_of_results: '51' }, 'LIMIT_EXCEEDED'],
    ['a negative number', { number_of_results: '-1' }, 'INVALID_PARAMETER'],
    ['no status', { charge_status: '' }, 'INVALID_PARAMETER'],
    ['a status of charges, not of the filter', { charge_status: 'PENDING' }, 'INVALID_PARAMETER'],
    ['no offset', { offset: '' }, 'INVALID_PARAMETER'],
    ['half an offset', { offset: '0.5' }, 'INVALID_PARAMETER'],
  ])('refuses %s', async (_, query, code) => {
    await using world = await startWorld();
    expect((await list(world, query)).code).toBe(code);
  });

  test.each([
    [5.99, 5.989999771118164],
    [2.99, 2.990000009536743],
    [1.99, 1.9900000095367432],
    [131_072.01, 131_072.015625],
    [10, 10],
  ])('shows the amount %d as the 32-bit float %d', async (amount, shown) => {
    await using world = await startWorld();
    await addCharges(world, 'pci1', 1, { amount });
    expect((await rows(world))[0]?.amount).toBe(shown);
  });

  test('has a local amount only where the operators have a currency of their own', async () => {
    await using plain = await startWorld();
    await addCharges(plain, 'pci1', 1);
    expect((await rows(plain))[0]).not.toHaveProperty('local_currency');
    await using world = await startWorld({ localCurrency: { currency: 'EUR', rate: 0.5 } });
    await addCharges(world, 'pci1', 1, { currency: 'USD' });
    expect((await rows(world))[0]).toMatchObject({
      currency: 'USD',
      local_currency: 'EUR',
      local_currency_amount: Math.fround(2.995),
    });
  });

  test('shows dates in the installation’s own time, without an offset', async () => {
    await using world = await startWorld();
    await addCharges(world, 'pci1', 1, {
      receivedOn: '2026-07-01T00:00:00Z',
      paidThroughDate: '2026-02-01T00:00:00Z',
    });
    expect((await rows(world))[0]).toMatchObject({
      received_on: '2026-07-01T03:00:00',
      paid_through_date: '2026-02-01T02:00:00',
      set_as_approved_on: '2026-01-01T02:00:00',
      set_as_rejected_request_on: null,
    });
  });

  test('shows nobody another operator’s charges', async () => {
    await using world = await startWorld();
    const { id } = (await world.admin('POST', '/operators', { name: 'Other' })).body;
    const [number] = await addCharges(world, 'pci1', 1, { operatorId: id });
    expect(await numbers(world)).toEqual([]);
    expect(await failures(world, [itemOf(number)])).toEqual([`${number} 1`]);
  });
});

describe('charges/acknowledge', () => {
  test('takes charges off the list for good, with the reference', async () => {
    await using world = await startWorld();
    const [first, second] = await addCharges(world, 'pci1', 2);
    const answer = await acknowledge(world, [itemOf(first, { reference_number: 'r-1' })]);
    expect([answer.code, answer.data]).toEqual(['OK', {}]);
    expect(await numbers(world)).toEqual([second]);
    expect((await world.admin('GET', '/charges')).body).toMatchObject([
      { number: first, acknowledged: { referenceNumber: 'r-1' } },
      { number: second, acknowledged: null },
    ]);
  });

  test('answers item by item: the good ones are done, each other one has its code', async () => {
    await using world = await startWorld();
    const [done, mine, pending, fresh] = [
      ...(await addCharges(world, 'pci1', 2)),
      ...(await addCharges(world, 'pci1', 1, { status: 'PENDING' })),
      ...(await addCharges(world, 'pci1', 1)),
    ];
    const [theirs] = await addCharges(world, 'pci2', 1);
    await acknowledge(world, [itemOf(done, { reference_number: 'r-1' })]);
    const failed = await failures(world, [
      itemOf(done),
      itemOf(theirs),
      itemOf('I99999999'),
      itemOf(pending),
      itemOf(fresh, { reference_number: 'r-1' }),
      itemOf(mine, { reference_number: 'r-2' }),
      itemOf(mine),
    ]);
    expect(failed).toEqual([
      `${done} 2`,
      `${theirs} 1`,
      'I99999999 1',
      `${pending} 3`,
      `${fresh} 4`,
      `${mine} 2`,
    ]);
    expect(await numbers(world)).toEqual([fresh, theirs]);
  });

  test('takes pending charges where the knob says so', async () => {
    await using world = await startWorld({ knobs: { acknowledgePending: 'accept' } });
    const [number] = await addCharges(world, 'pci1', 1, { status: 'PENDING' });
    expect(await failures(world, [itemOf(number)])).toEqual([]);
    expect(await numbers(world, { charge_status: 'NOT_PROCESSED' })).toEqual([]);
  });

  test.each([
    ['no list', undefined, 'INVALID_PARAMETER'],
    ['an empty list', [], 'INVALID_PARAMETER'],
    ['no list but an object', {}, 'INVALID_PARAMETER'],
    ['a list of numbers', ['I00000001'], 'INVALID_PARAMETER'],
    ['an item without its customer', [{ number: 'I00000001' }], 'INVALID_PARAMETER'],
    ['an item without its number', [customer('pci1')], 'INVALID_PARAMETER'],
    ['an item with a field it does not have', [itemOf('I00000001', { amount: 1 })], 'INVALID_PARAMETER'],
    ['51 items', Array.from({ length: 51 }, () => itemOf('I00000001')), 'LIMIT_EXCEEDED'],
  ])('refuses %s as a whole', async (_, items, code) => {
    await using world = await startWorld();
    const [number] = await addCharges(world, 'pci1', 1);
    const all = Array.isArray(items) && items.length > 0 ? [itemOf(number), ...items] : items;
    const answer = await world.post('netflix/charges/acknowledge', { acknowledged_charges_set: all });
    expect(answer.code).toBe(code);
    expect(await numbers(world)).toEqual([number]);
  });

  test.each([
    ['absent', {}],
    ['empty', { failed_charges_set: [] }],
    ['null', { failed_charges_set: null }],
  ])('says that nothing failed by a set that is %s', async (nothingFailed, data) => {
    await using world = await startWorld();
    await turn(world, { nothingFailed });
    const [number] = await addCharges(world, 'pci1', 1);
    expect((await acknowledge(world, [itemOf(number)])).data).toEqual(data);
  });

  test('drains thousands of charges, rows left behind included', async () => {
    await using world = await startWorld();
    await world.admin('POST', '/charges/generate', { count: 2_000, customers: 7 });
    let drained = 0;
    const left: string[] = [];
    for (;;) {
      // Every page leaves its first row behind, as a client does that wants to look at it.
      const [first, ...page] = await rows(world, { offset: String(left.length) });
      if (first === undefined) break;
      left.push(first.number);
      if (page.length === 0) continue;
      const items = page.map(({ number, billing_system_customer_identifier }) => ({
        number,
        billing_system_customer_identifier,
      }));
      expect(await failures(world, items)).toEqual([]);
      drained += items.length;
    }
    expect(drained).toBe(1_960);
    expect(left).toHaveLength(40);
    expect(await numbers(world)).toEqual(left);
  });
});

describe('what CRM.COM makes of a charge', () => {
  test.each([
    ['APPROVED', 'EFFECTIVE/EFFECTIVE', 'set_as_approved_on'],
    ['DECLINED', 'NOT_EFFECTIVE/NOT_EFFECTIVE', 'set_as_declined_on'],
    ['BAD_REQUEST', 'NOT_EFFECTIVE/NOT_EFFECTIVE', 'set_as_bad_request_on'],
    ['REJECTED', 'NOT_EFFECTIVE/NOT_EFFECTIVE', 'set_as_rejected_request_on'],
  ])('%s: the subscription is %s', async (outcome, states, setOn) => {
    await using world = await startWorld();
    await create(world, 'pci1');
    await register(world, 'pci1');
    const [number] = await addCharges(world, 'pci1', 1, { status: 'PENDING' });
    expect((await rows(world, { charge_status: 'NOT_PROCESSED' }))[0]).toMatchObject({ [setOn]: null });
    await world.admin('POST', `/charges/${number}/process`, { outcome });
    expect((await rows(world))[0]).toMatchObject({
      charge_status: outcome,
      [setOn]: '2026-01-01T02:00:00',
    });
    expect(await numbers(world, { charge_status: 'NOT_PROCESSED' })).toEqual([]);
    expect(await statesOf(world, 'pci1')).toBe(states);
    expect((await world.admin('POST', `/charges/${number}/process`, { outcome })).status).toBe(409);
  });

  test('a declined charge of a suspended subscriber ends the subscription, of a cancelled one nothing', async () => {
    await using world = await startWorld();
    for (const state of ['suspended', 'cancelled', 'created']) {
      await world.admin('POST', '/subscribers', { customer: state, state });
      const [number] = await addCharges(world, state, 1, { status: 'PENDING' });
      await world.admin('POST', `/charges/${number}/process`, { outcome: 'DECLINED' });
    }
    const subscribers = (await world.admin('GET', '/subscribers')).body as unknown as { state: string }[];
    expect(subscribers.map(({ state }) => state)).toEqual(['terminated', 'cancelled', 'created']);
  });
});
