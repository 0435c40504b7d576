import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { FailureKind, Result } from '../../../src/ports/failure.ts';
import type { VendorAdapter } from '../../../src/ports/vendor.ts';
import { type FakeGoogle, fakeGoogle, openAt } from './fake-google.ts';
import { ACME, item, keyOf, PIXEL, request } from './samples.ts';

const { signal } = new AbortController();
let google: FakeGoogle;
let adapter: VendorAdapter;

beforeEach(async () => {
  google = await fakeGoogle();
  ({ adapter } = openAt(google));
});
afterEach(async () => {
  await adapter.close();
  await google.close();
});

const read = (): Promise<Result<unknown>> | undefined =>
  adapter.devices?.sets?.readPage(ACME.companyId, undefined, signal);
const write = (): Promise<Result<unknown>> | undefined =>
  adapter.devices?.writer?.send(request('claim', [item(PIXEL)]), signal);

function answer(status: number, body: string, headers: Readonly<Record<string, string>> = {}): void {
  google.api = (_request, response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(body);
  };
}

function error(code: number, status: string, over: object = {}): string {
  return JSON.stringify({ error: { code, status, message: 'words', ...over } });
}

const TERMS = {
  details: [
    {
      '@type': 'type.googleapis.com/google.android.device.provisioning.v1.TosError',
      latestTosAccepted: false,
    },
  ],
};
const OLD_QUOTA = { errors: [{ domain: 'usageLimits', reason: 'rateLimitExceeded' }] };
const HTML = '<!doctype html><title>Error</title>';

describe('what a reply means to a read and to a write', () => {
  test.for<[why: string, status: number, body: string, read: FailureKind, write: FailureKind, code: string]>([
    ['a malformed request', 400, error(400, 'INVALID_ARGUMENT'), 'rejected', 'rejected', 'INVALID_ARGUMENT'],
    [
      'a device in the wrong state',
      400,
      error(400, 'FAILED_PRECONDITION'),
      'conflict',
      'conflict',
      'FAILED_PRECONDITION',
    ],
    ['no access', 403, error(403, 'PERMISSION_DENIED'), 'unauthorized', 'unauthorized', 'PERMISSION_DENIED'],
    [
      'terms that a person must accept',
      403,
      error(403, 'PERMISSION_DENIED', TERMS),
      'unauthorized',
      'unauthorized',
      'TERMS_NOT_ACCEPTED',
    ],
    [
      'the quota as older services say it',
      403,
      error(403, 'PERMISSION_DENIED', OLD_QUOTA),
      'throttled',
      'throttled',
      'RATE_LIMITED',
    ],
    [
      'a wrong partner or customer is no absence',
      404,
      error(404, 'NOT_FOUND'),
      'rejected',
      'rejected',
      'NOT_FOUND',
    ],
    ['a request that took too long', 408, error(408, 'CANCELLED'), 'transient', 'unknownOutcome', 'HTTP_408'],
    ['a change at the same time', 409, error(409, 'ABORTED'), 'conflict', 'conflict', 'ABORTED'],
    ['a request too large, said by any server', 413, HTML, 'rejected', 'rejected', 'REQUEST_TOO_LARGE'],
    [
      'any other refusal of Google’s',
      412,
      error(412, 'OUT_OF_RANGE'),
      'rejected',
      'rejected',
      'OUT_OF_RANGE',
    ],
    ['the quota', 429, error(429, 'RESOURCE_EXHAUSTED'), 'throttled', 'throttled', 'RATE_LIMITED'],
    ['the quota, said by any server', 429, HTML, 'throttled', 'throttled', 'RATE_LIMITED'],
    ['a call cut off', 499, error(499, 'CANCELLED'), 'transient', 'unknownOutcome', 'HTTP_499'],
    ['an internal error', 500, error(500, 'INTERNAL'), 'transient', 'unknownOutcome', 'INTERNAL'],
    [
      'an endpoint that is not there',
      501,
      error(501, 'UNIMPLEMENTED'),
      'rejected',
      'rejected',
      'NOT_IMPLEMENTED',
    ],
    ['a gateway without words', 502, HTML, 'transient', 'unknownOutcome', 'HTTP_502'],
    ['an overloaded service', 503, error(503, 'UNAVAILABLE'), 'transient', 'unknownOutcome', 'UNAVAILABLE'],
    ['a refusal that is not Google’s', 403, HTML, 'transient', 'unknownOutcome', 'INVALID_REPLY'],
    ['a 404 that is not Google’s', 404, HTML, 'transient', 'unknownOutcome', 'INVALID_REPLY'],
    ['a redirect', 302, '', 'transient', 'unknownOutcome', 'INVALID_REPLY'],
    ['another success', 204, '', 'transient', 'unknownOutcome', 'INVALID_REPLY'],
  ])('%s', async ([, status, body, onRead, onWrite, code]) => {
    answer(status, body);
    expect(await read()).toMatchObject({ ok: false, failure: { kind: onRead, code } });
    // A 429 pauses the whole scope; a fresh adapter asks again.
    await adapter.close();
    ({ adapter } = openAt(google));
    expect(await write()).toMatchObject({ ok: false, failure: { kind: onWrite, code } });
    expect(google.requests).toHaveLength(2);
  });
});

