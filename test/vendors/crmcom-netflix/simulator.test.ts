import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ChargeRow } from '../../../src/domain/charge/facts.ts';
import {
  addCharges,
  arm,
  ledger,
  register,
  startWorld,
  turn,
  type World,
} from '../../simulators/crmcom-netflix/world.ts';
import { failureOf, NICOSIA, type Opened, openAt, valueOf } from './installation.ts';
import {
  acknowledgement,
  change,
  creation,
  deviceRequest,
  EXAMPLE,
  SECRET,
  subscriptionRequest,
} from './samples.ts';

/** The adapter against an installation written by others from the vendor's documents alone. */

const { signal } = new AbortController();
let world: World;
let opened: Opened;

beforeEach(async () => {
  world = await startWorld();
  opened = openAt(world);
});
afterEach(async () => {
  await opened.adapter.close();
  await world[Symbol.asyncDispose]();
});

const read = async (customer: string) =>
  valueOf(await opened.adapter.subscriptions?.items?.read({ customer }, signal));
const write = (...[customer, what]: Parameters<typeof subscriptionRequest>) =>
  opened.adapter.subscriptions?.writer?.send(subscriptionRequest(customer, what), signal);
const page = async (cursor?: string, set = 'PROCESSED') =>
  valueOf(await opened.adapter.charges?.sets?.readPage(set, cursor, signal));
const acknowledge = (...charges: Parameters<typeof acknowledgement>) =>
  opened.adapter.charges?.writer?.send(acknowledgement(...charges), signal);
const devices = (...[verb, esns, group]: Parameters<typeof deviceRequest>) =>
  opened.adapter.registrations?.writer?.send(deviceRequest(verb, esns, group), signal);
const mutations = () => ledger(world, '?mutating=true');

/** Every row of a set, page by page, until there is no next one. */
async function drainPages(
  onPage?: (rows: readonly ChargeRow[]) => Promise<void>,
): Promise<readonly ChargeRow[]> {
  const rows: ChargeRow[] = [];
  for (let cursor: string | undefined, left = 100; left > 0; left -= 1) {
    const next = await page(cursor);
    rows.push(...next.rows);
    if (next.next === undefined) return rows;
    cursor = next.next;
    await onPage?.(next.rows);
  }
  throw new Error('the list does not end');
}

