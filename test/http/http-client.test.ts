import { once } from 'node:events';
import { createServer as createProxy } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { type AddressInfo, connect, type Server } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import {
  type HttpClient,
  type HttpSettings,
  type ObservedExchange,
  openHttpClient,
} from '../../src/http/http-client.ts';
import { selfSigned } from './self-signed.ts';
import { json, serve } from './serve.ts';

const opened: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of opened.splice(0).reverse()) await close();
});

function client(over: Partial<HttpSettings> = {}): HttpClient {
  const result = openHttpClient({ concurrentRequests: 2, ...over });
  if (!result.ok) throw new Error(result.failure.message);
  opened.push(() => result.value.close());
  return result.value;
}

async function served(...args: Parameters<typeof serve>): ReturnType<typeof serve> {
  const server = await serve(...args);
  opened.push(() => server.close());
  return server;
}

async function listening(server: Server & { closeAllConnections?: () => void }): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  opened.push(async () => {
    server.closeAllConnections?.();
    server.close();
    await once(server, 'close');
  });
  return (server.address() as AddressInfo).port;
}

const { signal } = new AbortController();

function read(url: string): Parameters<HttpClient['send']>[0] {
  return { method: 'GET', url, headers: {}, access: 'read' };
}

function write(url: string): Parameters<HttpClient['send']>[0] {
  return { method: 'POST', url, headers: {}, body: '{}', access: 'write' };
}

describe('what an unanswered request amounts to', () => {
  test('a reply that never came leaves a read repeatable and a write unknown', async () => {
    const server = await served((_request, response) => void response.destroy());
    const http = client();
    expect(await http.send(read(server.origin), signal)).toMatchObject({
      failure: { kind: 'transient', code: 'CONNECTION_RESET' },
    });
    expect(await http.send(write(server.origin), signal)).toMatchObject({
      failure: { kind: 'unknownOutcome', code: 'CONNECTION_RESET' },
    });
  });

  test('a write that found nobody listening did not happen', async () => {
    const server = await serve(() => undefined);
    await server.close();
    expect(await client().send(write(server.origin), signal)).toEqual({
      ok: false,
      failure: {
        kind: 'transient',
        code: 'CONNECTION_REFUSED',
        message: `cannot talk to ${server.origin}: the connection was refused`,
      },
    });
  });
});

describe('where requests go', () => {
  test('plain http to another machine is refused before anything is sent', async () => {
    expect(await client().send(read('http://192.0.2.1/x'), signal)).toMatchObject({
      failure: {
        kind: 'rejected',
        code: 'INVALID_ENDPOINT',
        message: 'http://192.0.2.1 is not https: only addresses of this machine may be reached without TLS',
      },
    });
  });

  test('a redirected origin is replaced, its path and query are kept', async () => {
    const server = await served((_request, response) => json(response, 200, {}));
    const http = client({ redirects: { 'https://vendor.example': server.origin } });
    expect(await http.send(read('https://vendor.example/v1/a?b=c'), signal)).toMatchObject({ ok: true });
    expect(server.received).toMatchObject([{ method: 'GET', path: '/v1/a?b=c' }]);
  });

  test('a failure names the vendor’s origin, not where it was redirected to', async () => {
    const gone = await serve(() => undefined);
    await gone.close();
    const http = client({ redirects: { 'https://vendor.example': gone.origin } });
    expect(await http.send(read('https://vendor.example/v1/a'), signal)).toMatchObject({
      failure: { message: 'cannot talk to https://vendor.example: the connection was refused' },
    });
  });
});

describe('whom it trusts', () => {
  test('a private authority counts only when it is in the CA bundle', async () => {
    const pair = selfSigned();
    const port = await listening(createTlsServer(pair, (_request, response) => void response.end('{}')));
    const url = `https://127.0.0.1:${port}/`;
    expect(await client().send(write(url), signal)).toMatchObject({
      failure: { kind: 'transient', code: 'TLS_FAILED' },
    });
    expect(await client({ caBundle: pair.cert }).send(write(url), signal)).toMatchObject({ ok: true });
  });

  test.for([
    ['text without a certificate', 'not a certificate'],
    ['a certificate that cannot be read', '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----'],
  ])('a CA bundle of %s is refused when it is opened', ([, caBundle]) => {
    expect(openHttpClient({ concurrentRequests: 1, caBundle: caBundle as string })).toMatchObject({
      failure: { kind: 'rejected', code: 'INVALID_CA_BUNDLE' },
    });
  });
});

describe('proxies', () => {
  test('from the given environment are used, and the private authority holds behind them', async () => {
    const pair = selfSigned();
    const port = await listening(
      createTlsServer(pair, (_request, response) => void response.end('{"through":1}')),
    );
    const tunnels: string[] = [];
    const proxy = createProxy();
    proxy.on('connect', (request, socket) => {
      tunnels.push(request.url ?? '');
      const onward = connect(port, '127.0.0.1', () => {
        socket.write('HTTP/1.1 200 OK\r\n\r\n');
        onward.pipe(socket);
        socket.pipe(onward);
      });
      onward.on('error', () => socket.destroy());
      socket.on('error', () => onward.destroy());
    });
    const env = { HTTPS_PROXY: `http://127.0.0.1:${await listening(proxy)}` };
    const http = client({ env, caBundle: pair.cert });
    expect(await http.send(write('https://vendor.example/'), signal)).toMatchObject({
      value: { status: 200, body: '{"through":1}' },
    });
    expect(tunnels).toEqual(['vendor.example:443']);
  });

  test('that refuse the tunnel mean that nothing was sent', async () => {
    const proxy = createProxy();
    proxy.on('connect', (_request, socket) =>
      socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n'),
    );
    const http = client({ env: { https_proxy: `http://127.0.0.1:${await listening(proxy)}` } });
    expect(await http.send(write('https://vendor.example/'), signal)).toMatchObject({
      failure: { kind: 'transient', code: 'PROXY_FAILED' },
    });
  });

  test('are never used for this machine', async () => {
    const server = await served((_request, response) => json(response, 200, {}));
    const http = client({ env: { http_proxy: 'http://127.0.0.1:9', https_proxy: 'http://127.0.0.1:9' } });
    expect(await http.send(read(server.origin), signal)).toMatchObject({ ok: true });
  });
});

test('an observer hears of every exchange and of no secret', async () => {
  const server = await served((_request, response) => {
    response.setHeader('set-cookie', 'session=secret-cookie');
    json(response, 200, { token: 'secret-body' });
  });
  const heard: ObservedExchange[] = [];
  const http = client({ observe: (exchange) => heard.push(exchange) });
  const call = {
    ...read(`${server.origin}/v1?pageToken=secret-query`),
    headers: { authorization: 'Bearer secret' },
  };
  await http.send(call, signal);
  await http.send({ ...call, url: 'http://vendor.invalid.localhost.invalid' }, signal);
  expect(heard).toMatchObject([{ method: 'GET', url: `${server.origin}/v1?pageToken=…`, result: 200 }]);
  expect(JSON.stringify(heard)).not.toContain('secret');
});
