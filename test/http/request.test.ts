import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer, type Server, type Socket } from 'node:net';
import { Agent } from 'undici';
import { afterEach, describe, expect, test } from 'vitest';
import type { HttpRequest } from '../../src/http/exchange.ts';
import { sendOnce } from '../../src/http/request.ts';
import { json, serve, type TestServer } from './serve.ts';

const opened: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of opened.splice(0)) await close();
});

function agent(options: Agent.Options = {}): Agent {
  const made = new Agent(options);
  opened.push(() => made.destroy());
  return made;
}

async function served(...args: Parameters<typeof serve>): Promise<TestServer> {
  const server = await serve(...args);
  opened.push(() => server.close());
  return server;
}

/** A server below HTTP: it sees bytes and may do with the connection what it likes. */
async function rawServer(onConnection: (socket: Socket) => void): Promise<string> {
  const server: Server = createServer((socket) => {
    socket.on('error', () => undefined);
    onConnection(socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  opened.push(async () => {
    server.close();
    await once(server, 'close');
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function request(origin: string, over: Partial<HttpRequest> = {}): HttpRequest {
  return {
    method: 'POST',
    url: new URL('/v1/things?x=1', origin),
    headers: { 'content-type': 'application/json' },
    body: '{"a":1}',
    deadlineMs: 5_000,
    maxReplyBytes: 1_000,
    ...over,
  };
}

const { signal } = new AbortController();

describe('one request, tried once', () => {
  test('is sent as written, and its reply comes back whole', async () => {
    const server = await served((_request, response) => json(response, 418, { short: 'stout' }));
    const exchange = await sendOnce(agent(), request(server.origin), signal);
    expect(exchange).toMatchObject({
      is: 'answered',
      reply: {
        status: 418,
        body: '{"short":"stout"}',
        headers: { 'content-type': 'application/json; charset=UTF-8' },
      },
    });
    expect(server.received).toMatchObject([{ method: 'POST', path: '/v1/things?x=1', body: '{"a":1}' }]);
  });

  test('frees its connection for the next request, whatever the status', async () => {
    const server = await served((_request, response) => json(response, 500, { error: 'x'.repeat(500) }));
    const one = agent({ connections: 1 });
    for (let i = 0; i < 3; i += 1) {
      expect(await sendOnce(one, request(server.origin), signal)).toMatchObject({ is: 'answered' });
    }
  });

  test('that finds nobody listening was not sent', async () => {
    const server = await serve(() => undefined);
    await server.close();
    expect(await sendOnce(agent(), request(server.origin), signal)).toEqual({
      is: 'notSent',
      code: 'CONNECTION_REFUSED',
    });
  });

  test('to a name that does not exist was not sent', async () => {
    expect(await sendOnce(agent(), request('http://vendor.invalid'), signal)).toEqual({
      is: 'notSent',
      code: 'NAME_NOT_RESOLVED',
    });
  });

  test('whose connection breaks before a reply is lost: it may have arrived', async () => {
    const origin = await rawServer((socket) => socket.once('data', () => socket.resetAndDestroy()));
    expect(await sendOnce(agent(), request(origin), signal)).toEqual({
      is: 'lost',
      code: 'CONNECTION_RESET',
    });
  });

  test('whose reply breaks off in the middle is lost', async () => {
    const origin = await rawServer((socket) =>
      socket.once('data', () => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{"half":')),
    );
    expect(await sendOnce(agent(), request(origin), signal)).toEqual({
      is: 'lost',
      code: 'CONNECTION_RESET',
    });
  });

  test('whose reply is not HTTP is lost', async () => {
    const origin = await rawServer((socket) => socket.once('data', () => socket.end('220 mail ready\r\n')));
    expect(await sendOnce(agent(), request(origin), signal)).toEqual({
      is: 'lost',
      code: 'CONNECTION_FAILED',
    });
  });

  test('that gets no reply before its deadline is lost', async () => {
    const server = await served(() => undefined);
    expect(await sendOnce(agent(), request(server.origin, { deadlineMs: 50 }), signal)).toEqual({
      is: 'lost',
      code: 'DEADLINE_EXCEEDED',
    });
  });

  test('whose reply drips on past the deadline is lost', async () => {
    const server = await served((_request, response) => void response.write('{'));
    expect(await sendOnce(agent(), request(server.origin, { deadlineMs: 50 }), signal)).toEqual({
      is: 'lost',
      code: 'DEADLINE_EXCEEDED',
    });
  });

  test('whose reply is larger than the cap is lost', async () => {
    const server = await served((_request, response) => json(response, 200, 'x'.repeat(2_000)));
    expect(await sendOnce(agent(), request(server.origin), signal)).toEqual({
      is: 'lost',
      code: 'REPLY_TOO_LARGE',
    });
  });

  test('called off beforehand never reaches the server', async () => {
    const server = await served((_request, response) => json(response, 200, {}));
    expect(await sendOnce(agent(), request(server.origin), AbortSignal.abort())).toEqual({
      is: 'notSent',
      code: 'ABORTED',
    });
    expect(server.received).toEqual([]);
  });

  test('called off while it waits for a connection never reaches the server', async () => {
    const server = await served(() => undefined);
    const one = agent({ connections: 1 });
    const first = new AbortController();
    const running = sendOnce(one, request(server.origin), first.signal);
    await expect.poll(() => server.received.length).toBe(1);
    const second = new AbortController();
    const waiting = sendOnce(one, request(server.origin), second.signal);
    second.abort();
    expect(await waiting).toEqual({ is: 'notSent', code: 'ABORTED' });
    first.abort();
    expect(await running).toEqual({ is: 'lost', code: 'ABORTED' });
    // The next request goes out on a fresh connection; the one called off does not.
    const third = sendOnce(one, request(server.origin, { body: '"third"', deadlineMs: 300 }), signal);
    await third;
    expect(server.received.map(({ body }) => body)).toEqual(['{"a":1}', '"third"']);
  });

  test('is asked for leave when the connection is ready, and not sent without it', async () => {
    const server = await served((_request, response) => json(response, 200, {}));
    expect(await sendOnce(agent(), request(server.origin, { mayStart: () => false }), signal)).toEqual({
      is: 'notSent',
      code: 'NOT_ALLOWED_TO_START',
    });
    expect(server.received).toEqual([]);
  });

  test('fails when its connections are closed under it', async () => {
    const server = await served(() => undefined);
    const one = agent();
    const running = sendOnce(one, request(server.origin), signal);
    await expect.poll(() => server.received.length).toBe(1);
    await one.destroy();
    expect(await running).toMatchObject({ is: 'lost', code: 'CLOSED' });
    expect(await sendOnce(one, request(server.origin), signal)).toEqual({ is: 'notSent', code: 'CLOSED' });
  });
});
