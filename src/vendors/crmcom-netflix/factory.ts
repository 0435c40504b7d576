import type { HttpClient } from '../../http/http-client.ts';
import { requestQuota } from '../../http/quota.ts';
import { ok, type Result } from '../../ports/failure.ts';
import type { TokenVault } from '../../ports/token-vault.ts';
import type { AdapterBooks, AdapterSettings, VendorAdapter, VendorFactory } from '../../ports/vendor.ts';
import { openConnections, type VendorDeps } from '../opening.ts';
import { tokenSource } from '../token.ts';
import { netflixAdapter } from './adapter.ts';
import { netflixClient } from './client.ts';
import { parseCredentials } from './credentials.ts';
import { DEFAULT_LIMITS, RELEASE_DEADLINE_MS } from './limits.ts';
import { login, releaseToken } from './login.ts';
import { parseOptions } from './options.ts';
import { openSession } from './session.ts';

export interface CrmComNetflixDeps extends VendorDeps {
  /** Where the one-time tokens of new subscriptions go. */
  readonly vault: TokenVault;
}

/** Opens logins at CRM.COM installations. Opening sends nothing; closing gives the token back. */
export function crmComNetflixFactory(deps: CrmComNetflixDeps): VendorFactory {
  return {
    // Every operator has a host of its own; the account must name it.
    defaultEndpoint: '',
    defaultLimits: DEFAULT_LIMITS,
    open: (settings, books) => open(settings, deps, books),
  };
}

function open(
  settings: AdapterSettings,
  deps: CrmComNetflixDeps,
  books?: AdapterBooks,
): Result<VendorAdapter> {
  const credentials = parseCredentials(settings.credentials);
  if (!credentials.ok) return credentials;
  const options = parseOptions(settings.options ?? {});
  if (!options.ok) return options;
  const http = openConnections(settings, [settings.endpoint], deps);
  if (!http.ok) return http;
  const { clock, vault } = deps;
  const { failures } = options.value;
  const { endpoint, identity, limits } = settings;
  const quota = requestQuota(limits, clock, books?.day);
  const account = {
    endpoint,
    credentials: credentials.value,
    organisation: identity['organisation'] ?? '',
    ...(identity['unit'] === undefined ? {} : { unit: identity['unit'] }),
    failures,
  };
  let lastToken: string | undefined;
  const tokens = tokenSource(async (signal) => {
    const token = await login(http.value, account, clock, signal);
    if (token.ok) lastToken = token.value.value;
    return token;
  }, clock);
  const mayWrite = deps.mayWrite ?? (() => true);
  const session = openSession({ endpoint, http: http.value, tokens, quota, clock, mayWrite }, failures);
  return ok(
    netflixAdapter(netflixClient(session), { ...options.value, vault }, quota, limits.itemsPerRequest, () =>
      leave(http.value, endpoint, lastToken),
    ),
  );
}

/** The vendor asks for tokens to be given back; one that cannot be ends by itself. */
async function leave(http: HttpClient, endpoint: string, token: string | undefined): Promise<void> {
  if (token !== undefined) {
    await releaseToken(http, endpoint, token, AbortSignal.timeout(RELEASE_DEADLINE_MS));
  }
  await http.close();
}
