import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { DesiredDevice } from '../../../src/domain/device/facts.ts';
import type { DeviceIdentity } from '../../../src/domain/device/identity.ts';
import type { VendorAdapter } from '../../../src/ports/vendor.ts';
import { startGoogleZeroTouch } from '../../../src/simulators/google-zero-touch/start.ts';
import { googleZeroTouchFactory } from '../../../src/vendors/google-zero-touch/factory.ts';
import { DEFAULT_LIMITS } from '../../../src/vendors/google-zero-touch/limits.ts';
import { type ManualClock, manualClock } from '../../http/manual-clock.ts';
import { type AskAdmin, adminFace } from '../../support/admin-face.ts';
import { PARTNER_ID } from './fake-google.ts';
import { ACME, item, keyOf, request } from './samples.ts';

/** The library's claimDevice and unclaimDevice, against a zero-touch API written by others. */

const XYZ: DesiredDevice = { ...ACME, companyId: '55501', orderNumber: 'PO-1' };
const PIXEL: DeviceIdentity = { imei: '490154203237518', manufacturer: 'Google', model: 'Pixel 8' };
const SECOND: DeviceIdentity = { imei: '356938035643809', manufacturer: 'Google', model: 'Pixel 8' };
const BAD_MAKER: DeviceIdentity = { serialNumber: 'S-1', manufacturer: 'Nobody & Sons', model: 'One' };

const { signal } = new AbortController();
let simulator: Awaited<ReturnType<typeof startGoogleZeroTouch>>;
let clock: ManualClock;
let adapter: VendorAdapter;

beforeEach(async () => {
  clock = manualClock();
  simulator = await startGoogleZeroTouch({ clock: { now: () => clock.now() } });
  const keyFile = JSON.stringify(await admin('POST', '/service-accounts', {}));
  await admin('POST', '/customers', { companyName: 'XYZ Corp', companyId: '55501' });
  const opened = googleZeroTouchFactory({ clock }).open({
    endpoint: simulator.url,
    identity: { partnerId: PARTNER_ID },
    credentials: { 'key.json': keyFile },
    limits: { ...DEFAULT_LIMITS, requestsPerSecond: 1_000 },
  });
  if (!opened.ok) throw new Error(opened.failure.message);
  adapter = opened.value;
});
afterEach(async () => {
  await adapter.close();
  await simulator.close();
});

const admin: AskAdmin = (...asked) => adminFace(simulator)(...asked);

function alone(verb: 'claim' | 'unclaim' | 'updateMetadata', identity: DeviceIdentity): Promise<unknown> {
  const sent = { ...request(verb, [item(identity, XYZ)]), alone: true } as const;
  return adapter.devices?.writer?.send(sent, signal) ?? Promise.resolve();
}

async function endpoints(): Promise<readonly string[]> {
  const ledger = (await admin('GET', '/ledger?mutating=true')) as readonly { readonly endpoint: string }[];
  return ledger.map(({ endpoint }) => endpoint);
}

describe('one device, when it is all there is to do', () => {
  test('is claimed and released by calls that are answered at once', async () => {
    expect(await alone('claim', PIXEL)).toEqual({
      ok: true,
      value: { is: 'answered', outcomes: [{ key: keyOf(PIXEL) }] },
    });
    expect(await adapter.devices?.items?.read(PIXEL, signal)).toMatchObject({
      value: [{ observed: { companyId: '55501', orderNumber: 'PO-1' } }],
    });
    expect(await alone('unclaim', PIXEL)).toMatchObject({ value: { outcomes: [{ key: keyOf(PIXEL) }] } });
    expect(await adapter.devices?.items?.read(PIXEL, signal)).toEqual({ ok: true, value: [] });
    expect(await endpoints()).toEqual(['devices.claim', 'devices.unclaim']);
  });

  test('beside which others wait goes in a batch', async () => {
    await adapter.devices?.writer?.send(request('claim', [item(PIXEL, XYZ)]), signal);
    expect(await endpoints()).toEqual(['devices.claimAsync']);
  });

  test('gets its order number in a batch: the single call needs an id that we do not keep', async () => {
    await alone('updateMetadata', PIXEL);
    expect(await endpoints()).toEqual(['devices.updateMetadataAsync']);
  });

  test.each([
    { why: 'of an unknown maker', identity: BAD_MAKER, held: false },
    { why: 'that somebody else holds', identity: SECOND, held: true },
  ])('$why is refused alone, and asked for again in a batch, which says why', async ({ identity, held }) => {
    if (held)
      await admin('POST', '/devices', { deviceIdentifier: identity, customerId: '9', resellerId: '7' });
    const refused = { key: keyOf(identity), failure: { code: 'REFUSED_ALONE', kind: 'passing' } };
    expect(await alone('claim', identity)).toMatchObject({ value: { is: 'answered', outcomes: [refused] } });
    expect(await alone('claim', identity)).toMatchObject({ value: { is: 'accepted' } });
    expect(await endpoints()).toEqual(['devices.claim', 'devices.claimAsync']);
    // Asked for once more, later on, it may go alone again.
    await alone('claim', identity);
    expect(await endpoints()).toEqual(['devices.claim', 'devices.claimAsync', 'devices.claim']);
  });

  test.for<[string, object, string]>([
    ['the connection drops', { fault: 'dropAfterEffect' }, 'unknownOutcome'],
    ['the server fails', { fault: 'errorAfterEffect' }, 'unknownOutcome'],
    ['a page of HTML comes', { fault: 'html' }, 'unknownOutcome'],
    ['the quota is spent', { fault: 'tooManyRequests' }, 'throttled'],
  ])('whose call goes wrong because %s is treated like a batch', async ([, fault, kind]) => {
    await admin('POST', '/faults', { ...fault, match: { endpoint: 'devices.claim' } });
    expect(await alone('claim', PIXEL)).toMatchObject({ ok: false, failure: { kind } });
  });
});