describe('a subscription', () => {
  test('of a customer whom nobody knows is absent, in whatever form that is said', async () => {
    for (const showWithout of ['error', 'null', 'empty_array']) {
      await turn(world, { showWithout });
      expect(await read('pci123')).toEqual([]);
    }
  });

  test('is created, its token handed over once, and seen effective when the subscriber registered', async () => {
    await world.admin('POST', '/promotions', { code: '14', name: 'Test' });
    expect(valueOf(await write('pci123', creation(EXAMPLE)))).toEqual({
      is: 'answered',
      outcomes: [{ key: 'customer:pci123' }],
    });
    const [deposit, ...others] = opened.deposits;
    expect(others).toEqual([]);
    expect(deposit?.secret).toEqual(SECRET);
    expect(deposit?.token.value).toMatch(/^[0-9a-f]{32}$/);
    // 100 seconds from now, read in the installation's zone.
    expect(deposit?.token.expiresAtMs).toBe(opened.clock.now() + 100_000);
    expect(await read('pci123')).toMatchObject([
      {
        customer: 'pci123',
        shown: {
          number: deposit?.token.subscriptionNumber,
          lifeCycle: 'NOT_EFFECTIVE',
          netflix: 'NOT_EFFECTIVE',
        },
      },
    ]);
    await register(world, 'pci123', { prices: ['9,99 €'] });
    expect(await read('pci123')).toMatchObject([
      {
        shown: { lifeCycle: 'EFFECTIVE', netflix: 'EFFECTIVE', promotions: ['14'], prices: ['9,99 €'] },
      },
    ]);
  });

  test('is suspended, unsuspended and cancelled', async () => {
    await world.admin('POST', '/subscribers', { customer: 'pci123', state: 'effective' });
    const seen = [];
    for (const verb of ['suspend', 'unsuspend', 'cancel'] as const) {
      valueOf(await write('pci123', change(verb)));
      const [row] = await read('pci123');
      seen.push(`${row?.shown.lifeCycle}/${row?.shown.netflix}`);
    }
    expect(seen).toEqual(['NOT_EFFECTIVE/NOT_EFFECTIVE', 'EFFECTIVE/EFFECTIVE', 'CANCELLED/NOT_EFFECTIVE']);
  });

  test('is read in either spelling of its state, and as one of a list', async () => {
    await world.admin('POST', '/subscribers', { customer: 'pci123', state: 'effective' });
    await turn(world, { stateSpelling: 'netflix_sate', showForm: 'array' });
    expect(await read('pci123')).toMatchObject([{ shown: { netflix: 'EFFECTIVE' } }]);
  });

  test('in a state that nobody has explained is unknown', async () => {
    await world.admin('POST', '/subscribers', { customer: 'pci123', state: 'effective' });
    await arm(world, { fault: 'unknownState', match: { endpoint: 'subscriptions.show' } });
    const [row] = await read('pci123');
    expect([row?.shown.lifeCycle, row?.shown.netflix]).toContain('UNKNOWN');
  });

  test('that exists is not created again: that is a conflict', async () => {
    await world.admin('POST', '/subscribers', { customer: 'pci123', state: 'effective' });
    expect(failureOf(await write('pci123', creation({})))).toMatchObject({
      kind: 'conflict',
      code: 'SUBSCRIPTION_EXISTS',
    });
    expect(opened.deposits).toEqual([]);
  });

  test('that is suspended already refuses the repetition because of its state', async () => {
    await world.admin('POST', '/subscribers', { customer: 'pci123', state: 'suspended' });
    expect(failureOf(await write('pci123', change('suspend')))).toMatchObject({
      kind: 'conflict',
      code: 'INVALID_STATE',
    });
  });

  test('whose creation lost its reply has an unknown outcome, and was created once', async () => {
    await arm(world, { fault: 'dropAfterEffect', match: { endpoint: 'subscriptions.create' } });
    expect(failureOf(await write('pci123', creation({}))).kind).toBe('unknownOutcome');
    expect(await read('pci123')).toHaveLength(1);
    expect(await mutations()).toHaveLength(1);
  });

  test('takes every field of both address forms, of e-mails and of phones', async () => {
    const userDefinedFields = { udf_string_8: 'x', udf_float_4: '1.5', udf_date_1: '2026-01-01T00:00:00' };
    const email = { type: 'PERSONAL', emailAddress: 'a@example.org', notes: 'n', userDefinedFields };
    const phone = {
      type: 'MOBILE',
      number: '99123456',
      areaCode: '357',
      country: { name: 'Cyprus' },
      notes: 'n',
      userDefinedFields,
    };
    const address = { ...EXAMPLE.address, type: 'HOME', userDefinedFields: { udf_string_16: 'y' } };
    valueOf(
      await write('one', creation({ ...EXAMPLE, promotionCode: undefined as never, address, email, phone })),
    );
    await turn(world, { addressFormat: 'international', primaryFlag: 'required' });
    const abroad = openAt(world, { options: { addressFormat: 'International', release: 'R16.1.0' } });
    const international = {
      type: 'HOME',
      addressLine1: '1 Main St',
      addressLine2: 'c/o',
      stateProvinceCounty: 'CA',
      postalCode: '94105',
      townCity: 'San Francisco',
      country: { threeCharacterCode: 'USA' },
    };
    const request = subscriptionRequest('two', creation({ address: international, email, phone }));
    const sent = await abroad.adapter.subscriptions?.writer?.send(request, signal);
    await abroad.adapter.close();
    expect(valueOf(sent)).toEqual({ is: 'answered', outcomes: [{ key: 'customer:two' }] });
  });

  test('with an address in the other form is refused here, before anything is sent', async () => {
    const address = { type: 'HOME', addressLine1: '1 Main St' };
    expect(valueOf(await write('pci123', creation({ address })))).toMatchObject({
      outcomes: [{ failure: { code: 'INVALID_REGISTRATION', kind: 'invalid' } }],
    });
    expect(await mutations()).toEqual([]);
  });
});

