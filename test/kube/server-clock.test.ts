import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openAccess } from '../../src/kube/config.ts';
import { createConnection } from '../../src/kube/connection.ts';
import { createServerClock } from '../../src/kube/server-clock.ts';
import { serve, type TestServer } from '../http/serve.ts';
import { createTestClock } from '../support/clock.ts';
import { createSystemClock } from '../support/system-clock.ts';

const NOON = Date.parse('2026-11-22T12:00:00Z');

describe('the time of the API server', () => {
  test('is that of this machine until an answer tells it', () => {
    const clock = createTestClock(NOON);
    expect(createServerClock(clock).now()).toBe(NOON);
  });

  test('goes on with the monotonic clock, whatever the wall clock of this machine does', async () => {
    const clock = createTestClock(NOON + 3_600_000);
    const server = createServerClock(clock);
    server.heard(NOON);
    clock.jumpWall(-86_400_000);
    await clock.advance(90_000);
    expect(server.now()).toBe(NOON + 90_000);
  });

  test('never goes back because a Date is cut to seconds or was long on its way', async () => {
    const clock = createTestClock(NOON);
    const server = createServerClock(clock);
    server.heard(NOON + 1_000);
    await clock.advance(1_900);
    server.heard(NOON + 2_000);
    expect(server.now()).toBe(NOON + 2_900);
    await clock.advance(5_000);
    server.heard(NOON + 3_000);
    expect(server.now()).toBe(NOON + 7_900);
  });

  test('follows the server when its clock is set, in either direction', async () => {
    const clock = createTestClock(NOON);
    const server = createServerClock(clock);
    server.heard(NOON);
    server.heard(NOON + 7_200_000);
    expect(server.now()).toBe(NOON + 7_200_000);
    server.heard(NOON);
    expect(server.now()).toBe(NOON);
  });
});

describe('a connection', () => {
  let served: TestServer;
  beforeAll(async () => {
    served = await serve((request, response) => {
      response.sendDate = false;
      if (request.path !== '/none') response.setHeader('date', new Date(NOON).toUTCString());
      response.writeHead(request.path === '/busy' ? 503 : 200).end('{}');
    });
  });
  afterAll(() => served.close());

  test.each([
    { path: '/', told: [NOON], why: 'of a success' },
    { path: '/busy', told: [], why: 'of no error, which may be the word of a proxy' },
    { path: '/none', told: [], why: 'of no answer that carries none' },
  ])('tells the Date $why', async ({ path, told }) => {
    const dates: number[] = [];
    const connection = createConnection({
      access: openAccess(served.origin),
      clock: createSystemClock(),
      userAgent: 'test',
      onServerDate: (dateMs) => dates.push(dateMs),
    });
    await connection.send({ method: 'GET', path }, new AbortController().signal);
    await connection.close();
    expect(dates).toEqual(told);
  });
});