describe('a reply that is not what the documents promise', () => {
  test.for<[string, string]>([
    ['an HTML page', HTML],
    ['nothing', ''],
    ['cut off', '{"devices":[{"deviceIdentifier":{"imei":"4901542'],
    ['a list', '[]'],
    ['null', 'null'],
    ['only fields that nobody knows', '{"result":"ok"}'],
    ['an error with status 200', error(500, 'INTERNAL')],
    ['numbers where strings must be', '{"devices":[{"deviceIdentifier":{"imei":490154203237518}}],"name":7}'],
    ['a list that is none', '{"devices":{},"name":"projects/x"}'],
  ])('%s is no empty world to a read and no failure to a write', async ([, body]) => {
    answer(200, body);
    expect(await read()).toMatchObject({ ok: false, failure: { kind: 'transient', code: 'INVALID_REPLY' } });
    expect(await write()).toMatchObject({
      ok: false,
      failure: { kind: 'unknownOutcome', code: 'INVALID_REPLY' },
    });
  });

  test('an operation without a name leaves the write unknown', async () => {
    answer(200, '{}');
    expect(await read()).toMatchObject({ ok: true });
    expect(await write()).toMatchObject({ failure: { kind: 'unknownOutcome', code: 'INVALID_REPLY' } });
  });

  test('an operation name that leads elsewhere leaves the write unknown', async () => {
    answer(200, '{"name":"operations/../partners/1"}');
    expect(await write()).toMatchObject({ failure: { kind: 'unknownOutcome', code: 'INVALID_REPLY' } });
  });

  test('a body shorter than announced leaves the write unknown', async () => {
    google.api = (_request, response) => {
      response.writeHead(200, { 'content-length': '500' });
      response.write('{"name":"operations/1"}');
      response.destroy();
    };
    expect(await write()).toMatchObject({ failure: { kind: 'unknownOutcome', code: 'CONNECTION_RESET' } });
    expect(await read()).toMatchObject({ failure: { kind: 'transient', code: 'CONNECTION_RESET' } });
  });
});

describe('a connection that fails', () => {
  test('after the request has arrived leaves a write unknown', async () => {
    google.api = (_request, response) => void response.destroy();
    expect(await write()).toMatchObject({ failure: { kind: 'unknownOutcome', code: 'CONNECTION_RESET' } });
    expect(google.requests).toHaveLength(1);
  });

  test('before the request has left means that nothing happened', async () => {
    await read();
    await google.close();
    // The kept connection is gone with the server; a new one is refused.
    await expect.poll(write).toMatchObject({ failure: { kind: 'transient', code: 'CONNECTION_REFUSED' } });
    google = await fakeGoogle();
  });

  test('a write is kept here when this process may not write at that moment; a read is not', async () => {
    const follower = openAt(google, { deps: { mayWrite: () => false } });
    const items = [item(PIXEL)];
    expect(await follower.adapter.devices?.writer?.send(request('claim', items), signal)).toMatchObject({
      failure: { kind: 'transient', code: 'NOT_ALLOWED_TO_START' },
    });
    expect(google.requests).toHaveLength(0);
    expect(await follower.adapter.devices?.items?.read(PIXEL, signal)).toMatchObject({ ok: true });
    await follower.adapter.close();
  });
});

describe('a 404', () => {
  test('of an operation says that Google forgot it', async () => {
    answer(404, error(404, 'NOT_FOUND'));
    expect(await adapter.devices?.poller?.poll('operations/1', [keyOf(PIXEL)], signal)).toMatchObject({
      failure: { kind: 'notFound', code: 'NOT_FOUND' },
    });
  });

  test('of a search says nothing about the device', async () => {
    answer(404, error(404, 'NOT_FOUND'));
    expect(await adapter.devices?.items?.read(PIXEL, signal)).toMatchObject({
      failure: { kind: 'rejected' },
    });
  });
});

describe('a full quota', () => {
  test('holds everything back for as long as Google says', async () => {
    const clocked = openAt(google);
    const readNow = (): Promise<Result<unknown>> | undefined =>
      clocked.adapter.devices?.sets?.readPage(ACME.companyId, undefined, signal);
    answer(429, error(429, 'RESOURCE_EXHAUSTED'), { 'retry-after': '30' });
    expect(await readNow()).toMatchObject({ failure: { kind: 'throttled', retryAfterMs: 30_000 } });
    answer(200, '{}');
    expect(await readNow()).toMatchObject({ failure: { kind: 'throttled', code: 'VENDOR_PAUSE' } });
    expect(clocked.adapter.quota.snapshot()).toMatchObject({ retryAfterMs: 30_000 });
    clocked.clock.advance(30_000);
    expect(await readNow()).toMatchObject({ ok: true });
    expect(google.requests).toHaveLength(2);
    await clocked.adapter.close();
  });

  test('that names no time holds everything back for ten seconds', async () => {
    answer(429, HTML);
    await read();
    expect(adapter.quota.snapshot()).toMatchObject({ retryAfterMs: 10_000 });
  });
});

test('a page token refused in the middle of a list asks for the list to be read again', async () => {
  answer(400, error(400, 'INVALID_ARGUMENT'));
  expect(await adapter.devices?.sets?.readPage(ACME.companyId, 'stale', signal)).toMatchObject({
    failure: { kind: 'transient', code: 'INVALID_PAGE_TOKEN' },
  });
});
