import { requestQuota } from '../../http/quota.ts';
import { failed, ok, type Result } from '../../ports/failure.ts';
import type { AdapterBooks, AdapterSettings, VendorAdapter, VendorFactory } from '../../ports/vendor.ts';
import { openConnections, type VendorDeps } from '../opening.ts';
import { tokenSource } from '../token.ts';
import { googleAdapter } from './adapter.ts';
import { googleClient } from './client.ts';
import { parseServiceAccount } from './credentials.ts';
import { DEFAULT_ENDPOINT, DEFAULT_LIMITS, MAX_ITEMS_PER_REQUEST } from './limits.ts';
import { login } from './login.ts';
import { openSession } from './session.ts';

/** Opens reseller accounts at Google zero-touch. Opening sends nothing. */
export function googleZeroTouchFactory(deps: VendorDeps): VendorFactory {
  return {
    defaultEndpoint: DEFAULT_ENDPOINT,
    defaultLimits: DEFAULT_LIMITS,
    open: (settings, books) => open(settings, deps, books),
  };
}

function open(settings: AdapterSettings, deps: VendorDeps, books?: AdapterBooks): Result<VendorAdapter> {
  const { partnerId } = settings.identity;
  if (partnerId === undefined || !/^\d+$/.test(partnerId)) {
    return failed({ kind: 'rejected', code: 'INVALID_RESELLER_ID', message: 'partnerId is not a number' });
  }
  const account = parseServiceAccount(settings.credentials);
  if (!account.ok) return account;
  const http = openConnections(settings, [settings.endpoint, account.value.tokenUri], deps);
  if (!http.ok) return http;
  const { clock } = deps;
  const quota = requestQuota(settings.limits, clock, books?.day);
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