describe('charges', () => {
  test('are listed to the end, with amounts in minor units', async () => {
    const numbers = await addCharges(world, 'pci150', 120);
    const rows = await drainPages();
    expect(rows.map(({ number }) => number)).toEqual(numbers);
    expect(rows[0]).toMatchObject({ charge: { set: 'PROCESSED', amountMinor: 599, status: 'APPROVED' } });
    expect(rows.every(({ charge }) => charge.review === undefined)).toBe(true);
  });

  test('of the vendor’s own example are all to be reviewed: their times contradict their status', async () => {
    await world.admin('POST', '/charges/contradictory', {});
    const { rows } = await page(undefined, 'NOT_PROCESSED');
    expect(rows.map(({ charge }) => charge.review)).toEqual(Array(5).fill('StatusContradicted'));
    expect(rows.map(({ charge }) => charge.amountMinor)).toEqual([599, 599, 599, 299, 199]);
  });

  test('that stay listed are all seen although others are acknowledged while they are read', async () => {
    const numbers = await addCharges(world, 'pci150', 120);
    let acknowledged = 0;
    const rows = await drainPages(async () => {
      if (acknowledged >= 60) return;
      const batch = numbers.slice(acknowledged, acknowledged + 20);
      acknowledged += batch.length;
      valueOf(await acknowledge(batch.map((number) => ({ number, customer: 'pci150' }))));
    });
    expect(new Set(rows.map(({ number }) => number))).toEqual(new Set(numbers));
  });

  test('are listed once, page by page, although some of every page are acknowledged before the next', async () => {
    const numbers = await addCharges(world, 'pci150', 1_000);
    const rows = await drainPages(async (shown) => {
      const some = shown.slice(0, 10).map(({ number }) => ({ number, customer: 'pci150' }));
      if (some.length > 0) valueOf(await acknowledge(some));
    });
    expect(rows.map(({ number }) => number)).toEqual(numbers);
    // As many pages as there are, the empty one behind them, and what is not decided: nothing was read from the start again.
    expect(await ledger(world, '?endpoint=charges.list')).toHaveLength(1_000 / 50 + 2);
  });

  test('are all seen, whatever acknowledgements are under way while their pages are read', async () => {
    const numbers = await addCharges(world, 'pci150', 600);
    await arm(world, {
      fault: 'latency',
      ms: 2,
      jitterMs: 15,
      times: 'always',
      match: { endpoint: 'charges.acknowledge' },
    });
    const underWay: Promise<unknown>[] = [];
    const rows = await drainPages(async (shown) => {
      const some = shown.slice(0, 20).map(({ number }) => ({ number, customer: 'pci150' }));
      if (some.length > 0) underWay.push(Promise.resolve(acknowledge(some)));
      // Two at a time: the account lets four requests go.
      if (underWay.length > 2) await underWay.shift();
    });
    await Promise.all(underWay);
    expect(new Set(rows.map(({ number }) => number))).toEqual(new Set(numbers));
  });

  test('that belong to another customer fail alone', async () => {
    const [mine = ''] = await addCharges(world, 'pci150', 1);
    const [other = ''] = await addCharges(world, 'pci151', 1);
    const sent = valueOf(
      await acknowledge([
        { number: mine, customer: 'pci150' },
        { number: other, customer: 'pci150' },
      ]),
    );
    expect(sent).toMatchObject({
      outcomes: [
        { key: `charge:${mine}` },
        { key: `charge:${other}`, failure: { code: 'ACKNOWLEDGE_REFUSED', kind: 'invalid' } },
      ],
    });
    expect((await drainPages()).map(({ number }) => number)).toEqual([other]);
  });

  const SUCCEEDED = undefined;
  const REFUSED = { code: 'ACKNOWLEDGE_REFUSED', kind: 'invalid' };

  /** What becomes of the acknowledgement of a charge that the vendor names as failed, in these words. */
  async function told(
    error_description: string,
    { replyLost, means, error_code = '2' }: { replyLost?: true; means?: object; error_code?: string },
  ): Promise<unknown> {
    const [number = ''] = await addCharges(world, 'pci150', 1);
    const failed_charges_set = [{ number, error_code, error_description }];
    const status = { code: 'OK', description: '', message: '' };
    const match = { endpoint: 'charges.acknowledge' };
    await arm(world, { fault: 'wrongShape', body: { data: { failed_charges_set }, status }, match });
    const failures = JSON.stringify(means === undefined ? [] : [{ ...means, means: 'AlreadyAcknowledged' }]);
    const { adapter } = openAt(world, { options: { ...NICOSIA, failures } });
    const request = acknowledgement([{ number, customer: 'pci150' }]);
    const items = request.items.map((item) => ({
      ...item,
      desired: { ...item.desired, ...(replyLost && { replyLost }) },
    }));
    const sent = valueOf(await adapter.charges?.writer?.send({ ...request, items }, signal));
    await adapter.close();
    return sent.is === 'answered' ? sent.outcomes[0]?.failure : sent;
  }

  const ALREADY = 'The specified charge has already been acknowledged';
  const OF_ANOTHER = 'Reference number already acknowledged for another charge';

  test.each([
    ['by a request whose reply was lost are no failure', ALREADY, { replyLost: true }, SUCCEEDED],
    ['by nobody that we know of are for review', ALREADY, {}, REFUSED],
    ['are for review where other words only remind of it', OF_ANOTHER, { replyLost: true }, REFUSED],
    ['are for review where the words mean nothing to us', 'ACK-DUP', { replyLost: true }, REFUSED],
    ['are no failure where the account says what a code means', 'x', { means: { code: '2' } }, SUCCEEDED],
    ['or what words mean', 'ACK-DUP', { means: { messagePattern: '^ack-dup$' } }, SUCCEEDED],
    [
      'are for review where they are another customer’s, whatever anybody says',
      ALREADY,
      { replyLost: true, means: { code: '1' }, error_code: '1' },
      REFUSED,
    ],
  ] as const)('that were acknowledged already %s', async (_what, words, how, failure) => {
    const found = await told(words, how);
    if (failure === undefined) expect(found).toBeUndefined();
    else expect(found).toMatchObject(failure);
  });

  test('that are acknowledged twice are said to be so by the vendor', async () => {
    const [number = ''] = await addCharges(world, 'pci150', 1);
    valueOf(await acknowledge([{ number, customer: 'pci150' }]));
    const again = valueOf(await acknowledge([{ number, customer: 'pci150' }]));
    expect(again).toMatchObject({ outcomes: [{ failure: REFUSED }] });
  });

  test('are no charge’s success where the reply names one as failed that nobody asked about', async () => {
    const [number = ''] = await addCharges(world, 'pci150', 1);
    const failed_charges_set = [{ number: `0${number}`, error_code: '9', error_description: 'no' }];
    const status = { code: 'OK', description: '', message: '' };
    await arm(world, { fault: 'wrongShape', body: { data: { failed_charges_set }, status } });
    expect(failureOf(await acknowledge([{ number, customer: 'pci150' }])).kind).toBe('unknownOutcome');
  });

  test('are acknowledged with their receipts or not at all', async () => {
    const request = acknowledgement([{ number: 'I1', customer: 'pci150' }]);
    const items = request.items.map((item) => ({
      ...item,
      desired: { acknowledge: 'AfterRecording' } as const,
    }));
    const sent = await opened.adapter.charges?.writer?.send({ ...request, items }, signal);
    expect(failureOf(sent).code).toBe('NOT_RECORDED');
    expect(await mutations()).toEqual([]);
  });
});

