import { verify } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { googleZeroTouchFactory } from '../../../src/vendors/google-zero-touch/factory.ts';
import { DEFAULT_LIMITS } from '../../../src/vendors/google-zero-touch/limits.ts';
import { manualClock } from '../../http/manual-clock.ts';
import { json } from '../../http/serve.ts';
import {
  type FakeGoogle,
  fakeGoogle,
  keyFile,
  type Opened,
  openAt,
  PARTNER_ID,
  PRIVATE_PEM,
  PUBLIC_KEY,
} from './fake-google.ts';

const { signal } = new AbortController();
let google: FakeGoogle;
let opened: Opened | undefined;

beforeEach(async () => {
  google = await fakeGoogle();
});
afterEach(async () => {
  await opened?.adapter.close();
  opened = undefined;
  await google.close();
});

function open(over: Parameters<typeof openAt>[1] = {}): Opened {
  opened = openAt(google, over);
  return opened;
}

/** Any read will do: an empty page of customers. */
function read({ adapter }: Opened, by = signal): Promise<unknown> {
  return adapter.companies?.sets?.readPage('', undefined, by) ?? Promise.reject(new Error('no companies'));
}

function decodeJwt(part: string | undefined): unknown {
  return JSON.parse(Buffer.from(part ?? '', 'base64url').toString('utf8'));
}

describe('logging in', () => {
  test('sends a signed assertion for exactly one scope to the key file’s token_uri', async () => {
    const at = open();
    await read(at);
    const form = new URLSearchParams(google.logins[0]?.body);
    expect(form.get('grant_type')).toBe('urn:ietf:params:oauth:grant-type:jwt-bearer');
    const [header, claims, signature] = (form.get('assertion') ?? '').split('.');
    expect(decodeJwt(header)).toEqual({ alg: 'RS256', typ: 'JWT', kid: 'key-1' });
    const issuedAtS = at.clock.now() / 1_000;
    expect(decodeJwt(claims)).toEqual({
      iss: 'reseller@fleet.iam.example',
      scope: 'https://www.googleapis.com/auth/androidworkprovisioning',
      aud: `${google.origin}/token`,
      iat: issuedAtS,
      exp: issuedAtS + 3_600,
    });
    const signed = Buffer.from(`${header}.${claims}`);
    expect(verify('RSA-SHA256', signed, PUBLIC_KEY, Buffer.from(signature ?? '', 'base64url'))).toBe(true);
    expect(google.requests[0]?.headers.authorization).toBe('Bearer token-1');
  });

  test('happens once for many who ask at the same time', async () => {
    const at = open();
    await Promise.all([read(at), read(at), read(at)]);
    expect(google.logins).toHaveLength(1);
    expect(google.requests).toHaveLength(3);
  });

  test('goes on for the others when the one who asked first is called off', async () => {
    const at = open();
    const { promise: held, resolve: letGo } = Promise.withResolvers<void>();
    google.token = async (_request, response) => {
      await held;
      json(response, 200, { access_token: 'late', expires_in: 3599 });
    };
    const leaving = new AbortController();
    const first = read(at, leaving.signal);
    const second = read(at);
    await expect.poll(() => google.logins.length).toBe(1);
    leaving.abort();
    expect(await first).toMatchObject({ failure: { kind: 'transient', code: 'ABORTED' } });
    letGo();
    expect(await second).toMatchObject({ ok: true });
    expect(google.logins).toHaveLength(1);
  });

  test.for<[string, number, number]>([
    ['well before the end the token is kept', 3_599_000 - 300_001, 1],
    ['five minutes before the end it is renewed', 3_599_000 - 299_999, 2],
  ])('%s', async ([, elapsedMs, logins]) => {
    const at = open();
    await read(at);
    at.clock.advance(elapsedMs);
    await read(at);
    expect(google.logins).toHaveLength(logins);
    expect(google.requests[1]?.headers.authorization).toBe(`Bearer token-${logins}`);
  });

  test('a token of a short life is not renewed all the time', async () => {
    google.token = (_request, response) => json(response, 200, { access_token: 'short', expires_in: 60 });
    const at = open();
    await read(at);
    at.clock.advance(50_000);
    await read(at);
    expect(google.logins).toHaveLength(1);
  });

  test('a failed early renewal leaves the old token in use, and is not tried at every request', async () => {
    const at = open();
    await read(at);
    google.token = (_request, response) => json(response, 503, {});
    at.clock.advance(3_400_000);
    expect(await read(at)).toMatchObject({ ok: true });
    expect(await read(at)).toMatchObject({ ok: true });
    expect(google.logins).toHaveLength(2);
    at.clock.advance(199_000);
    expect(await read(at)).toMatchObject({ failure: { kind: 'transient', code: 'LOGIN_HTTP_503' } });
  });
});

