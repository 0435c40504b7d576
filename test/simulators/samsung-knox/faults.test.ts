import { describe, expect, test } from 'vitest';
import {
  devices,
  failures,
  IMEIS,
  ledger,
  order,
  RESELLER,
  run,
  startWorld,
  transaction,
  type World,
} from './world.ts';

const [PHONE, SECOND] = IMEIS;
const LIST = `/devices?resellerId=${RESELLER}`;

async function arm(world: World, fault: object): Promise<void> {
  const answer = await world.admin('POST', '/faults', fault);
  expect(answer.status, answer.text).toBe(200);
}

/** What truly happened, whatever the client was told. */
async function uploaded(world: World): Promise<unknown[]> {
  await world.advance(10_000);
  return (await devices(world)).map(({ mei }) => mei);
}

describe('before the effect: nothing has changed', () => {
  test.each([
    [{ fault: 'errorBeforeEffect' }, 500, { code: 50000000, message: 'INTERNAL_SERVER_ERROR' }],
    [{ fault: 'errorBeforeEffect', status: 503 }, 503, { code: 50000000 }],
    [{ fault: 'errorBeforeEffect', status: 403 }, 403, { code: 40300000 }],
    [{ fault: 'errorBeforeEffect', status: 401 }, 401, { error: 'Invalid authentication token' }],
    [{ fault: 'tooManyRequests', retryAfterSeconds: 7 }, 429, { message: 'TOO_MANY_REQUESTS' }],
  ])('%j', async (fault, status, body) => {
    await using world = await startWorld();
    await arm(world, fault);
    const request = order([PHONE]);
    const answer = await world.api('PUT', '/devices/upload', request);
    expect(answer.status).toBe(status);
    expect(answer.body).toMatchObject(body);
    expect(answer.headers.get('retry-after')).toBe(status === 429 ? '7' : null);
    expect(await uploaded(world)).toEqual([]);
    expect((await world.api('PUT', '/devices/upload', request)).body['state']).toBe('Progress');
  });

  test('a dropped connection', async () => {
    await using world = await startWorld();
    await arm(world, { fault: 'dropBeforeEffect' });
    await expect(world.api('PUT', '/devices/upload', order([PHONE]))).rejects.toThrow('fetch failed');
    expect(await uploaded(world)).toEqual([]);
  });
});

