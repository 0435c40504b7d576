import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import type { AdapterSettings, VendorAdapter } from '../../../src/ports/vendor.ts';
import { type SamsungKnoxDeps, samsungKnoxFactory } from '../../../src/vendors/samsung-knox/factory.ts';
import { DEFAULT_LIMITS } from '../../../src/vendors/samsung-knox/limits.ts';
import { type ManualClock, manualClock } from '../../http/manual-clock.ts';
import { json, type ReceivedRequest, serve } from '../../http/serve.ts';

export const RESELLER_ID = '2345678901';

/** One key pair for the whole file: making one takes a while. */
const keys = generateKeyPairSync('rsa', { modulusLength: 2048 });
export const PUBLIC_KEY: KeyObject = keys.publicKey;
export const PUBLIC_TEXT = keys.publicKey.export({ type: 'spki', format: 'der' }).toString('base64');
const PRIVATE_TEXT = keys.privateKey.export({ type: 'pkcs8', format: 'der' }).toString('base64');

export const OAUTH = { clientId: 'client-1', clientSecret: 'shh' };
export const SIGNED = {
  'keys.json': JSON.stringify({ Public: PUBLIC_TEXT, Private: PRIVATE_TEXT }),
  clientIdentifier: 'identifier-1',
};

type Answer = (request: ReceivedRequest, response: ServerResponse) => void | Promise<void>;

export interface FakeSamsung {
  readonly origin: string;
  /** What arrived at the API, without logins. */
  readonly requests: ReceivedRequest[];
  readonly logins: ReceivedRequest[];
  /** Decides the answer to the next requests at the API, and at the two login endpoints. */
  api: Answer;
  login: Answer;
  close(): Promise<void>;
}

/** A real server with both logins and an API that answers what the test says. It knows nothing itself. */
export async function fakeSamsung(): Promise<FakeSamsung> {
  const server = await serve((request, response) => {
    const isLogin = request.path.startsWith('/ams/');
    (isLogin ? fake.logins : fake.requests).push(request);
    return isLogin ? fake.login(request, response) : fake.api(request, response);
  });
  const fake: FakeSamsung = {
    origin: server.origin,
    requests: [],
    logins: [],
    api: (_request, response) => json(response, 200, { totalCount: 0 }),
    login: ({ path }, response) => {
      const token = `token-${fake.logins.length}`;
      const reply = path.endsWith('/token')
        ? { access_token: token, scope: 'kdp', expires_in: 600, token_type: 'Bearer' }
        : { accessToken: token };
      json(response, 200, reply);
    },
    close: () => server.close(),
  };
  return fake;
}

export interface Opened {
  readonly adapter: VendorAdapter;
  readonly clock: ManualClock;
}

/** An adapter that talks to the fake, or the simulator, at its own address. */
export function openAt(
  { origin }: { readonly origin: string },
  over: Partial<Pick<AdapterSettings, 'credentials' | 'options' | 'limits'>> = {},
  deps: Partial<SamsungKnoxDeps> = {},
): Opened {
  const clock = manualClock();
  const opened = samsungKnoxFactory({ clock, ...deps }).open({
    endpoint: origin,
    identity: { resellerId: RESELLER_ID },
    credentials: OAUTH,
    limits: { ...DEFAULT_LIMITS, requestsPerSecond: 1_000 },
    ...over,
  });
  if (!opened.ok) throw new Error(opened.failure.message);
  return { adapter: opened.value, clock };
}
