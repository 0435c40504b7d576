import type { ServiceAccount } from './accounts.ts';
import { CUSTOMER_SCOPE, RESELLER_SCOPE } from './limits.ts';
import type { Simulation } from './simulation.ts';
import { invalidArgument, permissionDenied, unauthenticated, VendorError } from './vendor-error.ts';

/** What an access token stands for. */
export interface Grant {
  readonly email: string;
  readonly scopes: readonly string[];
}

/** Who calls. Throws 401 for no token or a stale one, 403 for a wrong scope or an account not linked (2.7). */
export function callerOf(sim: Simulation, authorization: string | undefined): ServiceAccount {
  const [, text] = /^Bearer (\S+)$/i.exec(authorization ?? '') ?? [];
  const token = text === undefined ? undefined : sim.tokens.find(text);
  const account = token === undefined ? undefined : sim.accounts.get(token.grant.email);
  if (token === undefined || account === undefined || account.revoked) throw unauthenticated();
  if (sim.clock.now() >= token.expiresAtMs) throw unauthenticated();
  const { scopes } = token.grant;
  if (!scopes.includes(RESELLER_SCOPE)) {
    const had = scopes.includes(CUSTOMER_SCOPE) ? 'the customer API' : 'nothing here';
    throw permissionDenied(`Request had insufficient authentication scopes: they are for ${had}.`);
  }
  if (!account.linked) {
    throw permissionDenied('The service account is not linked to a zero-touch reseller account.');
  }
  return account;
}

/** Takes one request from the caller's quota; throws 429 (2.5). Reads of operations count too (9.8). */
export function takeQuota(sim: Simulation, account: ServiceAccount): void {
  const waitMs = sim.quota.take(account.email, sim.clock.now());
  if (waitMs === undefined) return;
  const retryAfter = { 'retry-after': String(Math.ceil(waitMs / 1000)) };
  const headers: Record<string, string> = sim.settings.quotaSendsRetryAfter ? retryAfter : {};
  throw new VendorError(429, 'Quota exceeded: queries per 100 seconds per user.', undefined, headers);
}

/** Throws when the path names a reseller other than the caller's (2.7). */
export function checkPartner(account: ServiceAccount, partnerId: string | undefined): void {
  if (partnerId === undefined) return;
  if (!/^\d+$/.test(partnerId)) throw invalidArgument(`Invalid partner id "${partnerId}".`);
  if (partnerId !== account.partnerId) throw permissionDenied(`No permission for partner ${partnerId}.`);
}
