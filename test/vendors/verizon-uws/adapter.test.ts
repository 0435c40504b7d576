import { describe, expect, test } from 'vitest';
import type { LineOrder, LineTypes } from '../../../src/domain/line/facts.ts';
import { type LineName, type LineNames, lineKey } from '../../../src/domain/line/identifier.ts';
import { skippedReceipt } from '../../../src/domain/line/receipt.ts';
import type { VendorAdapter } from '../../../src/ports/vendor.ts';
import type { WriteItem } from '../../../src/ports/writer.ts';
import type { VerizonUwsOptions } from '../../../src/simulators/verizon-uws/start.ts';
import { verizonUwsFactory } from '../../../src/vendors/verizon-uws/factory.ts';
import { DEFAULT_LIMITS } from '../../../src/vendors/verizon-uws/limits.ts';
import { toState } from '../../../src/vendors/verizon-uws/mapping.ts';
import { deleteFailure } from '../../../src/vendors/verizon-uws/outcomes.ts';
import { ACCOUNT, failure, signal, startUws, type UwsWorld, value } from './world.ts';

const SIM: LineName = { kind: 'iccid', identifier: '85000022411113460014' };
const PHONE: LineName = { kind: 'imei', identifier: '990000560000001' };
const OTHER: LineName = { kind: 'iccid', identifier: '85000022412313460016' };

interface Opened extends UwsWorld {
  readonly adapter: VendorAdapter;
  repairs: number;
}

async function open(options: VerizonUwsOptions = {}, requestsPerSecond = 1_000): Promise<Opened> {
  const world = await startUws(options);
  const { password } = (await world.admin('POST', '/users', { username: 'second' })) as { password: string };
  const opened = verizonUwsFactory({ clock: world.clock, noteRepair: () => (made.repairs += 1) }).open({
    endpoint: world.endpoint,
    identity: { accountName: ACCOUNT },
    credentials: { username: 'second', password },
    limits: { ...DEFAULT_LIMITS, requestsPerSecond },
  });
  const made: Opened = {
    ...world,
    adapter: value(opened),
    repairs: 0,
    async [Symbol.asyncDispose]() {
      await made.adapter.close();
      await world[Symbol.asyncDispose]();
    },
  };
  return made;
}

async function addLine(world: UwsWorld, more: object = {}): Promise<void> {
  const identifiers = { imei: PHONE.identifier, iccid: SIM.identifier };
  await world.admin('POST', '/devices', { identifiers, state: 'deactive', ...more });
}

function deletion(subject: LineName, names: LineNames = {}): WriteItem<LineName, LineTypes['desired']> {
  const receipt = skippedReceipt(0);
  const desired: LineOrder = { asks: 'deletion', receipt, names };
  return { key: lineKey(subject), subject, desired };
}

function send(
  world: Opened,
  verb: 'deleteLine' | 'deactivateLine',
  items: readonly WriteItem<LineName, LineTypes['desired']>[],
) {
  const request = { verb, partition: {}, requestKey: 'r', items };
  return world.adapter.lines!.writer!.send(request, signal);
}

describe('a look at a line', () => {
  test('shows its state, every name it can be declared by, and when it was asked', async () => {
    await using world = await open();
    await addLine(world);
    expect(value(await world.adapter.lines!.items!.read(SIM, signal))).toEqual([
      {
        askedFor: SIM,
        observed: {
          state: 'deactive',
          stateWord: 'deactive',
          names: { imei: PHONE.identifier, iccid: SIM.identifier },
          readAtMs: world.clock.now(),
        },
      },
    ]);
  });

  test('shows nothing where the vendor says that there is no such line', async () => {
    await using world = await open();
    expect(value(await world.adapter.lines!.items!.read(SIM, signal))).toEqual([]);
  });

  test('shows so too where a second has one request: the second question waits for its turn', async () => {
    await using world = await open({}, 1);
    world.clock.sleep = (ms) => Promise.resolve(world.clock.advance(ms));
    const { items } = world.adapter.lines!;
    expect(failure(await items!.read(SIM, signal)).code).toBe('RATE_LIMIT');
    world.clock.advance(1_000);
    expect(value(await items!.read(SIM, signal))).toEqual([]);
    expect(await world.ledger('GetDeviceInformation')).toHaveLength(1);
  });

  test('shows no absence to a login that may not use the account any more', async () => {
    await using world = await open();
    await world.admin('PATCH', '/users/second', { accounts: [] });
    expect(failure(await world.adapter.lines!.items!.read(SIM, signal)).kind).toBe('unauthorized');
  });

  test('tells a line of another account of the same login apart', async () => {
    await using world = await open();
    await world.admin('PATCH', '/users/second', { accounts: [ACCOUNT, '1'] });
    await addLine(world, { accountName: '1' });
    expect(value(await world.adapter.lines!.items!.read(SIM, signal))).toMatchObject([
      { observed: { isElsewhere: true } },
    ]);
  });

  test.each([
    ['active', 'active'],
    ['Deactive', 'deactive'],
    ['suspend', 'suspended'],
    ['Pre-active', 'preactive'],
    ['pending ESN / MEID change', 'pending'],
    ['deactivated-ish', 'unheardOf'],
  ])('reads the state %s as %s', (word, state) => {
    expect(toState(word)).toBe(state);
  });
});

