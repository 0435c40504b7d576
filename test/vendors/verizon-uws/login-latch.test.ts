import { describe, expect, test } from 'vitest';
import type { LoginAttempts, LoginBook } from '../../../src/ports/login-book.ts';
import { knock, login as logIn } from '../../../src/vendors/verizon-uws/login.ts';
import { latchedLogIn } from '../../../src/vendors/verizon-uws/login-latch.ts';
import { loginMemory } from '../../../src/vendors/verizon-uws/login-memory.ts';
import { credentialsMark, loginName } from '../../../src/vendors/verizon-uws/login-name.ts';
import type { LogInRequest } from '../../../src/vendors/verizon-uws/wire.ts';
import { failure, lifeOf, signal, startUws, type UwsWorld, value } from './world.ts';

const LIVES = 8;
const TRIES = 3;

interface User {
  readonly failedLogins: number;
  readonly locked: boolean;
}

async function user(world: UwsWorld): Promise<User> {
  const [only] = (await world.admin('GET', '/users')) as readonly User[];
  if (only === undefined) throw new Error('there is no user');
  return only;
}

function wrong(world: UwsWorld, password = 'not the password'): LogInRequest {
  return { ...world.user, password };
}

/** Processes one after the other, each of which tries more than once; how each of them ended. */
async function live(world: UwsWorld, book: LoginBook, credentials: LogInRequest, lives = LIVES) {
  const ends: string[] = [];
  for (let life = 0; life < lives; life += 1) {
    const tokens = lifeOf(world.parts, credentials, book);
    let end = '';
    for (let attempt = 0; attempt < TRIES; attempt += 1) {
      const token = await tokens.get(signal);
      end = token.ok ? 'session' : token.failure.code;
    }
    ends.push(end);
  }
  return ends;
}

/** A process that is killed after the vendor heard its log-in and before it heard the vendor. */
async function dieInLogIn({ parts }: UwsWorld, book: LoginBook, credentials: LogInRequest): Promise<void> {
  const login = loginName(parts.endpoint, credentials);
  const { promise: heard, resolve: onHeard } = Promise.withResolvers<void>();
  const attempt = latchedLogIn({
    login,
    credentials: () => credentialsMark(login, credentials),
    book,
    turns: { last: Promise.resolve(), spare: false },
    logIn: async (calledOff) => {
      await logIn(parts, credentials, calledOff);
      onHeard();
      return new Promise(() => {});
    },
    knock: (calledOff) => knock(parts, '', calledOff),
  });
  await Promise.race([heard, attempt(signal)]);
}

describe('a login whose credentials are wrong', () => {
  test('is tried twice in all lives together', async () => {
    await using world = await startUws();
    const ends = await live(world, loginMemory(), wrong(world));
    expect(new Set(ends)).toEqual(new Set(['LOGIN_LATCHED']));
    expect(await user(world)).toMatchObject({ failedLogins: 2, locked: false });
  });

  test('is never locked by processes that die before they hear of the refusal', async () => {
    await using world = await startUws();
    const book = loginMemory();
    for (let life = 0; life < LIVES; life += 1) await dieInLogIn(world, book, wrong(world));
    expect(await user(world)).toMatchObject({ failedLogins: 4, locked: false });
    expect(await live(world, book, wrong(world), 1)).toEqual(['LOGIN_LATCHED']);
  });

  test('is never locked by one wrong password after the other either', async () => {
    await using world = await startUws();
    const book = loginMemory();
    for (const password of ['first', 'second', 'third', 'fourth']) {
      await live(world, book, wrong(world, password), 2);
    }
    expect(await user(world)).toMatchObject({ failedLogins: 4, locked: false });
  });

  test('is counted once for all accounts that use it at the same time', async () => {
    await using world = await startUws();
    const book = loginMemory();
    const turns = { last: Promise.resolve(), spare: false };
    const credentials = wrong(world);
    const login = loginName(world.parts.endpoint, credentials);
    const accounts = Array.from({ length: 6 }, () =>
      latchedLogIn({
        login,
        credentials: () => credentialsMark(login, credentials),
        book,
        turns,
        logIn: (calledOff) => logIn(world.parts, credentials, calledOff),
        knock: (calledOff) => knock(world.parts, '', calledOff),
      }),
    );
    await Promise.all(accounts.map((attempt) => attempt(signal)));
    expect(await user(world)).toMatchObject({ failedLogins: 2, locked: false });
  });

  test('works with the right ones at once, and nothing is held against it then', async () => {
    await using world = await startUws();
    const book = loginMemory();
    await live(world, book, wrong(world));
    expect(await live(world, book, world.user, 1)).toEqual(['session']);
    expect(value(await book.read(loginName(world.endpoint, world.user), signal))).toBeUndefined();
    expect((await user(world)).failedLogins).toBe(0);
    await live(world, book, wrong(world));
    expect((await user(world)).failedLogins).toBe(2);
  });

  test('is tried again as soon as a person removed what was written down', async () => {
    await using world = await startUws();
    const book = loginMemory();
    const tokens = lifeOf(world.parts, wrong(world), book);
    for (let attempt = 0; attempt < TRIES; attempt += 1) await tokens.get(signal);
    await book.write(loginName(world.endpoint, world.user), undefined, signal);
    expect(failure(await tokens.get(signal)).code).toBe('LOGIN_REFUSED');
    expect((await user(world)).failedLogins).toBe(3);
  });
});

