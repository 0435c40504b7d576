import { AdminError, type AdminRoute } from '../../admin.ts';
import { fields } from '../../admin-fields.ts';
import { isObject } from '../../json.ts';
import type { Simulation } from '../simulation.ts';
import type { User } from '../users.ts';

/** Logins, and the sessions that were opened elsewhere. */
export function userRoutes(sim: Simulation): readonly AdminRoute[] {
  return [
    {
      method: 'POST',
      path: '/users',
      does: 'Adds {"username"? (operator), "password"? (a new one), "accounts"? (the default one)} and answers all three.',
      handle: ({ body }) => addUser(sim, body ?? {}),
    },
    {
      method: 'GET',
      path: '/users',
      does: 'Every login with its failed log-ins; no passwords.',
      handle: () => sim.users.list().map(shown),
    },
    {
      method: 'PATCH',
      path: '/users/{username}',
      does: 'Changes {"password"?, "accounts"?, "locked"?}: false is what only support can do.',
      handle: ({ params, body }) => changeUser(sim, params['username'] ?? '', body),
    },
    {
      method: 'POST',
      path: '/sessions',
      does: 'Opens a session of {"username"} with {"token"?}, a GUID.',
      handle: ({ body }) => openSession(sim, body),
    },
    {
      method: 'POST',
      path: '/sessions/expire',
      does: 'Every session open now counts as expired.',
      handle: () => sim.sessions.expireAll(),
    },
  ];
}

function addUser(sim: Simulation, order: unknown): unknown {
  const wanted = fields(order);
  const user: User = {
    username: wanted.text('username') ?? 'operator',
    password: wanted.text('password') ?? sim.random.hex(16),
    accounts: accountsIn(order) ?? [sim.settings.accountName],
    failedLogins: 0,
    isLocked: false,
  };
  sim.users.put(user);
  return { username: user.username, password: user.password, accounts: user.accounts };
}

function changeUser(sim: Simulation, username: string, order: unknown): unknown {
  const user = sim.users.find(username);
  if (user === undefined) throw new AdminError('There is no such user.', 404);
  const wanted = fields(order);
  const isLocked = wanted.flag('locked') ?? user.isLocked;
  const changed = {
    ...user,
    password: wanted.text('password') ?? user.password,
    accounts: accountsIn(order) ?? user.accounts,
    isLocked,
    failedLogins: isLocked ? user.failedLogins : 0,
  };
  sim.users.put(changed);
  return shown(changed);
}

function openSession(sim: Simulation, order: unknown): unknown {
  const wanted = fields(order);
  const username = wanted.requiredText('username');
  if (sim.users.find(username) === undefined) throw new AdminError('There is no such user.', 404);
  const token = wanted.text('token')?.toLowerCase();
  if (token !== undefined && !/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(token))
    throw new AdminError('"token" must be a GUID.');
  return { token: sim.sessions.open(username, sim.clock.now(), token).token };
}

function accountsIn(order: unknown): readonly string[] | undefined {
  const list = isObject(order) ? order['accounts'] : undefined;
  if (list === undefined) return undefined;
  if (Array.isArray(list) && list.every((name) => typeof name === 'string')) return list;
  throw new AdminError('"accounts" must be a list of account names.');
}

function shown({ username, accounts, failedLogins, isLocked }: User): unknown {
  return { username, accounts, failedLogins, locked: isLocked };
}
