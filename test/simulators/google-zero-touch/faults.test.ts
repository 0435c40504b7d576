import { describe, expect, test } from 'vitest';
import {
  claimOf,
  IMEIS,
  ledger,
  ownerOf,
  readOperation,
  runBatch,
  startWorld,
  statuses,
  type World,
  ZERO_TOUCH,
} from './world.ts';

const [PHONE] = IMEIS;

async function arm(world: World, fault: object): Promise<void> {
  const answer = await world.admin('POST', '/faults', fault);
  expect(answer.status, answer.text).toBe(200);
}

function claim(world: World) {
  return world.api('devices:claim', claimOf(PHONE, world.customerId));
}

/** Claims a page of devices for the listings to go wrong on. */
async function generate(world: World, count: number): Promise<void> {
  await world.admin('POST', '/devices/generate', { count, customerId: world.customerId });
}

function page(world: World, limit: number, pageToken?: unknown) {
  const customerId = [world.customerId];
  return world.api('devices:findByOwner', { customerId, sectionType: ZERO_TOUCH, limit, pageToken });
}

function idsOf(body: Record<string, unknown>): string[] {
  return ((body['devices'] ?? []) as { deviceId: string }[]).map(({ deviceId }) => deviceId);
}

describe('before the effect: nothing has changed', () => {
  test.each([
    [{ fault: 'errorBeforeEffect' }, 500, 'INTERNAL'],
    [{ fault: 'errorBeforeEffect', status: 503 }, 503, 'UNAVAILABLE'],
    [{ fault: 'tooManyRequests' }, 429, 'RESOURCE_EXHAUSTED'],
  ])('%j', async (fault, code, status) => {
    await using world = await startWorld();
    await arm(world, fault);
    const answer = await claim(world);
    expect(answer.status).toBe(code);
    expect(answer.body['error']).toMatchObject({ code, status });
    expect(answer.headers.get('retry-after')).toBeNull();
    expect(await ownerOf(world, PHONE)).toBeUndefined();
  });

  test('a 429 names the wait where the fault says so', async () => {
    await using world = await startWorld();
    await arm(world, { fault: 'tooManyRequests', retryAfterSeconds: 7 });
    expect((await claim(world)).headers.get('retry-after')).toBe('7');
  });

  test('a dropped connection', async () => {
    await using world = await startWorld();
    await arm(world, { fault: 'dropBeforeEffect' });
    await expect(claim(world)).rejects.toThrow('fetch failed');
    expect(await ownerOf(world, PHONE)).toBeUndefined();
    expect(await ledger(world, '?mutating=true')).toMatchObject([{ status: 0, fault: 'dropBeforeEffect' }]);
  });
});

