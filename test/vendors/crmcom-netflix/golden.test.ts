import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { VendorAdapter } from '../../../src/ports/vendor.ts';
import { json, type ReceivedRequest, serve, type TestServer } from '../../http/serve.ts';
import { openAt } from './installation.ts';
import { acknowledgement, change, creation, deviceRequest, EXAMPLE, subscriptionRequest } from './samples.ts';

/** The exact requests we send, beside the vendor's own examples, and what we make of its printed replies. */

const GOLDEN = new URL('../../golden/crmcom-netflix/', import.meta.url);
const TOKEN = 'golden-token';
const { signal } = new AbortController();
let vendor: TestServer;
let adapter: VendorAdapter;
/** What every request but the login is answered with. */
let reply: string;

beforeEach(async () => {
  vendor = await serve(({ path }, response) => {
    if (path.includes('/authentication/')) {
      json(response, 200, { data: { token: TOKEN }, status: { code: 'OK', description: '', message: '' } });
      return;
    }
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(reply);
  });
  const user = { username: 'u', password: 'p', organisation: 'ps_dev' };
  adapter = openAt({ url: vendor.origin, user }).adapter;
});
afterEach(async () => {
  await adapter.close();
  await vendor.close();
});

function printed(name: string): string {
  return readFileSync(new URL(`documents/${name}`, GOLDEN), 'utf8');
}

/** A request as text: everything that left but the host's port and the token. */
function transcript({ method, path, headers, body }: ReceivedRequest): string {
  const lines = Object.entries(headers)
    .filter(([name]) => name !== 'host')
    .map(([name, value]) => `${name}: ${name === 'content-length' ? '…' : String(value)}`);
  const text = [`${method} ${path}`, ...lines, '', body].join('\n').replaceAll(TOKEN, '[hidden]');
  return `${text.trimEnd()}\n`;
}

const write = (...[customer, what]: Parameters<typeof subscriptionRequest>) =>
  adapter.subscriptions?.writer?.send(subscriptionRequest(customer, what), signal);

const CASES = [
  {
    name: 'promotions-list',
    call: () => adapter.probe?.look(signal),
    means: {
      promotions: [
        { code: '14', name: 'Test', effectiveFrom: '2017-01-01T00:00:00' },
        { code: '15', name: 'Test_2', effectiveFrom: '2017-02-01T00:00:00' },
      ],
    },
  },
  {
    name: 'subscriptions-show',
    call: () => adapter.subscriptions?.items?.read({ customer: 'pci 93&x' }, signal),
    means: [
      {
        customer: 'pci 93&x',
        shown: { number: '93', lifeCycle: 'EFFECTIVE', netflix: 'EFFECTIVE', promotions: [], prices: [] },
      },
    ],
  },
  {
    name: 'subscriptions-create',
    call: () => write('pci123', creation(EXAMPLE)),
    means: { is: 'answered', outcomes: [{ key: 'customer:pci123' }] },
  },
  ...(['suspend', 'unsuspend', 'cancel'] as const).map((verb) => ({
    name: `subscriptions-${verb}`,
    call: () => write('pci123', change(verb)),
    means: { is: 'answered', outcomes: [{ key: 'customer:pci123' }] },
  })),
  {
    name: 'charges-list',
    call: () => adapter.charges?.sets?.readPage('NOT_PROCESSED', '0:50', signal),
    means: expect.objectContaining({ next: '0:55' }),
  },
  {
    name: 'charges-acknowledge',
    call: () =>
      adapter.charges?.writer?.send(acknowledgement([{ number: 'I00002707', customer: 'pp' }]), signal),
    means: {
      is: 'answered',
      outcomes: [
        {
          key: 'charge:I00002707',
          failure: {
            code: 'ACKNOWLEDGE_REFUSED',
            kind: 'invalid',
            message:
              'CRM.COM does not take the acknowledgement, so a person must look; CRM.COM says: 1 The specified charge was not issued for the specified customer',
          },
        },
      ],
    },
  },
] as const;

describe('on the wire', () => {
  test.for(CASES)('$name', async ({ name, call, means }) => {
    reply = printed(`${name}.reply.json`);
    expect(await call()).toEqual({ ok: true, value: means });
    const [login, sent, ...more] = vendor.received;
    expect(login?.path).toBe('/crmapi/rest/v2/authentication/token');
    expect(more).toEqual([]);
    if (sent === undefined) throw new Error('nothing was sent');
    await expect(transcript(sent)).toMatchFileSnapshot(`${GOLDEN.pathname}${name}.request.http`);
  });

  test('devices are registered in one request, group and numbers as documented', async () => {
    reply = '{"data":{"failed_devices_set":[{"esn":"NF-2"}]},"status":{"code":"OK"}}';
    const request = deviceRequest('registerEsn', ['NF-1', 'NF-2'], { name: 'Telkom Operator' });
    expect(await adapter.registrations?.writer?.send(request, signal)).toMatchObject({ ok: true });
    const [, sent] = vendor.received;
    if (sent === undefined) throw new Error('nothing was sent');
    await expect(transcript(sent)).toMatchFileSnapshot(`${GOLDEN.pathname}register-devices.request.http`);
  });

  test.each(['suspend', 'unsuspend', 'cancel', 'create'] as const)(
    'our %s says what the printed one says, token aside',
    async (verb) => {
      const name = verb === 'create' ? 'subscriptions-create' : `subscriptions-${verb}`;
      reply = printed(`${name}.reply.json`);
      await write('pci123', verb === 'create' ? creation(EXAMPLE) : change(verb));
      const ours = JSON.parse(vendor.received[1]?.body ?? '') as object;
      // The printed creation is no JSON: a comma stands behind its last field. Ours is.
      const theirs = printed(`${name}.request.${verb === 'create' ? 'txt' : 'json'}`).replace(
        'Kyriacou",',
        'Kyriacou"',
      );
      expect({ ...ours, token: '' }).toEqual({ ...(JSON.parse(theirs) as object), token: '' });
    },
  );
});
