import { describe, expect, test } from 'vitest';
import { devices, IMEIS, NOW, order, RESELLER, run, startWorld, type World } from './world.ts';

const [PHONE, SECOND] = IMEIS;

async function generate(world: World, count: number, customerId = '4001'): Promise<void> {
  await world.admin('POST', '/devices/generate', { count, customerId });
}

describe('the device list', () => {
  test('shows a page with its numbers, and of a device what the vendor’s sample shows', async () => {
    await using world = await startWorld();
    await run(world, 'upload', [PHONE], { orderNo: 'PO-1' });
    const { body } = await world.api('GET', `/devices?resellerId=${RESELLER}&pageNum=0&pageSize=10`);
    expect(body).toEqual({
      code: '2000000',
      message: 'SUCCESS',
      pageNum: 0,
      pageSize: 10,
      totalCount: 1,
      totalPages: 1,
      size: 1,
      devices: [
        {
          id: expect.stringMatching(/^\d+$/),
          createTime: NOW + 2_000,
          mei: PHONE,
          serialNumber: expect.stringMatching(/^R[0-9A-F]{10}$/),
          model: expect.stringMatching(/^SM-/),
          state: 'Pending',
          uploadId: expect.stringMatching(/^\d+$/),
          customerId: '4001',
          customerName: 'XYZ Corp',
        },
      ],
    });
  });

  test('is filtered by customer, and not by identifier', async () => {
    await using world = await startWorld();
    await run(world, 'upload', [PHONE]);
    await run(world, 'upload', [SECOND], { customerId: '4002' });
    expect(await devices(world, '&customerId=4002')).toMatchObject([{ mei: SECOND }]);
    expect(await devices(world, '&customerId=4003')).toEqual([]);
    expect(await devices(world, `&imei=${PHONE}`)).toHaveLength(2);
  });

  test('goes page by page, the last one short, and past the end it is out of bounds', async () => {
    await using world = await startWorld();
    await generate(world, 5);
    const pages = [];
    for (const page of [0, 1, 2]) {
      const found = await devices(world, `&pageNum=${page}&pageSize=2`);
      pages.push(found.map(({ mei }) => mei));
    }
    expect(pages.map((page) => page.length)).toEqual([2, 2, 1]);
    expect(new Set(pages.flat()).size).toBe(5);
    const beyond = await world.api('GET', `/devices?resellerId=${RESELLER}&pageNum=3&pageSize=2`);
    expect([beyond.status, beyond.body['code'], beyond.body['message']]).toEqual([
      400,
      40000002,
      'PAGE_OUT_OF_BOUNDS',
    ]);
  });

  test('cuts a page size down to the largest, and says so', async () => {
    await using world = await startWorld({ maxPageItems: 3 });
    await generate(world, 5);
    const { body } = await world.api('GET', `/devices?resellerId=${RESELLER}&pageSize=1000000`);
    expect(body).toMatchObject({ pageSize: 3, totalPages: 2, totalCount: 5, size: 3 });
  });

  test.each(['pageNum=-1', 'pageNum=x', 'pageSize=0', 'pageSize=', 'pageNum=1e3'])(
    'refuses %s',
    async (query) => {
      await using world = await startWorld();
      const answer = await world.api('GET', `/devices?resellerId=${RESELLER}&${query}`);
      expect([answer.status, answer.body['message']]).toEqual([400, 'RESOURCE_INVALID_PARAM']);
    },
  );

  test('moves under the reader while devices go away', async () => {
    await using world = await startWorld({ processingMs: 0, listLagMs: 0 });
    await generate(world, 4);
    const [first] = await devices(world, '&pageSize=2');
    await world.admin('POST', '/drift', { kind: 'customerDeletes', device: first?.['mei'] });
    const behind = await devices(world, '&pageNum=1&pageSize=2');
    expect(behind).toHaveLength(1);
  });
});

