import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { signJwt } from '../../../src/simulators/crmcom-netflix/jwt.ts';
import { arm, BASE, type Credentials, login, NOW, send, startWorld, turn, type World } from './world.ts';

const HOUR_MS = 3_600_000;

function claimsOf(token: string): Record<string, string> {
  const [, claims = ''] = token.split('.');
  return JSON.parse(Buffer.from(claims, 'base64url').toString('utf8')) as Record<string, string>;
}

function hmac(text: string, secret: string): string {
  return createHmac('sha256', secret).update(text).digest('base64url');
}

async function isGood(world: World, token: string): Promise<boolean> {
  const answer = await send(`${world.url}${BASE}netflix/promotions/list?token=${token}`, 'GET');
  return answer.code === 'OK';
}

function postLogin(world: World, body: object) {
  return send(`${world.url}${BASE}authentication/token`, 'POST', body);
}

async function addKey(world: World, more: object = {}): Promise<string> {
  return (await world.admin('POST', '/web-api-keys', more)).body['key'] as string;
}

function keyLogin(world: World, basic: string, body?: object) {
  return send(`${world.url}${BASE}authentication/web_api_key/token`, 'POST', body, {
    authorization: `Basic ${Buffer.from(basic).toString('base64')}`,
  });
}

function release(world: World, token: string) {
  return send(`${world.url}${BASE}authentication/token/release`, 'POST', { token });
}

describe('a token', () => {
  test('is an HS256 JWT with the vendor’s claims, its times strings of epoch seconds, 7200 s apart', async () => {
    await using world = await startWorld();
    const [header = '', claims = '', signature = ''] = world.token.split('.');
    expect(JSON.parse(Buffer.from(header, 'base64url').toString())).toEqual({ typ: 'JWT', alg: 'HS256' });
    expect(claimsOf(world.token)).toEqual({
      usr: world.user.username,
      org: 'demo',
      oun: '1',
      exp: String(NOW / 1000 + 7200),
      iat: String(NOW / 1000),
      jti: expect.stringMatching(/^[0-9A-F]{32}$/),
    });
    expect(Buffer.from(signature, 'base64url')).toHaveLength(32);
    expect(await isGood(world, `${header}.${claims}.${hmac(`${header}.${claims}`, 'guess')}`)).toBe(false);
  });

  test('is written as the one in the vendor’s documents, and signed by its secret', () => {
    const file = '../../golden/crmcom-netflix/documents/charges-acknowledge.request.json';
    const { token } = JSON.parse(readFileSync(new URL(file, import.meta.url), 'utf8')) as { token: string };
    const [header, claims] = token.split('.');
    const ours = signJwt(
      {
        jti: 'E4B257C4065A45079636B76B6050369A',
        usr: 'MPAdministrator',
        org: 'ps_dev',
        oun: '1',
        exp: '1488299402',
        iat: '1488292202',
      },
      'secret',
    );
    expect(ours).toBe(`${header}.${claims}.${hmac(`${header}.${claims}`, 'secret')}`);
  });

  test('lives exactly 7200 s, whether used or not', async () => {
    await using world = await startWorld();
    await world.advance(2 * HOUR_MS - 1);
    expect(await isGood(world, world.token)).toBe(true);
    await world.advance(1);
    expect(await isGood(world, world.token)).toBe(false);
  });

  test('serves several callers at once, and outlives a newer login', async () => {
    await using world = await startWorld();
    const newer = await login(world.url, world.user);
    const good = await Promise.all([world.token, newer, world.token].map((token) => isGood(world, token)));
    expect(good).toEqual([true, true, true]);
  });

  test('ends with a newer login where the knob says so', async () => {
    await using world = await startWorld({ knobs: { loginEndsOlderTokens: true } });
    const newer = await login(world.url, world.user);
    expect([await isGood(world, world.token), await isGood(world, newer)]).toEqual([false, true]);
  });

  test('of the older form is opaque, and lives an hour after its last use', async () => {
    await using world = await startWorld({ knobs: { tokenForm: 'opaque' } });
    expect(world.token).toMatch(/^[0-9A-F]{32}$/);
    for (let use = 0; use < 3; use += 1) {
      await world.advance(HOUR_MS - 1);
      expect(await isGood(world, world.token)).toBe(true);
    }
    await world.advance(HOUR_MS);
    expect(await isGood(world, world.token)).toBe(false);
  });
});

