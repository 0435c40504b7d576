import { afterEach, beforeEach, expect, test } from 'vitest';
import { type HttpClient, openHttpClient } from '../../src/http/http-client.ts';
import { requestQuota } from '../../src/http/quota.ts';
import { failed, ok, type Result } from '../../src/ports/failure.ts';
import { tokenSource } from '../../src/vendors/token.ts';
import { openTokenSession, type TokenCall } from '../../src/vendors/token-session.ts';
import { type ManualClock, manualClock } from '../http/manual-clock.ts';
import { serve, type TestServer } from '../http/serve.ts';

/** The statuses the vendor answers with, one after the other, then 200; the path of a request is its token. */
let answers: number[];
let vendor: TestServer;
let http: HttpClient;
let clock: ManualClock;
let logins: number;
const { signal } = new AbortController();
const DEFAULT_PAUSE_MS = 5_000;

beforeEach(async () => {
  answers = [];
  logins = 0;
  clock = manualClock();
  vendor = await serve((_request, response) => {
    response.writeHead(answers.shift() ?? 200).end();
  });
  const opened = openHttpClient({ concurrentRequests: 1 });
  if (!opened.ok) throw new Error(opened.failure.message);
  http = opened.value;
});
afterEach(async () => {
  await http.close();
  await vendor.close();
});

function open(mayWrite = true) {
  const logIn = () => {
    logins += 1;
    return Promise.resolve(ok({ value: `token-${logins}`, lifetimeMs: 3_600_000 }));
  };
  const quota = requestQuota({ requestsPerSecond: 100, requestsPerDay: 100, concurrentRequests: 1 }, clock);
  const parts = { endpoint: vendor.origin, http, tokens: tokenSource(logIn, clock), quota, clock };
  return openTokenSession({ ...parts, mayWrite: () => mayWrite }, DEFAULT_PAUSE_MS);
}

const KINDS: Readonly<Record<number, 'unauthorized' | 'throttled' | 'rejected'>> = {
  401: 'unauthorized',
  429: 'throttled',
};

function call(over: Partial<TokenCall<number>> = {}): TokenCall<number> {
  return {
    access: 'read',
    request: (token) => ({ method: 'GET', url: `${vendor.origin}/${token}`, headers: {} }),
    read: ({ status }): Result<number> =>
      status === 200
        ? ok(status)
        : failed({ kind: KINDS[status] ?? 'rejected', code: `HTTP_${status}`, message: 'no' }),
    refusal: ({ status }, answer) => (status === 401 && !answer.ok ? answer.failure : undefined),
    ...over,
  };
}

const paths = (): readonly string[] => vendor.received.map(({ path }) => path);

test.each([
  { why: 'an answer is an answer', told: [200], sent: ['/token-1'], result: { value: 200 } },
  {
    why: 'a token that is not accepted is replaced once',
    told: [401, 200],
    sent: ['/token-1', '/token-2'],
    result: { value: 200 },
  },
  {
    why: 'a second one that is not accepted is no loop',
    told: [401, 401],
    sent: ['/token-1', '/token-2'],
    result: { failure: { code: 'HTTP_401' } },
  },
  {
    why: 'what the vendor refuses for another reason is not sent again',
    told: [403],
    sent: ['/token-1'],
    result: { failure: { code: 'HTTP_403' } },
  },
])('$why', async ({ told, sent, result }) => {
  answers = [...told];
  expect(await open()(call(), signal)).toMatchObject(result);
  expect(paths()).toEqual(sent);
});

test('after two tokens that were not accepted nobody logs in again for some minutes', async () => {
  const send = open();
  answers = [401, 401];
  await send(call(), signal);
  expect(await send(call(), signal)).toMatchObject({ failure: { code: 'HTTP_401' } });
  expect({ logins, sent: paths().length }).toEqual({ logins: 2, sent: 2 });
});

test.each([
  { why: 'that names no time', retryAfterMs: undefined, pauseMs: DEFAULT_PAUSE_MS },
  { why: 'for its time', retryAfterMs: 60_000, pauseMs: 60_000 },
])('a vendor that asks us to wait $why is left alone by all', async ({ retryAfterMs, pauseMs }) => {
  const send = open();
  const wait = retryAfterMs === undefined ? {} : { retryAfterMs };
  const asking = call({
    read: () => failed({ kind: 'throttled', code: 'RATE_LIMITED', message: 'wait', ...wait }),
  });
  expect(await send(asking, signal)).toMatchObject({ failure: { code: 'RATE_LIMITED' } });
  clock.advance(pauseMs - 1);
  expect(await send(call(), signal)).toMatchObject({ failure: { code: 'VENDOR_PAUSE' } });
  clock.advance(1);
  expect(await send(call(), signal)).toMatchObject({ ok: true });
});

test('that our own requests are spent pauses nobody', async () => {
  const send = open();
  const both = await Promise.all([send(call(), signal), send(call(), signal)]);
  expect(both).toMatchObject([{ ok: true }, { failure: { code: 'BUSY' } }]);
  expect(await send(call(), signal)).toMatchObject({ ok: true });
});

test('a write that may not start stays here, and a read does not ask', async () => {
  const send = open(false);
  expect(await send(call({ access: 'write' }), signal)).toMatchObject({
    failure: { kind: 'transient', code: 'NOT_ALLOWED_TO_START' },
  });
  expect(await send(call(), signal)).toMatchObject({ ok: true });
  expect(paths()).toHaveLength(1);
});

test('a request that cannot be written gives its leave back', async () => {
  const send = open();
  const broken = call({
    request: () => {
      throw new TypeError('no such address');
    },
  });
  await expect(send(broken, signal)).rejects.toThrow('no such address');
  expect(await send(call(), signal)).toMatchObject({ ok: true });
});
