import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { DesiredCompany } from '../../../src/domain/company/facts.ts';
import { openHttpClient } from '../../../src/http/http-client.ts';
import { requestQuota } from '../../../src/http/quota.ts';
import { ok } from '../../../src/ports/failure.ts';
import type { VendorAdapter } from '../../../src/ports/vendor.ts';
import { googleAdapter } from '../../../src/vendors/google-zero-touch/adapter.ts';
import { type GoogleClient, googleClient } from '../../../src/vendors/google-zero-touch/client.ts';
import { DEFAULT_LIMITS } from '../../../src/vendors/google-zero-touch/limits.ts';
import { openSession } from '../../../src/vendors/google-zero-touch/session.ts';
import { manualClock } from '../../http/manual-clock.ts';
import type { ReceivedRequest } from '../../http/serve.ts';
import { type FakeGoogle, fakeGoogle, PARTNER_ID } from './fake-google.ts';
import { ACME, item, keyOf, MOTO, OLD, PIXEL, request } from './samples.ts';

const GOLDEN = fileURLToPath(new URL('../../golden/google-zero-touch/', import.meta.url));
const OPERATION = 'operations/apibatchoperation/1067577321338690048';
const KEYS = [keyOf(PIXEL), keyOf(MOTO), keyOf(OLD)];

const { signal } = new AbortController();
let google: FakeGoogle;
let client: GoogleClient;
let adapter: VendorAdapter;

beforeEach(async () => {
  google = await fakeGoogle();
  const clock = manualClock();
  const http = openHttpClient({ concurrentRequests: 1 });
  if (!http.ok) throw new Error(http.failure.message);
  const quota = requestQuota(DEFAULT_LIMITS, clock);
  const tokens = {
    get: () => Promise.resolve(ok('ya29.golden')),
    drop: () => undefined,
    hold: () => undefined,
  };
  const session = openSession({
    endpoint: google.origin,
    http: http.value,
    tokens,
    quota,
    clock,
    mayWrite: () => true,
  });
  client = googleClient(session, PARTNER_ID);
  adapter = googleAdapter(client, http.value, quota, 5_000);
});
afterEach(async () => {
  await adapter.close();
  await google.close();
});

/** A request as text: everything that left but the host's port and the token. */
function transcript({ method, path, headers, body }: ReceivedRequest): string {
  const lines = Object.entries(headers)
    .filter(([name]) => name !== 'host')
    .map(([name, value]) => `${name}: ${name === 'authorization' ? 'Bearer [hidden]' : String(value)}`);
  return `${[`${method} ${path}`, ...lines, '', body].join('\n').trimEnd()}\n`;
}

const COMPANY: DesiredCompany = {
  companyName: 'Acme GmbH',
  adoption: 'AdoptOrCreate',
  ownerEmails: ['it@acme.example'],
  adminEmails: ['help@acme.example'],
  languageCode: 'de',
};

interface Case {
  readonly name: string;
  /** Another request's file, when the request is the same. */
  readonly request?: string;
  readonly call: () => Promise<unknown> | undefined;
  readonly means: unknown;
}

const accepted = { is: 'accepted', operationIds: [OPERATION] };

