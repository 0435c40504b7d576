import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { DesiredCompany } from '../../../src/domain/company/facts.ts';
import type { VendorAdapter } from '../../../src/ports/vendor.ts';
import type { ReceivedRequest } from '../../http/serve.ts';
import { type FakeSamsung, fakeSamsung, openAt, PUBLIC_TEXT, SIGNED } from './fake-samsung.ts';
import { ACME, item, keyOf, OLD, PHONE, request, SECOND, TABLET, THIRD } from './samples.ts';

const GOLDEN = fileURLToPath(new URL('../../golden/samsung-knox/', import.meta.url));
const KEYS = [keyOf(PHONE), keyOf(SECOND), keyOf(THIRD)];

const { signal } = new AbortController();
let samsung: FakeSamsung;
let adapter: VendorAdapter;

beforeEach(async () => {
  samsung = await fakeSamsung();
  adapter = openAt(samsung, { options: { allowCustomerCreation: 'true' } }).adapter;
});
afterEach(async () => {
  await adapter.close();
  await samsung.close();
});

/** A request as text: everything that left but the host's port and what is secret or made anew each time. */
function transcript({ method, path, headers, body }: ReceivedRequest): string {
  const lines = Object.entries(headers)
    .filter(([name]) => name !== 'host')
    .map(([name, value]) => `${name}: ${hidden(name, String(value))}`);
  const text = body
    .replace(/"clientIdentifierJwt":"[^"]+"/, '"clientIdentifierJwt":"[hidden]"')
    .replace(PUBLIC_TEXT, '[public key]')
    .replace(/client_secret=[^&]+/, 'client_secret=[hidden]');
  return `${[`${method} ${path}`, ...lines, '', text].join('\n').trimEnd()}\n`;
}

function hidden(name: string, value: string): string {
  if (name === 'authorization') return 'Bearer [hidden]';
  if (name === 'x-knox-apitoken') return '[hidden]';
  // The length of a signed token follows the key and the clock.
  return name === 'content-length' && Number(value) > 1_000 ? '[long]' : value;
}

const COMPANY: DesiredCompany = {
  companyName: 'Acme GmbH',
  adoption: 'AdoptOrCreate',
  ownerEmails: ['it@acme.example', 'second@acme.example'],
  contact: { firstName: 'Ada', lastName: 'Acme', country: 'DE' },
};

interface Case {
  readonly name: string;
  /** Another request's file, when the request is the same. */
  readonly request?: string;
  readonly call: () => Promise<unknown> | undefined;
  readonly means: unknown;
}

const accepted = { ok: true, value: { is: 'accepted', operationIds: ['rk-1'] } };
const send = (...args: Parameters<typeof request>) => adapter.devices?.writer?.send(request(...args), signal);
const poll = () => adapter.devices?.poller?.poll('rk-1', KEYS, signal);

const CASES: readonly Case[] = [
  { name: 'upload', call: () => send('claim', [item(PHONE), item(SECOND), item(THIRD)]), means: accepted },
  {
    name: 'upload-with-params',
    call: () => {
      const vendorParams = {
        profileAliases: 'Kiosk, Field staff',
        vendorId: '77',
        targetService: 'KME',
        configurationId: '9',
      };
      return send('claim', [item(TABLET, { ...ACME, vendorParams })]);
    },
    means: accepted,
  },
  {
    name: 'upload-rejected',
    request: 'upload',
    call: () => send('claim', [item(PHONE), item(SECOND), item(THIRD)]),
    means: { ok: false, failure: expect.objectContaining({ kind: 'rejected', code: 'INVALID_CUSTOMER_ID' }) },
  },
  { name: 'delete', call: () => send('unclaim', [item(OLD)]), means: accepted },
  { name: 'transaction-running', call: poll, means: { ok: true, value: { is: 'running' } } },
  {
    name: 'transaction-complete',
    request: 'transaction-running',
    call: poll,
    means: {
      ok: true,
      value: {
        is: 'finished',
        outcomes: [
          { key: KEYS[0] },
          {
            key: KEYS[1],
            failure: {
              code: 'HELD_BY_OTHER',
              kind: 'heldByOther',
              unproven: true,
              message: expect.stringContaining('(Samsung: DEVICE_DUPLICATE)'),
            },
          },
          {
            key: KEYS[2],
            failure: {
              code: 'INVALID_DEVICE',
              kind: 'invalid',
              message: expect.stringContaining('(Samsung: DEVICE_INVALID)'),
            },
          },
        ],
      },
    },
  },
  {
    name: 'devices-list',
    call: () => adapter.devices?.sets?.readPage('4000000001', '1:500', signal),
    means: {
      ok: true,
      value: {
        rows: [
          {
            identity: { imei: '490154203237518', serialNumber: 'R5CT1000001' },
            observed: { companyId: '4000000001' },
          },
          {
            identity: { meid: 'A0000000002329', serialNumber: 'r5ct1000002' },
            observed: { companyId: '4000000001', standing: 'awaitingCustomer' },
          },
          {
            identity: { imei: '356938035643809' },
            observed: { companyId: '4000000001', standing: 'notRecognised' },
          },
          { identity: { serialNumber: 'R5CT1000004' }, observed: { companyId: '4000000001' } },
        ],
        total: 504,
      },
    },
  },
  {
    name: 'customers-list',
    call: () => adapter.companies?.sets?.readPage('', undefined, signal),
    means: {
      ok: true,
      value: {
        rows: [
          { companyId: '4000000001', companyName: 'Acme GmbH', termsStatus: 'Unknown' },
          { companyId: '4000000002', companyName: 'Globex', termsStatus: 'Unknown' },
        ],
        total: 2,
      },
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
    means: {
      ok: true,
      value: { is: 'answered', outcomes: [{ key: 'name:Acme GmbH', vendorId: '4000000003' }] },
    },
  },
];

describe('on the wire', () => {
  test.for(CASES)('$name', async ({ name, request: sameAs, call, means }) => {
    samsung.api = (_request, response) => {
      response.setHeader('content-type', 'application/json');
      response.end(readFileSync(`${GOLDEN}${name}.reply.json`));
    };
    expect(await call()).toEqual(means);
    expect(samsung.requests).toHaveLength(1);
    const [sent] = samsung.requests;
    if (sent === undefined) throw new Error('nothing was sent');
    await expect(transcript(sent)).toMatchFileSnapshot(`${GOLDEN}${sameAs ?? name}.request.http`);
  });

  test.for([
    { name: 'token-oauth', settings: {} },
    {
      name: 'token-signed',
      settings: { credentials: SIGNED, options: { authentication: 'SignedIdentifier' } },
    },
  ])('$name', async ({ name, settings }) => {
    samsung.login = (_request, response) => {
      response.setHeader('content-type', 'application/json');
      response.end(readFileSync(`${GOLDEN}${name}.reply.json`));
    };
    const opened = openAt(samsung, settings);
    expect(await opened.adapter.companies?.sets?.readPage('', undefined, signal)).toMatchObject({ ok: true });
    await opened.adapter.close();
    const [login] = samsung.logins;
    const [sent] = samsung.requests;
    if (login === undefined || sent === undefined) throw new Error('nothing was sent');
    await expect(transcript(login)).toMatchFileSnapshot(`${GOLDEN}${name}.request.http`);
    await expect(transcript(sent)).toMatchFileSnapshot(`${GOLDEN}${name}.used.http`);
  });
});
