import type { Environment } from '../../http/dispatcher.ts';
import { type ObservedExchange, openHttpClient } from '../../http/http-client.ts';
import { type Redirects, resolveUrl } from '../../http/origin.ts';
import { requestQuota } from '../../http/quota.ts';
import type { Clock } from '../../ports/clock.ts';
import { failed, ok, type Result } from '../../ports/failure.ts';
import type { AdapterSettings, VendorAdapter, VendorFactory } from '../../ports/vendor.ts';
import { googleAdapter } from './adapter.ts';
import { googleClient } from './client.ts';
import { parseServiceAccount } from './credentials.ts';
import { DEFAULT_ENDPOINT, DEFAULT_LIMITS, MAX_ITEMS_PER_REQUEST } from './limits.ts';
import { login } from './login.ts';
import { openSession } from './session.ts';
import { tokenSource } from './token.ts';

export interface GoogleZeroTouchDeps {
  readonly clock: Clock;
  /** Sends requests for one origin to another, for example to a simulator. */
  readonly redirects?: Redirects;
  /** Where proxies are looked up. */
  readonly env?: Environment;
  /** Asked when a write is handed to a ready connection; false keeps it here. Default: always allowed. */
  readonly mayWrite?: () => boolean;
  /** Hears of every exchange, for logs and metrics; gets nothing secret. */
  readonly observe?: (exchange: ObservedExchange) => void;
}

/** Opens reseller accounts at Google zero-touch. Opening sends nothing. */
export function googleZeroTouchFactory(deps: GoogleZeroTouchDeps): VendorFactory {
  return {
    defaultEndpoint: DEFAULT_ENDPOINT,
    defaultLimits: DEFAULT_LIMITS,
    open: (settings) => open(settings, deps),
  };
}

function open(settings: AdapterSettings, deps: GoogleZeroTouchDeps): Result<VendorAdapter> {
  const { partnerId } = settings.identity;
  if (partnerId === undefined || !/^\d+$/.test(partnerId)) {
    return failed({ kind: 'rejected', code: 'INVALID_RESELLER_ID', message: 'partnerId is not a number' });
  }
  const account = parseServiceAccount(settings.credentials);
  if (!account.ok) return account;
  for (const address of [settings.endpoint, account.value.tokenUri]) {
    const url = resolveUrl(address, deps.redirects);
    if (!url.ok) return url;
  }
  const http = openHttpClient({
    concurrentRequests: settings.limits.concurrentRequests,
    ...defined({
      caBundle: settings.caBundle,
      env: deps.env,
      redirects: deps.redirects,
      observe: deps.observe,
    }),
  });
  if (!http.ok) return http;
  const { clock } = deps;
  const quota = requestQuota(settings.limits, clock);
  const tokens = tokenSource((signal) => login(http.value, account.value, clock, signal), clock);
  const session = openSession({
    endpoint: settings.endpoint,
    http: http.value,
    tokens,
    quota,
    clock,
    mayWrite: deps.mayWrite ?? (() => true),
  });
  const itemsPerRequest = Math.min(settings.limits.itemsPerRequest, MAX_ITEMS_PER_REQUEST);
  return ok(googleAdapter(googleClient(session, partnerId), http.value, quota, itemsPerRequest));
}

/** The options that are set: an option of `undefined` is not the same as none. */
function defined<Options extends object>(
  options: Options,
): { [Name in keyof Options]?: NonNullable<Options[Name]> } {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as {
    [Name in keyof Options]?: NonNullable<Options[Name]>;
  };
}
