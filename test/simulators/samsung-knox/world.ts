import { sign } from 'node:crypto';
import { type SamsungKnoxOptions, startSamsungKnox } from '../../../src/simulators/samsung-knox/start.ts';

export const RESELLER = '2345678901';
export const NOW = Date.UTC(2026, 0, 1);

/** Three IMEIs whose check digits are right. */
export const IMEIS = ['490154203237518', '356938035643809', '123456789012347'] as const;

/** One answer, its body parsed as far as it is JSON. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** Of many shapes; each test says by its expectation what must be there. */
  readonly body: Record<string, unknown>;
}

/** What most tests start from: a running vendor, an OAuth client with its token, and the customers 4001 and 4002. */
export interface World {
  readonly url: string;
  readonly adminUrl: string;
  readonly client: { readonly clientId: string; readonly clientSecret: string };
  readonly token: string;
  /** Calls the API with the token; the path begins behind the base URL, for example `/devices`. */
  api(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
  admin(method: string, path: string, body?: unknown): Promise<Answer>;
  /** Moves the time. */
  advance(ms: number): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** Starts the world with a clock that stands still until it is moved. Customers approve by hand unless told otherwise. */
export async function startWorld(options: SamsungKnoxOptions = {}): Promise<World> {
  const simulator = await startSamsungKnox({ clock: { now: () => NOW }, approval: 'manual', ...options });
  const admin = (method: string, path: string, body?: unknown) =>
    send(`${simulator.adminUrl}${path}`, method, body);
  const client = (await admin('POST', '/oauth-clients', {})).body as unknown as World['client'];
  const { body } = await login(simulator.url, client);
  const token = body['access_token'] as string;
  await admin('POST', '/customers', {
    customers: [
      { customerName: 'XYZ Corp', customerId: '4001' },
      { customerName: 'Globex', customerId: '4002' },
    ],
  });
  return {
    url: simulator.url,
    adminUrl: simulator.adminUrl,
    client,
    token,
    admin,
    api: (method, path, body, headers) =>
      send(`${simulator.url}/kcs/v1/rp${path}`, method, body, {
        authorization: `Bearer ${token}`,
        ...headers,
      }),
    advance: async (ms) => {
      await admin('POST', '/time/advance', { ms });
    },
    [Symbol.asyncDispose]: () => simulator.close(),
  };
}

export async function send(
  url: string,
  method: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const response = await fetch(url, {
    method,
    headers: { 'content-type': 'application/json', ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return answerOf(response);
}

async function answerOf(response: Response): Promise<Answer> {
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, body: tried(text) };
}

function tried(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return {};
  }
}

/** Asks the OAuth endpoint for a token, with what is good unless the test spoils it. */
export async function login(
  url: string,
  { clientId, clientSecret }: World['client'],
  form: Record<string, string> = {},
): Promise<Answer> {
  const body = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: clientId,
    client_secret: clientSecret,
    scope: 'kdp',
    ...form,
  });
  return answerOf(await fetch(`${url}/ams/v1/oauth2/token`, { method: 'POST', body }));
}

export interface KeyDownload {
  readonly clientIdentifier: string;
  readonly keysJson: { readonly Public: string; readonly Private: string };
}

/** Signs a JWT as Knox wants it; claims and header can be spoilt by a test. */
export function signJwt({ keysJson }: KeyDownload, claims: object, header: object = {}): string {
  const all = {
    aud: 'KnoxWSM',
    jti: 'b2a1',
    exp: NOW / 1000 + 1800,
    publicKey: keysJson.Public,
    ...claims,
  };
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const signed = `${part({ alg: 'RS512', typ: 'JWT', ...header })}.${part(all)}`;
  const pem = `-----BEGIN PRIVATE KEY-----\n${keysJson.Private}\n-----END PRIVATE KEY-----`;
  return `${signed}.${sign('RSA-SHA512', Buffer.from(signed), pem).toString('base64url')}`;
}

let lastTransaction = 0;

/** A good upload or delete of phones for customer 4001, to be spoilt by a test. */
export function order(devices: readonly unknown[], more: object = {}): Record<string, unknown> {
  lastTransaction += 1;
  return {
    resellerId: RESELLER,
    customerId: '4001',
    transactionId: `t-${lastTransaction}`,
    type: 'IMEI',
    devices,
    ...more,
  };
}

/** Sends an upload or delete and lets it finish; fails unless it is acknowledged. */
export async function run(
  world: World,
  verb: 'upload' | 'delete',
  devices: readonly unknown[],
  more: object = {},
): Promise<Record<string, unknown>> {
  const body = order(devices, more);
  const ack = await world.api('PUT', `/devices/${verb}`, body);
  if (ack.body['state'] !== 'Progress') throw new Error(`Not accepted: ${ack.text}`);
  await world.advance(10_000);
  return transaction(world, body['transactionId'] as string);
}

/** The transaction as the status shows it; empty when it does not. */
export async function transaction(world: World, id: string): Promise<Record<string, unknown>> {
  const { body } = await world.api('GET', `/devices/status?resellerId=${RESELLER}&transactionId=${id}`);
  const { transactions } = body['devices'] as { transactions: Record<string, unknown>[] };
  return transactions[0] ?? {};
}

/** The codes of the devices that failed, by identifier. */
export function failures(shown: Record<string, unknown>): Record<string, unknown> {
  const devices = (shown['devices'] ?? []) as Record<string, unknown>[];
  return Object.fromEntries(
    devices.map((one) => [(one['imei'] ?? one['meid'] ?? one['serialNumber']) as string, one['message']]),
  );
}

/** What the device list shows. */
export async function devices(world: World, query = ''): Promise<Record<string, unknown>[]> {
  const { body } = await world.api('GET', `/devices?resellerId=${RESELLER}${query}`);
  return body['devices'] as Record<string, unknown>[];
}

/** The requests the ledger holds. */
export async function ledger(world: World, query = ''): Promise<Record<string, unknown>[]> {
  return (await world.admin('GET', `/ledger${query}`)).body as unknown as Record<string, unknown>[];
}
