import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { DesiredDevice } from '../../../src/domain/device/facts.ts';
import type { DeviceIdentity } from '../../../src/domain/device/identity.ts';
import type { Verb } from '../../../src/domain/item.ts';
import type { Failure, Result } from '../../../src/ports/failure.ts';
import type { VendorAdapter } from '../../../src/ports/vendor.ts';
import type { ItemOutcome } from '../../../src/ports/writer.ts';
import { startGoogleZeroTouch } from '../../../src/simulators/google-zero-touch/start.ts';
import { googleZeroTouchFactory } from '../../../src/vendors/google-zero-touch/factory.ts';
import { DEFAULT_LIMITS } from '../../../src/vendors/google-zero-touch/limits.ts';
import { type ManualClock, manualClock } from '../../http/manual-clock.ts';
import { type AskAdmin, adminFace } from '../../support/admin-face.ts';
import { PARTNER_ID } from './fake-google.ts';
import { ACME, item, keyOf, request } from './samples.ts';

/** The adapter against a zero-touch API written by others from the vendor's documents alone. */

const XYZ: DesiredDevice = { ...ACME, companyId: '55501', orderNumber: 'PO-1' };
const PIXEL: DeviceIdentity = { imei: '490154203237518', manufacturer: 'Google', model: 'Pixel 8' };
const SECOND: DeviceIdentity = { imei: '356938035643809', manufacturer: 'Google', model: 'Pixel 8' };
const BAD_MAKER: DeviceIdentity = { serialNumber: 'S-1', manufacturer: 'Nobody & Sons', model: 'One' };

/** Longer than any operation of the simulator takes. */
const OPERATION_MS = 10_000;

const { signal } = new AbortController();
let simulator: Awaited<ReturnType<typeof startGoogleZeroTouch>>;
let clock: ManualClock;
let adapter: VendorAdapter;

beforeEach(async () => {
  clock = manualClock();
  simulator = await startGoogleZeroTouch({ clock: { now: () => clock.now() } });
  const keyFile = await admin('POST', '/service-accounts', {});
  await admin('POST', '/customers', {
    customers: [
      { companyName: 'XYZ Corp', companyId: '55501', termsStatus: 'TERMS_STATUS_ACCEPTED' },
      { companyName: 'Other Ltd', companyId: '55502' },
    ],
  });
  adapter = open(JSON.stringify(keyFile));
});
afterEach(async () => {
  await adapter.close();
  await simulator.close();
});

function open(keyFile: string): VendorAdapter {
  const opened = googleZeroTouchFactory({ clock }).open({
    endpoint: simulator.url,
    identity: { partnerId: PARTNER_ID },
    credentials: { 'key.json': keyFile },
    limits: { ...DEFAULT_LIMITS, requestsPerSecond: 1_000 },
  });
  if (!opened.ok) throw new Error(opened.failure.message);
  return opened.value;
}

/** Plays the vendor's side. */
const admin: AskAdmin = (...asked) => adminFace(simulator)(...asked);

function value<T>(result: Result<T> | undefined): T {
  if (result === undefined) throw new Error('the adapter cannot do this');
  if (!result.ok) throw new Error(`${result.failure.kind} ${result.failure.code}: ${result.failure.message}`);
  return result.value;
}

function failure(result: Result<unknown> | undefined): Failure {
  if (result === undefined || result.ok) throw new Error('it did not fail');
  return result.failure;
}

function send(
  verb: Verb,
  identities: readonly DeviceIdentity[],
  desired = XYZ,
): Promise<Result<unknown>> | undefined {
  const items = identities.map((identity) => item(identity, desired));
  return adapter.devices?.writer?.send(request(verb, items), signal);
}