describe('credentials refused while the old token is still good', () => {
  test('are left alone until it ends', async () => {
    const at = open();
    await read(at);
    google.token = (_request, response) => json(response, 401, { error: 'invalid_client' });
    for (const elapsedMs of [3_400_000, 60_000, 60_000]) {
      at.clock.advance(elapsedMs);
      expect(await read(at)).toMatchObject({ ok: true });
    }
    at.clock.advance(79_000);
    expect(await read(at)).toMatchObject({ failure: { kind: 'unauthorized', code: 'LOGIN_REFUSED' } });
    expect(google.logins).toHaveLength(2);
  });
});

describe('a token that Google does not accept', () => {
  test('is renewed once, and the request sent once more', async () => {
    google.api = ({ headers }, response) =>
      headers.authorization === 'Bearer token-1' ? json(response, 401, {}) : json(response, 200, {});
    const at = open();
    expect(await read(at)).toMatchObject({ ok: true });
    expect(google.requests.map(({ headers }) => headers.authorization)).toEqual([
      'Bearer token-1',
      'Bearer token-2',
    ]);
  });

  test('when the new one is not accepted either, all is held for five minutes', async () => {
    google.api = (_request, response) => json(response, 401, {});
    const at = open();
    for (let i = 0; i < 5; i += 1) {
      expect(await read(at)).toMatchObject({ failure: { kind: 'unauthorized', code: 'UNAUTHENTICATED' } });
    }
    expect([google.logins.length, google.requests.length]).toEqual([2, 2]);
    at.clock.advance(300_000);
    google.api = (_request, response) => json(response, 200, {});
    expect(await read(at)).toMatchObject({ ok: true });
  });
});

describe('credentials that the token endpoint refuses', () => {
  test('are tried once in five minutes, however many ask', async () => {
    google.token = (_request, response) =>
      json(response, 400, { error: 'invalid_grant', error_description: 'Invalid JWT Signature.' });
    const at = open();
    for (let i = 0; i < 5; i += 1) {
      expect(await read(at)).toMatchObject({
        failure: {
          kind: 'unauthorized',
          code: 'LOGIN_REFUSED',
          message:
            "the token endpoint refuses the service account (invalid_grant): check that its key still exists and that this machine's clock is right",
        },
      });
    }
    expect(google.logins).toHaveLength(1);
    expect(google.requests).toHaveLength(0);
    at.clock.advance(300_000);
    await read(at);
    expect(google.logins).toHaveLength(2);
  });

  test.for<[string, number, string, string, string]>([
    ['a server error', 500, '{"error":"internal_failure"}', 'transient', 'LOGIN_HTTP_500'],
    ['a busy endpoint', 429, '{}', 'throttled', 'LOGIN_THROTTLED'],
    ['an HTML page', 200, '<html>Sign in to this network</html>', 'transient', 'INVALID_REPLY'],
    ['a refusal that is not OAuth’s', 403, '<html>Blocked</html>', 'transient', 'INVALID_REPLY'],
    ['a token cut off', 200, '{"access_token":"abc', 'transient', 'INVALID_REPLY'],
    ['no lifetime', 200, '{"access_token":"abc"}', 'transient', 'INVALID_REPLY'],
    [
      'a token that would break a header',
      200,
      '{"access_token":"a\\nb","expires_in":60}',
      'transient',
      'INVALID_REPLY',
    ],
  ])(
    '%s at the token endpoint is not a refusal, and is tried again',
    async ([, status, body, kind, code]) => {
      google.token = (_request, response) => {
        response.statusCode = status;
        response.end(body);
      };
      const at = open();
      expect(await read(at)).toMatchObject({ failure: { kind, code } });
      await read(at);
      expect(google.logins).toHaveLength(2);
    },
  );

  test('a login that finds nobody is transient', async () => {
    const at = open({ keyFile: keyFile('http://127.0.0.1:1/token') });
    expect(await read(at)).toMatchObject({ failure: { kind: 'transient', code: 'CONNECTION_REFUSED' } });
  });
});