describe('devices', () => {
  test('are registered and unregistered, and one that fails is unconfirmed, alone', async () => {
    valueOf(await devices('registerEsn', ['NF-1', 'NF-2']));
    expect(valueOf(await devices('registerEsn', ['NF-2', 'NF-3']))).toMatchObject({
      outcomes: [{ key: 'esn:NF-2', failure: { code: 'UNCONFIRMED' } }, { key: 'esn:NF-3' }],
    });
    valueOf(await devices('unregisterEsn', ['NF-1']));
    const { body } = await world.admin('GET', '/esns?operatorId=1');
    expect(JSON.stringify(body)).not.toContain('NF-1"');
    expect(JSON.stringify(body)).toContain('NF-3"');
  });

  test('of a group that the vendor does not know are refused as a whole', async () => {
    const sent = await devices('registerEsn', ['NF-1'], { name: 'Nobody' });
    expect(failureOf(sent)).toMatchObject({ kind: 'rejected', code: 'INVALID_PARAMETER' });
  });
});

describe('what goes wrong on the way', () => {
  test.each(['html', 'truncatedJson', 'wrongShape', 'errorAfterEffect', 'tooManyRequests'])(
    'a reply as after the fault %s says nothing of the world',
    async (fault) => {
      await world.admin('POST', '/subscribers', { customer: 'pci123', state: 'effective' });
      await arm(world, { fault, times: 'always', match: { endpoint: 'subscriptions.show' } });
      await arm(world, { fault, times: 'always', match: { endpoint: 'subscriptions.suspend' } });
      const limited = fault === 'tooManyRequests';
      const reading = await opened.adapter.subscriptions?.items?.read({ customer: 'pci123' }, signal);
      expect(failureOf(reading).kind).toBe(limited ? 'throttled' : 'transient');
      opened.clock.advance(60_000);
      const writing = failureOf(await write('pci123', change('suspend')));
      expect(writing.kind).toBe(limited ? 'throttled' : 'unknownOutcome');
    },
  );

  test('an answer that is no list of charges is not an empty list', async () => {
    await arm(world, { fault: 'wrongShape', body: { data: {}, status: { code: 'OK' } } });
    const reading = await opened.adapter.charges?.sets?.readPage('PROCESSED', undefined, signal);
    expect(failureOf(reading)).toMatchObject({ kind: 'transient', code: 'INVALID_REPLY' });
  });

  test('an error that no table knows is never taken for a refusal of a write, until the account explains it', async () => {
    await world.admin('POST', '/subscribers', { customer: 'pci123', state: 'suspended' });
    const failures = JSON.stringify([{ code: 'INVALID_STATE', means: 'Validation' }]);
    const other = openAt(world, { options: { failures } });
    const request = subscriptionRequest('pci123', change('suspend'));
    const sent = await other.adapter.subscriptions?.writer?.send(request, signal);
    await other.adapter.close();
    expect(failureOf(sent).kind).toBe('rejected');
  });
});