/** Sends, lets the time pass, and polls to the end. */
async function carryOut(
  verb: Verb,
  identities: readonly DeviceIdentity[],
  desired = XYZ,
): Promise<readonly ItemOutcome[]> {
  const items = identities.map((identity) => item(identity, desired));
  const submission = value(await adapter.devices?.writer?.send(request(verb, items), signal));
  if (submission.is !== 'accepted') throw new Error('not accepted');
  const [operationId] = submission.operationIds;
  const keys = items.map(({ key }) => key);
  const poll = async () => value(await adapter.devices?.poller?.poll(operationId ?? '', keys, signal));
  expect(await poll()).toEqual({ is: 'running' });
  clock.advance(OPERATION_MS);
  const progress = await poll();
  if (progress.is !== 'finished') throw new Error('not finished');
  return progress.outcomes;
}

const readOne = async (identity: DeviceIdentity) =>
  value(await adapter.devices?.items?.read(identity, signal));
const readPage = (cursor?: string) => adapter.devices?.sets?.readPage('55501', cursor, signal);
const mutations = async (): Promise<unknown> => await admin('GET', '/ledger?mutating=true');

describe('a claim', () => {
  test('is seen by owner and by identifier once its operation is done', async () => {
    expect(await readOne(PIXEL)).toEqual([]);
    expect(await carryOut('claim', [PIXEL, SECOND])).toEqual([{ key: keyOf(PIXEL) }, { key: keyOf(SECOND) }]);
    const observed = { companyId: '55501', orderNumber: 'PO-1' };
    expect(await readOne(PIXEL)).toEqual([{ identity: PIXEL, observed }]);
    const page = value(await readPage());
    expect(page).toMatchObject({ total: 2 });
    expect(new Set(page.rows.map(({ identity }) => identity.imei))).toEqual(
      new Set([PIXEL.imei, SECOND.imei]),
    );
  });

  test('of devices with something wrong tells of each what it is, and does the others', async () => {
    await admin('POST', '/devices', { deviceIdentifier: SECOND, customerId: '90001', resellerId: '777' });
    expect(await carryOut('claim', [BAD_MAKER, SECOND, PIXEL])).toMatchObject([
      {
        key: keyOf(BAD_MAKER),
        failure: {
          code: 'INVALID_MANUFACTURER',
          kind: 'invalid',
          message: expect.stringContaining('Google says: Invalid manufacturer "Nobody & Sons"'),
        },
      },
      { key: keyOf(SECOND), failure: { code: 'HELD_BY_OTHER', kind: 'heldByOther' } },
      { key: keyOf(PIXEL) },
    ]);
    expect(await readOne(SECOND)).toEqual([]);
    expect(await readOne(PIXEL)).toHaveLength(1);
  });

  test('of a device another customer of ours holds is refused', async () => {
    await carryOut('claim', [PIXEL], { ...XYZ, companyId: '55502' });
    expect(await carryOut('claim', [PIXEL])).toMatchObject([{ failure: { code: 'HELD_BY_OTHER' } }]);
    expect(await readOne(PIXEL)).toMatchObject([{ observed: { companyId: '55502' } }]);
  });

  test('repeated for the same customer does no harm', async () => {
    await carryOut('claim', [PIXEL]);
    expect(await carryOut('claim', [PIXEL])).toEqual([{ key: keyOf(PIXEL) }]);
  });

  test('by serial number is found again in any case', async () => {
    const tablet: DeviceIdentity = { serialNumber: 'abC-1', manufacturer: 'Google', model: 'Pixel 8' };
    expect(await carryOut('claim', [tablet])).toEqual([{ key: keyOf(tablet) }]);
    expect(await readOne({ ...tablet, serialNumber: 'ABC-1' })).toMatchObject([
      { observed: { companyId: '55501' } },
    ]);
  });

  test('of a dual-SIM device is found under either IMEI', async () => {
    await carryOut('claim', [{ ...PIXEL, imei2: SECOND.imei as string }]);
    expect(await readOne(PIXEL)).toHaveLength(1);
    expect(await readOne(SECOND)).toHaveLength(1);
  });
});

