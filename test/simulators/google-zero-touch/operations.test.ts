import { describe, expect, test } from 'vitest';
import {
  claimOf,
  fetchToken,
  IMEIS,
  type KeyFile,
  ledger,
  ownerOf,
  readOperation,
  runBatch,
  send,
  startWorld,
  statuses,
  type World,
  ZERO_TOUCH,
} from './world.ts';

const TYPE = 'type.googleapis.com/google.android.device.provisioning.v1.DevicesLongRunningOperation';

async function startClaims(world: World, claims: unknown[]): Promise<string> {
  return (await world.api('devices:claimAsync', { claims })).body['name'] as string;
}

describe('the stages of a batch', () => {
  test('by reads: pending, half, all but not done, done', async () => {
    await using world = await startWorld({ operations: { advance: 'perRead' } });
    const claims = IMEIS.slice(0, 2).map((imei) => claimOf(imei, world.customerId));
    const started = await world.api('devices:claimAsync', { claims });
    expect(Object.keys(started.body)).toEqual(['name']);
    const name = started.body['name'] as string;

    expect((await readOperation(world, name)).body).toEqual({
      name,
      metadata: { '@type': `${TYPE}Metadata`, processingStatus: 'BATCH_PROCESS_PENDING', devicesCount: 2 },
    });
    expect((await readOperation(world, name)).body).toMatchObject({
      metadata: { processingStatus: 'BATCH_PROCESS_IN_PROGRESS', progress: 50 },
      response: { '@type': `${TYPE}Response`, successCount: 1 },
    });
    const processed = (await readOperation(world, name)).body;
    expect(processed).toMatchObject({
      metadata: { processingStatus: 'BATCH_PROCESS_PROCESSED', progress: 100 },
      response: { successCount: 2 },
    });
    expect(processed).not.toHaveProperty('done');
    expect((await readOperation(world, name)).body).toMatchObject({
      done: true,
      response: { successCount: 2 },
    });
  });

  test('by time: the successes grow, and what is done shows in reads', async () => {
    await using world = await startWorld({ operations: { afterMs: 10_000 } });
    const claims = IMEIS.map((imei) => claimOf(imei, world.customerId));
    const name = await startClaims(world, claims);
    const seen = [];
    for (let step = 0; step < 6; step += 1) {
      const { metadata, done, response } = (await readOperation(world, name)).body as {
        metadata: { processingStatus: string };
        done?: boolean;
        response?: { successCount?: number };
      };
      seen.push([metadata.processingStatus.slice(14), done ?? false, response?.successCount ?? 0]);
      await world.advance(2_000);
    }
    expect(seen).toEqual([
      ['PENDING', false, 0],
      ['IN_PROGRESS', false, 0],
      ['IN_PROGRESS', false, 1],
      ['IN_PROGRESS', false, 2],
      ['PROCESSED', false, 3],
      ['PROCESSED', true, 3],
    ]);
  });

  test('nothing is held before the batch gets to it, and nobody has to read the operation for that', async () => {
    await using world = await startWorld({ operations: { afterMs: 10_000 } });
    await startClaims(world, [claimOf(IMEIS[0], world.customerId)]);
    expect(await ownerOf(world, IMEIS[0])).toBeUndefined();
    await world.advance(10_000);
    expect(await ownerOf(world, IMEIS[0])).toBe(world.customerId);
  });
});

describe('the results of a batch', () => {
  test('stand in the order of the request, each with the item it answers', async () => {
    await using world = await startWorld();
    const claims = [
      claimOf(IMEIS[0], world.customerId),
      claimOf('490154203237519', world.customerId),
      claimOf(IMEIS[1], '1'),
      claimOf(IMEIS[2], world.customerId),
    ];
    const done = await runBatch(world, 'devices:claimAsync', { claims });
    const { perDeviceStatus } = done.body['response'] as {
      perDeviceStatus: { claim: unknown; result: object }[];
    };
    expect(perDeviceStatus.map(({ claim }) => claim)).toEqual(claims);
    expect(perDeviceStatus[0]?.result).toEqual({
      status: 'SINGLE_DEVICE_STATUS_SUCCESS',
      deviceId: expect.stringMatching(/^\d+$/),
    });
    expect(perDeviceStatus[1]?.result).toEqual({
      status: 'SINGLE_DEVICE_STATUS_INVALID_DEVICE_IDENTIFIER',
      errorIdentifier: 'INVALID_DEVICE_IMEI',
      errorMessage: expect.any(String),
    });
  });

  test('leave out what could not be parsed, and the count tells', async () => {
    await using world = await startWorld();
    const good = claimOf(IMEIS[0], world.customerId);
    const claims = [{ sectionType: ZERO_TOUCH }, good, 'rubbish', { ...good, customerId: 'not a number' }];
    const done = await runBatch(world, 'devices:claimAsync', { claims });
    expect(done.body['metadata']).toMatchObject({ devicesCount: 1 });
    expect(statuses(done)).toEqual(['SUCCESS']);
  });

  test('do not name the device of an unclaim', async () => {
    await using world = await startWorld();
    const claimed = await world.api('devices:claim', claimOf(IMEIS[0], world.customerId));
    const unclaims = [{ deviceId: claimed.body['deviceId'], sectionType: ZERO_TOUCH }];
    const done = await runBatch(world, 'devices:unclaimAsync', { unclaims });
    expect(done.body['response']).toMatchObject({
      perDeviceStatus: [{ unclaim: unclaims[0], result: { status: 'SINGLE_DEVICE_STATUS_SUCCESS' } }],
    });
    expect(done.text.match(/deviceId/g)).toHaveLength(1);
  });

  test('reach the ledger as effects of the request that asked, with nothing that was refused', async () => {
    await using world = await startWorld();
    const claims = [claimOf(IMEIS[0], world.customerId), claimOf(IMEIS[1], '1')];
    await runBatch(world, 'devices:claimAsync', { claims });
    await runBatch(world, 'devices:claimAsync', { claims });
    const [first, second] = await ledger(world, '?mutating=true');
    expect(first?.['items']).toMatchObject([{ customerId: world.customerId }, { customerId: '1' }]);
    expect(first?.['effect']).toMatchObject([{ change: 'claimed', customerId: world.customerId }]);
    expect(second).not.toHaveProperty('effect');
  });
});

describe('a batch is refused as a whole', () => {
  test.each([
    ['when it is empty', []],
    ['when it is larger than the limit', [0, 1, 2].map((index) => claimOf(IMEIS[index] ?? '', '55501'))],
  ])('%s', async (_, claims) => {
    await using world = await startWorld({ maxBatchItems: 2 });
    expect((await world.api('devices:claimAsync', { claims })).status).toBe(400);
  });
});

describe('reading an operation', () => {
  test('is 404 for a name nobody gave out and 403 for another reseller’s', async () => {
    await using world = await startWorld();
    const key = (await world.admin('POST', '/service-accounts', { partnerId: '42' })).body;
    const theirs = await fetchToken(key as unknown as KeyFile, Date.UTC(2026, 0, 1));
    const name = await startClaims(world, [claimOf(IMEIS[0], world.customerId)]);
    expect((await send(`${world.url}/v1/${name}`, 'GET', undefined, theirs)).status).toBe(403);
    expect((await readOperation(world, 'operations/apibatchoperation/1')).status).toBe(404);
  });

  test('needs a token', async () => {
    await using world = await startWorld();
    const name = await startClaims(world, [claimOf(IMEIS[0], world.customerId)]);
    expect((await send(`${world.url}/v1/${name}`, 'GET')).status).toBe(401);
  });
});
