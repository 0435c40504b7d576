import { describe, expect, test } from 'vitest';
import { failure, iccid, signal, startUws, type UwsWorld, value } from './world.ts';

const MINUTE_MS = 60_000;
const LINE = iccid('85000022411113460014');

function look(world: UwsWorld) {
  return world.client.getDeviceInformation({ device: LINE }, signal);
}

async function withLine(world: UwsWorld): Promise<UwsWorld> {
  await world.admin('POST', '/devices', { identifiers: { iccid: LINE.identifier } });
  return world;
}

async function logins(world: UwsWorld): Promise<number> {
  return (await world.ledger('LogIn')).length;
}

describe('the session', () => {
  test('serves many callers with one log-in', async () => {
    await using world = await withLine(await startUws());
    const looks = await Promise.all(Array.from({ length: 8 }, () => look(world)));
    expect(looks.every(({ ok }) => ok)).toBe(true);
    expect(await logins(world)).toBe(1);
  });

  test('lives on as long as it is used, and is left alone when it may have ended', async () => {
    await using world = await withLine(await startUws());
    value(await look(world));
    for (let minute = 0; minute < 60; minute += 10) {
      world.clock.advance(10 * MINUTE_MS);
      value(await look(world));
    }
    expect(await logins(world)).toBe(1);
    world.clock.advance(16 * MINUTE_MS);
    value(await look(world));
    expect(await logins(world)).toBe(2);
    const looks = await world.ledger('GetDeviceInformation');
    expect(looks.every(({ status }) => status === 200)).toBe(true);
  });

  test('that ended in the middle is renewed once, and the call repeated once', async () => {
    await using world = await withLine(await startUws());
    value(await look(world));
    await world.admin('POST', '/sessions/expire');
    value(await look(world));
    expect(await logins(world)).toBe(2);
  });

  test('that ends again at once is a failure of the account, not a loop', async () => {
    await using world = await withLine(await startUws());
    await world.admin('POST', '/faults', { fault: 'expireTokens', times: 'always' });
    expect(failure(await look(world))).toMatchObject({
      kind: 'unauthorized',
      code: 'REQUEST_FAILED.SessionToken.Expired',
    });
    expect(await logins(world)).toBe(2);
  });

  test('of many callers that all lost it is renewed by one log-in', async () => {
    await using world = await withLine(await startUws());
    value(await look(world));
    await world.admin('POST', '/sessions/expire');
    const looks = await Promise.all(Array.from({ length: 4 }, () => look(world)));
    expect(looks.every(({ ok }) => ok)).toBe(true);
    expect(await logins(world)).toBe(2);
  });
});

describe('a refused log-in', () => {
  test('is tried once more and never again: the vendor locks the user after five', async () => {
    await using world = await startUws({}, 'not the password');
    for (let attempt = 0; attempt < 10; attempt += 1) {
      expect(failure(await look(world)).kind).toBe('unauthorized');
      world.clock.advance(60 * MINUTE_MS);
    }
    expect(failure(await look(world)).code).toBe('LOGIN_LATCHED');
    expect(await logins(world)).toBe(2);
    expect(await world.admin('GET', '/users')).toMatchObject([{ failedLogins: 2, locked: false }]);
  });

  test('does not count together with one that got no answer', async () => {
    await using world = await withLine(await startUws());
    await world.admin('POST', '/faults', {
      fault: 'dropBeforeEffect',
      match: { endpoint: 'LogIn' },
      times: 3,
    });
    for (let attempt = 0; attempt < 3; attempt += 1) {
      expect(failure(await look(world)).kind).toBe('transient');
    }
    value(await look(world));
  });

  test('tells nothing of the credentials', async () => {
    await using world = await startUws({}, 'correct horse battery staple');
    expect(JSON.stringify(await look(world))).not.toContain('horse');
  });
});
