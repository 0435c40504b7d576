import { sign } from 'node:crypto';
import type { ServiceAccount } from './credentials.ts';
import { ASSERTION_LIFETIME_S, SCOPE } from './limits.ts';

/** The signed statement a service account logs in with: a JWT, RS256 (RFC 7523; guides/auth). Pure but for the key. */
export function loginAssertion(account: ServiceAccount, nowMs: number): string {
  const issuedAtS = Math.floor(nowMs / 1_000);
  const header = { alg: 'RS256', typ: 'JWT', kid: account.privateKeyId };
  const claims = {
    iss: account.clientEmail,
    scope: SCOPE,
    aud: account.tokenUri,
    iat: issuedAtS,
    exp: issuedAtS + ASSERTION_LIFETIME_S,
  };
  const signed = `${base64url(JSON.stringify(header))}.${base64url(JSON.stringify(claims))}`;
  return `${signed}.${base64url(sign('RSA-SHA256', Buffer.from(signed), account.privateKey))}`;
}

function base64url(content: string | Buffer): string {
  return Buffer.from(content).toString('base64url');
}
