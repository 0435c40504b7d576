import { describe, expect, test } from 'vitest';
import { addLine, deleteByIccid, ledger, startWorld, stateOf, type World } from './world.ts';

const ICCID = '85000022411113460014';

async function arm(world: World, fault: object): Promise<void> {
  const answer = await world.admin('POST', '/faults', fault);
  expect(answer.status, answer.text).toBe(200);
}

async function deletable(): Promise<World> {
  const world = await startWorld();
  await addLine(world, { iccid: ICCID }, { state: 'deactive' });
  return world;
}

describe('before the effect: nothing is deleted', () => {
  test.each([
    [{ fault: 'errorBeforeEffect' }, 500],
    [{ fault: 'errorBeforeEffect', status: 200 }, 200],
    [{ fault: 'errorBeforeEffect', status: 503 }, 503],
    [{ fault: 'tooManyRequests', retryAfterSeconds: 7 }, 429],
  ])('%j', async (fault, status) => {
    await using world = await deletable();
    await arm(world, fault);
    const answer = await deleteByIccid(world, ICCID);
    expect([answer.status, answer.fault]).toEqual([status, 'REQUEST_FAILED.UnexpectedError']);
    expect(answer.headers.get('retry-after')).toBe(status === 429 ? '7' : null);
    expect(await stateOf(world, ICCID)).toBe('deactive');
  });

  test('a dropped connection', async () => {
    await using world = await deletable();
    await arm(world, { fault: 'dropBeforeEffect' });
    await expect(deleteByIccid(world, ICCID)).rejects.toThrow('fetch failed');
    expect(await stateOf(world, ICCID)).toBe('deactive');
  });

  test('an expired session', async () => {
    await using world = await deletable();
    await arm(world, { fault: 'expireTokens' });
    expect((await deleteByIccid(world, ICCID)).fault).toBe('REQUEST_FAILED.SessionToken.Expired');
    expect(await stateOf(world, ICCID)).toBe('deactive');
  });
});

describe('after the effect: the line is gone', () => {
  test.each([
    [{ fault: 'errorAfterEffect' }, 500, /UnexpectedError<\/faultcode>/],
    [{ fault: 'errorAfterEffect', status: 200 }, 200, /UnexpectedError<\/faultcode>/],
    [{ fault: 'html' }, 502, /^<!DOCTYPE html>/],
    [{ fault: 'html', status: 200 }, 200, /^<!DOCTYPE html>/],
    [{ fault: 'truncatedJson' }, 200, /^<s:Envelope(?!.*<\/s:Envelope>)/],
    [{ fault: 'wrongShape' }, 200, /<deleteDevicesResponse .*<a:deviceIdentifier /],
    [{ fault: 'wrongShape', body: '<surprise/>' }, 200, /^<surprise\/>$/],
    [{ fault: 'wrongTag' }, 200, /<a:DeleteDevice><\/a:Devices>/],
  ])('%j', async (fault, status, text) => {
    await using world = await deletable();
    await arm(world, fault);
    const answer = await deleteByIccid(world, ICCID);
    expect(answer.status).toBe(status);
    expect(answer.text).toMatch(text);
    expect(await stateOf(world, ICCID)).toBeUndefined();
    expect(await ledger(world, '?mutating=true')).toMatchObject([{ fault: fault.fault, effect: [{}] }]);
  });
});

describe('which faults there are', () => {
  test.each(['pageTokenInvalidated', 'clockSkew', 'earthquake'])('not %s', async (fault) => {
    await using world = await startWorld();
    expect((await world.admin('POST', '/faults', { fault, ms: 1 })).status).toBe(400);
  });

  test('those without an endpoint leave the log-in alone; those with one do not', async () => {
    await using world = await startWorld();
    await arm(world, { fault: 'errorBeforeEffect' });
    const input = '<nph:LargestDeviceIdSeen>0</nph:LargestDeviceIdSeen>';
    const logOut = `<nph:SessionToken>${world.token}</nph:SessionToken>`;
    expect((await world.call('DeviceService', 'GetDeviceList', input)).status).toBe(500);
    await arm(world, { fault: 'errorBeforeEffect', match: { endpoint: 'LogOut' } });
    expect((await world.call('SessionService', 'LogOut', logOut)).status).toBe(500);
    expect((await world.call('SessionService', 'LogOut', logOut)).status).toBe(200);
  });

  test('latency holds the request up, and closing ends it', async () => {
    const world = await deletable();
    await arm(world, { fault: 'latency', ms: 600_000 });
    const held = expect(deleteByIccid(world, ICCID)).rejects.toThrow('fetch failed');
    while ((await ledger(world, '?endpoint=DeleteDevices')).length === 0);
    await world[Symbol.asyncDispose]();
    await held;
  });
});