describe('the Secret', () => {
  function openWith(credentials: Readonly<Record<string, string>>): unknown {
    return googleZeroTouchFactory({ clock: manualClock() }).open({
      endpoint: google.origin,
      identity: { partnerId: PARTNER_ID },
      credentials,
      limits: DEFAULT_LIMITS,
    });
  }

  test.for<[string, Readonly<Record<string, unknown>>, string]>([
    ['client_email is missing', { client_email: undefined }, 'key.json lacks the field client_email'],
    ['private_key is empty', { private_key: '' }, 'key.json lacks the field private_key'],
    ['private_key_id is missing', { private_key_id: undefined }, 'key.json lacks the field private_key_id'],
    ['token_uri is missing', { token_uri: undefined }, 'key.json lacks the field token_uri'],
    ['token_uri is no URL', { token_uri: 'oauth2' }, 'the field token_uri of key.json is not a URL'],
    [
      'the key file is a user’s',
      { type: 'authorized_user' },
      'key.json is not the key file of a service account: its field type must be service_account',
    ],
    [
      'the key was cut off',
      { private_key: PRIVATE_PEM.slice(0, 300) },
      'the field private_key of key.json is not an RSA private key in PEM form',
    ],
    [
      'token_uri is plain http elsewhere',
      { token_uri: 'http://192.0.2.1/token' },
      'http://192.0.2.1 is not https: only addresses of this machine may be reached without TLS',
    ],
  ])('is refused when %s, and the message shows nothing of it', ([, over, message]) => {
    const refused = openWith({ 'key.json': keyFile(`${google.origin}/token`, over) });
    expect(refused).toMatchObject({ ok: false, failure: { kind: 'rejected', message } });
  });

  test.for<[string, Readonly<Record<string, string>>, string]>([
    ['has no key.json', { 'keys.json': '{}' }, 'the credentials Secret has no key key.json'],
    ['holds no JSON', { 'key.json': 'private stuff' }, 'key.json is not a JSON object'],
    ['holds a list', { 'key.json': '[]' }, 'key.json is not a JSON object'],
  ])('is refused when it %s', ([, credentials, message]) => {
    expect(openWith(credentials)).toMatchObject({ ok: false, failure: { kind: 'rejected', message } });
  });
});

test('neither the key nor a token shows in any failure or anything observed', async () => {
  const said: unknown[] = [];
  const at = open({ deps: { observe: (exchange) => said.push(exchange) } });
  google.api = ({ headers }, response) =>
    json(response, 403, {
      error: {
        code: 403,
        status: 'PERMISSION_DENIED',
        message: `no access for ${headers.authorization}-and-more-of-it`,
      },
    });
  said.push(await read(at));
  google.token = (_request, response) => json(response, 400, { error: PRIVATE_PEM });
  at.clock.advance(3_600_000);
  said.push(await read(at));
  const text = JSON.stringify(said);
  expect(said).toHaveLength(5);
  expect(text).not.toContain('token-1');
  expect(text).not.toContain(PRIVATE_PEM.split('\n')[1]);
});