describe('a deletion', () => {
  test('says of each line what became of it', async () => {
    await using world = await open();
    await addLine(world);
    await world.admin('POST', '/devices', {
      identifiers: { iccid: OTHER.identifier },
      state: 'deactive',
      deletable: false,
    });
    expect(value(await send(world, 'deleteLine', [deletion(SIM), deletion(OTHER)]))).toEqual({
      is: 'answered',
      outcomes: [
        { key: lineKey(SIM) },
        {
          key: lineKey(OTHER),
          failure: {
            code: 'FORBIDDEN',
            kind: 'heldByOther',
            message:
              'the login may not delete this line: give it the right at Verizon; Verizon says: The user does not have access to delete the device.',
          },
        },
      ],
    });
  });

  test('names a line once that two names were declared for', async () => {
    await using world = await open();
    await addLine(world);
    const names = { imei: PHONE.identifier, iccid: SIM.identifier };
    const sent = await send(world, 'deleteLine', [deletion(SIM, names), deletion(PHONE, names)]);
    expect(value(sent)).toMatchObject({
      outcomes: [
        { key: lineKey(SIM) },
        { key: lineKey(PHONE), failure: { code: 'SAME_LINE', kind: 'passing' } },
      ],
    });
    expect((await world.ledger('DeleteDevices'))[0]?.items).toHaveLength(1);
  });

  test('says nothing of a line that the reply leaves out', async () => {
    await using world = await open();
    await addLine(world);
    await world.admin('POST', '/faults', { fault: 'missingResults', items: 1 });
    expect(value(await send(world, 'deleteLine', [deletion(SIM)]))).toEqual({ is: 'answered', outcomes: [] });
  });

  test('that was read after the one repair is noted', async () => {
    await using world = await open({ deleteReply: 'asPrinted' });
    await addLine(world);
    expect(value(await send(world, 'deleteLine', [deletion(SIM)]))).toMatchObject({
      outcomes: [{ key: lineKey(SIM) }],
    });
    expect(world.repairs).toBe(1);
  });

  test('without an order never leaves us', async () => {
    await using world = await open();
    const desired = {
      asks: 'gone',
      deactivate: 'Never',
      etfWaiver: false,
      archive: 'Skip',
      usageSettlesAfterMs: 0,
      lookbackMs: 0,
    } as const;
    const item = { key: lineKey(SIM), subject: SIM, desired };
    expect(failure(await send(world, 'deleteLine', [item])).kind).toBe('rejected');
    expect(failure(await send(world, 'deactivateLine', [item])).kind).toBe('rejected');
    expect(await world.ledger('DeleteDevices')).toEqual([]);
    expect(await world.ledger('ChangeDeviceState')).toEqual([]);
  });

  test.each([
    ['The device is not in deactivate state.', 'NOT_DEACTIVATED', 'passing'],
    ['The device is not in deactive state.', 'NOT_DEACTIVATED', 'passing'],
    ['The user does not have access to delete the device.', 'FORBIDDEN', 'heldByOther'],
    ['Something new.', 'DELETE_REFUSED', 'heldByOther'],
  ])('refused with “%s” is %s', (message, code, kind) => {
    expect(deleteFailure(message)).toMatchObject({ code, kind, message: expect.stringContaining(message) });
  });
});

describe('a deactivation', () => {
  async function begin(world: Opened): Promise<string> {
    const desired: LineOrder = { asks: 'deactivation', etfWaiver: false, names: {} };
    const sent = value(await send(world, 'deactivateLine', [{ key: lineKey(SIM), subject: SIM, desired }]));
    if (sent.is !== 'accepted') throw new Error('not accepted');
    return sent.operationIds[0] as string;
  }
  const poll = (world: Opened, id: string) => world.adapter.lines!.poller!.poll(id, [lineKey(SIM)], signal);

  test('runs until the vendor says that it has happened', async () => {
    await using world = await open();
    await addLine(world, { state: 'active' });
    const id = await begin(world);
    expect(value(await poll(world, id))).toEqual({ is: 'running' });
    world.clock.advance(60_000);
    expect(value(await poll(world, id))).toEqual({ is: 'finished', outcomes: [{ key: lineKey(SIM) }] });
  });

  test('that the vendor failed needs a person', async () => {
    await using world = await open();
    await addLine(world, { state: 'active' });
    await world.admin('POST', '/faults', { fault: 'partialFailure', ratio: 1 });
    const id = await begin(world);
    world.clock.advance(60_000);
    expect(value(await poll(world, id))).toMatchObject({
      outcomes: [{ failure: { code: 'DEACTIVATION_FAILED', kind: 'invalid' } }],
    });
  });

  test('that cannot be asked about was taken nonetheless', async () => {
    await using world = await open({ requestStatusService: 'CarrierService' });
    await addLine(world, { state: 'active' });
    const id = await begin(world);
    // An action that no service has is a fault of an unknown code here.
    const polled = await poll(world, id);
    expect(polled.ok ? polled.value : polled.failure.kind).toEqual({
      is: 'finished',
      outcomes: [{ key: lineKey(SIM) }],
    });
  });
});

test('an account that is opened again remembers the log-ins that were refused', async () => {
  await using world = await startUws();
  const factory = verizonUwsFactory({ clock: world.clock });
  for (let opening = 0; opening < 4; opening += 1) {
    const adapter = value(
      factory.open({
        endpoint: world.endpoint,
        identity: { accountName: ACCOUNT },
        credentials: { username: 'operator', password: 'wrong' },
        limits: DEFAULT_LIMITS,
      }),
    );
    expect(failure(await adapter.lines!.items!.read(SIM, signal)).kind).toBe('unauthorized');
    await adapter.close();
  }
  expect(await world.ledger('LogIn')).toHaveLength(2);
});
