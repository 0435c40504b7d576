import { describe, expect, test } from 'vitest';
import { ACCOUNT, deletable, failure, iccid, signal, startUws, type UwsWorld, value } from './world.ts';

const FIRST = '85000022411113460014';
const SECOND = '85000022412313460016';
const IMEI = '990000560000001';
const DAY_MS = 24 * 3_600_000;

async function addLines(world: UwsWorld, ...states: readonly string[]): Promise<void> {
  const devices = states.map((state, index) => ({ identifiers: { iccid: [FIRST, SECOND][index] }, state }));
  await world.admin('POST', '/devices', { devices });
}

function erase(world: UwsWorld, ...iccids: readonly string[]) {
  return world.client.deleteDevices(
    { accountName: ACCOUNT, devices: deletable(...iccids.map(iccid)) },
    signal,
  );
}

function look(world: UwsWorld, identifier: string) {
  return world.client.getDeviceInformation({ device: iccid(identifier) }, signal);
}

describe('a look at the account', () => {
  test('shows that the login may use it, however much it holds', async () => {
    await using world = await startUws();
    await world.admin('POST', '/devices/generate', { count: 30 });
    expect(value(await world.client.askForNothing(ACCOUNT, signal))).toEqual({ isComplete: true });
    const other = failure(await world.client.askForNothing('0000000000-00009', signal));
    expect(other).toMatchObject({ kind: 'unauthorized', code: 'REQUEST_FAILED.AccountNotFound' });
  });
});

describe('GetDeviceInformation', () => {
  test.each(['asPrinted', 'lower', 'upper'] as const)('shows a line, kinds spelt %s', async (kindCase) => {
    await using world = await startUws({ kindCase });
    await world.admin('POST', '/devices', { identifiers: { imei: IMEI, iccid: FIRST }, state: 'deactive' });
    expect(value(await look(world, FIRST))).toMatchObject({
      accountName: ACCOUNT,
      state: 'deactive',
      identifiers: [
        { kind: 'iccid', identifier: FIRST },
        { kind: 'imei', identifier: IMEI },
      ],
      everything: { AccountName: ACCOUNT, CarrierInformation: { State: 'deactive', ServicePlan: null } },
    });
  });

  test('says notFound of a line the account does not have', async () => {
    await using world = await startUws();
    expect(failure(await look(world, FIRST))).toMatchObject({
      kind: 'notFound',
      code: 'REQUEST_FAILED.DeviceNotFound',
    });
  });

  test.each([
    ['html', {}, 'INVALID_REPLY'],
    ['truncatedJson', {}, 'INVALID_REPLY'],
    ['wrongShape', {}, 'INVALID_REPLY'],
    ['errorBeforeEffect', { status: 200 }, 'REQUEST_FAILED.UnexpectedError'],
    ['errorBeforeEffect', { status: 500 }, 'REQUEST_FAILED.UnexpectedError'],
    ['dropAfterEffect', {}, 'CONNECTION_RESET'],
  ])('takes %s for no answer, not for a line that is gone', async (fault, knobs, code) => {
    await using world = await startUws();
    await addLines(world, 'active');
    await world.admin('POST', '/faults', { fault, ...knobs });
    expect(failure(await look(world, FIRST))).toMatchObject({ kind: 'transient', code });
  });

  test('waits when it is told to', async () => {
    await using world = await startUws();
    await world.admin('POST', '/faults', { fault: 'tooManyRequests', retryAfterSeconds: 7 });
    expect(failure(await look(world, FIRST))).toMatchObject({ kind: 'throttled', retryAfterMs: 7_000 });
  });
});

describe('ChangeDeviceState', () => {
  test('deactivates exactly one line, without the waiver unless it is asked for', async () => {
    await using world = await startUws();
    await addLines(world, 'active', 'active');
    for (const [identifier, etfWaiver] of [
      [FIRST, false],
      [SECOND, true],
    ] as const) {
      const { requestId } = value(
        await world.client.deactivate({ device: iccid(identifier), etfWaiver }, signal),
      );
      const status = () => world.client.getRequestStatus({ accountName: ACCOUNT, requestId }, signal);
      expect(value(await status())).toEqual({ status: 'Pending' });
      expect(value(await look(world, identifier)).state).toBe('pending deactivation');
      world.clock.advance(60_000);
      expect(value(await status())).toEqual({ status: 'Success' });
      expect(value(await look(world, identifier)).state).toBe('deactive');
    }
    const sent = await world.ledger('ChangeDeviceState');
    expect(sent.map(({ items }) => items?.length)).toEqual([1, 1]);
    expect(JSON.stringify(sent[0]?.items)).toContain('false');
    expect(JSON.stringify(sent[1]?.items)).toContain('true');
  });

  test('of a line in the wrong state is a conflict', async () => {
    await using world = await startUws();
    await addLines(world, 'deactive');
    expect(
      failure(await world.client.deactivate({ device: iccid(FIRST), etfWaiver: false }, signal)),
    ).toMatchObject({ kind: 'conflict', code: 'INPUT_INVALID.DeviceState.Invalid' });
  });
});

