import { sign } from 'node:crypto';
import {
  type GoogleZeroTouchOptions,
  startGoogleZeroTouch,
} from '../../../src/simulators/google-zero-touch/start.ts';

export const PARTNER = '1234567890';
export const ZERO_TOUCH = 'SECTION_TYPE_ZERO_TOUCH';
const SCOPE = 'https://www.googleapis.com/auth/androidworkprovisioning';

/** Three IMEIs whose check digits are right. */
export const IMEIS = ['490154203237518', '356938035643809', '123456789012347'] as const;

export interface KeyFile {
  readonly private_key: string;
  readonly private_key_id: string;
  readonly client_email: string;
  readonly token_uri: string;
}

/** One answer, its body parsed as far as it is JSON. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** Of many shapes; each test says by its expectation what must be there. */
  readonly body: Record<string, unknown>;
}

/** What most tests start from: a running vendor, a linked account with its token, and one customer. */
export interface World {
  readonly url: string;
  readonly adminUrl: string;
  readonly key: KeyFile;
  readonly token: string;
  readonly customerId: string;
  /** Calls the vendor with the token; the path begins behind the partner, for example `devices:claim`. */
  api(path: string, body?: unknown): Promise<Answer>;
  admin(method: string, path: string, body?: unknown): Promise<Answer>;
  /** Moves the time. */
  advance(ms: number): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** Starts the world with a clock that stands still until it is moved. */
export async function startWorld(options: GoogleZeroTouchOptions = {}): Promise<World> {
  const simulator = await startGoogleZeroTouch({ clock: { now: () => Date.UTC(2026, 0, 1) }, ...options });
  const admin = (method: string, path: string, body?: unknown) =>
    send(`${simulator.adminUrl}${path}`, method, body);
  const key = (await admin('POST', '/service-accounts', {})).body as unknown as KeyFile;
  const token = await fetchToken(key, options.clock?.now() ?? Date.UTC(2026, 0, 1));
  const made = await admin('POST', '/customers', { companyName: 'XYZ Corp', companyId: '55501' });
  return {
    url: simulator.url,
    adminUrl: simulator.adminUrl,
    key,
    token,
    customerId: (made.body['customers'] as { companyId: string }[])[0]?.companyId ?? '',
    admin,
    api: (path, body) =>
      send(
        `${simulator.url}/v1/partners/${PARTNER}/${path}`,
        body === undefined ? 'GET' : 'POST',
        body,
        token,
      ),
    advance: async (ms) => {
      await admin('POST', '/time/advance', { ms });
    },
    [Symbol.asyncDispose]: () => simulator.close(),
  };
}

export async function send(url: string, method: string, body?: unknown, token?: string): Promise<Answer> {
  const response = await fetch(url, {
    method,
    headers: {
      'content-type': 'application/json',
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.startsWith('application/json') === true;
  return {
    status: response.status,
    headers: response.headers,
    text,
    body: isJson ? tried(text) : {},
  };
}

function tried(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return {};
  }
}

/** The claims of a good assertion, to be spoilt by a test. */
export function goodClaims(key: KeyFile, nowMs: number): Record<string, unknown> {
  const iat = Math.floor(nowMs / 1000);
  return { iss: key.client_email, scope: SCOPE, aud: key.token_uri, iat, exp: iat + 3600 };
}

export function signAssertion(key: KeyFile, claims: unknown, header: object = {}): string {
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const head = part({ alg: 'RS256', typ: 'JWT', kid: key.private_key_id, ...header });
  const signed = `${head}.${part(claims)}`;
  return `${signed}.${sign('RSA-SHA256', Buffer.from(signed), key.private_key).toString('base64url')}`;
}

export async function postAssertion(key: KeyFile, assertion: string): Promise<Answer> {
  const response = await fetch(key.token_uri, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
      assertion,
    }),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, body: tried(text) };
}

export async function fetchToken(key: KeyFile, nowMs: number): Promise<string> {
  const answer = await postAssertion(key, signAssertion(key, goodClaims(key, nowMs)));
  return (answer.body['access_token'] as string | undefined) ?? '';
}

/** A claim of a phone for a customer. */
export function claimOf(imei: string, customerId: string, more: object = {}): Record<string, unknown> {
  const deviceIdentifier = { imei, manufacturer: 'Google' };
  return { deviceIdentifier, sectionType: ZERO_TOUCH, customerId, ...more };
}

/** The per-device statuses of a finished operation, without their common prefix. */
export function statuses(operation: Answer): string[] {
  const response = operation.body['response'] as { perDeviceStatus?: { result: { status: string } }[] };
  return (response.perDeviceStatus ?? []).map(({ result }) =>
    result.status.replace('SINGLE_DEVICE_STATUS_', ''),
  );
}

/** Starts a batch, lets it finish, and reads it. */
export async function runBatch(world: World, path: string, body: unknown): Promise<Answer> {
  const { name } = (await world.api(path, body)).body as { name: string };
  await world.advance(60_000);
  return readOperation(world, name);
}

export function readOperation(world: World, name: string): Promise<Answer> {
  return send(`${world.url}/v1/${name}`, 'GET', undefined, world.token);
}

/** Who the vendor's reads say holds the device with that IMEI; undefined when they do not show it. */
export async function ownerOf(world: World, imei: string): Promise<string | undefined> {
  const found = await world.api('devices:findByIdentifier', { deviceIdentifier: { imei }, limit: '1' });
  const devices = (found.body['devices'] ?? []) as { claims: { ownerCompanyId: string }[] }[];
  return devices[0]?.claims[0]?.ownerCompanyId;
}

/** The requests the ledger holds. */
export async function ledger(world: World, query = ''): Promise<Record<string, unknown>[]> {
  return (await world.admin('GET', `/ledger${query}`)).body as unknown as Record<string, unknown>[];
}
