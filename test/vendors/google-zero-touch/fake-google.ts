import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import type { VendorAdapter } from '../../../src/ports/vendor.ts';
import { googleZeroTouchFactory } from '../../../src/vendors/google-zero-touch/factory.ts';
import { DEFAULT_LIMITS } from '../../../src/vendors/google-zero-touch/limits.ts';
import type { VendorDeps } from '../../../src/vendors/opening.ts';
import { type ManualClock, manualClock } from '../../http/manual-clock.ts';
import { json, type ReceivedRequest, serve } from '../../http/serve.ts';

export const PARTNER_ID = '1234567890';

/** One key pair for the whole file: making one takes a while. */
const keys = generateKeyPairSync('rsa', { modulusLength: 2048 });
export const PUBLIC_KEY: KeyObject = keys.publicKey;
export const PRIVATE_PEM = keys.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();

type Answer = (request: ReceivedRequest, response: ServerResponse) => void | Promise<void>;

export interface FakeGoogle {
  readonly origin: string;
  /** What arrived at the API, without logins. */
  readonly requests: ReceivedRequest[];
  readonly logins: ReceivedRequest[];
  /** Decides the answer to the next requests at the API, and at the token endpoint. */
  api: Answer;
  token: Answer;
  close(): Promise<void>;
}

/** A real server with a token endpoint and an API that answers what the test says. It knows nothing itself. */
export async function fakeGoogle(): Promise<FakeGoogle> {
  const server = await serve((request, response) => {
    const isLogin = request.path === '/token';
    (isLogin ? fake.logins : fake.requests).push(request);
    return isLogin ? fake.token(request, response) : fake.api(request, response);
  });
  const fake: FakeGoogle = {
    origin: server.origin,
    requests: [],
    logins: [],
    api: (_request, response) => json(response, 200, {}),
    token: (_request, response) =>
      json(response, 200, {
        access_token: `token-${fake.logins.length}`,
        expires_in: 3599,
        token_type: 'Bearer',
      }),
    close: () => server.close(),
  };
  return fake;
}

/** The key file as the Secret holds it, with fields replaced (or removed, by undefined). */
export function keyFile(tokenUri: string, over: Readonly<Record<string, unknown>> = {}): string {
  return JSON.stringify({
    type: 'service_account',
    project_id: 'fleet',
    private_key_id: 'key-1',
    private_key: PRIVATE_PEM,
    client_email: 'reseller@fleet.iam.example',
    token_uri: tokenUri,
    ...over,
  });
}

export interface Opened {
  readonly adapter: VendorAdapter;
  readonly clock: ManualClock;
}

/** An adapter that talks to the fake at its own address. */
export function openAt(
  google: { readonly origin: string },
  over: { readonly keyFile?: string; readonly deps?: Partial<VendorDeps> } = {},
): Opened {
  const clock = manualClock();
  const opened = googleZeroTouchFactory({ clock, ...over.deps }).open({
    endpoint: google.origin,
    identity: { partnerId: PARTNER_ID },
    credentials: { 'key.json': over.keyFile ?? keyFile(`${google.origin}/token`) },
    limits: { ...DEFAULT_LIMITS, requestsPerSecond: 1_000 },
  });
  if (!opened.ok) throw new Error(opened.failure.message);
  return { adapter: opened.value, clock };
}