describe('after the effect: the write was accepted', () => {
  test('a dropped connection loses the name of the operation, not its work', async () => {
    await using world = await startWorld();
    await arm(world, { fault: 'dropAfterEffect', match: { endpoint: 'devices.claimAsync' } });
    const claims = [claimOf(PHONE, world.customerId)];
    await expect(world.api('devices:claimAsync', { claims })).rejects.toThrow('fetch failed');
    await world.advance(60_000);
    expect(await ownerOf(world, PHONE)).toBe(world.customerId);
    const [entry] = await ledger(world, '?mutating=true');
    expect(entry).toMatchObject({ status: 0, fault: 'dropAfterEffect', effect: [{ change: 'claimed' }] });
  });

  test.each([
    [{ fault: 'errorAfterEffect' }, 500, /"INTERNAL"/],
    [{ fault: 'html' }, 502, /^<!DOCTYPE html>/],
    [{ fault: 'html', status: 200 }, 200, /^<!DOCTYPE html>/],
    [{ fault: 'truncatedJson' }, 200, /^\{"deviceId":"\d+[^}]*$/],
    [{ fault: 'wrongShape' }, 200, /^\{"deviceId":\{"value":"\d+"\}/],
    [{ fault: 'wrongShape', body: ['surprise'] }, 200, /^\["surprise"\]$/],
  ])('%j', async (fault, code, text) => {
    await using world = await startWorld();
    await arm(world, fault);
    const answer = await claim(world);
    expect(answer.status).toBe(code);
    expect(answer.text).toMatch(text);
    expect(await ownerOf(world, PHONE)).toBe(world.customerId);
  });

  test('a list of the wrong shape is no list', async () => {
    await using world = await startWorld();
    await generate(world, 1);
    await arm(world, { fault: 'wrongShape' });
    const { body } = await page(world, 10);
    expect(body).toEqual({ devices: { '0': expect.any(Object) }, totalSize: '1' });
  });
});

describe('which requests a fault hits', () => {
  test('those of its endpoint and method, after the ones it skips, as often as it says', async () => {
    await using world = await startWorld();
    const match = { endpoint: 'customers.list', method: 'GET' };
    await arm(world, { fault: 'errorBeforeEffect', match, skip: 1, times: 2 });
    const codes = [(await claim(world)).status];
    for (let read = 0; read < 4; read += 1) codes.push((await world.api('customers')).status);
    expect(codes).toEqual([200, 200, 500, 500, 200]);
  });

  test('all until cleared, for "always"', async () => {
    await using world = await startWorld();
    await arm(world, { fault: 'errorBeforeEffect', times: 'always' });
    for (let read = 0; read < 3; read += 1) expect((await world.api('customers')).status).toBe(500);
    const armed = await world.admin('GET', '/faults');
    expect(armed.body).toMatchObject([{ fault: 'errorBeforeEffect', left: 'always' }]);
    await world.admin('DELETE', '/faults');
    expect((await world.api('customers')).status).toBe(200);
  });

  test('an order with an unknown kind, an unknown knob or a bad match is refused', async () => {
    await using world = await startWorld();
    const orders = [
      { fault: 'earthquake' },
      { fault: 'html', colour: 'red' },
      { fault: 'latency' },
      { fault: 'html', match: { path: '/' } },
    ];
    for (const order of orders) expect((await world.admin('POST', '/faults', order)).status).toBe(400);
  });

  test('several at once: the latency and the error', async () => {
    await using world = await startWorld();
    await arm(world, { fault: 'latency', ms: 30, jitterMs: 5 });
    await arm(world, { fault: 'errorBeforeEffect' });
    const before = performance.now();
    expect((await world.api('customers')).status).toBe(500);
    expect(performance.now() - before).toBeGreaterThanOrEqual(29);
    expect(await ledger(world, '?endpoint=customers.list')).toMatchObject([
      { fault: 'latency+errorBeforeEffect' },
    ]);
  });
});

describe('reads that lie', () => {
  test('stale reads show the world of the moment the fault was armed, for their time', async () => {
    await using world = await startWorld();
    await arm(world, { fault: 'staleReads', ms: 5_000 });
    await claim(world);
    expect(await ownerOf(world, PHONE)).toBeUndefined();
    await world.advance(5_000);
    expect(await ownerOf(world, PHONE)).toBe(world.customerId);
    const faults = (await ledger(world, '?endpoint=devices.findByIdentifier')).map(({ fault }) => fault);
    expect(faults).toEqual(['staleReads', undefined]);
  });

  test.each([
    ['stays', 4],
    ['shrinks', 2],
  ])('a short page whose total %s', async (total, totalSize) => {
    await using world = await startWorld();
    await generate(world, 4);
    await arm(world, { fault: 'shortRead', items: 2, total });
    const { body } = await page(world, 10);
    expect(idsOf(body)).toHaveLength(2);
    expect(body['totalSize']).toBe(totalSize);
    expect(idsOf((await page(world, 10)).body)).toHaveLength(4);
  });

  test('overlapping pages repeat an entry', async () => {
    await using world = await startWorld();
    await generate(world, 4);
    const first = (await page(world, 2)).body;
    await arm(world, { fault: 'overlappingPages' });
    const second = (await page(world, 2, first['nextPageToken'])).body;
    expect(idsOf(second)[0]).toBe(idsOf(first)[1]);
  });

  test('a page token dies in mid-listing', async () => {
    await using world = await startWorld();
    await generate(world, 4);
    await arm(world, { fault: 'pageTokenInvalidated' });
    const first = await page(world, 2);
    expect(first.status).toBe(200);
    expect((await page(world, 2, first.body['nextPageToken'])).status).toBe(400);
  });
});

describe('operations that go wrong', () => {
  test('a stuck one halts half way until it is released', async () => {
    await using world = await startWorld();
    await arm(world, { fault: 'operationStuck' });
    const claims = IMEIS.slice(0, 2).map((imei) => claimOf(imei, world.customerId));
    const halted = await runBatch(world, 'devices:claimAsync', { claims });
    expect(halted.body).not.toHaveProperty('done');
    expect(halted.body['response']).toMatchObject({ successCount: 1 });
    expect((await world.admin('POST', '/operations/release', {})).body).toEqual({ released: 1 });
    expect((await readOperation(world, halted.body['name'] as string)).body['done']).toBe(true);
  });

  test('one that disappears stays away, but its work goes on', async () => {
    await using world = await startWorld();
    await arm(world, { fault: 'operationDisappears' });
    const claims = [claimOf(PHONE, world.customerId)];
    const name = (await world.api('devices:claimAsync', { claims })).body['name'] as string;
    for (let read = 0; read < 2; read += 1) expect((await readOperation(world, name)).status).toBe(404);
    await world.advance(60_000);
    expect(await ownerOf(world, PHONE)).toBe(world.customerId);
    expect((await world.admin('GET', '/operations')).body).toMatchObject([
      { name, vanished: true, processed: 1 },
    ]);
  });

  test('a batch fails in part: the failed items have no effect', async () => {
    await using world = await startWorld();
    await arm(world, { fault: 'partialFailure', ratio: 0.5, perDeviceStatus: 'DEVICE_LIMIT_EXCEEDED' });
    const claims = Array.from({ length: 40 }, () => claimOf(PHONE, world.customerId));
    const seen = statuses(await runBatch(world, 'devices:claimAsync', { claims }));
    const failed = seen.filter((status) => status === 'DEVICE_LIMIT_EXCEEDED').length;
    expect(failed).toBeGreaterThan(5);
    expect(failed).toBeLessThan(35);
    expect(seen.filter((status) => status === 'SUCCESS')).toHaveLength(40 - failed);
  });

  test('a batch fails altogether, with the vendor’s unknown error by default', async () => {
    await using world = await startWorld();
    await arm(world, { fault: 'partialFailure', ratio: 1 });
    const done = await runBatch(world, 'devices:claimAsync', { claims: [claimOf(PHONE, world.customerId)] });
    expect(statuses(done)).toEqual(['UNKNOWN_ERROR']);
    expect(await ownerOf(world, PHONE)).toBeUndefined();
  });

  test('tokens expire in mid-poll', async () => {
    await using world = await startWorld();
    await arm(world, { fault: 'expireTokens', match: { endpoint: 'operations.get' } });
    const claims = [claimOf(PHONE, world.customerId)];
    const name = (await world.api('devices:claimAsync', { claims })).body['name'] as string;
    expect((await readOperation(world, name)).status).toBe(401);
    expect((await world.api('customers')).status).toBe(401);
  });
});
