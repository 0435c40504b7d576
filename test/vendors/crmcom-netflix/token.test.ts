import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { tokenLifetimeMs } from '../../../src/vendors/crmcom-netflix/token-life.ts';
import { arm, ledger, startWorld, turn, type World } from '../../simulators/crmcom-netflix/world.ts';
import { failureOf, type Opened, type Opening, openAt } from './installation.ts';

const { signal } = new AbortController();
let world: World;
let opened: Opened | undefined;

beforeEach(async () => {
  world = await startWorld();
});
afterEach(async () => {
  await opened?.adapter.close();
  opened = undefined;
  await world[Symbol.asyncDispose]();
});

function open(opening: Opening = {}): Opened {
  opened = openAt(world, opening);
  return opened;
}

const read = ({ adapter }: Opened) => adapter.subscriptions?.items?.read({ customer: 'pci123' }, signal);

async function logins(): Promise<number> {
  const entries = await ledger(world);
  return entries.filter(({ endpoint }) => endpoint === 'token' || endpoint === 'webApiKeyToken').length - 1;
}

describe('a token', () => {
  test('is fetched once for many requests at the same time', async () => {
    const at = open();
    const answers = await Promise.all([read(at), read(at), read(at), read(at)]);
    expect(answers.every((answer) => answer?.ok)).toBe(true);
    expect(await logins()).toBe(1);
  });

  test('comes from a Web API key as well', async () => {
    const { body } = await world.admin('POST', '/web-api-keys', {});
    const at = open({ credentials: { webApiKey: String(body['key']) } });
    expect(await read(at)).toMatchObject({ ok: true });
  });

  test('is renewed before it ends, however far the two clocks are apart', async () => {
    await arm(world, { fault: 'clockSkew', ms: 86_400_000, times: 'always' });
    const at = open();
    await read(at);
    at.clock.advance(7_200_000 - 301_000);
    await read(at);
    expect(await logins()).toBe(1);
    at.clock.advance(2_000);
    await read(at);
    expect(await logins()).toBe(2);
  });

  test('that the vendor does not accept any more is replaced once, and the request goes through', async () => {
    const at = open();
    await read(at);
    await arm(world, { fault: 'expireTokens' });
    expect(await read(at)).toMatchObject({ ok: true });
    expect(await logins()).toBe(2);
  });

  test('is asked for no more for a while after the credentials were refused', async () => {
    const at = open({ credentials: { username: world.user.username, password: 'wrong' } });
    expect(failureOf(await read(at))).toMatchObject({ kind: 'unauthorized', code: 'INVALID_CREDENTIALS' });
    expect(failureOf(await read(at)).kind).toBe('unauthorized');
    expect(await logins()).toBe(1);
    at.clock.advance(301_000);
    await read(at);
    expect(await logins()).toBe(2);
  });

  test('is given back when the account is closed', async () => {
    const at = open();
    await read(at);
    await at.adapter.close();
    opened = undefined;
    expect((await ledger(world)).at(-1)).toMatchObject({ endpoint: 'tokenRelease', status: 200 });
  });

  test('stands in nothing that is logged, and neither do names of customers', async () => {
    const at = open();
    await read(at);
    const logged = JSON.stringify(at.exchanges);
    expect(logged).toContain('subscriptions/show?token=…&billing_system_customer_identifier=…');
    expect(logged).not.toContain('eyJ');
    expect(logged).not.toContain('pci123');
  });

  test('of an older release is opaque and taken to live an hour', async () => {
    await turn(world, { tokenForm: 'opaque' });
    const at = open();
    expect(await read(at)).toMatchObject({ ok: true });
    at.clock.advance(3_600_000);
    await read(at);
    expect(await logins()).toBe(2);
  });
});

describe('the life of a token', () => {
  const jwt = (claims: object) =>
    `e30.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.c2lnbmF0dXJl`;

  test('of the vendor’s own example is two hours', () => {
    const claims = { usr: 'MPAdministrator', exp: '1488299402', iat: '1488292202' };
    expect(tokenLifetimeMs(jwt(claims), undefined, 0)).toBe(7_200_000);
    expect(tokenLifetimeMs(jwt(claims), 1_488_292_202_000, 0)).toBe(7_200_000);
  });

  test('is counted by whoever knows the server’s time best', () => {
    expect(tokenLifetimeMs(jwt({ exp: 1_000 }), 400_000, 0)).toBe(600_000);
    expect(tokenLifetimeMs(jwt({ exp: 1_000 }), undefined, 900_000)).toBe(100_000);
  });

  test('that does not say is an hour', () => {
    for (const text of ['33586DF3842E4AE5BABF43C43269E8F8', 'a.!!.c', jwt({ exp: 'soon' })]) {
      expect(tokenLifetimeMs(text, undefined, 0)).toBe(3_600_000);
    }
  });
});