describe('the histories', () => {
  test.each(['usage', 'connection', 'provisioning'] as const)(
    '%s: a page and whether it is all',
    async (history) => {
      await using world = await startUws();
      await world.admin('POST', '/devices', { identifiers: { imei: IMEI, iccid: FIRST } });
      const device = { kind: 'imei', identifier: IMEI };
      await world.admin('POST', '/history/generate', { device, history, count: 700, stepMs: 1_000 });
      const nowMs = world.clock.now();
      const read = (earliestMs: number) =>
        world.client.getHistory({ history, device: iccid(FIRST), earliestMs, latestMs: nowMs }, signal);
      const all = value(await read(nowMs - DAY_MS));
      expect(all.rows).toHaveLength(500);
      expect(all.isComplete).toBe(false);
      const late = value(await read(nowMs - 100_000));
      expect(late.isComplete).toBe(true);
      expect(late.rows.every(({ at }) => Date.parse(at) >= nowMs - 100_000)).toBe(true);
      expect(late.rows[0]?.everything).toMatchObject({});
      expect(value(await read(nowMs)).rows).toEqual([]);
    },
  );

  test('a history that stalls is a passing failure, and the identical request gets it later', async () => {
    await using world = await startUws({ historyStallMs: 10, historyReadyAfterMs: 3_000 });
    await world.admin('POST', '/devices', { identifiers: { imei: IMEI } });
    await world.admin('POST', '/faults', { fault: 'stall', ms: 10, readyAfterMs: 3_000 });
    const nowMs = world.clock.now();
    const request = {
      history: 'connection',
      device: { kind: 'imei', identifier: IMEI },
      earliestMs: nowMs - DAY_MS,
      latestMs: nowMs,
    } as const;
    expect(failure(await world.client.getHistory(request, signal)).kind).toBe('transient');
    world.clock.advance(5_000);
    expect(value(await world.client.getHistory(request, signal)).isComplete).toBe(true);
  });
});

describe('DeleteDevices', () => {
  test('answers for each device', async () => {
    await using world = await startUws();
    await addLines(world, 'deactive', 'active');
    const { results } = value(await erase(world, FIRST, SECOND));
    expect(results).toEqual([
      { device: { kind: 'iccid', identifier: FIRST }, status: 'Success' },
      {
        device: { kind: 'iccid', identifier: SECOND },
        status: 'Failed',
        message: 'The device is not in deactivate state.',
      },
    ]);
    expect(await world.deletions()).toMatchObject([{ identifiers: { iccid: FIRST } }]);
  });

  test.each(['dropAfterEffect', 'html', 'truncatedJson', 'wrongShape', 'errorAfterEffect'])(
    'whose reply is lost (%s) has an outcome that nobody knows',
    async (fault) => {
      await using world = await startUws();
      await addLines(world, 'deactive');
      await world.admin('POST', '/faults', { fault, match: { endpoint: 'DeleteDevices' } });
      expect(failure(await erase(world, FIRST)).kind).toBe('unknownOutcome');
      expect(await world.deletions()).toHaveLength(1);
    },
  );

  test('with the wrong tag of the vendor’s page is read all the same', async () => {
    await using world = await startUws();
    await addLines(world, 'deactive', 'deactive');
    await world.admin('POST', '/faults', { fault: 'wrongTag' });
    const { results, isRepaired } = value(await erase(world, FIRST, SECOND));
    expect(results.map(({ status }) => status)).toEqual(['Success', 'Success']);
    expect(isRepaired).toBe(true);
  });

  test('under a session that ended in the middle is sent again once, and deletes once', async () => {
    await using world = await startUws();
    await addLines(world, 'deactive');
    await world.admin('POST', '/faults', { fault: 'expireTokens', match: { endpoint: 'DeleteDevices' } });
    expect(value(await erase(world, FIRST)).results).toMatchObject([{ status: 'Success' }]);
    expect(await world.ledger('DeleteDevices')).toHaveLength(2);
    expect(await world.deletions()).toHaveLength(1);
  });

  test('refused as a whole has deleted nothing', async () => {
    await using world = await startUws({ unknownDevice: 'fault' });
    await addLines(world, 'deactive');
    expect(failure(await erase(world, FIRST, SECOND))).toMatchObject({ kind: 'notFound' });
    expect(await world.deletions()).toEqual([]);
  });

  test('of none, of more than a hundred, or of one device twice never leaves us', async () => {
    await using world = await startUws();
    const many = Array.from({ length: 101 }, (_, index) => String(85_000_000_000_000 + index));
    for (const list of [[], many, [FIRST, FIRST]]) {
      expect(failure(await erase(world, ...list))).toMatchObject({ kind: 'rejected', code: 'INVALID_LIST' });
    }
    expect(await world.ledger('DeleteDevices')).toEqual([]);
  });

  test.each(["8500'", '85<00', '85\\00'])(
    'of a device with a forbidden character (%s) never leaves us',
    async (name) => {
      await using world = await startUws();
      expect(failure(await erase(world, name))).toMatchObject({
        kind: 'rejected',
        code: 'INPUT_INVALID.Request.InvalidCharacter',
      });
      expect(await world.ledger('DeleteDevices')).toEqual([]);
    },
  );
});
