import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { DesiredCompany } from '../../../src/domain/company/facts.ts';
import { googleZeroTouchFactory } from '../../../src/vendors/google-zero-touch/factory.ts';
import { DEFAULT_LIMITS } from '../../../src/vendors/google-zero-touch/limits.ts';
import { manualClock } from '../../http/manual-clock.ts';
import { json } from '../../http/serve.ts';
import { type FakeGoogle, fakeGoogle, keyFile, type Opened, openAt, PARTNER_ID } from './fake-google.ts';
import { ACME, item, MOTO, OLD, PIXEL, request } from './samples.ts';

const { signal } = new AbortController();
let google: FakeGoogle;
let opened: Opened;

beforeEach(async () => {
  google = await fakeGoogle();
  opened = openAt(google);
});
afterEach(async () => {
  await opened.adapter.close();
  await google.close();
});

function replyWith(body: unknown): void {
  google.api = (_request, response) => json(response, 200, body);
}

describe('opening an account', () => {
  const settings = {
    endpoint: 'https://androiddeviceprovisioning.googleapis.com',
    identity: { partnerId: PARTNER_ID },
    credentials: { 'key.json': keyFile('https://oauth2.googleapis.com/token') },
    limits: DEFAULT_LIMITS,
  };
  const factory = googleZeroTouchFactory({ clock: manualClock() });

  test('sends nothing', async () => {
    const result = factory.open(settings);
    expect(result.ok).toBe(true);
    if (result.ok) await result.value.close();
    expect([google.logins.length, google.requests.length]).toEqual([0, 0]);
  });

  test.for<[string, object, string]>([
    ['a partnerId that is no number', { identity: { partnerId: '12/../34' } }, 'INVALID_RESELLER_ID'],
    ['no partnerId', { identity: {} }, 'INVALID_RESELLER_ID'],
    ['plain http to another machine', { endpoint: 'http://192.0.2.1' }, 'INVALID_ENDPOINT'],
    ['a CA bundle that is none', { caBundle: 'x' }, 'INVALID_CA_BUNDLE'],
  ])('is refused with %s', ([, over, code]) => {
    expect(factory.open({ ...settings, ...over })).toMatchObject({ failure: { kind: 'rejected', code } });
  });

  test('of Google’s own addresses goes to a simulator when both are redirected', async () => {
    const local = googleZeroTouchFactory({
      clock: manualClock(),
      redirects: {
        'https://androiddeviceprovisioning.googleapis.com': google.origin,
        'https://oauth2.googleapis.com': google.origin,
      },
    }).open(settings);
    if (!local.ok) throw new Error(local.failure.message);
    expect(await local.value.companies?.sets?.readPage('', undefined, signal)).toMatchObject({ ok: true });
    await local.value.close();
    expect([google.logins.length, google.requests.length]).toEqual([1, 1]);
  });
});

describe('what the writers say of their verbs', () => {
  test('is the cap of the account, never more than the library’s, and how to repeat', () => {
    const verbs = opened.adapter.devices?.writer?.verbs;
    expect(verbs).toMatchObject({
      claim: { repeat: 'afterProof', effect: 'additive', maxItemsPerCall: 5_000 },
      unclaim: { repeat: 'afterProof', effect: 'destructive', maxItemsPerCall: 5_000 },
      updateMetadata: { repeat: 'afterProof', effect: 'additive', maxItemsPerCall: 5_000 },
    });
    expect(opened.adapter.companies?.writer?.verbs).toMatchObject({
      createCompany: { repeat: 'never', effect: 'creation', maxItemsPerCall: 1 },
    });
  });

  test('claims and unclaims travel by customer, order numbers by what a look has to show too', () => {
    const writer = opened.adapter.devices?.writer;
    expect(writer?.partition('claim', item(PIXEL))).toEqual({ customer: '987654' });
    expect(writer?.partition('unclaim', item(PIXEL))).toEqual({ customer: '987654' });
    expect(writer?.partition('updateMetadata', item(PIXEL))).toEqual({
      customer: '987654',
      orderNumber: 'PO-4711',
    });
  });

  test('what the vendor cannot do is refused without asking it', async () => {
    expect(
      await opened.adapter.devices?.writer?.send(request('createCompany', [item(PIXEL)]), signal),
    ).toMatchObject({
      failure: { kind: 'rejected', code: 'NOT_IMPLEMENTED' },
    });
    expect(google.requests).toHaveLength(0);
  });
});

