import { AdminError, type AdminRoute } from '../../admin.ts';
import type { Account } from '../accounts.ts';
import { JWT_LIFETIME_MS } from '../limits.ts';
import type { Simulation } from '../simulation.ts';
import type { Operator } from '../store.ts';
import { operatorIn, orderIn } from './reading.ts';

/** Operators, and who may log in for them. */
export function accountRoutes(sim: Simulation): readonly AdminRoute[] {
  return [
    {
      method: 'POST',
      path: '/operators',
      does: 'Adds the operator {"name", "id"?, "alternativeCode"?}: a group of its own customers, charges and devices.',
      handle: ({ body }) => addOperator(sim, body),
    },
    {
      method: 'GET',
      path: '/operators',
      does: 'Every operator.',
      handle: () => sim.store.operators(),
    },
    {
      method: 'POST',
      path: '/users',
      does: 'Adds the user {"username"?, "password"?, "organisation"?, "units"? (["1"]), "operatorId"? ("1")}; answers the credentials.',
      handle: ({ body }) => addUser(sim, body),
    },
    {
      method: 'POST',
      path: '/web-api-keys',
      does: 'Adds the key {"key"?, "name"?, "units"?, "operatorId"?}; answers it.',
      handle: ({ body }) => addKey(sim, body),
    },
    {
      method: 'GET',
      path: '/accounts',
      does: 'Every user and key, without their secrets.',
      handle: () => sim.accounts.list().map(withoutSecret),
    },
    {
      method: 'PATCH',
      path: '/accounts/{name}',
      does: 'Locks out a user or key, and ends its tokens: {"disabled": true}; or {"password"} for a new one.',
      handle: ({ params, body }) => changeAccount(sim, params['name'] ?? '', body),
    },
    {
      method: 'POST',
      path: '/tokens',
      does: 'Makes the text {"token"} a good token for {"operatorId"?} until {"expiresAt"?}: one of the documents’ examples.',
      handle: ({ body }) => plantToken(sim, body),
    },
  ];
}

function addOperator(sim: Simulation, body: unknown): Operator {
  const order = orderIn(body);
  const operator: Operator = {
    id: order.text('id') ?? sim.ids.operator(),
    name: order.requiredText('name'),
    alternativeCode: order.text('alternativeCode') ?? null,
  };
  sim.store.putOperator(operator);
  return operator;
}

function addUser(sim: Simulation, body: unknown): unknown {
  const order = orderIn(body);
  const account: Account = {
    name: order.text('username') ?? `user-${sim.random.hex(6)}`,
    secret: order.text('password') ?? sim.random.hex(24),
    kind: 'user',
    ...sharedParts(sim, body),
  };
  sim.accounts.put(account);
  const { name, secret, organisation, units, operatorId } = account;
  return { username: name, password: secret, organisation, units, operatorId };
}

function addKey(sim: Simulation, body: unknown): unknown {
  const order = orderIn(body);
  const account: Account = {
    name: order.text('name') ?? `key-${sim.random.hex(6)}`,
    secret: order.text('key') ?? sim.random.hex(32),
    kind: 'webApiKey',
    ...sharedParts(sim, body),
  };
  sim.accounts.put(account);
  const { name, secret, units, operatorId } = account;
  return { key: secret, name, units, operatorId };
}

function sharedParts(sim: Simulation, body: unknown) {
  const order = orderIn(body);
  return {
    organisation: order.text('organisation') ?? sim.settings.organisation,
    units: order.texts('units') ?? ['1'],
    operatorId: operatorIn(sim, order).id,
    disabled: false,
  };
}

function withoutSecret(account: Account): unknown {
  const { secret: _, ...rest } = account;
  return rest;
}

function changeAccount(sim: Simulation, name: string, body: unknown): unknown {
  const account = sim.accounts.named(name);
  if (account === undefined) throw new AdminError('There is no such user or key.', 404);
  const order = orderIn(body);
  const disabled = order.flag('disabled') ?? account.disabled;
  sim.accounts.put({ ...account, disabled, secret: order.text('password') ?? account.secret });
  if (disabled) sim.sessions.endAllOf(name);
  return { name, disabled };
}

function plantToken(sim: Simulation, body: unknown): unknown {
  const order = orderIn(body);
  const expiresAtMs = order.instant('expiresAt') ?? sim.clock.now() + JWT_LIFETIME_MS;
  const operatorId = operatorIn(sim, order).id;
  sim.sessions.plant({
    token: order.requiredText('token'),
    usr: 'planted',
    operatorId,
    expiresAtMs,
    idleMs: null,
  });
  return { operatorId, expiresAt: new Date(expiresAtMs).toISOString() };
}