describe('a login whose credentials are right', () => {
  test('is tried again and again through processes that die while the service does not answer', async () => {
    await using world = await startUws();
    const book = loginMemory();
    await world.admin('POST', '/faults', {
      fault: 'dropBeforeEffect',
      match: { endpoint: 'LogIn' },
      times: 'always',
    });
    await world.admin('POST', '/faults', {
      fault: 'dropBeforeEffect',
      match: { endpoint: 'GetDeviceList' },
      times: 'always',
    });
    const ends = await live(world, book, world.user);
    expect(ends).not.toContain('LOGIN_LATCHED');
    await world.admin('DELETE', '/faults');
    expect(await live(world, book, world.user, 1)).toEqual(['session']);
  });

  test('is not latched by our own limits, which nobody at the vendor sees', async () => {
    await using world = await startUws();
    world.parts.quota.pause(60_000);
    const book = loginMemory();
    const tokens = lifeOf(world.parts, world.user, book);
    for (let attempt = 0; attempt < 10; attempt += 1) {
      expect(failure(await tokens.get(signal)).kind).toBe('throttled');
    }
    world.clock.advance(60_000);
    value(await tokens.get(signal));
  });
});

describe('the book', () => {
  test('has the attempt before the vendor has it, and no log-in goes without', async () => {
    await using world = await startUws();
    const login = loginName(world.endpoint, world.user);
    const book = loginMemory();
    const unwritable = {
      ...book,
      write: async () => ({ ok: false, failure: { kind: 'transient', code: 'X', message: 'x' } }) as const,
    };
    expect(failure(await lifeOf(world.parts, world.user, unwritable).get(signal)).code).toBe('X');
    expect(await world.ledger('LogIn')).toEqual([]);
    const seen: unknown[] = [];
    const watched: LoginBook = {
      ...book,
      write: async (name, attempts, until) => {
        seen.push([attempts?.sent, (await world.ledger('LogIn')).length]);
        return book.write(name, attempts, until);
      },
    };
    value(await lifeOf(world.parts, world.user, watched).get(signal));
    // Once before and once after: all that an ordinary log-in costs.
    expect(seen).toEqual([
      [1, 0],
      [undefined, 1],
    ]);
    expect(value(await book.read(login, signal))).toBeUndefined();
  });

  test('tells nothing of name and password', async () => {
    await using world = await startUws();
    const written: unknown[] = [];
    const book = loginMemory();
    const watched: LoginBook = {
      ...book,
      write: (name, attempts, until) => {
        written.push(name, attempts);
        return book.write(name, attempts, until);
      },
    };
    await live(world, watched, wrong(world, 'correct horse battery staple'), 1);
    const marks = written.filter((entry): entry is LoginAttempts => typeof entry === 'object');
    expect(marks.length).toBeGreaterThan(0);
    expect(marks.every(({ credentials }) => /^[0-9a-f]{4}$/.test(credentials))).toBe(true);
    expect(JSON.stringify(written)).not.toContain('horse');
    expect(JSON.stringify(written)).not.toContain(world.user.username);
  });
});