describe('an unclaim', () => {
  test('lets go of the device, and of one that is not held says so', async () => {
    await carryOut('claim', [PIXEL]);
    expect(await carryOut('unclaim', [PIXEL, SECOND])).toMatchObject([
      { key: keyOf(PIXEL) },
      { key: keyOf(SECOND), failure: { code: 'NOT_HELD', kind: 'heldByOther' } },
    ]);
    expect(value(await readPage())).toEqual({ rows: [], total: 0 });
  });
});

describe('an order number', () => {
  test('is changed and removed without another claim', async () => {
    await carryOut('claim', [PIXEL]);
    expect(await carryOut('updateMetadata', [PIXEL], { ...XYZ, orderNumber: 'PO-2' })).toEqual([
      { key: keyOf(PIXEL) },
    ]);
    expect(await readOne(PIXEL)).toMatchObject([{ observed: { orderNumber: 'PO-2' } }]);
    const { orderNumber: _, ...none } = XYZ;
    await carryOut('updateMetadata', [PIXEL], none);
    expect(await readOne(PIXEL)).toEqual([
      { identity: PIXEL, observed: { companyId: '55501', orderNumber: '' } },
    ]);
  });
});

describe('a list longer than a page', () => {
  test('is read to its end, every device once', async () => {
    await admin('POST', '/devices/generate', { count: 250, customerId: '55501' });
    const seen: (string | undefined)[] = [];
    let cursor: string | undefined;
    do {
      const page = value(await readPage(cursor));
      expect(page.total).toBe(250);
      expect(page.rows.length).toBeLessThanOrEqual(adapter.devices?.sets?.pageSize ?? 0);
      seen.push(...page.rows.map(({ identity }) => identity.imei));
      cursor = page.next;
    } while (cursor !== undefined);
    expect(new Set(seen).size).toBe(250);
    expect(seen).toHaveLength(250);
  });

  test('with a made-up page token asks to be read again', async () => {
    expect(failure(await readPage('made-up'))).toMatchObject({
      kind: 'transient',
      code: 'INVALID_PAGE_TOKEN',
    });
  });
});

describe('companies', () => {
  const read = async () => value(await adapter.companies?.sets?.readPage('', undefined, signal)).rows;

  test('are listed with their terms', async () => {
    expect(await read()).toContainEqual({
      companyId: '55501',
      companyName: 'XYZ Corp',
      termsStatus: 'Accepted',
    });
  });

  test('are created, and seen in the next list', async () => {
    const company = {
      companyName: 'New AG',
      adoption: 'AdoptOrCreate',
      ownerEmails: ['it@new.example'],
    } as const;
    const sent = await adapter.companies?.writer?.send(
      {
        verb: 'createCompany',
        partition: {},
        requestKey: 'rk-1',
        items: [{ key: 'name:New AG', subject: company, desired: company }],
      },
      signal,
    );
    expect(value(sent)).toMatchObject({ is: 'answered', outcomes: [{ key: 'name:New AG' }] });
    const made = (await read()).find(({ companyName }) => companyName === 'New AG');
    expect(value(sent)).toMatchObject({ outcomes: [{ vendorId: made?.companyId }] });
  });
});