describe('the transaction status', () => {
  test('lists newest first, all inside one object, and filters', async () => {
    await using world = await startWorld();
    await world.admin('POST', '/vendors', { vendorId: 'v-1' });
    await run(world, 'upload', [PHONE], { transactionId: 'first', vendorId: 'v-1' });
    await run(world, 'upload', [SECOND], { transactionId: 'second', customerId: '4002' });
    await run(world, 'delete', [PHONE], { transactionId: 'third' });
    const ids = async (query: string) => {
      const { body } = await world.api('GET', `/devices/status?resellerId=${RESELLER}${query}`);
      const page = body['devices'] as { transactions: { transactionId: string }[] };
      return page.transactions.map(({ transactionId }) => transactionId);
    };
    expect(await ids('')).toEqual(['third', 'second', 'first']);
    expect(await ids('&customerId=4001')).toEqual(['third', 'first']);
    expect(await ids('&vendorId=v-1')).toEqual(['first']);
    expect(await ids('&transactionId=second')).toEqual(['second']);
    expect(await ids('&transactionId=never')).toEqual([]);
    const page = await world.api('GET', `/devices/status?resellerId=${RESELLER}&pageNum=1&pageSize=2`);
    expect(page.body).toEqual({
      devices: {
        totalCount: 3,
        totalPage: 2,
        pageNum: 1,
        transactions: [{ transactionId: 'first', state: 'Complete', type: 'Put', operationType: 'UPLOAD' }],
      },
    });
  });

  test('knows nothing of a rejected request', async () => {
    await using world = await startWorld();
    await world.api(
      'PUT',
      '/devices/upload',
      order([PHONE], { customerId: '4009', transactionId: 'refused' }),
    );
    await world.advance(10_000);
    const { body } = await world.api('GET', `/devices/status?resellerId=${RESELLER}&transactionId=refused`);
    expect(body['devices']).toMatchObject({ totalCount: 0, transactions: [] });
  });

  test('lags as long as the knob says', async () => {
    await using world = await startWorld({ statusLagMs: 60_000 });
    await world.api('PUT', '/devices/upload', order([PHONE], { transactionId: 'late' }));
    const total = async () => {
      const { body } = await world.api('GET', `/devices/status?resellerId=${RESELLER}&transactionId=late`);
      return (body['devices'] as { totalCount: number }).totalCount;
    };
    await world.advance(59_999);
    expect(await total()).toBe(0);
    await world.advance(1);
    expect(await total()).toBe(1);
  });
});

describe('customers', () => {
  test('are listed under both paths once the reseller works for them', async () => {
    await using world = await startWorld();
    const made = { customerName: 'Initech', customerId: '4003', country: 'FR', associated: true };
    await world.admin('POST', '/customers', made);
    const customer = { customerId: '4003', customerName: 'Initech', country: 'FR', status: 'Active' };
    for (const path of ['/customers/list', '/customers']) {
      const { body } = await world.api('GET', `${path}?resellerId=${RESELLER}`);
      expect(body).toEqual({ totalCount: 1, pageNum: 0, customers: [customer] });
    }
  });

  const WANTED = {
    customerName: 'Hooli',
    email: 'it@hooli.example',
    country: 'US',
    firstName: 'Ada',
    lastName: 'Lovelace',
    service: 'KME',
  };

  test('can be created where the knob says so, once for each super admin', async () => {
    await using world = await startWorld({ createCustomer: true });
    const made = await world.api('POST', '/customers', WANTED);
    expect(made.body).toEqual({ customerId: expect.stringMatching(/^\d{10}$/), customerName: 'Hooli' });
    const again = await world.api('POST', '/customers', WANTED);
    expect([again.status, again.body['message']]).toEqual([400, 'CUSTOMER_RESELLER_ALREADY_ASSOCIATED']);
    const listed = await world.api('GET', `/customers/list?resellerId=${RESELLER}`);
    expect(listed.body).toMatchObject({ totalCount: 1, customers: [made.body] });
  });

  test.each([
    { customerName: '' },
    { email: 'nobody' },
    { country: 'USA' },
    { firstName: 'x'.repeat(61) },
    { lastName: undefined },
    { service: 'KDP' },
  ])('are not created with %j', async (spoilt) => {
    await using world = await startWorld({ createCustomer: true });
    const refused = await world.api('POST', '/customers', { ...WANTED, ...spoilt });
    expect([refused.status, refused.body['code']]).toEqual([400, 40000000]);
  });
});

describe('profile aliases', () => {
  const headers = { resellerId: RESELLER, customerId: '4001' };

  test('are asked for in headers, and can be sent with an upload', async () => {
    await using world = await startWorld();
    await world.admin('PATCH', '/customers/4001', { profileAliases: ['kiosk'] });
    const profileAliases = [{ alias: 'kiosk', service: 'KME' }];
    await run(world, 'upload', [PHONE], { profileAliases });
    const { body } = await world.api('GET', '/profilealias/kme', undefined, headers);
    expect(body).toEqual({ totalCount: 1, profileAliases });
    expect((await devices(world))[0]).not.toHaveProperty('profileAliases');
  });

  test.each([
    [{ ...headers, resellerId: '42' }, 403, 'AUTHORIZATION_FAIL'],
    [{ resellerId: RESELLER }, 400, 'CUSTOMER_ID_INVALID'],
    [{ ...headers, customerId: '4009' }, 404, 'CUSTOMER_NOT_FOUND'],
    [headers, 404, 'ASSOCIATION_NOT_FOUND'],
  ])('for %j are refused: %i %s', async (sent, status, message) => {
    await using world = await startWorld();
    const answer = await world.api('GET', '/profilealias/kme', undefined, sent);
    expect([answer.status, answer.body['message']]).toEqual([status, message]);
    expect(answer.body['errorId']).toMatch(/^[0-9a-f]{32}$/);
  });
});
