import { expect } from 'vitest';
import {
  type CrmComNetflixOptions,
  startCrmComNetflix,
} from '../../../src/simulators/crmcom-netflix/start.ts';

/** Where the clock of a world stands until it is moved: 02:00 in Nicosia. */
export const NOW = Date.UTC(2026, 0, 1);
export const BASE = '/crmapi/rest/v2/';

/** One answer, its body parsed as far as it is JSON. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** Of many shapes; each test says by its expectation what must be there. */
  readonly body: Record<string, unknown>;
  /** `status.code` of the envelope; undefined when there is none. */
  readonly code: string | undefined;
  /** `data` of the envelope. */
  readonly data: unknown;
}

export interface Credentials {
  readonly username: string;
  readonly password: string;
  readonly organisation: string;
}

/** What most tests start from: a running vendor and a user who has logged in. */
export interface World {
  readonly url: string;
  readonly adminUrl: string;
  readonly user: Credentials;
  readonly token: string;
  /** GET with the token in the query. */
  get(path: string, query?: Readonly<Record<string, string>>): Promise<Answer>;
  /** POST with the token in the body. */
  post(path: string, body?: Readonly<Record<string, unknown>>): Promise<Answer>;
  admin(method: string, path: string, body?: unknown): Promise<Answer>;
  /** Moves the time. */
  advance(ms: number): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** Starts the world with a clock that stands still until it is moved. */
export async function startWorld(options: CrmComNetflixOptions = {}): Promise<World> {
  const simulator = await startCrmComNetflix({ clock: { now: () => NOW }, ...options });
  const admin = (method: string, path: string, body?: unknown) =>
    send(simulator.adminUrl + path, method, body);
  const user = (await admin('POST', '/users', {})).body as unknown as Credentials;
  const token = await login(simulator.url, user);
  return {
    url: simulator.url,
    adminUrl: simulator.adminUrl,
    user,
    token,
    get: (path, query = {}) =>
      send(`${simulator.url}${BASE}${path}?${new URLSearchParams({ token, ...query }).toString()}`, 'GET'),
    post: (path, body = {}) => send(simulator.url + BASE + path, 'POST', { token, ...body }),
    admin,
    advance: async (ms) => {
      await admin('POST', '/time/advance', { ms });
    },
    [Symbol.asyncDispose]: () => simulator.close(),
  };
}

/** @param body text is sent as it is, anything else as JSON. */
export async function send(
  url: string,
  method: string,
  body?: unknown,
  headers: Readonly<Record<string, string>> = {},
): Promise<Answer> {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const response = await fetch(url, {
    method,
    headers: { 'content-type': 'application/json', ...headers },
    ...(body === undefined ? {} : { body: text }),
  });
  return answerOf(response, await response.text());
}

function answerOf({ status, headers }: Response, text: string): Answer {
  const isJson = headers.get('content-type')?.startsWith('application/json') === true;
  const body = isJson ? tried(text) : {};
  const envelope = body['status'] as { code?: string } | undefined;
  return { status, headers, text, body, code: envelope?.code, data: body['data'] };
}

function tried(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return {};
  }
}

/** Logs in; an empty text when the vendor refuses. */
export async function login(url: string, { username, password, organisation }: Credentials): Promise<string> {
  const answer = await send(`${url}${BASE}authentication/token`, 'POST', {
    username,
    password,
    organisation,
  });
  return (answer.data as { token?: string }).token ?? '';
}

export function customer(id: string): { readonly billing_system_customer_identifier: string } {
  return { billing_system_customer_identifier: id };
}

export function show(world: World, id: string): Promise<Answer> {
  return world.get('netflix/subscriptions/show', customer(id));
}

export function create(world: World, id: string, more: object = {}): Promise<Answer> {
  return world.post('netflix/subscriptions/create', { ...customer(id), ...more });
}

/** Both states as show has them, the life cycle first. */
export async function statesOf(world: World, id: string): Promise<string> {
  const { data, text } = await show(world, id);
  expect(data, text).toBeTypeOf('object');
  const shown = data as Record<string, string>;
  return `${shown['life_cycle_state']}/${shown['netflix_state']}`;
}

export async function register(world: World, id: string, more: object = {}): Promise<void> {
  const answer = await world.admin('POST', '/subscribers/register', { customer: id, ...more });
  expect(answer.status, answer.text).toBe(200);
}

export async function turn(world: World, knobs: object): Promise<void> {
  const answer = await world.admin('PATCH', '/knobs', knobs);
  expect(answer.status, answer.text).toBe(200);
}

export async function arm(world: World, fault: object): Promise<void> {
  const answer = await world.admin('POST', '/faults', fault);
  expect(answer.status, answer.text).toBe(200);
}

/** Adds charges of 5.99 for a customer; answers their numbers. */
export async function addCharges(
  world: World,
  id: string,
  count: number,
  more: object = {},
): Promise<readonly string[]> {
  const order = { customer: id, amount: 5.99, status: 'APPROVED', ...more };
  const { body, text, status } = await world.admin('POST', '/charges', {
    charges: Array.from({ length: count }, () => order),
  });
  expect(status, text).toBe(200);
  return (body['charges'] as { number: string }[]).map(({ number }) => number);
}

/** The requests the ledger holds. */
export async function ledger(world: World, query = ''): Promise<Record<string, unknown>[]> {
  return (await world.admin('GET', `/ledger${query}`)).body as unknown as Record<string, unknown>[];
}
