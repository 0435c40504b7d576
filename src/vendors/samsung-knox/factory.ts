import { identifiersOf } from '../../domain/device/identity.ts';
import type { HttpClient } from '../../http/http-client.ts';
import { requestQuota } from '../../http/quota.ts';
import type { Clock } from '../../ports/clock.ts';
import { failed, ok, type Result } from '../../ports/failure.ts';
import type { AdapterBooks, AdapterSettings, VendorAdapter, VendorFactory } from '../../ports/vendor.ts';
import { openConnections, type VendorDeps } from '../opening.ts';
import { tokenSource } from '../token.ts';
import { samsungAdapter } from './adapter.ts';
import { samsungClient } from './client.ts';
import { parseClientCredentials, parseKeyPair } from './credentials.ts';
import { DEFAULT_ENDPOINT, DEFAULT_LIMITS, MAX_ITEMS_PER_REQUEST } from './limits.ts';
import type { Login } from './login.ts';
import { tellNewWords } from './new-words.ts';
import { oauthLogin } from './oauth.ts';
import { openSession } from './session.ts';
import { signedIdentifierLogin } from './signed-identifier.ts';

export interface SamsungKnoxDeps extends VendorDeps {
  /** Told once of each state of a transaction that nobody knows; without anything that could break a line. */
  readonly noteUnknownState?: (state: string) => void;
}

/** Opens reseller accounts at the Knox Deployment Program. Opening sends nothing. */
export function samsungKnoxFactory(deps: SamsungKnoxDeps): VendorFactory {
  const noteState = tellNewWords((state) => deps.noteUnknownState?.(state));
  return {
    defaultEndpoint: DEFAULT_ENDPOINT,
    defaultLimits: DEFAULT_LIMITS,
    // Makers and models are ignored (library objects, DeviceIdentifier).
    namesDevicesBy: identifiersOf,
    listsCompanies: 'afterFirstDevice',
    open: (settings, books) => open(settings, deps, noteState, books),
  };
}

function open(
  settings: AdapterSettings,
  deps: VendorDeps,
  noteState: (state: string) => void,
  books?: AdapterBooks,
): Result<VendorAdapter> {
  const { resellerId } = settings.identity;
  if (resellerId === undefined || !/^[\w-]+$/.test(resellerId)) {
    return failed({ kind: 'rejected', code: 'INVALID_RESELLER_ID', message: 'resellerId is not an id' });
  }
  const authentication = readAuthentication(settings);
  if (!authentication.ok) return authentication;
  const http = openConnections(settings, [settings.endpoint], deps);
  if (!http.ok) return http;
  const { clock } = deps;
  const login = authentication.value(http.value, clock);
  const quota = requestQuota(settings.limits, clock, books?.day);
  const parts = {
    endpoint: settings.endpoint,
    http: http.value,
    tokens: tokenSource((signal) => login.logIn(signal), clock),
    quota,
    clock,
    mayWrite: deps.mayWrite ?? (() => true),
  };
  const session = openSession(parts, login);
  return ok(
    samsungAdapter(samsungClient(session, resellerId), http.value, quota, {
      itemsPerRequest: Math.min(settings.limits.itemsPerRequest, MAX_ITEMS_PER_REQUEST),
      customerCreation: settings.options?.['allowCustomerCreation'] === 'true',
      noteState,
    }),
  );
}

/** The login that the account asks for, once there are connections. Its default is what Samsung recommends. */
function readAuthentication({
  endpoint,
  options,
  credentials,
}: AdapterSettings): Result<(http: HttpClient, clock: Clock) => Login> {
  if (options?.['authentication'] === 'SignedIdentifier') {
    const keys = parseKeyPair(credentials);
    return keys.ok
      ? ok((http, clock) => signedIdentifierLogin(endpoint, http, keys.value, clock))
      : failed(keys.failure);
  }
  const client = parseClientCredentials(credentials);
  return client.ok
    ? ok((http, clock) => oauthLogin(endpoint, http, client.value, clock))
    : failed(client.failure);
}
