import { verify } from 'node:crypto';
import { isObject, type JsonObject, parseJson } from '../json.ts';
import type { ServiceAccount } from './accounts.ts';
import { ASSERTION_LEEWAY_S, CUSTOMER_SCOPE, MAX_ASSERTION_LIFETIME_S, RESELLER_SCOPE } from './limits.ts';

/** What the token endpoint says to an assertion: whose it is and for what, or an OAuth error. */
export type Verdict =
  | { readonly ok: true; readonly account: ServiceAccount; readonly scopes: readonly string[] }
  | { readonly ok: false; readonly error: string; readonly description: string };

export interface AssertionCheck {
  /** The token endpoint's own address: what `aud` must say. */
  readonly tokenUri: string;
  readonly nowMs: number;
  readonly accountOf: (email: string) => ServiceAccount | undefined;
}

const KNOWN_SCOPES = new Set([RESELLER_SCOPE, CUSTOMER_SCOPE]);

/** Judges a signed assertion (fact sheet 2.1). The wording of the refusals is ASSUMED. */
export function checkAssertion(assertion: string, check: AssertionCheck): Verdict {
  const parts = assertion.split('.');
  const header = decodedPart(parts[0]);
  const claims = decodedPart(parts[1]);
  if (parts.length !== 3 || header === undefined || claims === undefined) return refused('Invalid JWT.');
  if (header['alg'] !== 'RS256') return refused('Invalid JWT: only RS256 is accepted.');
  const account = check.accountOf(textOf(claims['iss']));
  if (account === undefined || account.revoked) return refused('Invalid grant: account not found.');
  if (header['kid'] !== account.keyId || !isSignedBy(parts, account)) {
    return refused('Invalid JWT Signature.');
  }
  if (claims['aud'] !== check.tokenUri) return refused('Invalid JWT: Failed audience check.');
  if (!isTimely(claims, check.nowMs / 1000)) {
    return refused(
      'Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe.',
    );
  }
  const scopes = textOf(claims['scope']).split(' ');
  if (!scopes.every((scope) => KNOWN_SCOPES.has(scope))) {
    return {
      ok: false,
      error: 'invalid_scope',
      description: 'Invalid OAuth scope or ID token audience provided.',
    };
  }
  return { ok: true, account, scopes };
}

function refused(description: string): Verdict {
  return { ok: false, error: 'invalid_grant', description };
}

function decodedPart(part: string | undefined): JsonObject | undefined {
  const value = part === undefined ? undefined : parseJson(Buffer.from(part, 'base64url').toString('utf8'));
  return isObject(value) ? value : undefined;
}

function isSignedBy(parts: readonly string[], account: ServiceAccount): boolean {
  const signature = Buffer.from(parts[2] ?? '', 'base64url');
  return verify('RSA-SHA256', Buffer.from(`${parts[0]}.${parts[1]}`), account.publicKeyPem, signature);
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function isTimely({ iat, exp }: JsonObject, nowS: number): boolean {
  if (typeof iat !== 'number' || typeof exp !== 'number') return false;
  return (
    exp > nowS && exp - iat <= MAX_ASSERTION_LIFETIME_S && iat <= exp && iat <= nowS + ASSERTION_LEEWAY_S
  );
}
