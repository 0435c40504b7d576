import { describe, expect, test } from 'vitest';
import { credentials, envelope, MINUTE_MS, send, startWorld, type World } from './world.ts';

function logIn(world: World, password = world.password) {
  const input = credentials({ username: world.username, password });
  return send(world.url, 'SessionService', 'LogIn', envelope('SessionService', 'LogIn', input));
}

function list(world: World, token = world.token) {
  return world.call(
    'DeviceService',
    'GetDeviceList',
    '<nph:LargestDeviceIdSeen>0</nph:LargestDeviceIdSeen>',
    token,
  );
}

describe('a session', () => {
  test('is opened by the right password and named by a GUID', async () => {
    await using world = await startWorld();
    expect(world.token).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect((await list(world)).status).toBe(200);
  });

  test('expires when it is idle for more than 20 minutes, and every call renews it', async () => {
    await using world = await startWorld();
    await world.advance(20 * MINUTE_MS);
    expect((await list(world)).fault).toBeUndefined();
    await world.advance(20 * MINUTE_MS);
    expect((await list(world)).fault).toBeUndefined();
    await world.advance(20 * MINUTE_MS + 1);
    const late = await list(world);
    expect(late.status).toBe(500);
    expect(late.one('faultcode')).toBe('UnifiedWebService.REQUEST_FAILED.SessionToken.Expired');
    expect(late.one('faultstring')).toBe('The Session has expired.');
    expect((await list(world)).fault).toBe('REQUEST_FAILED.SessionToken.Expired');
  });

  test('is missed without a token, and unknown with a wrong one', async () => {
    await using world = await startWorld();
    const input = '<nph:LargestDeviceIdSeen>0</nph:LargestDeviceIdSeen>';
    const bare = envelope('DeviceService', 'GetDeviceList', input);
    const missing = await send(world.url, 'DeviceService', 'GetDeviceList', bare);
    expect(missing.fault).toBe('REQUEST_FAILED.SessionToken.Format');
    expect((await list(world, '   ')).fault).toBe('REQUEST_FAILED.SessionToken.Format');
    for (const token of ['nonsense', '00000000-0000-4000-8000-000000000000'])
      expect((await list(world, token)).fault).toBe('INPUT_INVALID.SessionToken.Invalid');
  });

  test('takes padding and either case, as the vendor’s sample has them', async () => {
    await using world = await startWorld();
    expect((await list(world, ` ${world.token.toUpperCase()}\n`)).status).toBe(200);
  });

  test('ends with LogOut, which echoes its token', async () => {
    await using world = await startWorld();
    const input = `<nph:SessionToken>${world.token}</nph:SessionToken>`;
    const other = await world.call('SessionService', 'LogOut', '<nph:SessionToken>x</nph:SessionToken>');
    expect(other.fault).toBe('INPUT_INVALID.SessionToken.Invalid');
    expect((await world.call('SessionService', 'LogOut', input)).one('SessionToken')).toBe(world.token);
    expect((await list(world)).fault).toBe('INPUT_INVALID.SessionToken.Invalid');
  });

  test.each([
    ['many', undefined],
    ['newest', 'INPUT_INVALID.SessionToken.Invalid'],
  ] as const)(
    'with %s for each user: a second log-in leaves the first with fault %s',
    async (many, fault) => {
      await using world = await startWorld({ sessionsPerUser: many });
      const second = (await logIn(world)).one('SessionToken') ?? '';
      expect((await list(world)).fault).toBe(fault);
      expect((await list(world, second)).status).toBe(200);
    },
  );
});

describe('five failed log-ins in a row', () => {
  test('lock the user, whom only support unlocks', async () => {
    await using world = await startWorld();
    for (let attempt = 0; attempt < 5; attempt += 1)
      expect((await logIn(world, 'wrong')).fault).toBe('INPUT_INVALID.Credentials.Invalid');
    expect((await logIn(world)).fault).toBe('REQUEST_FAILED.User.Locked');
    expect((await world.admin('GET', '/users')).body).toMatchObject([{ failedLogins: 5, locked: true }]);
    await world.admin('PATCH', `/users/${world.username}`, { locked: false });
    expect((await logIn(world)).one('SessionToken')).toBeDefined();
  });

  test('must be in a row: a good one starts the count anew', async () => {
    await using world = await startWorld();
    for (const password of ['a', 'b', 'c', 'd', world.password, 'e', 'f', 'g', 'h'])
      await logIn(world, password);
    expect((await logIn(world)).status).toBe(200);
  });

  test('are two where the knob says so, and nobody is locked who does not exist', async () => {
    await using world = await startWorld({ failedLoginsToLock: 2 });
    await logIn(world, 'a');
    await logIn(world, 'b');
    expect((await logIn(world)).fault).toBe('REQUEST_FAILED.User.Locked');
    const input = credentials({ username: 'nobody', password: 'x' });
    const message = envelope('SessionService', 'LogIn', input);
    const stranger = await send(world.url, 'SessionService', 'LogIn', message);
    expect(stranger.fault).toBe('INPUT_INVALID.Credentials.Invalid');
  });
});