describe('authentication/token', () => {
  test.each([
    ['a wrong password', { password: 'wrong' }, 'INVALID_CREDENTIALS'],
    ['another organisation', { organisation: 'elsewhere' }, 'INVALID_CREDENTIALS'],
    ['an unknown user', { username: 'nobody' }, 'INVALID_CREDENTIALS'],
    ['a unit the user does not have', { unit: '9' }, 'INVALID_CREDENTIALS'],
    ['no password', { password: undefined }, 'INVALID_PARAMETER'],
    ['the organisation spelt the other way', { organization: 'demo' }, 'INVALID_PARAMETER'],
  ])('refuses %s', async (_, spoilt, code) => {
    await using world = await startWorld();
    const { username, password, organisation } = world.user;
    const answer = await postLogin(world, { username, password, organisation, ...spoilt });
    expect([answer.status, answer.code]).toEqual([200, code]);
  });

  test('gives a token for the unit asked for, else for the user’s first', async () => {
    await using world = await startWorld();
    const order = { username: 'ann', password: 'pw', units: ['7', '8'] };
    const user = (await world.admin('POST', '/users', order)).body as unknown as Credentials;
    const { username, password, organisation } = user;
    const units = await Promise.all(
      [{}, { unit: '8' }].map(async (unit) => {
        const answer = await postLogin(world, { username, password, organisation, ...unit });
        return claimsOf((answer.data as { token: string }).token)['oun'];
      }),
    );
    expect(units).toEqual(['7', '8']);
  });

  test('refuses a user who was locked out, and ends the tokens of that user', async () => {
    await using world = await startWorld();
    await world.admin('PATCH', `/accounts/${world.user.username}`, { disabled: true });
    expect(await isGood(world, world.token)).toBe(false);
    expect(await login(world.url, world.user)).toBe('');
    await world.admin('PATCH', `/accounts/${world.user.username}`, { disabled: false, password: 'new' });
    expect(await login(world.url, { ...world.user, password: 'new' })).not.toBe('');
  });
});

describe('authentication/web_api_key/token', () => {
  test('gives a token for the key as the user of basic authentication, with or without a body', async () => {
    await using world = await startWorld();
    const key = await addKey(world, { name: 'billing' });
    for (const body of [undefined, {}, { unit: '1' }]) {
      const answer = await keyLogin(world, `${key}:`, body);
      const { token } = answer.data as { token: string };
      expect(claimsOf(token)).toMatchObject({ usr: 'billing', org: 'demo', oun: '1' });
      expect(await isGood(world, token)).toBe(true);
    }
  });

  test('refuses an unknown key, a password behind the key, and no key', async () => {
    await using world = await startWorld();
    const key = await addKey(world);
    for (const basic of ['unknown:', `${key}:password`, key, ':', '']) {
      expect((await keyLogin(world, basic)).code, basic).toBe('INVALID_CREDENTIALS');
    }
    expect((await keyLogin(world, `${world.user.password}:`)).code).toBe('INVALID_CREDENTIALS');
  });
});

describe('authentication/token/release', () => {
  test('ends that token and no other, once', async () => {
    await using world = await startWorld();
    const other = await login(world.url, world.user);
    const released = await release(world, world.token);
    expect([released.code, released.data]).toEqual(['OK', {}]);
    expect([await isGood(world, world.token), await isGood(world, other)]).toEqual([false, true]);
    expect((await release(world, world.token)).code).toBe('INVALID_TOKEN');
  });
});

describe('the clock of the token endpoint', () => {
  test('may be ahead: the token’s times and the Date header are, its true life is not', async () => {
    await using world = await startWorld();
    await arm(world, { fault: 'clockSkew', ms: HOUR_MS });
    const { username, password, organisation } = world.user;
    const answer = await postLogin(world, { username, password, organisation });
    const { token } = answer.data as { token: string };
    expect(claimsOf(token)['iat']).toBe(String((NOW + HOUR_MS) / 1000));
    expect(Date.parse(answer.headers.get('date') ?? '')).toBe(NOW + HOUR_MS);
    await world.advance(2 * HOUR_MS);
    expect(await isGood(world, token)).toBe(false);
  });
});

describe('the place of the token', () => {
  async function misplaced(world: World): Promise<readonly (string | undefined)[]> {
    const path = `${world.url}${BASE}netflix/subscriptions/suspend?token=${world.token}`;
    const inQuery = await send(path, 'POST', { billing_system_customer_identifier: 'pci1' });
    const nowhere = await world.get('netflix/promotions/list', { token: '' });
    return [inQuery.code, nowhere.code];
  }

  test('is the body of a POST and the query of a GET', async () => {
    await using world = await startWorld();
    expect(await misplaced(world)).toEqual(['INVALID_TOKEN', 'INVALID_TOKEN']);
  });

  test('may be the other one where the knob says so', async () => {
    await using world = await startWorld();
    await turn(world, { tokenPlace: 'anywhere' });
    expect(await misplaced(world)).toEqual(['SUBSCRIPTION_NOT_FOUND', 'INVALID_TOKEN']);
  });
});
