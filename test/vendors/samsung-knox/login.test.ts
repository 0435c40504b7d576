import { verify } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { json } from '../../http/serve.ts';
import {
  type FakeSamsung,
  fakeSamsung,
  OAUTH,
  type Opened,
  openAt,
  PUBLIC_KEY,
  PUBLIC_TEXT,
  SIGNED,
} from './fake-samsung.ts';
import { item, PHONE, request } from './samples.ts';

const { signal } = new AbortController();
let samsung: FakeSamsung;
let opened: Opened;

beforeEach(async () => {
  samsung = await fakeSamsung();
});
afterEach(async () => {
  await opened.adapter.close();
  await samsung.close();
});

const read = () => opened.adapter.companies?.sets?.readPage('', undefined, signal);
const upload = () => opened.adapter.devices?.writer?.send(request('claim', [item(PHONE)]), signal);

function decode(part: string | undefined): Readonly<Record<string, unknown>> {
  return JSON.parse(Buffer.from(part ?? '', 'base64url').toString('utf8')) as Readonly<
    Record<string, unknown>
  >;
}

/** Takes a token apart that must be signed with our key. */
function claimsOf(token: string): Readonly<Record<string, unknown>> {
  const [header, claims, signature] = token.split('.');
  expect(decode(header)).toEqual({ alg: 'RS512', typ: 'JWT' });
  const signed = Buffer.from(`${header}.${claims}`);
  expect(verify('RSA-SHA512', signed, PUBLIC_KEY, Buffer.from(signature ?? '', 'base64url'))).toBe(true);
  return decode(claims);
}

const WAYS = [
  { way: 'OAuth', over: { credentials: OAUTH }, stale: [401, { error: 'Invalid authentication token' }] },
  {
    way: 'SignedIdentifier',
    over: { credentials: SIGNED, options: { authentication: 'SignedIdentifier' } },
    stale: [403, { code: 4032251, message: 'ACCESS_TOKEN_EXPIRED', data: null }],
  },
] as const;

describe.each(WAYS)('by $way', ({ over, stale: [staleStatus, staleBody] }) => {
  beforeEach(() => {
    opened = openAt(samsung, over);
  });

  test('one login serves many requests, and is renewed before it ends', async () => {
    await Promise.all([read(), read(), read()]);
    expect([samsung.logins.length, samsung.requests.length]).toEqual([1, 3]);
    opened.clock.advance(1_795_000);
    expect(await read()).toMatchObject({ ok: true });
    expect(samsung.logins.length).toBe(2);
  });

  test('a stale token is answered by one new login and one more attempt, also of a write', async () => {
    samsung.api = (_request, response) => {
      if (samsung.requests.length === 1) return json(response, staleStatus, staleBody);
      return json(response, 200, { transactionId: 'rk-1', state: 'Progress' });
    };
    expect(await upload()).toMatchObject({ ok: true });
    expect([samsung.logins.length, samsung.requests.length]).toEqual([2, 2]);
  });

  test('a token that is refused fresh from its login is not tried for ever', async () => {
    samsung.api = (_request, response) => json(response, staleStatus, staleBody);
    expect(await read()).toMatchObject({ failure: { kind: 'unauthorized' } });
    expect(await read()).toMatchObject({ failure: { kind: 'unauthorized' } });
    expect([samsung.logins.length, samsung.requests.length]).toEqual([2, 2]);
  });

  test.each([
    ['refused', 401, { error: 'invalid_client', code: 4012250 }, 'unauthorized', 'LOGIN_REFUSED'],
    ['throttled', 429, {}, 'throttled', 'LOGIN_THROTTLED'],
    ['failing', 503, {}, 'transient', 'LOGIN_HTTP_503'],
    ['another page', 200, { hello: 'world' }, 'transient', 'INVALID_REPLY'],
  ] as const)('a login that is %s is told as that', async (_what, status, body, kind, code) => {
    samsung.login = (_request, response) => json(response, status, body);
    expect(await read()).toMatchObject({ failure: { kind, code } });
    expect(samsung.requests).toHaveLength(0);
  });
});

test('a signed identifier signs the login and, with an id of its own, each request', async () => {
  opened = openAt(samsung, WAYS[1].over);
  await read();
  await read();
  const body = JSON.parse(samsung.logins[0]?.body ?? '') as Readonly<Record<string, string>>;
  const exp = opened.clock.now() / 1_000 + 1_800;
  expect(claimsOf(body['clientIdentifierJwt'] ?? '')).toEqual({
    aud: 'KnoxWSM',
    jti: expect.any(String),
    exp,
    publicKey: PUBLIC_TEXT,
    clientIdentifier: 'identifier-1',
  });
  const used = samsung.requests.map(({ headers }) => claimsOf(String(headers['x-knox-apitoken'])));
  expect(used).toMatchObject([
    { accessToken: 'token-1', aud: 'KnoxWSM', exp },
    { accessToken: 'token-1', aud: 'KnoxWSM', exp },
  ]);
  expect(used[0]?.['jti']).not.toBe(used[1]?.['jti']);
});
