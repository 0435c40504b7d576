import { describe, expect, test } from 'vitest';
import {
  fetchToken,
  goodClaims,
  IMEIS,
  type KeyFile,
  PARTNER,
  postAssertion,
  send,
  signAssertion,
  startWorld,
} from './world.ts';

const NOW = Date.UTC(2026, 0, 1);
const NOW_S = NOW / 1000;

describe('the token endpoint', () => {
  test('answers a good assertion with a bearer token of about an hour', async () => {
    await using world = await startWorld();
    const answer = await postAssertion(world.key, signAssertion(world.key, goodClaims(world.key, NOW)));
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({
      access_token: expect.any(String),
      expires_in: 3599,
      token_type: 'Bearer',
    });
  });

  test.each([
    ['an audience that is not its own address', { aud: 'https://elsewhere.example/token' }, 'invalid_grant'],
    ['a life of more than an hour', { exp: NOW_S + 3601 }, 'invalid_grant'],
    ['an expiry in the past', { iat: NOW_S - 3600, exp: NOW_S - 1 }, 'invalid_grant'],
    ['an issue time in the future', { iat: NOW_S + 900, exp: NOW_S + 1000 }, 'invalid_grant'],
    ['an unknown account', { iss: 'nobody@example.com' }, 'invalid_grant'],
    ['a scope it does not know', { scope: 'https://www.googleapis.com/auth/drive' }, 'invalid_scope'],
    ['no scope', { scope: undefined }, 'invalid_scope'],
    ['no issue time', { iat: undefined }, 'invalid_grant'],
  ])('refuses %s', async (_, spoilt, error) => {
    await using world = await startWorld();
    const claims = { ...goodClaims(world.key, NOW), ...spoilt };
    const answer = await postAssertion(world.key, signAssertion(world.key, claims));
    expect(answer.status).toBe(400);
    expect(answer.body['error']).toBe(error);
  });

  test('refuses a signature by another key, another algorithm, a wrong key id and plain rubbish', async () => {
    await using world = await startWorld();
    const other = (await world.admin('POST', '/service-accounts', {})).body as unknown as KeyFile;
    const claims = goodClaims(world.key, NOW);
    const forged = [
      signAssertion({ ...world.key, private_key: other.private_key }, claims),
      signAssertion(world.key, claims, { alg: 'none' }),
      signAssertion(world.key, claims, { kid: other.private_key_id }),
      'rubbish',
    ];
    for (const assertion of forged) {
      expect((await postAssertion(world.key, assertion)).body['error']).toBe('invalid_grant');
    }
  });

  test('sees a client whose clock is wrong, by the fault of clock skew', async () => {
    await using world = await startWorld();
    await world.admin('POST', '/faults', { fault: 'clockSkew', ms: 2 * 3_600_000 });
    const assertion = signAssertion(world.key, goodClaims(world.key, NOW));
    expect((await postAssertion(world.key, assertion)).status).toBe(400);
    expect((await postAssertion(world.key, assertion)).status).toBe(200);
  });
});

describe('the API', () => {
  test('answers 401 without a token, with a false one, and with one that has expired', async () => {
    await using world = await startWorld();
    const customers = `${world.url}/v1/partners/${PARTNER}/customers`;
    for (const token of [undefined, 'false']) {
      const answer = await send(customers, 'GET', undefined, token);
      expect(answer.status).toBe(401);
      expect(answer.body['error']).toMatchObject({ code: 401, status: 'UNAUTHENTICATED' });
    }
    expect((await world.api('customers')).status).toBe(200);
    await world.advance(3_599_000);
    expect((await world.api('customers')).status).toBe(401);
  });

  test('answers 403 to an account that is not linked, until it is', async () => {
    await using world = await startWorld();
    const account = `/service-accounts/${encodeURIComponent(world.key.client_email)}`;
    await world.admin('PATCH', account, { linked: false });
    const refused = await world.api('customers');
    expect(refused.status).toBe(403);
    expect(refused.body['error']).toMatchObject({ status: 'PERMISSION_DENIED' });
    await world.admin('PATCH', account, { linked: true });
    expect((await world.api('customers')).status).toBe(200);
  });

  test('refuses a revoked account at the token endpoint and with the tokens it still holds', async () => {
    await using world = await startWorld();
    const account = `/service-accounts/${encodeURIComponent(world.key.client_email)}`;
    await world.admin('PATCH', account, { revoked: true });
    expect((await world.api('customers')).status).toBe(401);
    expect(await fetchToken(world.key, NOW)).toBe('');
  });

  test('answers 403 for the id of another reseller and to a token for the customer API', async () => {
    await using world = await startWorld();
    const other = await send(`${world.url}/v1/partners/42/customers`, 'GET', undefined, world.token);
    expect(other.status).toBe(403);
    const scope = 'https://www.googleapis.com/auth/androidworkzerotouchemm';
    const assertion = signAssertion(world.key, { ...goodClaims(world.key, NOW), scope });
    const token = (await postAssertion(world.key, assertion)).body['access_token'] as string;
    const wrongScope = await send(`${world.url}/v1/partners/${PARTNER}/customers`, 'GET', undefined, token);
    expect(wrongScope.status).toBe(403);
  });

  test('counts requests in a window and answers 429 to the next until the window ends', async () => {
    await using world = await startWorld({
      quota: { requests: 3, perMs: 100_000 },
      quotaSendsRetryAfter: true,
    });
    const codes = [];
    for (let request = 0; request < 4; request += 1) codes.push((await world.api('customers')).status);
    expect(codes).toEqual([200, 200, 200, 429]);
    await world.advance(40_000);
    const refused = await world.api('devices:claim', { deviceIdentifier: { imei: IMEIS[0] } });
    expect(refused.body['error']).toMatchObject({ code: 429, status: 'RESOURCE_EXHAUSTED' });
    expect(refused.headers.get('retry-after')).toBe('60');
    await world.advance(60_000);
    expect((await world.api('customers')).status).toBe(200);
  });

  test('lets 1,000 requests pass in 100 seconds by default', async () => {
    await using world = await startWorld();
    for (let request = 0; request < 1_000; request += 1) await world.api('customers');
    const refused = await world.api('customers');
    expect(refused.status).toBe(429);
    expect(refused.headers.get('retry-after')).toBeNull();
  });

  test('answers an unknown route in the vendor’s envelope and writes it down', async () => {
    await using world = await startWorld();
    for (const [method, path] of [
      ['GET', '/v1/operations'],
      ['DELETE', `/v1/partners/${PARTNER}/customers`],
    ]) {
      const answer = await send(`${world.url}${path}`, method ?? '', undefined, world.token);
      expect(answer.status).toBe(404);
      expect(answer.body['error']).toMatchObject({ code: 404, status: 'NOT_FOUND' });
    }
    const seen = await world.admin('GET', '/ledger?endpoint=unknown');
    expect(seen.body).toHaveLength(2);
  });
});