describe('a reply that goes wrong', () => {
  test.for<[string, object]>([
    ['the connection drops', { fault: 'dropAfterEffect' }],
    ['the server fails', { fault: 'errorAfterEffect' }],
  ])(
    'after the claim took effect: when %s, the outcome is unknown and a read settles it',
    async ([, fault]) => {
      await admin('POST', '/faults', { ...fault, match: { endpoint: 'devices.claimAsync' } });
      expect(failure(await send('claim', [PIXEL])).kind).toBe('unknownOutcome');
      clock.advance(OPERATION_MS);
      expect(await readOne(PIXEL)).toHaveLength(1);
    },
  );

  test.for<[string, object]>([
    ['the connection drops', { fault: 'dropBeforeEffect' }],
    ['the server fails', { fault: 'errorBeforeEffect' }],
    ['the reply has another shape', { fault: 'wrongShape' }],
    ['a page of HTML comes', { fault: 'html' }],
    ['a page of HTML comes with status 200', { fault: 'html', status: 200 }],
    ['a page of HTML comes with status 404', { fault: 'html', status: 404 }],
  ])('when %s, a write is unknown and a read is tried again', async ([, fault]) => {
    await admin('POST', '/faults', { ...fault, match: { endpoint: 'devices.claimAsync' } });
    expect(failure(await send('claim', [PIXEL])).kind).toBe('unknownOutcome');
    await admin('POST', '/faults', { ...fault, match: { endpoint: 'devices.findByOwner' } });
    expect(failure(await readPage()).kind).toBe('transient');
    await admin('POST', '/faults', { ...fault, match: { endpoint: 'devices.findByIdentifier' } });
    expect(failure(await adapter.devices?.items?.read(PIXEL, signal)).kind).toBe('transient');
  });

  test('a short page keeps the total that tells of it', async () => {
    await admin('POST', '/devices/generate', { count: 3, customerId: '55501' });
    await admin('POST', '/faults', { fault: 'shortRead', match: { endpoint: 'devices.findByOwner' } });
    const page = value(await readPage());
    expect(page.rows.length).toBeLessThan(3);
    expect(page).toMatchObject({ total: 3 });
  });

  test('an operation that Google forgot is not found', async () => {
    const submission = value(
      await adapter.devices?.writer?.send(request('claim', [item(PIXEL, XYZ)]), signal),
    );
    if (submission.is !== 'accepted') throw new Error('not accepted');
    await admin('POST', '/faults', { fault: 'operationDisappears', match: { endpoint: 'operations.get' } });
    const poll = adapter.devices?.poller?.poll(submission.operationIds[0] ?? '', [keyOf(PIXEL)], signal);
    expect(failure(await poll)).toMatchObject({ kind: 'notFound', code: 'NOT_FOUND' });
  });
});

describe('access', () => {
  test('a full quota pauses the scope', async () => {
    await admin('POST', '/faults', { fault: 'tooManyRequests', match: { endpoint: 'devices.findByOwner' } });
    expect(failure(await readPage())).toMatchObject({ kind: 'throttled', code: 'RATE_LIMITED' });
    expect(adapter.quota.snapshot()?.retryAfterMs).toBeGreaterThan(0);
  });

  test('an account that is not linked is denied, and nothing is claimed', async () => {
    const unlinked = open(JSON.stringify(await admin('POST', '/service-accounts', { linked: false })));
    await adapter.close();
    adapter = unlinked;
    expect(failure(await send('claim', [PIXEL]))).toMatchObject({
      kind: 'unauthorized',
      code: 'PERMISSION_DENIED',
    });
    expect(failure(await readPage())).toMatchObject({ kind: 'unauthorized' });
  });

  test('a key that is revoked in use is refused at once', async () => {
    const keyFile = (await admin('POST', '/service-accounts', {})) as { readonly client_email: string };
    const doomed = open(JSON.stringify(keyFile));
    await adapter.close();
    adapter = doomed;
    value(await readPage());
    await admin('PATCH', `/service-accounts/${encodeURIComponent(keyFile.client_email)}`, { revoked: true });
    expect(failure(await readPage())).toMatchObject({ kind: 'unauthorized', code: 'LOGIN_REFUSED' });
  });

  test('a token outlives its hour by being renewed', async () => {
    value(await readPage());
    clock.advance(3_700_000);
    value(await readPage());
  });

  test('an unknown customer is refused, not read as holding nothing', async () => {
    expect(failure(await adapter.devices?.sets?.readPage('424242', undefined, signal)).kind).toBe('rejected');
  });
});

test('reads change nothing at the vendor', async () => {
  value(await readPage());
  await readOne(PIXEL);
  expect(JSON.stringify(await mutations())).not.toContain('devices.find');
});