const CASES: readonly Case[] = [
  {
    name: 'find-by-owner',
    call: () => adapter.devices?.sets?.readPage('987654', 'CAIQ-page-1', signal),
    means: {
      rows: [
        {
          identity: {
            imei: '490154203237518',
            imei2: '356938035643809',
            serialNumber: '37261JEHN01234',
            manufacturer: 'Google',
            model: 'Pixel 8',
          },
          observed: { companyId: '987654', orderNumber: 'PO-4711' },
        },
        {
          identity: { meid: 'A0000000002329', manufacturer: 'Samsung' },
          observed: { companyId: '987654', orderNumber: '' },
        },
      ],
      next: 'CAIQ-page-2',
      total: 102,
    },
  },
  {
    name: 'find-by-identifier',
    call: () => adapter.devices?.items?.read(MOTO, signal),
    means: [
      {
        identity: { serialNumber: 'zx1g22', manufacturer: 'Motorola', model: 'moto g' },
        observed: { companyId: '987654', orderNumber: '' },
      },
    ],
  },
  {
    name: 'claim-async',
    call: () =>
      adapter.devices?.writer?.send(
        request('claim', [
          item(PIXEL, { ...ACME, vendorParams: { configurationId: '77' } }),
          item(MOTO),
          item(OLD),
        ]),
        signal,
      ),
    means: accepted,
  },
  {
    name: 'unclaim-async',
    call: () =>
      adapter.devices?.writer?.send(request('unclaim', [item(PIXEL), item(MOTO), item(OLD)]), signal),
    means: accepted,
  },
  {
    name: 'update-metadata-async',
    call: () => adapter.devices?.writer?.send(request('updateMetadata', [item(PIXEL), item(MOTO)]), signal),
    means: accepted,
  },
  {
    name: 'operation-running',
    call: () => adapter.devices?.poller?.poll(OPERATION, KEYS, signal),
    means: { is: 'running' },
  },
  {
    name: 'operation-done',
    request: 'operation-running',
    call: () => adapter.devices?.poller?.poll(OPERATION, KEYS, signal),
    means: {
      is: 'finished',
      outcomes: [
        { key: KEYS[0] },
        {
          key: KEYS[1],
          failure: {
            code: 'INVALID_MODEL',
            kind: 'invalid',
            message:
              'the model is not in Google’s list for this manufacturer; it must equal what the device reports; Google says: Unknown model.',
          },
        },
        {
          key: KEYS[2],
          failure: {
            code: 'HELD_BY_OTHER',
            kind: 'heldByOther',
            message:
              'another company or reseller holds the device; only its holder can release it; Google says: Section is owned by another reseller.',
          },
        },
      ],
    },
  },
  {
    name: 'customers-list',
    call: () => adapter.companies?.sets?.readPage('', undefined, signal),
    means: {
      rows: [
        { companyId: '987654', companyName: 'Acme GmbH', termsStatus: 'Accepted' },
        { companyId: '987655', companyName: 'Old Terms Ltd', termsStatus: 'Stale' },
        { companyId: '987656', companyName: 'New Terms Ltd', termsStatus: 'NotAccepted' },
        { companyId: '987657', companyName: 'Self-Enrolled Ltd', termsStatus: 'Unknown' },
      ],
      total: 4,
    },
  },
  {
    name: 'customers-create',
    call: () =>
      adapter.companies?.writer?.send(
        {
          verb: 'createCompany',
          partition: {},
          requestKey: 'rk-1',
          items: [{ key: 'name:Acme GmbH', subject: COMPANY, desired: COMPANY }],
        },
        signal,
      ),
    means: { is: 'answered', outcomes: [{ key: 'name:Acme GmbH', vendorId: '987660' }] },
  },
  {
    name: 'claim',
    call: () =>
      client.claim(
        { deviceIdentifier: PIXEL, sectionType: 'SECTION_TYPE_ZERO_TOUCH', customerId: '987654' },
        signal,
      ),
    means: { deviceId: '5411223344556677', deviceName: 'partners/1234567890/devices/5411223344556677' },
  },
  {
    name: 'unclaim',
    call: () => client.unclaim({ deviceIdentifier: MOTO, sectionType: 'SECTION_TYPE_ZERO_TOUCH' }, signal),
    means: {},
  },
  {
    name: 'device-get',
    call: () => client.getDevice('5411223344556677', signal),
    means: expect.objectContaining({
      deviceId: '5411223344556677',
      deviceIdentifier: { imei: '490154203237518', manufacturer: 'Google' },
    }),
  },
];

describe('on the wire', () => {
  test.for(CASES)('$name', async ({ name, request: sameAs, call, means }) => {
    google.api = (_request, response) => {
      response.setHeader('content-type', 'application/json; charset=UTF-8');
      response.end(readFileSync(`${GOLDEN}${name}.reply.json`));
    };
    expect(await call()).toEqual({ ok: true, value: means });
    expect(google.requests).toHaveLength(1);
    const [sent] = google.requests;
    if (sent === undefined) throw new Error('nothing was sent');
    await expect(transcript(sent)).toMatchFileSnapshot(`${GOLDEN}${sameAs ?? name}.request.http`);
  });
});