describe('after the effect: the write was accepted', () => {
  test.each([
    [{ fault: 'errorAfterEffect' }, 500, /INTERNAL_SERVER_ERROR/],
    [{ fault: 'html' }, 502, /^<!DOCTYPE html>/],
    [{ fault: 'truncatedJson' }, 200, /^\{"transactionId":"t-\d+"[^}]*$/],
    [{ fault: 'wrongShape' }, 200, /^\{"transactionId":\{"value":"t-\d+"\}/],
  ])('%j', async (fault, status, text) => {
    await using world = await startWorld();
    await arm(world, fault);
    const answer = await world.api('PUT', '/devices/upload', order([PHONE]));
    expect(answer.status).toBe(status);
    expect(answer.text).toMatch(text);
    expect(await uploaded(world)).toEqual([PHONE]);
  });

  test('a lost reply is found out by asking for our own id, or by sending it again', async () => {
    await using world = await startWorld();
    await arm(world, { fault: 'dropAfterEffect', match: { endpoint: 'devices.upload' } });
    const body = order([PHONE]);
    await expect(world.api('PUT', '/devices/upload', body)).rejects.toThrow('fetch failed');
    const again = await world.api('PUT', '/devices/upload', body);
    expect(again.body).toMatchObject({ state: 'Rejected', message: 'TRANSACTION_ID_DUPLICATE' });
    expect(await uploaded(world)).toEqual([PHONE]);
    expect((await transaction(world, body['transactionId'] as string))['state']).toBe('Complete');
    const [first] = await ledger(world, '?mutating=true');
    expect(first).toMatchObject({ status: 0, fault: 'dropAfterEffect', effect: [{ change: 'uploaded' }] });
  });
});

describe('reads that lie', () => {
  test('stale reads show the world of the moment the fault was armed, for their time', async () => {
    await using world = await startWorld();
    await world.api('PUT', '/devices/upload', order([PHONE, '1'], { transactionId: 'old' }));
    await world.advance(1_000);
    await arm(world, { fault: 'staleReads', ms: 60_000 });
    await run(world, 'upload', [SECOND]);
    expect(await devices(world)).toEqual([]);
    const stale = await world.api('GET', `/devices/status?resellerId=${RESELLER}`);
    const shown = { transactionId: 'old', state: 'Progress', type: 'Put', operationType: 'UPLOAD' };
    expect(stale.body['devices']).toMatchObject({ totalCount: 1 });
    expect(stale.body['devices']).toHaveProperty('transactions', [shown]);
    await world.advance(50_000);
    expect(await devices(world)).toHaveLength(2);
  });

  test.each([
    ['stays', 4],
    ['shrinks', 2],
  ])('a short page whose total %s', async (total, totalCount) => {
    await using world = await startWorld();
    await world.admin('POST', '/devices/generate', { count: 4, customerId: '4001' });
    await arm(world, { fault: 'shortRead', items: 2, total });
    expect((await world.api('GET', LIST)).body).toMatchObject({ totalCount, size: 2 });
    expect(await devices(world)).toHaveLength(4);
  });

  test('overlapping pages repeat an entry', async () => {
    await using world = await startWorld();
    await world.admin('POST', '/devices/generate', { count: 4, customerId: '4001' });
    const first = await devices(world, '&pageSize=2');
    await arm(world, { fault: 'overlappingPages' });
    const second = await devices(world, '&pageSize=2&pageNum=1');
    expect(second[0]).toEqual(first[1]);
  });

  test('a page is out of bounds in mid-listing', async () => {
    await using world = await startWorld();
    await world.admin('POST', '/devices/generate', { count: 4, customerId: '4001' });
    await arm(world, { fault: 'pageTokenInvalidated' });
    expect((await world.api('GET', `${LIST}&pageSize=2`)).status).toBe(200);
    expect((await world.api('GET', `${LIST}&pageSize=2&pageNum=1`)).body['code']).toBe(40000002);
  });

  test('a state nobody has heard of, of a transaction and of a device', async () => {
    await using world = await startWorld();
    await arm(world, { fault: 'unknownState', state: 'Queued', times: 2 });
    expect(await run(world, 'upload', [PHONE], { transactionId: 'odd' })).toMatchObject({ state: 'Queued' });
    await arm(world, { fault: 'unknownState', match: { endpoint: 'devices.list' } });
    expect(await devices(world)).toMatchObject([{ state: 'UNHEARD_OF' }]);
    await world.admin('DELETE', '/faults');
    expect((await transaction(world, 'odd'))['state']).toBe('Complete');
    expect(await devices(world)).toMatchObject([{ state: 'Pending' }]);
  });
});

describe('transactions that go wrong', () => {
  test('a stuck one halts half way until it is released', async () => {
    await using world = await startWorld();
    await arm(world, { fault: 'operationStuck' });
    const shown = await run(world, 'upload', [PHONE, SECOND]);
    expect(shown['state']).toBe('Progress');
    expect(await devices(world)).toMatchObject([{ mei: PHONE }]);
    const released = await world.admin('POST', '/operations/release', { name: shown['transactionId'] });
    expect(released.body).toEqual({ released: 1 });
    expect((await transaction(world, shown['transactionId'] as string))['state']).toBe('Complete');
    expect(await devices(world)).toHaveLength(1);
    await world.advance(1_000);
    expect(await devices(world)).toHaveLength(2);
  });

  test('one that disappears stays away, but its work goes on', async () => {
    await using world = await startWorld();
    await arm(world, { fault: 'operationDisappears' });
    expect(await run(world, 'upload', [PHONE], { transactionId: 'gone' })).toEqual({});
    expect(await transaction(world, 'gone')).toEqual({});
    expect(await devices(world)).toMatchObject([{ mei: PHONE }]);
    expect((await world.admin('GET', '/operations')).body).toEqual([
      {
        name: 'gone',
        verb: 'upload',
        devices: 1,
        processed: 1,
        failed: 0,
        complete: true,
        stuck: false,
        vanished: true,
      },
    ]);
  });

  test.each([
    [undefined, 'INTERNAL_SERVER_ERROR'],
    ['DEVICE_INVALID', 'DEVICE_INVALID'],
    ['40000004', 'DEVICE_INVALID'],
  ])('a batch fails in part, as %s', async (perDeviceStatus, message) => {
    await using world = await startWorld();
    await arm(world, { fault: 'partialFailure', ratio: 0.5, ...(perDeviceStatus && { perDeviceStatus }) });
    await world.admin('POST', '/devices/generate', { count: 40, customerId: '4001' });
    const imeis = (await devices(world)).map(({ mei }) => mei);
    const failed = failures(await run(world, 'delete', imeis));
    const count = Object.keys(failed).length;
    expect(count).toBeGreaterThan(5);
    expect(count).toBeLessThan(35);
    expect(new Set(Object.values(failed))).toEqual(new Set([message]));
    expect(await devices(world)).toHaveLength(count);
  });

  test('a code the vendor does not have is refused as the fault is ordered', async () => {
    await using world = await startWorld();
    const fault = { fault: 'partialFailure', ratio: 1, perDeviceStatus: 'SECTION_NOT_YOURS' };
    expect((await world.admin('POST', '/faults', fault)).status).toBe(400);
    expect((await world.admin('GET', '/faults')).body).toEqual([]);
  });

  test('tokens expire in mid-poll', async () => {
    await using world = await startWorld();
    await world.api('PUT', '/devices/upload', order([PHONE]));
    await arm(world, { fault: 'expireTokens', match: { endpoint: 'devices.status' } });
    const polled = await world.api('GET', `/devices/status?resellerId=${RESELLER}&transactionId=t`);
    expect([polled.status, polled.body]).toEqual([401, { error: 'Invalid authentication token' }]);
    expect((await world.api('GET', LIST)).status).toBe(401);
  });

  test('latency passes before the work', async () => {
    await using world = await startWorld();
    await arm(world, { fault: 'latency', ms: 30 });
    const before = performance.now();
    await world.api('GET', LIST);
    expect(performance.now() - before).toBeGreaterThanOrEqual(29);
  });
});
