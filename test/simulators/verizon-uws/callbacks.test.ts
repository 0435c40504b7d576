import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, test } from 'vitest';
import { findAll } from '../../../src/simulators/verizon-uws/xml/element.ts';
import { parseXml } from '../../../src/simulators/verizon-uws/xml/parse.ts';
import {
  ACCOUNT,
  type Answer,
  addLine,
  change,
  DEACTIVATE,
  ledger,
  MINUTE_MS,
  startWorld,
  type World,
} from './world.ts';

/** A listener that notes the status of every message and answers with the status codes given, then with 200. */
async function startListener(...codes: number[]) {
  const messages: string[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      messages.push(body);
      response.writeHead(codes.shift() ?? 200).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/listen`,
    messages,
    texts: (name: string) =>
      messages.flatMap((text) => findAll(parseXml(text), name).map((found) => found.text)),
    [Symbol.asyncDispose]: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}

function register(world: World, url: string, service = 'CarrierService'): Promise<Answer> {
  const input = [
    ['AccountName', ACCOUNT],
    ['ServiceName', service],
    ['Url', url],
    ['Username', 'listener'],
    ['Password', 'pass'],
  ].map(([name, text]) => `<nph:${name}>${text}</nph:${name}>`);
  return world.call('CallbackRegistrationService', 'RegisterCallback', input.join(''));
}

/** A line whose deactivation is done, and its message due. */
async function deactivated(world: World, iccid: string): Promise<string> {
  await addLine(world, { iccid });
  return (await change(world, iccid, DEACTIVATE)).one('RequestId') ?? '';
}

async function deliver(world: World): Promise<void> {
  await world.admin('POST', '/callbacks/deliver');
}

async function outcomes(world: World): Promise<string[]> {
  const list = (await world.admin('GET', '/callbacks')).body as unknown as {
    outcome: string;
    attempts: number;
  }[];
  return list.map(({ outcome, attempts }) => `${outcome} after ${attempts}`);
}

describe('a callback', () => {
  test('tells the outcome of each line with the request and the listener’s credentials', async () => {
    await using world = await startWorld({ callbackPorts: 'any' });
    await using listener = await startListener();
    expect((await register(world, listener.url)).fault).toBeUndefined();
    const requestId = await deactivated(world, '1');
    await deliver(world);
    expect(listener.messages).toEqual([]);
    await world.advance(2_000);
    await deliver(world);
    const expected = {
      Username: 'listener',
      Password: 'pass',
      RequestId: requestId,
      Status: 'Success',
      Kind: 'iccid',
      Identifier: '1',
    };
    for (const [name, text] of Object.entries(expected)) expect(listener.texts(name)).toEqual([text]);
    expect(await outcomes(world)).toEqual(['delivered after 1']);
  });

  test('of a failure carries a fault', async () => {
    await using world = await startWorld({ callbackPorts: 'any' });
    await using listener = await startListener();
    await register(world, listener.url);
    await world.admin('POST', '/faults', { fault: 'partialFailure', ratio: 1 });
    await deactivated(world, '1');
    await world.advance(2_000);
    await deliver(world);
    expect([listener.texts('Status'), listener.texts('faultcode')]).toEqual([
      ['Failed'],
      ['CarrierService.REQUEST_FAILED.UnexpectedError'],
    ]);
  });

  test('is tried four times, five minutes apart, and given up', async () => {
    await using world = await startWorld({ callbackPorts: 'any' });
    await using listener = await startListener(500, 503, 404, 500);
    await register(world, listener.url);
    await deactivated(world, '1');
    await world.advance(2_000);
    const seen: string[] = [];
    for (let round = 0; round < 5; round += 1) {
      await deliver(world);
      seen.push(...(await outcomes(world)));
      await world.advance(5 * MINUTE_MS - 1);
      await deliver(world);
      expect(listener.messages).toHaveLength(Math.min(round + 1, 4));
      await world.advance(1);
    }
    expect(seen.slice(0, 4)).toEqual([
      'waiting after 1',
      'waiting after 2',
      'waiting after 3',
      'givenUp after 4',
    ]);
  });

  test('that failed once is delivered the second time', async () => {
    await using world = await startWorld({ callbackPorts: 'any', callbackRetryMs: 10 });
    await using listener = await startListener(500);
    await register(world, listener.url);
    await deactivated(world, '1');
    await world.advance(2_000);
    await deliver(world);
    await world.advance(10);
    await deliver(world);
    expect(await outcomes(world)).toEqual(['delivered after 2']);
  });

  test('may be lost, come twice, and out of order', async () => {
    await using world = await startWorld({ callbackPorts: 'any' });
    await using listener = await startListener();
    await register(world, listener.url);
    await world.admin('POST', '/callbacks/disturb', { lose: 1, duplicate: 1, reverse: true });
    for (const iccid of ['1', '2', '3']) await deactivated(world, iccid);
    await world.advance(2_000);
    await deliver(world);
    expect(listener.texts('Identifier')).toEqual(['3', '2', '2']);
    expect((await outcomes(world))[0]).toBe('lost after 0');
  });

  test('comes by itself while nobody asks, in real time', async () => {
    await using world = await startWorld({ callbackPorts: 'any', clock: Date, stateChangeMs: 1 });
    await using listener = await startListener();
    await register(world, listener.url);
    await deactivated(world, '1');
    await expect.poll(() => listener.messages.length).toBe(1);
  });
});

describe('a registration', () => {
  test('displaces the one before, is shown with its password, and can be taken back', async () => {
    await using world = await startWorld();
    await register(world, 'http://127.0.0.1:9001/old');
    await register(world, 'http://127.0.0.1:9002/new');
    await register(world, 'http://localhost:28220/', 'DeviceService');
    const account = `<nph:AccountName>${ACCOUNT}</nph:AccountName>`;
    const list = () => world.call('CallbackRegistrationService', 'GetCallbackRegistrations', account);
    const shown = await list();
    expect(shown.all('Url')).toEqual(['http://127.0.0.1:9002/new', 'http://localhost:28220/']);
    expect(shown.all('Password')).toEqual(['pass', 'pass']);
    const input = `${account}<nph:ServiceName>CarrierService</nph:ServiceName>`;
    const remove = () => world.call('CallbackRegistrationService', 'UnregisterCallback', input);
    expect((await remove()).fault).toBeUndefined();
    expect((await remove()).fault).toBe('REQUEST_FAILED.UnexpectedError');
    expect((await list()).all('ServiceName')).toEqual(['DeviceService']);
    const changes = (await ledger(world, '?mutating=true')).flatMap(({ effect }) => effect ?? []);
    expect(changes).toMatchObject([
      ...Array.from({ length: 3 }, () => ({ change: 'callbackRegistered' })),
      { change: 'callbackUnregistered' },
    ]);
  });

  test.each([
    ['http://127.0.0.1:80/', undefined],
    ['https://127.0.0.1/', undefined],
    ['http://127.0.0.1:50559/', undefined],
    ['http://127.0.0.1:8080/', 'REQUEST_FAILED.UnexpectedError'],
    ['http://example.com/', 'REQUEST_FAILED.UnexpectedError'],
    ['ftp://127.0.0.1:80/', 'REQUEST_FAILED.UnexpectedError'],
    ['nowhere', 'REQUEST_FAILED.UnexpectedError'],
  ])('for %s ends with %s', async (url, fault) => {
    await using world = await startWorld();
    expect((await register(world, url)).fault).toBe(fault);
  });

  test('in another’s account is refused, as are looking and taking back', async () => {
    await using world = await startWorld();
    const service = 'CallbackRegistrationService';
    const account = '<nph:AccountName>other</nph:AccountName>';
    const name = '<nph:ServiceName>CarrierService</nph:ServiceName>';
    const url = '<nph:Url>http://127.0.0.1:80/</nph:Url>';
    const fault = 'REQUEST_FAILED.AccountNotFound';
    expect((await world.call(service, 'RegisterCallback', account + name + url)).fault).toBe(fault);
    expect((await world.call(service, 'GetCallbackRegistrations', account)).fault).toBe(fault);
    expect((await world.call(service, 'UnregisterCallback', account + name)).fault).toBe(fault);
  });

  test('for a service that does not exist is refused', async () => {
    await using world = await startWorld();
    expect((await register(world, 'http://127.0.0.1:80/', 'Weather')).fault).toBe(
      'REQUEST_FAILED.UnexpectedError',
    );
  });
});
