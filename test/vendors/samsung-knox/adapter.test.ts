import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { DesiredDevice } from '../../../src/domain/device/facts.ts';
import type { DeviceIdentity } from '../../../src/domain/device/identity.ts';
import { samsungKnoxFactory } from '../../../src/vendors/samsung-knox/factory.ts';
import { DEFAULT_LIMITS } from '../../../src/vendors/samsung-knox/limits.ts';
import { manualClock } from '../../http/manual-clock.ts';
import { json } from '../../http/serve.ts';
import {
  type FakeSamsung,
  fakeSamsung,
  OAUTH,
  type Opened,
  openAt,
  RESELLER_ID,
  SIGNED,
} from './fake-samsung.ts';
import { ACME, item, keyOf, OLD, PHONE, request, SECOND, TABLET } from './samples.ts';

const { signal } = new AbortController();
let samsung: FakeSamsung;
let opened: Opened;

beforeEach(async () => {
  samsung = await fakeSamsung();
  opened = openAt(samsung);
});
afterEach(async () => {
  await opened.adapter.close();
  await samsung.close();
});

function replyWith(status: number, body: unknown): void {
  samsung.api = (_request, response) => json(response, status, body);
}

describe('opening an account', () => {
  const settings = {
    endpoint: 'https://api.samsungknox.com',
    identity: { resellerId: RESELLER_ID },
    credentials: OAUTH,
    limits: DEFAULT_LIMITS,
  };
  const factory = samsungKnoxFactory({ clock: manualClock() });
  const signed = { options: { authentication: 'SignedIdentifier' } };

  test.for<[string, object]>([
    ['OAuth, which is the default', {}],
    ['a signed identifier', { ...signed, credentials: SIGNED }],
  ])('by %s sends nothing', async ([, over]) => {
    const result = factory.open({ ...settings, ...over });
    expect(result.ok).toBe(true);
    if (result.ok) await result.value.close();
    expect([samsung.logins.length, samsung.requests.length]).toEqual([0, 0]);
  });

  test.for<[string, object, RegExp]>([
    ['no clientSecret', { credentials: { clientId: 'x' } }, /no key clientSecret/],
    ['no keys.json', { ...signed, credentials: OAUTH }, /no key keys\.json/],
    ['a keys.json without Private', { ...signed, credentials: { ...SIGNED, 'keys.json': '{}' } }, /Private/],
    [
      'a Private that is no key',
      { ...signed, credentials: { ...SIGNED, 'keys.json': '{"Public":"x","Private":"c2VjcmV0"}' } },
      /not an RSA private key/,
    ],
  ])('is refused with %s, and the message names nothing secret', ([, over, message]) => {
    const result = factory.open({ ...settings, ...over });
    expect(result).toMatchObject({ failure: { kind: 'rejected', code: 'INVALID_CREDENTIALS' } });
    if (!result.ok) expect(result.failure.message).toMatch(message);
    expect(JSON.stringify(result)).not.toMatch(/shh|c2VjcmV0/);
  });

  test.for<[string, object, string]>([
    ['no resellerId', { identity: {} }, 'INVALID_RESELLER_ID'],
    ['plain http to another machine', { endpoint: 'http://192.0.2.1' }, 'INVALID_ENDPOINT'],
  ])('is refused with %s', ([, over, code]) => {
    expect(factory.open({ ...settings, ...over })).toMatchObject({ failure: { kind: 'rejected', code } });
  });
});

describe('what must travel together', () => {
  const writer = () => opened.adapter.devices?.writer;

  test.for<[string, DeviceIdentity, Partial<DesiredDevice>, object]>([
    ['a phone', PHONE, {}, { identifierType: 'IMEI', orderNumber: 'PO-4711' }],
    ['a tablet', TABLET, {}, { identifierType: 'SN', orderNumber: 'PO-4711' }],
    ['an old phone', OLD, {}, { identifierType: 'MEID', orderNumber: 'PO-4711' }],
    [
      'a phone with profiles',
      SECOND,
      { vendorParams: { profileAliases: 'Kiosk', configurationId: '9' } },
      { identifierType: 'IMEI', orderNumber: 'PO-4711', profileAliases: 'Kiosk' },
    ],
    [
      'profiles too many for a label',
      SECOND,
      { vendorParams: { profileAliases: 'K'.repeat(300) } },
      { profileAliases: expect.stringMatching(/^sha256:[0-9a-f]{64}$/) },
    ],
  ])('%s', ([, identity, over, expected]) => {
    expect(writer()?.partition('claim', item(identity, { ...ACME, ...over }))).toMatchObject({
      customer: '4000000001',
      ...expected,
    });
  });

  test('for a release only customer and kind of identifier count', () => {
    expect(writer()?.partition('unclaim', item(PHONE))).toEqual({
      customer: '4000000001',
      identifierType: 'IMEI',
    });
  });
});

