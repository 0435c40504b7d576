import { describe, expect, test } from 'vitest';
import {
  type KeyDownload,
  login,
  NOW,
  order,
  RESELLER,
  send,
  signJwt,
  startWorld,
  type World,
} from './world.ts';

const CUSTOMERS = `/customers/list?resellerId=${RESELLER}`;

describe('OAuth client credentials', () => {
  test('a token comes with its scope, its type, and ten minutes to live', async () => {
    await using world = await startWorld();
    const { status, body } = await login(world.url, world.client, { scope: 'kdp.devices kdp.customers' });
    expect(status).toBe(200);
    expect(body).toEqual({
      access_token: expect.stringMatching(/\S{20,}/),
      scope: 'kdp.devices kdp.customers',
      expires_in: 600,
      token_type: 'Bearer',
    });
  });

  test('a stale token is told so in the vendor’s words', async () => {
    await using world = await startWorld();
    await world.advance(599_999);
    expect((await world.api('GET', CUSTOMERS)).status).toBe(200);
    await world.advance(1);
    const refused = await world.api('GET', CUSTOMERS);
    expect(refused.status).toBe(401);
    expect(refused.body).toEqual({ error: 'Invalid authentication token' });
  });

  test.each([
    ['3600', 3600],
    ['60', 60],
  ])('expires_in=%s is granted', async (asked, granted) => {
    await using world = await startWorld();
    expect((await login(world.url, world.client, { expires_in: asked })).body['expires_in']).toBe(granted);
  });

  test('the knob sets the life of a token that names none', async () => {
    await using world = await startWorld({ tokenLifetimeMs: 5_000 });
    await world.advance(5_000);
    expect((await world.api('GET', CUSTOMERS)).status).toBe(401);
  });

  test.each([
    ['another grant', { grant_type: 'password' }, 400, 'unsupported_grant_type'],
    ['an unknown client', { client_id: 'nobody' }, 401, 'invalid_client'],
    ['a wrong secret', { client_secret: 'guess' }, 401, 'invalid_client'],
    ['no scope', { scope: '' }, 400, 'invalid_scope'],
    ['an unknown scope', { scope: 'kdp kme' }, 400, 'invalid_scope'],
    ['more than an hour', { expires_in: '3601' }, 400, 'invalid_request'],
    ['no number', { expires_in: 'soon' }, 400, 'invalid_request'],
  ])('%s gets no token', async (_why, form, status, error) => {
    await using world = await startWorld();
    const answer = await login(world.url, world.client, form);
    expect(answer.status).toBe(status);
    expect(answer.body).toEqual({ error });
  });

  test('a client gets no scope beyond its own', async () => {
    await using world = await startWorld();
    const made = await world.admin('POST', '/oauth-clients', { scopes: ['kdp.devices'] });
    const client = made.body as unknown as World['client'];
    expect((await login(world.url, client, { scope: 'kdp.devices:view' })).status).toBe(200);
    for (const scope of ['kdp', 'kdp.customers'])
      expect((await login(world.url, client, { scope })).status).toBe(400);
    expect((await world.admin('POST', '/oauth-clients', { scopes: ['kme'] })).status).toBe(400);
  });

  test.each([
    ['kdp.devices:view', [200, 200, 403, 403, 403]],
    ['kdp.devices:manage', [403, 403, 400, 403, 403]],
    ['kdp.devices', [200, 200, 400, 403, 403]],
    ['kdp.customers', [403, 403, 403, 200, 403]],
    ['kdp.profilealias', [403, 403, 403, 403, 400]],
    ['kdp', [200, 200, 400, 200, 400]],
  ])('the scope %s opens its endpoints only', async (scope, statuses) => {
    await using world = await startWorld();
    const token = (await login(world.url, world.client, { scope })).body['access_token'] as string;
    const headers = { authorization: `Bearer ${token}` };
    const answers = [
      await world.api('GET', `/devices?resellerId=${RESELLER}`, undefined, headers),
      await world.api('GET', `/devices/status?resellerId=${RESELLER}`, undefined, headers),
      await world.api('PUT', '/devices/upload', {}, headers),
      await world.api('GET', CUSTOMERS, undefined, headers),
      await world.api('GET', '/profilealias/kme', undefined, headers),
    ];
    expect(answers.map(({ status }) => status)).toEqual(statuses);
    for (const { status, body } of answers)
      if (status === 403) expect(body).toMatchObject({ code: 40300000, message: 'AUTHORIZATION_FAIL' });
  });

  test('nobody, a stranger’s token and a revoked client are refused', async () => {
    await using world = await startWorld();
    const url = `${world.url}/kcs/v1/rp${CUSTOMERS}`;
    const nobody = await send(url, 'GET');
    expect(nobody.status).toBe(401);
    expect(nobody.body).toMatchObject({ code: 40100000, message: 'AUTHORIZATION_FAIL' });
    expect((await send(url, 'GET', undefined, { authorization: 'Bearer false' })).status).toBe(401);
    const path = `/oauth-clients/${world.client.clientId}`;
    await world.admin('PATCH', path, { revoked: true });
    expect((await world.api('GET', CUSTOMERS)).status).toBe(401);
    expect((await login(world.url, world.client)).status).toBe(401);
    await world.admin('PATCH', path, { revoked: false });
    expect((await world.api('GET', CUSTOMERS)).status).toBe(200);
    expect((await world.admin('PATCH', '/oauth-clients/nobody', {})).status).toBe(404);
  });

  test('the id of another reseller is refused', async () => {
    await using world = await startWorld();
    for (const path of ['/devices', '/devices/status', '/customers/list']) {
      expect((await world.api('GET', `${path}?resellerId=42`)).status).toBe(403);
      expect((await world.api('GET', path)).body).toMatchObject({ code: 40000010 });
    }
  });
});