describe('reading a device', () => {
  const stranger = { deviceIdentifier: { imei: '356938035643809', manufacturer: 'Google' } };

  test('that Google does not have gives no row', async () => {
    replyWith({});
    expect(await opened.adapter.devices?.items?.read(PIXEL, signal)).toEqual({ ok: true, value: [] });
  });

  test('under its second IMEI finds it', async () => {
    const deviceIdentifier = { imei: '356938035643809', imei2: PIXEL.imei, manufacturer: 'Google' };
    replyWith({ devices: [{ deviceIdentifier }] });
    expect(await opened.adapter.devices?.items?.read(PIXEL, signal)).toMatchObject({
      ok: true,
      value: [{ identity: deviceIdentifier, observed: { orderNumber: '' } }],
    });
  });

  test.for<[string, object]>([
    ['shows only somebody else’s device', { devices: [stranger] }],
    ['is empty but promises more', { nextPageToken: 'more' }],
  ])('is no proof of absence when the reply %s', async ([, reply]) => {
    replyWith(reply);
    expect(await opened.adapter.devices?.items?.read(PIXEL, signal)).toMatchObject({
      failure: { kind: 'transient', code: 'INVALID_REPLY' },
    });
  });
});

describe('reading a set', () => {
  const page = (cursor?: string): Promise<unknown> | undefined =>
    opened.adapter.devices?.sets?.readPage(ACME.companyId, cursor, signal);

  test('an honest empty page has a total of nothing', async () => {
    replyWith({});
    expect(await page()).toEqual({ ok: true, value: { rows: [], total: 0 } });
  });

  test('a page without total says nothing of one', async () => {
    replyWith({ devices: [{ deviceIdentifier: OLD }] });
    expect(await page()).toEqual({
      ok: true,
      value: { rows: [{ identity: OLD, observed: { orderNumber: '' } }] },
    });
  });

  test('an empty page token is none, and one that leads to itself is refused', async () => {
    replyWith({ nextPageToken: '' });
    expect(await page()).toEqual({ ok: true, value: { rows: [], total: 0 } });
    replyWith({ devices: [{ deviceIdentifier: OLD }], nextPageToken: 'same' });
    expect(await page('same')).toMatchObject({ failure: { kind: 'transient', code: 'INVALID_REPLY' } });
  });
});

describe('companies', () => {
  const company: DesiredCompany = { companyName: 'Acme GmbH', adoption: 'AdoptOrCreate' };

  test.for<[string, Partial<DesiredCompany>, string | undefined]>([
    ['a name is enough', {}, undefined],
    ['an id is a number', { companyId: '987654' }, undefined],
    ['an id that is no number', { companyId: 'acme' }, 'INVALID_CUSTOMER_ID'],
    ['an empty name', { companyName: ' ' }, 'INVALID_PARAM_DEFAULT'],
  ])('%s', ([, over, code]) => {
    expect(opened.adapter.companies?.check({ ...company, ...over })?.code).toBe(code);
  });

  test('are not created without owners, and Google is not asked', async () => {
    const items = [{ key: 'name:Acme GmbH', subject: company, desired: company }];
    const sent = opened.adapter.companies?.writer?.send(
      { verb: 'createCompany', partition: {}, requestKey: 'rk-1', items },
      signal,
    );
    expect(await sent).toMatchObject({
      value: { is: 'answered', outcomes: [{ failure: { code: 'INVALID_PARAM_DEFAULT', kind: 'invalid' } }] },
    });
    expect(google.requests).toHaveLength(0);
  });
});

test('closing ends what is under way', async () => {
  google.api = () => undefined;
  const running = opened.adapter.devices?.writer?.send(request('claim', [item(MOTO)]), signal);
  await expect.poll(() => google.requests.length).toBe(1);
  await opened.adapter.close();
  expect(await running).toMatchObject({ failure: { kind: 'unknownOutcome', code: 'CLOSED' } });
});