describe('a serial number names a device alone', () => {
  test('whatever maker and model are declared with it', () => {
    const { serialNumber = '' } = TABLET;
    const keys = [TABLET, { serialNumber }, { serialNumber: 'R5CT1000002', model: 'other' }].map(keyOf);
    expect(new Set(keys).size).toBe(1);
  });
});

describe('what Samsung would refuse is refused before it is asked', () => {
  test.for<[string, DeviceIdentity, string | undefined]>([
    ['an IMEI is enough', { imei: '490154203237518' }, undefined],
    ['a MEID is enough', OLD, undefined],
    ['a serial number is enough, whatever the case of its maker', TABLET, undefined],
    ['another maker', { imei: '490154203237518', manufacturer: 'Google' }, 'INVALID_MANUFACTURER'],
    ['no identifier', { manufacturer: 'Samsung' }, 'INVALID_IDENTIFIER_SET'],
    ['a second IMEI alone', { imei2: '490154203237518' }, 'INVALID_IDENTIFIER_SET'],
    ['a serial number with other signs', { serialNumber: 'R5/1' }, 'INVALID_DEVICE_SERIAL'],
  ])('%s', ([, identity, code]) => {
    expect(opened.adapter.devices?.check(identity)?.code).toBe(code);
  });
});

describe('an acknowledgement', () => {
  const upload = () => opened.adapter.devices?.writer?.send(request('claim', [item(PHONE)]), signal);

  test.for<[string, number, object, string, string]>([
    [
      'a customer nobody knows, as the first generation says it',
      404,
      { code: 4042104 },
      'rejected',
      'INVALID_CUSTOMER_ID',
    ],
    ['the same with status 200', 200, { code: '40400002' }, 'rejected', 'INVALID_CUSTOMER_ID'],
    ['too many devices', 400, { code: 40000003 }, 'rejected', 'DEVICE_UPLOAD_COUNT_EXCEEDED'],
    ['a reseller nobody knows', 400, { code: 4002101 }, 'unauthorized', 'INVALID_RESELLER_ID'],
    ['a scope that is missing', 403, { code: 40300000 }, 'unauthorized', 'AUTHORIZATION_FAIL'],
    ['a code nobody documents', 400, { code: 49999999 }, 'rejected', 'INVALID_PARAM_DEFAULT'],
    ['a transaction it has already', 400, { code: 40000014 }, 'unknownOutcome', 'TRANSACTION_ID_DUPLICATE'],
  ])('that rejects %s', async ([, status, body, kind, code]) => {
    replyWith(status, { transactionId: 'rk-1', state: 'Rejected', ...body });
    expect(await upload()).toMatchObject({ failure: { kind, code } });
  });

  test.for<[string, number, object]>([
    ['of another transaction', 200, { transactionId: 'rk-2', state: 'Progress' }],
    ['in a state nobody knows', 200, { transactionId: 'rk-1', state: 'Perhaps' }],
    ['without a state', 200, { transactionId: 'rk-1', code: 2000000 }],
    ['behind a failing server', 502, { transactionId: 'rk-1', state: 'Progress' }],
  ])('%s says nothing, so the outcome is unknown', async ([, status, body]) => {
    replyWith(status, body);
    expect(await upload()).toMatchObject({ failure: { kind: 'unknownOutcome' } });
  });
});