describe('the signed client identifier', () => {
  async function keys(world: World): Promise<KeyDownload> {
    return (await world.admin('POST', '/signed-identifiers', {})).body as unknown as KeyDownload;
  }

  function fetchAccessToken(world: World, key: KeyDownload, spoilt: object = {}) {
    return send(`${world.url}/ams/v1/users/accesstoken`, 'POST', {
      clientIdentifierJwt: signJwt(key, { clientIdentifier: key.clientIdentifier }),
      base64EncodedStringPublicKey: key.keysJson.Public,
      validityForAccessTokenInMinutes: 30,
      ...spoilt,
    });
  }

  async function accessTokenOf(world: World, key: KeyDownload, minutes = 30): Promise<string> {
    const spoilt = { validityForAccessTokenInMinutes: minutes };
    return (await fetchAccessToken(world, key, spoilt)).body['accessToken'] as string;
  }

  function call(world: World, jwt: string) {
    return send(`${world.url}/kcs/v1/rp${CUSTOMERS}`, 'GET', undefined, { 'x-knox-apitoken': jwt });
  }

  test('two signatures open the whole API', async () => {
    await using world = await startWorld();
    const key = await keys(world);
    const accessToken = await accessTokenOf(world, key);
    const jwt = signJwt(key, { accessToken });
    expect((await call(world, jwt)).status).toBe(200);
    const ack = await send(`${world.url}/kcs/v1/rp/devices/upload`, 'PUT', order(['490154203237518']), {
      'x-knox-apitoken': jwt,
    });
    expect(ack.body['state']).toBe('Progress');
  });

  test('an access token ends after its minutes, with a code of its own', async () => {
    await using world = await startWorld();
    const key = await keys(world);
    const accessToken = await accessTokenOf(world, key, 5);
    await world.advance(5 * 60_000);
    const refused = await call(world, signJwt(key, { accessToken }));
    expect(refused.status).toBe(403);
    expect(refused.body).toMatchObject({ code: 4032251 });
  });

  test('an access token may expire in mid-poll by fault', async () => {
    await using world = await startWorld();
    const key = await keys(world);
    const jwt = signJwt(key, { accessToken: await accessTokenOf(world, key) });
    await world.admin('POST', '/faults', { fault: 'expireTokens' });
    for (let request = 0; request < 2; request += 1)
      expect((await call(world, jwt)).body['code']).toBe(4032251);
  });

  test.each([
    ['more than 30 minutes', { validityForAccessTokenInMinutes: 31 }],
    ['no number of minutes', { validityForAccessTokenInMinutes: '30' }],
    ['another public key', { base64EncodedStringPublicKey: 'AAAA' }],
    ['no JWT', { clientIdentifierJwt: 'a.b.c' }],
    ['nothing signed', { clientIdentifierJwt: undefined }],
  ])('a login with %s is refused', async (_why, spoilt) => {
    await using world = await startWorld();
    const refused = await fetchAccessToken(world, await keys(world), spoilt);
    expect(refused.status).toBe(401);
    expect(refused.body).toEqual({ code: 4012250, message: 'ACCESS_TOKEN_BAD_REQUEST', data: null });
  });

  test.each([
    ['another audience', { aud: 'Knox' }, {}],
    ['no jti', { jti: undefined }, {}],
    ['an end in the past', { exp: NOW / 1000 }, {}],
    ['an end too far away', { exp: NOW / 1000 + 7200 }, {}],
    ['another public key in the claims', { publicKey: 'AAAA' }, {}],
    ['an unknown client identifier', { clientIdentifier: 'somebody' }, {}],
    ['a weaker algorithm', {}, { alg: 'RS256' }],
    ['no algorithm', {}, { alg: 'none' }],
  ])('a JWT with %s is refused', async (_why, claims, header) => {
    await using world = await startWorld();
    const key = await keys(world);
    const good = { clientIdentifier: key.clientIdentifier };
    const clientIdentifierJwt = signJwt(key, { ...good, ...claims }, header);
    expect((await fetchAccessToken(world, key, { clientIdentifierJwt })).status).toBe(401);
    const accessToken = await accessTokenOf(world, key);
    if ('clientIdentifier' in claims) return;
    expect((await call(world, signJwt(key, { accessToken, ...claims }, header))).status).toBe(401);
  });

  test('a stranger’s signature, an unknown access token and a revoked key are refused', async () => {
    await using world = await startWorld();
    const [key, stranger] = [await keys(world), await keys(world)];
    const accessToken = await accessTokenOf(world, key);
    const forged = signJwt(stranger, { accessToken, publicKey: key.keysJson.Public });
    expect((await call(world, forged)).status).toBe(401);
    expect((await call(world, signJwt(key, { accessToken: 'nothing' }))).status).toBe(401);
    await world.admin('PATCH', `/signed-identifiers/${key.clientIdentifier}`, { revoked: true });
    expect((await call(world, signJwt(key, { accessToken }))).status).toBe(401);
    expect((await fetchAccessToken(world, key)).status).toBe(401);
  });

  test('a clock skewed by fault makes a good JWT late', async () => {
    await using world = await startWorld();
    const key = await keys(world);
    await world.admin('POST', '/faults', { fault: 'clockSkew', ms: 1_800_000 });
    expect((await fetchAccessToken(world, key)).status).toBe(401);
    expect((await fetchAccessToken(world, key)).status).toBe(200);
  });
});

describe('the face', () => {
  test('a quota counts per credential, and says how long to wait where the knob lets it', async () => {
    const quota = { requests: 2, perMs: 1_000 };
    await using world = await startWorld({ quota, quotaSendsRetryAfter: true });
    const codes = [];
    for (let request = 0; request < 3; request += 1) codes.push((await world.api('GET', CUSTOMERS)).status);
    expect(codes).toEqual([200, 200, 429]);
    const refused = await world.api('GET', CUSTOMERS);
    expect(refused.headers.get('retry-after')).toBe('1');
    expect(refused.body).toMatchObject({ message: 'TOO_MANY_REQUESTS' });
    await world.advance(1_000);
    expect((await world.api('GET', CUSTOMERS)).status).toBe(200);
  });

  test('routes the vendor does not have are 404 and written down', async () => {
    await using world = await startWorld();
    for (const [method, path] of [
      ['GET', '/devices/490154203237518'],
      ['POST', '/devices/upload'],
      ['POST', '/customers'],
      ['DELETE', '/customers/4001'],
    ] as const) {
      expect((await world.api(method, path)).status).toBe(404);
    }
    expect((await world.admin('GET', '/ledger?endpoint=unknown')).body).toHaveLength(4);
  });
});