describe('a transaction', () => {
  const keys = [keyOf(PHONE), keyOf(SECOND)];
  const poll = () => opened.adapter.devices?.poller?.poll('rk-1', keys, signal);
  const show = (transaction: object) =>
    replyWith(200, {
      devices: {
        totalCount: 1,
        transactions: [{ transactionId: 'rk-1', state: 'Complete', ...transaction }],
      },
    });

  test('that is not shown is not found, and goes by our own name', async () => {
    replyWith(200, { devices: { totalCount: 0, transactions: [] } });
    expect(await poll()).toMatchObject({ failure: { kind: 'notFound' } });
    expect(opened.adapter.devices?.poller?.ownNames?.operationIdOf('rk-1')).toBe('rk-1');
  });

  test('of another id is none', async () => {
    show({ transactionId: 'rk-2' });
    expect(await poll()).toMatchObject({ failure: { kind: 'notFound' } });
  });

  test('in a state nobody knows is still worked on', async () => {
    show({ state: 'Halfway' });
    expect(await poll()).toEqual({ ok: true, value: { is: 'running' } });
  });

  test('in a state nobody knows is told of once for each state, however often it is asked about', async () => {
    const told: string[] = [];
    const { adapter } = openAt(samsung, {}, { noteUnknownState: (state) => told.push(state) });
    const again = () => adapter.devices?.poller?.poll('rk-1', keys, signal);
    for (const state of ['Progress', 'Halfway', 'Halfway', 'Queued\nforged line', 'Halfway', 'Complete']) {
      show({ state });
      await again();
    }
    expect(told).toEqual(['Halfway', 'Queued?forged line']);
    for (let n = 0; n < 100; n += 1) {
      show({ state: `state ${n}` });
      await again();
    }
    expect(told).toHaveLength(20);
    await adapter.close();
  });

  test('without failures did all that was asked', async () => {
    show({});
    expect(await poll()).toEqual({
      ok: true,
      value: { is: 'finished', outcomes: keys.map((key) => ({ key })) },
    });
  });

  test('with a failure that names nothing of ours says nothing of what it does not name', async () => {
    show({
      devices: [
        { imei: SECOND.imei, code: 40000007 },
        { device: '?', code: 40000007 },
      ],
    });
    expect(await poll()).toMatchObject({
      value: { is: 'finished', outcomes: [{ key: keys[1], failure: { code: 'INVALID_DEVICE_IMEI' } }] },
    });
  });

  test('that was rejected did nothing', async () => {
    show({ state: 'Rejected' });
    expect(await poll()).toMatchObject({
      value: { outcomes: [{ failure: { kind: 'passing' } }, { failure: { kind: 'passing' } }] },
    });
  });

  test('names serial numbers and MEIDs in any of their forms', async () => {
    show({
      devices: [
        { serialNumber: 'R5CT1000002', code: '40000009' },
        { meid: '268435456000009001', code: 40000008 },
      ],
    });
    const polled = opened.adapter.devices?.poller?.poll('rk-1', [keyOf(TABLET), keyOf(OLD)], signal);
    expect(await polled).toMatchObject({
      value: {
        outcomes: [
          { key: keyOf(TABLET), failure: { code: 'INVALID_DEVICE_SERIAL' } },
          { key: keyOf(OLD), failure: { code: 'INVALID_DEVICE_MEID' } },
        ],
      },
    });
  });
});

describe('reading a list', () => {
  const page = (cursor?: string) => opened.adapter.devices?.sets?.readPage(ACME.companyId, cursor, signal);

  test('goes on until as many rows came as there are, however large the vendor’s pages', async () => {
    replyWith(200, { totalCount: 3, devices: [{ mei: PHONE.imei, customerId: ACME.companyId }] });
    expect(await page()).toMatchObject({ value: { next: '1:1', total: 3 } });
    expect(await page('1:1')).toMatchObject({ value: { next: '2:2' } });
    const last = await page('2:2');
    expect(last).toMatchObject({ value: { total: 3 } });
    expect(last).not.toHaveProperty('value.next');
  });

  test('ends at a page without rows, whose total tells that some are missing', async () => {
    replyWith(200, { totalCount: 3, devices: [] });
    expect(await page('1:1')).toEqual({ ok: true, value: { rows: [], total: 3 } });
  });

  test('begins anew when a page has gone', async () => {
    replyWith(400, { errorId: 'e', code: '40000002', message: 'PAGE_OUT_OF_BOUNDS' });
    expect(await page('7:3500')).toMatchObject({
      failure: { kind: 'transient', code: 'INVALID_PAGE_TOKEN' },
    });
  });

  test.for<[string, number, unknown]>([
    ['without a total', 200, { devices: [] }],
    ['that is a page of HTML', 200, '<html>'],
    ['with a device of nobody', 200, { totalCount: 1, devices: [{ mei: PHONE.imei }] }],
    ['that is a redirect', 302, {}],
  ])('never takes a reply %s for an empty world', async ([, status, body]) => {
    replyWith(status, body);
    expect(await page()).toMatchObject({ failure: { kind: 'transient', code: 'INVALID_REPLY' } });
  });
});

test('without leave no customer can be created, with it one that lacks something is not sent', async () => {
  expect(opened.adapter.companies?.writer).toBeUndefined();
  const allowed = openAt(samsung, { options: { allowCustomerCreation: 'true' } }).adapter;
  const company = { companyName: 'Acme GmbH', adoption: 'AdoptOrCreate' } as const;
  const items = [{ key: 'name:Acme GmbH', subject: company, desired: company }];
  const sent = allowed.companies?.writer?.send(
    { verb: 'createCompany', partition: {}, requestKey: 'rk-1', items },
    signal,
  );
  expect(await sent).toMatchObject({ value: { outcomes: [{ failure: { code: 'INVALID_PARAM_DEFAULT' } }] } });
  expect(samsung.requests).toHaveLength(0);
  await allowed.close();
});
